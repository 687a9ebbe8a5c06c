"""Areas, devices and the resources that hang on devices."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Category(StrEnum):
    """Device categories (guide A.1.3)."""

    ENCODING = "encodingDevice"
    MOBILE = "mobileDevice"
    ALARM = "alarmDevice"
    ACCESS = "accessControllerDevice"
    INTERCOM = "videoIntercomDevice"


class Codec(StrEnum):
    """How a camera codes its picture. Only H.264 can be had as HLS."""

    H264 = "h264"
    H265 = "h265"


@dataclass(frozen=True, slots=True)
class Area:
    """A place of the site. ``parent`` is None for an area directly below the root."""

    id: str
    name: str
    parent: str | None = None


@dataclass(slots=True, kw_only=True)
class Battery:
    """The battery of a solar camera: charge in per cent, temperature in °C.

    ``state`` is a word of the guide (A.3.79).
    """

    percent: int
    state: str = "discharging"
    temperature: int = 12
    asleep: bool = False


@dataclass(slots=True, kw_only=True)
class Device:
    """A recorder, single camera, access terminal or door station.

    ``code`` is its verification code: set, it also encrypts streams and pictures.
    ``time_zone`` is an id of the guide's list (5.2.2).
    """

    id: str
    name: str
    category: Category
    model: str
    serial: str
    version: str
    added: datetime
    online: bool = True
    code: str | None = None
    time_zone: str = "30"
    battery: Battery | None = None

    @property
    def encrypted(self) -> bool:
        """Return whether streams and pictures need the code."""
        return self.code is not None


@dataclass(slots=True, kw_only=True)
class Camera:
    """One camera channel of a device. ``channel_no`` counts from 1.

    ``packets`` is whether it streams RTP packets (H.265 only) instead of a program.
    """

    id: str
    name: str
    area: Area
    device: Device
    channel_id: str
    channel_no: int
    abilities: tuple[int, ...]
    codec: Codec = Codec.H264
    packets: bool = False
    connected: bool = True

    @property
    def online(self) -> bool:
        """Return whether the cloud can get a picture from it."""
        return self.connected and self.device.online


@dataclass(slots=True, kw_only=True)
class AlarmInput:
    """A zone or contact wired to a device; ``alarms`` counts those that last."""

    id: str
    name: str
    area: Area
    device: Device
    channel_id: str
    channel_no: int
    alarms: int = 0

    @property
    def active(self) -> bool:
        """Return whether an alarm lasts."""
        return self.alarms > 0

    @property
    def online(self) -> bool:
        """Return whether its device is reachable."""
        return self.device.online


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may log in to the account's portal."""

    id: str
    name: str
