"""Health of devices."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any

from .codes import Code


class OfflineOrder(IntEnum):
    """What a list of offline resources is sorted by."""

    DEVICE = 0
    TIMES = 1
    DURATION = 2


@dataclass(frozen=True, slots=True)
class OfflineQuery:
    """A span of time, and what to look for in it.

    `logical` asks for cameras, doors and zones instead of devices. `area_id` None
    means the whole account.
    """

    starts: datetime
    ends: datetime
    logical: bool = False
    area_id: str | None = None
    order: OfflineOrder = OfflineOrder.DEVICE


@dataclass(frozen=True, slots=True)
class OfflineResource:
    """How often and how long a device or resource was offline in the time asked for.

    `type_code` is the number of its kind: 1001 camera, 1002 door, 1003 zone, 2001
    encoder, 2002 access controller, 2008 intercom, and so on.
    """

    id: str
    name: str
    device_serial: str | None
    area_id: str | None
    area_name: str | None
    type_code: str | None
    times: int | None
    duration: timedelta | None


class Trouble(IntEnum):
    """What a list of devices can be narrowed to."""

    ANY = 0
    OFFLINE = 1
    DISK = 2
    RECORDING = 3


class DiskState(Code):
    """State of a device's disks together."""

    NOT_KNOWN = "0"
    NORMAL = "1"
    NO_DISK = "2"
    ERROR = "3"
    FULL = "4"
    UNKNOWN = "unknown"


class BatteryState(Code):
    """What the battery of a solar camera does."""

    DISCHARGING = "discharging"
    CHARGING = "charging"
    IDLE = "idle"
    ABNORMAL = "abnormal"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Disks:
    """The disks of a device together.

    `usage` and the capacities are as sent, in the device's own units; None where the
    device cannot tell. `overwrites` tells whether old recordings make room for new.
    """

    state_code: str | None
    count: int | None
    usage: float | None
    overwrites: bool | None
    free: float | None
    capacity: float | None

    @property
    def state(self) -> DiskState:
        """State of the disks together."""
        return DiskState(self.state_code or "")


@dataclass(frozen=True, slots=True)
class Drive:
    """One disk: its temperature (°C) and the days it has run.

    `self_test_code` and `verdict_code` are the device's own numbers.
    """

    number: int
    temperature: int | None
    days: int | None
    self_test_code: str | None
    verdict_code: str | None


@dataclass(frozen=True, slots=True)
class Battery:
    """Battery of a solar camera: charge in per cent, temperature in °C."""

    percent: int | None
    state_code: str | None
    temperature: int | None
    asleep: bool | None

    @property
    def state(self) -> BatteryState:
        """What the battery does."""
        return BatteryState(self.state_code or "")


@dataclass(frozen=True, slots=True)
class DeviceHealth:
    """How a device is.

    `recording_normal` is None for a device that does not record. `silent_channels`
    names the channels whose recording fails. `disks` and `battery` are None for a
    device without. `bandwidth` is that of its upload in Mbit/s. `raw` holds the rest.
    """

    id: str
    name: str
    device_serial: str | None
    firmware: str | None
    online: bool | None
    area_id: str | None
    area_name: str | None
    disks: Disks | None = None
    drives: tuple[Drive, ...] = ()
    recording_normal: bool | None = None
    silent_channels: tuple[str, ...] = ()
    battery: Battery | None = None
    bandwidth: float | None = None
    offline_since: datetime | None = None
    raw: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
