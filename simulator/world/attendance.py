"""Timetables, and how somebody kept to one on a day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .events import Access
    from .people import Person

EARLIEST = timedelta(minutes=30)
LATEST = timedelta(hours=5)
NOTHING = timedelta()


class Status(IntEnum):
    """How somebody kept to the timetable (A.3.164)."""

    NORMAL = 1
    LATE = 2
    EARLY = 3
    LATE_AND_EARLY = 4
    ABSENT = 5


@dataclass(frozen=True, slots=True)
class Timetable:
    """When somebody has to be there; ``days`` are ISO weekdays, 1 is Monday."""

    name: str = "Working day"
    starts: time = time(8)
    ends: time = time(17)
    days: frozenset[int] = frozenset(range(1, 6))

    def shift(self, day: date, zone: tzinfo) -> Shift | None:
        """Return the shift of a day, if there is one."""
        if day.isoweekday() not in self.days:
            return None
        return Shift(
            datetime.combine(day, self.starts, zone),
            datetime.combine(day, self.ends, zone),
        )


@dataclass(frozen=True, slots=True)
class Shift:
    """One day's time to be there."""

    starts: datetime
    ends: datetime

    @property
    def window(self) -> tuple[datetime, datetime]:
        """Return between which times an access counts as coming or going."""
        return self.starts - EARLIEST, self.ends + LATEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """Somebody's day: the first access is coming, the last one is going.

    ``closed`` says that nothing more can come, so who has not gone has gone early.
    """

    person: Person
    timetable: Timetable
    shift: Shift
    came: Access | None
    went: Access | None
    closed: bool

    @property
    def late(self) -> timedelta:
        """Return how long after the start somebody came."""
        return _positive(self.came.at - self.shift.starts) if self.came else NOTHING

    @property
    def early(self) -> timedelta:
        """Return how long before the end somebody went."""
        last = self.went or self.came
        if not last or not self.closed:
            return NOTHING
        return _positive(self.shift.ends - last.at)

    @property
    def worked(self) -> timedelta:
        """Return how long somebody was there."""
        return self.went.at - self.came.at if self.came and self.went else NOTHING

    @property
    def overtime(self) -> timedelta:
        """Return how long after the end somebody stayed."""
        return _positive(self.went.at - self.shift.ends) if self.went else NOTHING

    @property
    def status(self) -> Status:
        """Return how the day went so far."""
        if not self.came:
            return Status.ABSENT
        if self.late and self.early:
            return Status.LATE_AND_EARLY
        if self.late:
            return Status.LATE
        return Status.EARLY if self.early else Status.NORMAL


def _positive(span: timedelta) -> timedelta:
    return max(span, NOTHING)
