"""Access levels, what became of them on the devices, and who went through a door."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Self

from ..errors import HikError, error_for


@dataclass(frozen=True, slots=True)
class Failure:
    """One part of a request that the service did not carry out; the rest was.

    `part` is what it was: "person", "access_level", "resource", "card",
    "fingerprint", "pin" or "photo". `id` and `name` are None when not told.
    """

    part: str
    code: str
    id: str | None = None
    name: str | None = field(default=None, repr=False)

    @property
    def error(self) -> HikError:
        """The typed error that stands for the code."""
        return error_for(self.code)


@dataclass(frozen=True, slots=True)
class LevelResource:
    """A door that an access level opens; `type` is the code as sent, if any."""

    id: str
    name: str | None
    type: str | None


@dataclass(frozen=True, slots=True)
class AccessLevel:
    """Which doors open at which times.

    The reference tells `id` and `name` only: the rest is None or empty there.
    `system` is True for levels that the service made itself.
    """

    id: str
    name: str
    remark: str | None = None
    schedule_id: str | None = None
    schedule_name: str | None = None
    area_id: str | None = None
    area_name: str | None = None
    resources: tuple[LevelResource, ...] = ()
    system: bool | None = None


@dataclass(frozen=True, slots=True)
class LevelRequest:
    """An access level as it shall be: name, schedule template and doors."""

    name: str
    schedule_id: str
    resource_ids: tuple[str, ...]
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A span of a day, "HH:MM:SS" as sent: the end may be "24:00:00"."""

    begins: str
    ends: str


@dataclass(frozen=True, slots=True)
class DayPlan:
    """The spans of one day of the week; 0 is Sunday."""

    weekday: int
    spans: tuple[TimeSpan, ...]


@dataclass(frozen=True, slots=True)
class HolidayPlan:
    """The spans that hold on the days of one holiday."""

    id: str
    name: str | None
    spans: tuple[TimeSpan, ...]


@dataclass(frozen=True, slots=True)
class ScheduleTemplate:
    """When the doors of an access level open."""

    id: str
    name: str
    remark: str | None
    week: tuple[DayPlan, ...]
    holidays: tuple[HolidayPlan, ...]


class ApplyState(StrEnum):
    """How far a right or a credential got on its way to a device."""

    DONE = "0"
    WAITING = "1"
    FAILED = "2"
    REMOVAL_FAILED = "3"
    UNKNOWN = ""

    @classmethod
    def _missing_(cls, value: object) -> Self:
        return cls("")


class CredentialKind(StrEnum):
    """What a person is recognised by."""

    CARD = "0"
    FINGERPRINT = "1"
    FACE = "2"
    PERSON = "3"
    UNKNOWN = ""

    @classmethod
    def _missing_(cls, value: object) -> Self:
        return cls("")


@dataclass(frozen=True, slots=True)
class CredentialStatus:
    """One credential on one device; the codes are as sent, None when not told."""

    id: str | None
    kind_code: str | None
    state_code: str | None
    error_code: str | None
    message: str | None = field(default=None, repr=False)

    @property
    def kind(self) -> CredentialKind:
        """The kind, a face when the service leaves it out."""
        return CredentialKind(self.kind_code or CredentialKind.FACE)

    @property
    def state(self) -> ApplyState:
        """How far it got."""
        return ApplyState(self.state_code or "")


@dataclass(frozen=True, slots=True)
class ElementStatus:
    """How far the rights of a person got at one door (`is_device` False) or device."""

    id: str
    name: str | None
    is_device: bool
    state_code: str | None
    error_code: str | None
    credentials: tuple[CredentialStatus, ...] = ()

    @property
    def state(self) -> ApplyState:
        """How far it got."""
        return ApplyState(self.state_code or "")


class RecordClock(IntEnum):
    """The clock that the span of a search means."""

    CLIENT = 0
    DEVICE = 1
    STORED = 2


@dataclass(frozen=True, slots=True)
class RecordSearch:
    """Which access records to read.

    Give times in the zone of the site: live servers answered nothing to UTC times
    (guide section 2.6). Empty filters mean all; `granted` None means both. Persons are
    named by id or by part of their name, or cards by number, never two of these.
    `temperature` is 1 normal, 2 abnormal, 3 unknown; `mask` 1 unknown, 2 none, 3 worn.
    """

    starts: datetime
    ends: datetime
    clock: RecordClock = RecordClock.CLIENT
    granted: bool | None = None
    event_types: tuple[str, ...] = ()
    door_ids: tuple[str, ...] = ()
    person_ids: tuple[str, ...] = ()
    person_name: str | None = field(default=None, repr=False)
    card_number: str | None = field(default=None, repr=False)
    temperature: int | None = None
    mask: int | None = None


class Direction(StrEnum):
    """Which way somebody went."""

    NONE = "0"
    IN = "1"
    OUT = "2"
    UNKNOWN = ""

    @classmethod
    def _missing_(cls, value: object) -> Self:
        return cls("")


class ClockingKind(StrEnum):
    """What an access meant for attendance."""

    NONE = "0"
    WORK_STARTS = "1"
    WORK_ENDS = "2"
    BREAK_STARTS = "3"
    BREAK_ENDS = "4"
    OVERTIME_STARTS = "5"
    OVERTIME_ENDS = "6"
    UNKNOWN = ""

    @classmethod
    def _missing_(cls, value: object) -> Self:
        return cls("")


@dataclass(frozen=True, slots=True)
class AccessRecord:
    """One try to pass a door.

    `event_type` is the code as sent ("110013"); `granted` is None when not told, and
    times are None when missing or sent without a zone. `occurred` is the event,
    `device_time` the device's own clock, `recorded` when the service stored it.
    `serial` is the device's own number of the event.
    `pictures` are addresses that live 24 hours.
    """

    id: str
    event_type: str | None
    granted: bool | None
    occurred: datetime | None
    device_time: datetime | None = None
    recorded: datetime | None = None
    door_id: str | None = None
    door_name: str | None = None
    element_type: str | None = None
    area_id: str | None = None
    area_name: str | None = None
    device_id: str | None = None
    device_name: str | None = None
    reader_id: str | None = None
    reader_name: str | None = None
    person_id: str | None = None
    person_name: str | None = field(default=None, repr=False)
    person_code: str | None = field(default=None, repr=False)
    group_path: str | None = None
    card_number: str | None = field(default=None, repr=False)
    direction_code: str | None = None
    serial: int | None = None
    clocking_code: str | None = None
    pictures: tuple[str, ...] = field(default=(), repr=False)

    @property
    def direction(self) -> Direction:
        """Which way the person went."""
        return Direction(self.direction_code or "")

    @property
    def clocking(self) -> ClockingKind:
        """What it meant for attendance."""
        return ClockingKind(self.clocking_code or "")


@dataclass(frozen=True, slots=True)
class EncryptInfo:
    """Keys to the doors by Bluetooth. They do not expire: never store or show them.

    The reference tells `public_key`; teams tells `auth_data` and `vector`, both 32
    hexadecimal bytes, and `loop_count`. What a service does not tell is None.
    """

    algorithm: str = field(repr=False)
    public_key: str | None = field(default=None, repr=False)
    auth_data: str | None = field(default=None, repr=False)
    vector: str | None = field(default=None, repr=False)
    loop_count: int | None = field(default=None, repr=False)
