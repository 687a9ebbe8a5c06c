"""Buildings, rooms, the people who live there, and calls from the door."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum


@dataclass(frozen=True, slots=True)
class Building:
    """A building with intercoms.

    `number` and `address` are known in the reference only, everything behind them in
    teams only.
    """

    id: str
    name: str
    number: str | None = None
    address: str | None = None
    area_id: str | None = None
    area_name: str | None = None
    rooms: int | None = None
    residents: int | None = None
    devices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Room:
    """A room or flat that an intercom can call. `residents` counts its people."""

    id: str
    name: str | None
    number: str | None
    building_id: str | None
    building_name: str | None
    area_id: str | None
    area_name: str | None
    residents: int | None = None
    householder: str | None = field(default=None, repr=False)
    email: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)


class Gender(IntEnum):
    """As persons of the platform have it."""

    FEMALE = 0
    MALE = 1
    UNKNOWN = 2


@dataclass(frozen=True, slots=True)
class Home:
    """A room in which a resident lives; all three ids come from `Room`."""

    room_id: str
    building_id: str
    area_id: str
    householder: bool = False


@dataclass(frozen=True, slots=True)
class ResidentRequest:
    """A resident to be entered.

    The reference wants `phone`, `building_id` and `room_number`. Teams wants `email`,
    `starts` and `ends` (validity, up to the year 2037) and `homes`; a first and a last
    name have up to 128 characters each there. To make a person who exists already a
    resident, teams takes their `person_id` and `person_code`. `language` is that of
    the welcome mail ("en", "de", …).
    """

    first_name: str = field(repr=False)
    last_name: str = field(default="", repr=False)
    phone: str | None = field(default=None, repr=False)
    building_id: str | None = None
    room_number: str | None = None
    email: str | None = field(default=None, repr=False)
    starts: datetime | None = None
    ends: datetime | None = None
    homes: tuple[Home, ...] = ()
    gender: Gender = Gender.UNKNOWN
    description: str | None = None
    group_id: str | None = None
    access_levels: tuple[str, ...] = ()
    language: str | None = None
    person_id: str | None = None
    person_code: str | None = None


@dataclass(frozen=True, slots=True)
class FullRoom:
    """A room that took no more residents, with the code of the refusal."""

    building_name: str | None
    number: str | None
    name: str | None
    code: str


@dataclass(frozen=True, slots=True)
class NewResident:
    """The id of an added resident and the rooms that refused them."""

    id: str
    full_rooms: tuple[FullRoom, ...] = ()


@dataclass(frozen=True, slots=True)
class ResidentHome:
    """A room of a resident, with the names the service gives."""

    home: Home
    room_number: str | None
    room_name: str | None
    building_name: str | None
    area_name: str | None


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody who lives in one or more rooms."""

    id: str
    first_name: str = field(repr=False)
    last_name: str = field(repr=False)
    phone: str | None = field(default=None, repr=False)
    email: str | None = field(default=None, repr=False)
    expired: bool = False
    homes: tuple[ResidentHome, ...] = ()


class CallAction(IntEnum):
    """What can be done with a call from the door."""

    ANSWER = 1
    REFUSE = 2
    HANG_UP = 3
