"""Number plates, barriers and visitors counted."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, IntEnum
from typing import Any


class BarrierAction(Enum):
    """What a barrier can be told to do.

    While it is held open it takes no `OPEN`: the hold must be ended first.
    """

    OPEN = "open"
    CLOSE = "close"
    HOLD_OPEN = "hold_open"
    END_HOLD = "end_hold"


class Direction(IntEnum):
    """Which way a vehicle drove past the camera."""

    UNKNOWN = -1
    BACKWARD = 0
    FORWARD = 1


@dataclass(frozen=True, slots=True)
class PassingQuery:
    """Which passages to search.

    No `camera_ids` means every camera. `device_time` takes the times as the device's
    clock instead of the client's. `models`, `brands`, `color` and `country` are the
    service's numbers; speeds are 1 to 999 km/h. `after` is `PassingPage.next` of the page
    before.
    """

    starts: datetime
    ends: datetime
    camera_ids: tuple[str, ...] = ()
    device_time: bool = False
    plate: str | None = None
    person_name: str | None = field(default=None, repr=False)
    models: tuple[int, ...] = ()
    brands: tuple[int, ...] = ()
    color: int | None = None
    speed_from: int | None = None
    speed_to: int | None = None
    country: int | None = None
    direction: Direction | None = None
    after: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Passing:
    """A vehicle that passed a camera.

    Codes are the service's numbers as sent; `speed` is in km/h. `list_name` is that
    of the list of plates in which this one stands. Addresses of pictures die soon.
    """

    id: str
    plate: str | None
    time: datetime | None
    camera_id: str | None
    camera_name: str | None
    area_id: str | None = None
    area_name: str | None = None
    direction_code: str | None = None
    speed: float | None = None
    model_code: str | None = None
    brand_code: str | None = None
    color_code: str | None = None
    country_code: str | None = None
    list_id: str | None = None
    list_name: str | None = None
    person_name: str | None = field(default=None, repr=False)
    person_phone: str | None = field(default=None, repr=False)
    vehicle_picture_url: str | None = field(default=None, repr=False)
    plate_picture_url: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class PassingPage:
    """Passages found; with `next` the search goes on, empty at its end."""

    passings: tuple[Passing, ...]
    total: int | None
    next: tuple[Any, ...]


class FlowInterval(IntEnum):
    """Span of one count of people."""

    HOUR = 1
    DAY = 2


class FlowSource(IntEnum):
    """What people are counted by."""

    CAMERA = 0
    ENTRANCE = 1
    STORE = 2


@dataclass(frozen=True, slots=True)
class FlowQuery:
    """People of up to 16 stores to count.

    Times mean the clock of the stores: give them in their zone. `upload_time` sorts
    counts by when the device sent them, instead of when they were stored.
    """

    starts: datetime
    ends: datetime
    store_area_ids: tuple[str, ...]
    interval: FlowInterval = FlowInterval.HOUR
    source: FlowSource = FlowSource.STORE
    upload_time: bool = False


@dataclass(frozen=True, slots=True)
class PeopleCount:
    """People who entered, left and passed by in one span."""

    starts: datetime
    ends: datetime
    entered: int | None
    left: int | None
    passed: int | None
    updated: datetime | None


@dataclass(frozen=True, slots=True)
class StoreFlow:
    """The counts of a store, or of its camera or entrance if those were asked for."""

    store_area_id: str
    camera_id: str | None
    entrance_id: str | None
    counts: tuple[PeopleCount, ...]
