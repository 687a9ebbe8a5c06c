"""What raw messages tell: door accesses, rings, positions of vehicles, and the rest."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from .access import Direction
from .messages import MessagePicture


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What every raw message has.

    `id` is the service's own where there is one, else a digest of what identifies the
    message: the same message sent again has the same id. `event_type` is the code
    ("110013") or word as sent, without the prefix "Msg". `occurred` is None when the
    service sent a time without a zone. `live` is False for messages that a device
    stored and sent later.
    """

    id: str
    event_type: str
    occurred: datetime | None = None
    device_id: str | None = None
    device_serial: str | None = None
    device_name: str | None = None
    area_name: str | None = None
    live: bool = True


class AccessMethod(StrEnum):
    """With what somebody asked a door to open."""

    CARD = "card"
    FINGERPRINT = "fingerprint"
    FACE = "face"
    PASSWORD = "password"
    BLUETOOTH = "bluetooth"
    QR = "qr"
    KEYFOB = "keyfob"
    COMBINED = "combined"
    """Several of these together."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessEvent(Message):
    """Somebody was at a door.

    `granted` is None when the event says neither. `door_id` is the id of the list of
    doors if `element_type` is 1002 or None. `serial` is the device's own number of the
    event: with the device it tells the same event of the access records. `duress`
    means that the person was forced.
    """

    door_id: str | None
    door_name: str | None
    granted: bool | None
    method: AccessMethod = AccessMethod.UNKNOWN
    duress: bool = False
    element_type: str | None = None
    direction: Direction = Direction.UNKNOWN
    reader_id: str | None = None
    serial: int | None = None
    person_id: str | None = None
    person_name: str | None = field(default=None, repr=False)
    card_number: str | None = field(default=None, repr=False)
    person_picture: str | None = field(default=None, repr=False)
    clocking_code: str | None = None


class RingState(StrEnum):
    """How far a call from the door is."""

    RINGING = "ringing"
    ANSWERED_ELSEWHERE = "answered_elsewhere"
    HUNG_UP = "hung_up"
    CANCELLED = "cancelled"
    """Nobody answered."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class RingDoor:
    """A door that the caller stands at."""

    id: str
    name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring(Message):
    """One message of a call from the door; all messages of a call share `call_id`.

    `room` is the number called; `to_centre` tells that the management centre is called
    and no room. `user_id` is the user called: the one who may answer.
    """

    call_id: str
    state: RingState
    room: str | None = None
    to_centre: bool = False
    user_id: str | None = None
    person_id: str | None = None
    doors: tuple[RingDoor, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Position(Message):
    """Where a vehicle is.

    Degrees, north and east positive; `speed` and `speed_limit` in km/h; `direction` in
    degrees clockwise from north, 0 to 359; `height` in metres. `vehicle_id` is None
    when the service names the device only.
    """

    latitude: float
    longitude: float
    speed: float | None = None
    direction: int | None = None
    height: float | None = None
    vehicle_id: str | None = None
    vehicle_name: str | None = None
    driver_name: str | None = field(default=None, repr=False)
    speed_limit: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Other(Message):
    """Any other message, also one that could not be understood.

    `source_id` and `source_name` are the resource it is about: a vehicle, a camera, …
    A message with `update` brings pictures to an earlier one of the same id.
    """

    source_id: str | None = None
    source_name: str | None = None
    pictures: tuple[MessagePicture, ...] = ()
    update: bool = False
