"""Drivers and their groups."""

from dataclasses import dataclass, field
from datetime import date

from .codes import Code


class Gender(Code):
    """Gender of a driver (`gender` of teams)."""

    UNKNOWN = "0"
    MALE = "1"
    FEMALE = "2"


class FaceState(Code):
    """Whether the on-board devices have the driver's face."""

    NOT_SENT = "0"
    SENDING = "1"
    SENT = "2"
    FAILED = "3"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class License:
    """A driving licence; `picture_url` dies after a while."""

    number: str | None = field(repr=False)
    valid_until: date | None
    picture_url: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class DrivenVehicle:
    """A vehicle that a driver is linked with."""

    id: str
    plate: str | None
    device_serial: str | None


@dataclass(frozen=True, slots=True)
class FaceFailure:
    """A device that did not take a driver's face, and the service's code for why."""

    error_code: str
    device_serial: str | None
    vehicle: str | None
    driver_id: str | None = None
    driver_name: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Driver:
    """A driver of the account; personal data is left out of the representation."""

    id: str
    name: str = field(repr=False)
    code: str | None = None
    group_id: str | None = None
    group_name: str | None = None
    gender_code: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)
    email: str | None = field(default=None, repr=False)
    description: str | None = field(default=None, repr=False)
    face_url: str | None = field(default=None, repr=False)
    face_state_code: str | None = None
    face_failures: tuple[FaceFailure, ...] = ()
    vehicles: tuple[DrivenVehicle, ...] = ()
    license: License | None = None

    @property
    def gender(self) -> Gender:
        """Gender of the driver."""
        return Gender(self.gender_code or "")

    @property
    def face_state(self) -> FaceState:
        """Whether the on-board devices have the face."""
        return FaceState(self.face_state_code or "")


@dataclass(frozen=True, slots=True)
class DriverRequest:
    """A driver to add, or all that one is to be from now on.

    The reference wants a name and `license_number`, and takes `phone`. Teams wants a
    first or last name, `code`, `group_id`, `phone`, `email`, `description` and, for a
    new driver, `photo`. Pictures are whole files; each has at most 5 MB in base64.
    """

    first_name: str = field(default="", repr=False)
    last_name: str = field(default="", repr=False)
    code: str | None = None
    group_id: str | None = None
    gender: Gender = Gender.UNKNOWN
    phone: str | None = field(default=None, repr=False)
    email: str | None = field(default=None, repr=False)
    description: str | None = field(default=None, repr=False)
    vehicle_ids: tuple[str, ...] = ()
    license_number: str | None = field(default=None, repr=False)
    license_valid_until: date | None = None
    license_picture: bytes | None = field(default=None, repr=False)
    photo: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class DriverFilter:
    """Which drivers to list; what is left out does not narrow the list.

    `text` looks in names, driver codes and plates. `linked` asks for drivers with, or
    without, a vehicle.
    """

    group_id: str | None = None
    driver_ids: tuple[str, ...] = ()
    face_state: FaceState | None = None
    text: str | None = field(default=None, repr=False)
    linked: bool | None = None


@dataclass(frozen=True, slots=True)
class DriverGroup:
    """A group of drivers, tied to an area; `drivers` counts them."""

    id: str
    name: str
    area_id: str | None
    area_name: str | None
    drivers: int | None


@dataclass(frozen=True, slots=True)
class FaceDelivery:
    """How far the sending of faces to devices has come."""

    total: int | None
    succeeded: int | None
    failures: tuple[FaceFailure, ...]
