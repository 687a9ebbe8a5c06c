"""Vehicles of teams (guide section 2.8).

Teams has no call for the place of a vehicle: it comes with the raw messages.
"""

from collections.abc import Sequence
from typing import Final

from ... import checks
from ...call import Call, Kind, Page, nothing, page_reader, without_empty
from ...errors import FieldInvalid
from ...models.vehicles import (
    Ignition,
    PictureUpload,
    Vehicle,
    VehicleKind,
    VehicleRequest,
)
from ...row import JsonObject, Row
from .. import ids
from .platform import PAGE_SIZE

CM_IN_KM: Final = 100_000
"""Speeds are sent in centimetres an hour."""

_IGNITION: Final = {"0": False, "1": True}


def add(request: VehicleRequest) -> Call[str]:
    """Add a vehicle to an area and return its id (section 2.8).

    A free account holds 10. Raises `AlreadyExists` for a plate or device in use,
    `NotFound` or `LimitReached`.
    """
    return Call(
        "resource/v1/areas/vehicles/add",
        lambda answer: answer.text("id"),
        {
            "areaId": checks.text("area_id", request.area_id or "", 64),
            **_body(request),
        },
        Kind.WRITE,
    )


def update(vehicle_id: str, request: VehicleRequest) -> Call[None]:
    """Change a vehicle; it stays in its area (section 2.8). Raises `NotFound`."""
    vehicle_id = ids.plain("vehicle_id", vehicle_id)
    return Call(
        f"resource/v1/areas/vehicles/{vehicle_id}/update",
        nothing,
        _body(request),
        Kind.WRITE,
    )


def vehicles(page: int) -> Call[Page[Vehicle]]:
    """List the vehicles of all areas, 500 to a page (section 2.8)."""
    return Call(
        "resource/v1/areas/vehicles/get",
        page_reader(
            _read_vehicle, "vehicle", "list", size=PAGE_SIZE, total="totalCount"
        ),
        {
            "pageIndex": page,
            "pageSize": PAGE_SIZE,
            "filter": {"areaID": "-1", "includeSubArea": "1"},
        },
    )


def picture_upload() -> Call[PictureUpload]:
    """Ask where to put the picture of a vehicle, a JPEG (maker's vehicle services)."""
    return Call(
        "resource/v1/picture/uploadparam/get",
        lambda answer: PictureUpload(key=answer.text("key"), url=answer.text("url")),
        {"format": "jpg"},
    )


def ignition(
    vehicle_ids: tuple[str, ...] = (), device_serials: tuple[str, ...] = ()
) -> Call[tuple[Ignition, ...]]:
    """Read whether ignitions are on, for vehicles or for devices (section 2.8).

    The service wants to be asked at most once a minute: ask for all at once.
    """
    if bool(vehicle_ids) is bool(device_serials):
        raise FieldInvalid("vehicle_ids", "either these or serial numbers are asked")
    return Call(
        "resource/v1/accstatus/search",
        lambda answer: tuple(answer.list_or_empty(_read_ignition, "accStatusInfos")),
        without_empty(
            vehicleIds=_joined("vehicle_ids", vehicle_ids),
            deviceSerials=_joined("device_serials", device_serials),
        ),
    )


def kind_number(kind: VehicleKind) -> int:
    """Return the number that stands for a kind of vehicle in a request."""
    if kind is VehicleKind.UNKNOWN:
        raise FieldInvalid("kind", "must be known")
    return int(kind.value)


def _body(request: VehicleRequest) -> JsonObject:
    return without_empty(
        licensePlateNo=checks.text("plate", request.plate, 64),
        driverFirstName=request.driver_first_name,
        driverLastName=request.driver_last_name,
        driverPhoneNo=request.driver_phone,
        pictureKey=request.picture_key,
        deviceSerial=request.device_serial,
        vehicleType=kind_number(request.kind),
        extend=request.note,
    )


def _joined(field: str, values: Sequence[str]) -> str | None:
    if any("," in value for value in values):
        raise FieldInvalid(field, "must not contain a comma")
    return ",".join(ids.some(field, values)) if values else None


def _read_vehicle(row: Row) -> Vehicle:
    device = row.row("device").row("devInfo")
    info = row.row("vehicleInfo")
    area = row.row("area")
    plate = info.text_or_none("licensePlateNo") or row.text("name", "licensePlateNo")
    limit = info.number_or_none("speedLimit")
    return Vehicle(
        id=row.text("id"),
        name=row.text_or_none("name") or plate,
        plate=plate,
        device_id=device.text_or_none("id"),
        device_serial=device.text_or_none("serialNo", "deviceSerial"),
        area_id=area.text_or_none("id"),
        area_name=area.text_or_none("name"),
        online=row.flag_or_none("online", "onlineStatus"),
        kind_code=info.text_or_none("vehicleType"),
        driver_first_name=info.text_or_none("driverFirstName"),
        driver_last_name=info.text_or_none("driverLastName"),
        driver_phone=info.text_or_none("driverPhoneNo"),
        picture_url=info.text_or_none("pictureUrl"),
        note=info.text_or_none("extend"),
        speed_limit=None if limit is None else limit / CM_IN_KM,
    )


def _read_ignition(row: Row) -> Ignition:
    return Ignition(
        id=row.text("idOrDeviceSerial"),
        on=_IGNITION.get(row.text_or_none("accStatus") or ""),
    )
