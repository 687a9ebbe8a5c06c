"""Changes to the devices and areas of an account."""

from dataclasses import dataclass, field
from enum import StrEnum

from .vehicles import VehicleRequest


class DeviceCategory(StrEnum):
    """Categories of devices in teams (maker's list of device categories)."""

    ALARM = "alarmDevice"
    ENCODING = "encodingDevice"
    MOBILE = "mobileDevice"
    ACCESS_CONTROLLER = "accessControllerDevice"
    VIDEO_INTERCOM = "videoIntercomDevice"


class ResourceType(StrEnum):
    """What a channel can become in an area."""

    CAMERA = "camera"
    INPUT = "alarmInput"
    OUTPUT = "alarmOutput"


@dataclass(frozen=True, slots=True)
class NewDevice:
    """A device to add to the account.

    `verification_code` is on its label. `area_id` is where its channels go; without
    one the reference leaves it to the service and teams makes an area with the
    device's name.

    Only teams takes the rest: `category` and `time_zone_id` (see
    `Resources.time_zones`) must be given there; `import_channels` puts the channels
    into an area at once; `set_clock` sets the device to the zone; `user_name` and
    `password` are the device's own. A mobile device wants the vehicle it rides in:
    one that exists (`vehicle_id`) or a new one (`vehicle`).
    """

    name: str
    serial: str
    verification_code: str = field(repr=False)
    area_id: str | None = None
    category: DeviceCategory | None = None
    time_zone_id: str | None = None
    set_clock: bool = True
    import_channels: bool = True
    user_name: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    vehicle_id: str | None = None
    vehicle: VehicleRequest | None = None


@dataclass(frozen=True, slots=True)
class DeviceChange:
    """What is to be changed at a device.

    The reference takes `name` and `area_id`. Teams takes the name, which must be
    given, the device's own login and its time zone, but no area.
    """

    device_id: str
    name: str | None = None
    area_id: str | None = None
    user_name: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    time_zone_id: str | None = None
    set_clock: bool = True


@dataclass(frozen=True, slots=True)
class NewResource:
    """A channel of a device (`DeviceDetail`) to put into an area under a name."""

    channel_id: str
    name: str
    type: ResourceType


@dataclass(frozen=True, slots=True)
class AddedResource:
    """What became of one `NewResource`.

    `id` addresses it from now on; it is None where `error_code` says what failed.
    """

    id: str | None
    channel_id: str
    name: str | None
    error_code: str | None
