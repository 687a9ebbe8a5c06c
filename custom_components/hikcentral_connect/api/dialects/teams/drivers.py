"""Drivers of teams (guide section 2.8, `vehicle/v1/driver…`)."""

from base64 import b64encode
from datetime import date
from typing import Final

from ... import checks
from ...call import Call, Kind, Page, nothing, page_reader, without_empty
from ...errors import BadAnswer, FieldInvalid
from ...models.drivers import (
    DrivenVehicle,
    Driver,
    DriverFilter,
    DriverGroup,
    DriverRequest,
    FaceDelivery,
    FaceFailure,
    FaceState,
    License,
)
from ...row import JsonObject, Row
from .. import ids
from .platform import PAGE_SIZE

PICTURE_AT_MOST: Final = 5 * 1024 * 1024
"""Characters of a picture in base64."""
VEHICLES_AT_MOST: Final = 100
_NO_LINK, _LINK = 1, 2


def drivers(page: int, matching: DriverFilter = DriverFilter()) -> Call[Page[Driver]]:
    """List drivers, 500 to a page; the service does not say how many there are."""
    state = matching.face_state
    if state is FaceState.UNKNOWN:
        raise FieldInvalid("face_state", "must be known")
    linked = matching.linked
    return Call(
        "vehicle/v1/driver/batchquery",
        page_reader(_read_driver, "drivers", "list", size=PAGE_SIZE),
        without_empty(
            groupId=matching.group_id,
            driverIds=list(matching.driver_ids),
            distributionStatus=None if state is None else int(state.value),
            fuzzySearch=matching.text,
            relatedVehicle=None if linked is None else (_LINK if linked else _NO_LINK),
            pageIndex=page,
            pageSize=PAGE_SIZE,
        ),
    )


def add(request: DriverRequest) -> Call[str]:
    """Add a driver and return the id.

    The photo is required here. Raises `NotFound` for a vehicle, else `InvalidRequest`:
    the service has one code for an unknown group, a code in use and all the rest.
    """
    body = _body(request)
    _given("photo", request.photo)
    return Call(
        "vehicle/v1/driver/add",
        # The guide's example has a blank in front of the key.
        lambda answer: answer.text("driverId", " driverId", "id"),
        body,
        Kind.WRITE,
    )


def update(driver_id: str, request: DriverRequest) -> Call[None]:
    """Change a driver; without a photo the one before stays. Errors as in `add`."""
    return Call(
        "vehicle/v1/driver/update",
        nothing,
        {"driverId": checks.text("driver_id", driver_id, 64), **_body(request)},
        Kind.WRITE,
    )


def delete(driver_ids: tuple[str, ...]) -> Call[None]:
    """Remove drivers. Raises `NotFound`."""
    return Call(
        "vehicle/v1/driver/batchdel",
        nothing,
        {"driverIdList": ids.some("driver_ids", driver_ids)},
        Kind.WRITE,
    )


def groups(group_ids: tuple[str, ...] = ()) -> Call[tuple[DriverGroup, ...]]:
    """List groups of drivers, all of them unless some are named."""
    return Call(
        "vehicle/v1/driverGroup/batchquery",
        _read_groups,
        without_empty(driverGroupIdList=list(group_ids)),
    )


def add_group(name: str, area_id: str) -> Call[str]:
    """Make a group of drivers tied to an area and return its id.

    Raises `InvalidRequest`, also for a name in use, and `NotFound` for the area.
    """
    return Call(
        "vehicle/v1/driverGroup/add",
        lambda answer: answer.text("id"),
        _group_body(name, area_id),
        Kind.WRITE,
    )


def update_group(group_id: str, name: str, area_id: str) -> Call[None]:
    """Change the name and area of a group. Errors as in `add_group`."""
    return Call(
        "vehicle/v1/driverGroup/update",
        nothing,
        {
            "id": checks.text("group_id", group_id, 64),
            **_group_body(name, area_id),
        },
        Kind.WRITE,
    )


def delete_groups(group_ids: tuple[str, ...]) -> Call[None]:
    """Remove groups without drivers. Raises `NotFound` or `DeviceRefused`."""
    return Call(
        "vehicle/v1/driverGroup/batchdel",
        nothing,
        {"driverGroupIdList": ids.some("group_ids", group_ids)},
        Kind.WRITE,
    )


def send_faces(driver_ids: tuple[str, ...]) -> Call[str | None]:
    """Send the faces of drivers to their on-board devices.

    Returns the id to ask `faces_sent` for the result one or two seconds later, or
    None when it was done at once.
    """
    return Call(
        "vehicle/v1/driverFace/distribution",
        lambda answer: answer.text_or_none("guid", "GUID"),
        {"driverIds": ids.some("driver_ids", driver_ids)},
        Kind.WRITE,
    )


def faces_sent(task_id: str) -> Call[FaceDelivery]:
    """Read how far `send_faces` has come, with an error code for each failure."""
    return Call(
        "vehicle/v1/driverFace/status/query",
        _read_delivery,
        {"guid": checks.text("task_id", task_id, 64)},
    )


def _body(request: DriverRequest) -> JsonObject:
    if not (request.first_name.strip() or request.last_name.strip()):
        raise FieldInvalid("first_name", "or the last name must be given")
    if len(request.vehicle_ids) > VEHICLES_AT_MOST:
        raise FieldInvalid("vehicle_ids", f"must name at most {VEHICLES_AT_MOST}")
    return {
        **without_empty(
            firstName=request.first_name.strip(), lastName=request.last_name.strip()
        ),
        "driverCode": checks.text("code", request.code or "", 64),
        "groupId": checks.text("group_id", request.group_id or "", 64),
        "gender": int(request.gender.value),
        "phone": _given("phone", request.phone),
        "email": _given("email", request.email),
        "description": _given("description", request.description),
        "relateVehicleIds": list(request.vehicle_ids),
        "driverLicenseInfo": _license_body(request),
        **without_empty(photoData=_encoded("photo", request.photo)),
    }


def _given[T](field: str, value: T | None) -> T:
    if not value:
        raise FieldInvalid(field, "is required by this service")
    return value


def _license_body(request: DriverRequest) -> JsonObject:
    until = request.license_valid_until
    return without_empty(
        licenseNo=request.license_number,
        validTime=until and f"{until:%Y-%m-%d}T00:00:00",
        imageData=_encoded("license_picture", request.license_picture),
    )


def _encoded(field: str, picture: bytes | None) -> str | None:
    if picture is None:
        return None
    encoded = b64encode(picture).decode()
    if len(encoded) > PICTURE_AT_MOST:
        raise FieldInvalid(field, "is larger than 5 MB in base64")
    return encoded


def _group_body(name: str, area_id: str) -> JsonObject:
    return {
        "driverGroupName": checks.text("name", name, 64),
        "relatedAreaId": checks.text("area_id", area_id, 64),
    }


def _read_driver(row: Row) -> Driver:
    identity = row.text("driverId", "ID", "id")
    return Driver(
        id=identity,
        name=row.text_or_none("driverName") or identity,
        code=row.text_or_none("driverCode"),
        group_id=row.text_or_none("driverGroupId"),
        group_name=row.text_or_none("driverGroupName"),
        gender_code=row.text_or_none("gender"),
        phone=row.text_or_none("phone"),
        email=row.text_or_none("email"),
        description=row.text_or_none("description"),
        face_url=row.text_or_none("facepicUrl", "facePicUrl"),
        face_state_code=row.text_or_none("distributionStatus"),
        face_failures=tuple(
            row.row("distributionInfo").list_or_empty(_read_failure, "errorInfo")
        ),
        vehicles=tuple(row.list_or_empty(_read_driven, "relatedVehicles")),
        license=_read_license(row.row("driverLicenseInfo")),
    )


def _read_driven(row: Row) -> DrivenVehicle:
    return DrivenVehicle(
        id=row.text("vehicleId"),
        plate=row.text_or_none("plateLicense", "licensePlate"),
        device_serial=row.text_or_none("deviceSerial"),
    )


def _read_license(row: Row) -> License | None:
    number = row.text_or_none("licenseNo")
    until = row.text_or_none("validTime")
    if number is None and until is None:
        return None
    return License(number, _read_date(until), row.text_or_none("imageUrl"))


def _read_date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        raise BadAnswer("validTime is not a date") from None


def _read_groups(answer: Row) -> tuple[DriverGroup, ...]:
    """Read the groups, which are the answer itself rather than a field of it."""
    if not isinstance(answer.raw, list):
        return tuple(answer.list_or_empty(_read_group, "DriverGroupInfo", "list"))
    return tuple(Row({"data": answer.raw}, answer.skipped).list_of(_read_group, "data"))


def _read_group(row: Row) -> DriverGroup:
    identity = row.text("groupId", "id")
    return DriverGroup(
        id=identity,
        name=row.text_or_none("groupName") or identity,
        area_id=row.text_or_none("areaId"),
        area_name=row.text_or_none("areaName"),
        drivers=row.integer_or_none("peopleCount"),
    )


def _read_delivery(answer: Row) -> FaceDelivery:
    return FaceDelivery(
        total=answer.integer_or_none("totalCount"),
        succeeded=answer.integer_or_none("successCount"),
        failures=tuple(answer.list_or_empty(_read_failure, "distributionFailedStatus")),
    )


def _read_failure(row: Row) -> FaceFailure:
    return FaceFailure(
        error_code=row.text("errorCode"),
        device_serial=row.text_or_none("deviceSerial"),
        vehicle=row.text_or_none("licensePlate", "vehicleName", "vehicleId"),
        driver_id=row.text_or_none("driverId"),
        driver_name=row.text_or_none("driverName"),
    )
