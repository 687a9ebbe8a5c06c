"""What can happen in a world, in no dialect's words."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from .doors import Door
from .fleet import Vehicle
from .people import Person
from .places import AlarmInput, Camera, Device
from .routes import Fix


class AlarmKind(StrEnum):
    """What an alarm is about."""

    MOTION = "motion"
    INTRUSION = "intrusion"
    FACE = "faceDetection"
    LINE_CROSSING = "lineCrossing"
    REGION_ENTRANCE = "regionEntrance"
    REGION_EXITING = "regionExiting"
    TAMPERING = "videoTampering"
    VIDEO_LOSS = "videoLoss"
    ALARM_INPUT = "alarmInput"
    DEVICE_OFFLINE = "deviceOffline"
    DEVICE_ONLINE = "deviceOnline"


class Phase(StrEnum):
    """Where in its life an alarm is."""

    START = "start"
    PICTURES = "pictures"
    END = "end"
    PULSE = "pulse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One message of an alarm; all messages of one alarm share ``guid``.

    ``pictured`` are the moments of the pictures taken so far.
    """

    guid: str
    kind: AlarmKind
    phase: Phase
    source: Camera | AlarmInput | Device
    started: datetime
    ended: datetime | None = None
    pictured: tuple[datetime, ...] = ()


class Method(StrEnum):
    """How somebody asked a door to open."""

    CARD = "card"
    FINGERPRINT = "fingerprint"
    FACE = "face"
    PASSWORD = "password"
    BLUETOOTH = "bluetooth"
    QR = "qr"
    KEYFOB = "keyfob"


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A vehicle's device tells where it is."""

    at: datetime
    vehicle: Vehicle
    device: Device
    fix: Fix


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Somebody, or an unknown credential if ``person`` is None, at a door."""

    at: datetime
    door: Door
    method: Method
    granted: bool
    person: Person | None = None
    number: int = 0


class CallPhase(IntEnum):
    """The call's progress (A.3.75, deviceTalkInfo.msgType)."""

    RINGING = 0
    ANSWERED = 1
    HUNG_UP = 2
    CANCELLED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """One message of an intercom call; all messages of one call share ``call``."""

    at: datetime
    call: str
    phase: CallPhase
    station: Device
    doors: tuple[Door, ...]
    room: int


type Event = Alarm | Access | Ring | Located
