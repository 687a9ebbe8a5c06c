"""Who was there, when and for how long."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class AttendanceQuery:
    """Whose attendance to read, and of which span.

    The reference picks persons by `person_ids`; teams by parts of their name or
    number. Both take a group. Give times in the zone of the site.
    """

    starts: datetime
    ends: datetime
    group_id: str | None = None
    person_ids: tuple[str, ...] = ()
    person_name: str | None = field(default=None, repr=False)
    person_code: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class AttendanceRecord:
    """One check-in or check-out.

    The reference names no fields here: what cannot be read is None, and all that was
    sent is in `raw`. `id` is the service's own or a digest of the record.
    """

    id: str
    person_id: str | None
    person_name: str | None = field(repr=False)
    occurred: datetime | None
    kind: str | None
    checked_in: datetime | None = None
    checked_out: datetime | None = None
    raw: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)


class AttendanceStatus(StrEnum):
    """How a day went; the values are the codes of teams."""

    NORMAL = "1"
    LATE = "2"
    EARLY = "3"
    LATE_AND_EARLY = "4"
    ABSENT = "5"
    LEAVE = "6"
    UNKNOWN = ""

    @classmethod
    def _missing_(cls, value: object) -> Self:
        return cls("")


@dataclass(frozen=True, slots=True)
class Clocking:
    """A point on the wall clock of the report, which names no zone.

    `source` is the code as sent: 1 device, 2 corrected, 3 mobile, 4 not required.
    """

    day: date
    at: time
    source: str | None = None
    device: str | None = None
    area: str | None = None


@dataclass(frozen=True, slots=True)
class TimeCard:
    """A line of the time card: a person and day (teams) or a person (reference).

    What a service does not tell is None; the reference tells the person and `worked`.
    """

    person_name: str = field(repr=False)
    person_id: str | None = None
    person_code: str | None = field(default=None, repr=False)
    group: str | None = None
    day: date | None = None
    timetable: str | None = None
    due_in: Clocking | None = None
    due_out: Clocking | None = None
    clock_in: Clocking | None = None
    clock_out: Clocking | None = None
    status_code: str | None = None
    worked: timedelta | None = None
    absent: timedelta | None = None
    late: timedelta | None = None
    early: timedelta | None = None
    breaks: timedelta | None = None
    leave: timedelta | None = None
    overtime: timedelta | None = None
    workday_overtime: timedelta | None = None
    weekend_overtime: timedelta | None = None

    @property
    def status(self) -> AttendanceStatus:
        """How the day went."""
        return AttendanceStatus(self.status_code or "")


@dataclass(frozen=True, slots=True)
class AttendanceSummary:
    """How many persons of a group were there on a day."""

    day: date
    persons: int
    checked_in: int
    absent: int
    late: int
