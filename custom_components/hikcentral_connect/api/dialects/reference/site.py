"""Changes to devices and areas in the reference ("Resource Services")."""

from ... import checks
from ...call import Call, Kind, nothing, without_empty
from ...errors import FieldInvalid
from ...models.site import DeviceCategory, DeviceChange, NewDevice
from .. import ids


def add_device(device: NewDevice) -> Call[str]:
    """Add a device and return its id ("Add Device").

    Raises `AlreadyExists`, `NotFound` for a serial number that is not one,
    `CodeWrong` or `LimitReached`.
    """
    return Call(
        "resource/v1/devices/add",
        lambda answer: answer.text("deviceId"),
        without_empty(
            deviceName=checks.text("name", device.name, 64),
            deviceSerial=checks.text("serial", device.serial, 64),
            validateCode=checks.text("verification_code", device.verification_code, 64),
            areaId=device.area_id,
        ),
        Kind.WRITE,
    )


def update_device(change: DeviceChange) -> Call[None]:
    """Give a device another name or area ("Update Device"). Raises `NotFound`."""
    if change.user_name or change.password or change.time_zone_id:
        raise FieldInvalid("change", "this service changes only the name and the area")
    if not (change.name or change.area_id):
        raise FieldInvalid("change", "must change the name or the area")
    return Call(
        "resource/v1/devices/update",
        nothing,
        without_empty(
            deviceId=checks.text("device_id", change.device_id, 64),
            deviceName=change.name and checks.text("name", change.name, 64),
            areaId=change.area_id,
        ),
        Kind.WRITE,
    )


def delete_devices(
    device_ids: tuple[str, ...],
    category: DeviceCategory | None = None,
    with_vehicle: bool = False,
) -> Call[None]:
    """Remove devices from the account ("Delete Device").

    The last two parameters are for teams. Raises `NotFound`.
    """
    return Call(
        "resource/v1/devices/delete",
        nothing,
        {"deviceIds": ids.some("device_ids", device_ids)},
        Kind.WRITE,
    )


def add_area(name: str, parent_id: str | None = None) -> Call[str]:
    """Make an area, at the top unless a parent is named, and return its id ("Add Area").

    Raises `AlreadyExists` or `NotFound` for an unknown parent.
    """
    return Call(
        "resource/v1/areas/add",
        lambda answer: answer.text("areaId"),
        without_empty(
            areaName=checks.text("name", name, 64),
            parentAreaId=parent_id,
        ),
        Kind.WRITE,
    )
