"""Vehicles with on-board devices."""

from dataclasses import dataclass, field
from datetime import datetime

from .codes import Code


class VehicleKind(Code):
    """What a vehicle is (`vehicleType` of teams)."""

    OTHER = "0"
    CAR = "1"
    TRUCK = "2"
    BUS = "3"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A vehicle of the account.

    The reference tells plate, name and device; teams everything but the name of the
    device. `online` is the link to the on-board device. `speed_limit` is in km/h.
    """

    id: str
    name: str
    plate: str
    device_id: str | None
    device_serial: str | None
    area_id: str | None = None
    area_name: str | None = None
    online: bool | None = None
    kind_code: str | None = None
    driver_first_name: str | None = field(default=None, repr=False)
    driver_last_name: str | None = field(default=None, repr=False)
    driver_phone: str | None = field(default=None, repr=False)
    picture_url: str | None = field(default=None, repr=False)
    note: str | None = None
    speed_limit: float | None = None

    @property
    def kind(self) -> VehicleKind:
        """What the vehicle is."""
        return VehicleKind(self.kind_code or "")


@dataclass(frozen=True, slots=True)
class VehicleRequest:
    """A vehicle to add, or all that one is to be from now on.

    `name` and `device_id` are for the reference. The others are for teams, which
    wants the area to add a vehicle; `picture_key` comes from `picture_upload`.
    """

    plate: str
    name: str | None = None
    device_id: str | None = None
    area_id: str | None = None
    kind: VehicleKind = VehicleKind.OTHER
    driver_first_name: str | None = field(default=None, repr=False)
    driver_last_name: str | None = field(default=None, repr=False)
    driver_phone: str | None = field(default=None, repr=False)
    picture_key: str | None = None
    device_serial: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class VehiclePosition:
    """Where a vehicle is: degrees (WGS 84), km/h, and when it was there."""

    latitude: float
    longitude: float
    speed: float | None
    time: datetime | None


@dataclass(frozen=True, slots=True)
class PictureUpload:
    """Where to put the picture of a vehicle, within 15 minutes, and its key."""

    key: str
    url: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Ignition:
    """Whether a vehicle's ignition is on; None when its device has not told.

    `id` is the vehicle's id or the device's serial number, as was asked.
    """

    id: str
    on: bool | None
