"""Changes to devices and areas in teams (guide section 2.2)."""

from typing import Final

from ... import checks
from ...call import Call, Kind, nothing, without_empty
from ...errors import BadAnswer, FieldInvalid
from ...models.site import (
    AddedResource,
    DeviceCategory,
    DeviceChange,
    NewDevice,
    NewResource,
)
from ...row import JsonObject, Row
from .. import ids
from .inner import code_of, raise_failed
from .vehicles import kind_number

ROOT_AREA: Final = "-1"


def add_device(device: NewDevice) -> Call[str]:
    """Add a device and return its id (section 2.2).

    The outer code is "0" even when the device was not added; the error of its row is
    raised: `CodeWrong`, `AlreadyExists`, `DeviceOffline`, `DeviceBusy`, `NotFound` or
    `LimitReached`.
    """
    return Call(
        "resource/v1/devices/add",
        _read_added_device,
        without_empty(
            deviceCategory=_category(device.category).value,
            deviceInfo=_device_info(device),
            importToArea=_import(device),
            timeZone=_time_zone(device.time_zone_id or "", device.set_clock),
            vehicleInfo=_vehicle_info(device),
        ),
        Kind.WRITE,
    )


def update_device(change: DeviceChange) -> Call[None]:
    """Change a device's name, and its login or time zone where given (section 2.2).

    A name has at most 32 characters here. Raises `NotFound` or `AlreadyExists`.
    """
    if change.area_id:
        raise FieldInvalid("area_id", "cannot be changed with this service")
    zone = change.time_zone_id
    return Call(
        "resource/v1/devices/update",
        nothing,
        without_empty(
            deviceInfo=without_empty(
                id=checks.text("device_id", change.device_id, 32),
                name=checks.text("name", change.name or "", 32),
                userName=_untrimmed("user_name", change.user_name, 32),
                password=_untrimmed("password", change.password, 16),
            ),
            timeZone=zone and _time_zone(zone, change.set_clock),
        ),
        Kind.WRITE,
    )


def delete_devices(
    device_ids: tuple[str, ...],
    category: DeviceCategory | None = None,
    with_vehicle: bool = False,
) -> Call[None]:
    """Remove devices of one category from the account (section 2.2).

    `with_vehicle` removes the vehicle that an on-board device rides in as well.
    Raises `NotFound`.
    """
    return Call(
        "resource/v1/devices/delete",
        nothing,
        without_empty(
            deviceID=ids.some("device_ids", device_ids),
            deviceCategory=_category(category).value,
            deleteVehicle=1 if with_vehicle else None,
        ),
        Kind.WRITE,
    )


def add_area(name: str, parent_id: str | None = None) -> Call[str]:
    """Make an area, at the top unless a parent is named, and return its id.

    A name has at most 64 characters. Raises `AlreadyExists`, `NotFound` or
    `LimitReached` (section 2.2).
    """
    return Call(
        "resource/v1/areas/add",
        lambda answer: answer.text("areaID", "areaId"),
        {
            "parentAreaID": checks.text("parent_id", parent_id or ROOT_AREA, 32),
            "areaName": checks.text("name", name, 64),
        },
        Kind.WRITE,
    )


def add_resources(
    area_id: str, resources: tuple[NewResource, ...]
) -> Call[tuple[AddedResource, ...]]:
    """Put channels of devices into an area (maker's list of area resources).

    Each row of the answer tells whether its channel succeeded.
    """
    if not resources:
        raise FieldInvalid("resources", "must name at least one")
    return Call(
        "resource/v1/areas/resources/add",
        lambda answer: tuple(answer.list_of(_read_added, "devChannel", "resource")),
        {
            "areaID": checks.text("area_id", area_id, 32),
            "devChannel": [
                {
                    "resourceName": checks.text("name", resource.name, 64),
                    "resourceType": resource.type.value,
                    "channelID": checks.text("channel_id", resource.channel_id, 32),
                }
                for resource in resources
            ],
        },
        Kind.WRITE,
    )


def delete_resources(resource_ids: tuple[str, ...]) -> Call[None]:
    """Take cameras, inputs or outputs out of their areas; the device stays.

    Raises `NotFound`.
    """
    return Call(
        "resource/v1/areas/resources/delete",
        nothing,
        {"ids": ids.some("resource_ids", resource_ids)},
        Kind.WRITE,
    )


def _category(category: DeviceCategory | None) -> DeviceCategory:
    if category is None:
        raise FieldInvalid("category", "must be given")
    return category


def _device_info(device: NewDevice) -> JsonObject:
    return without_empty(
        name=checks.text("name", device.name, 64),
        ezvizSerialNo=checks.text("serial", device.serial, 30),
        ezvizVerifyCode=checks.text("verification_code", device.verification_code, 30),
        userName=_untrimmed("user_name", device.user_name, 32),
        password=_untrimmed("password", device.password, 16),
    )


def _import(device: NewDevice) -> JsonObject:
    if device.area_id and not device.import_channels:
        raise FieldInvalid("area_id", "is only for channels that are imported")
    return without_empty(
        areaID=device.area_id and checks.text("area_id", device.area_id, 32),
        enable="1" if device.import_channels else "0",
    )


def _time_zone(zone_id: str, set_clock: bool) -> JsonObject:
    return {
        "id": checks.text("time_zone_id", zone_id, 8),
        "applyToDevice": "1" if set_clock else "0",
    }


def _vehicle_info(device: NewDevice) -> JsonObject | None:
    if device.category is not DeviceCategory.MOBILE:
        return None
    if device.vehicle_id:
        return {"vehicleID": device.vehicle_id}
    if device.vehicle is None:
        raise FieldInvalid("vehicle", "must be given for a mobile device")
    vehicle = device.vehicle
    return without_empty(
        licensePlateNo=checks.text("vehicle.plate", vehicle.plate, 64),
        vehicleType=kind_number(vehicle.kind),
        driverFirstName=vehicle.driver_first_name,
        driverLastName=vehicle.driver_last_name,
        driverPhoneNo=vehicle.driver_phone,
        pictureKey=vehicle.picture_key,
        extend=vehicle.note,
    )


def _untrimmed(field: str, value: str | None, longest: int) -> str | None:
    """Return a login of the device as it is: spaces may belong to it."""
    if value and len(value) > longest:
        raise FieldInvalid(field, f"must have at most {longest} characters")
    return value


def _read_added_device(answer: Row) -> str:
    added = answer.row("addDeviceResponse").list_of(lambda row: row, "deviceList")
    if len(added) != 1:
        raise BadAnswer("addDeviceResponse does not tell of exactly one device")
    raise_failed(added[0])
    return added[0].text("deviceId")


def _read_added(row: Row) -> AddedResource:
    return AddedResource(
        id=row.text_or_none("id"),
        channel_id=row.text("channelID", "channelId"),
        name=row.text_or_none("name", "resourceName"),
        error_code=code_of(row),
    )
