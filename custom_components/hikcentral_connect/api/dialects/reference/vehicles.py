"""Vehicles of the reference ("On-Board Monitoring Services")."""

from typing import Final

from ... import checks
from ...call import Call, Kind, Page, page_reader, without_empty
from ...errors import BadAnswer
from ...models.vehicles import Vehicle, VehiclePosition, VehicleRequest
from ...row import Row
from .platform import PAGE_SIZE

LATITUDE_AT_MOST: Final = 90
LONGITUDE_AT_MOST: Final = 180


def add(request: VehicleRequest) -> Call[str]:
    """Add a vehicle and return its id ("Add Vehicle").

    Raises `AlreadyExists`, `NotFound` for an unknown device or `LimitReached`.
    """
    return Call(
        "obd/v1/vehicles/add",
        lambda answer: answer.text("vehicleId"),
        without_empty(
            plateNo=checks.text("plate", request.plate, 64),
            vehicleName=request.name,
            deviceId=request.device_id,
        ),
        Kind.WRITE,
    )


def vehicles(page: int) -> Call[Page[Vehicle]]:
    """List the vehicles, 100 to a page ("Get Vehicles")."""
    return Call(
        "obd/v1/vehicles/get",
        page_reader(_read_vehicle, "list", size=PAGE_SIZE, total="total"),
        {"pageNo": page, "pageSize": PAGE_SIZE},
    )


def location(vehicle_id: str) -> Call[VehiclePosition]:
    """Read where a vehicle is ("Get Vehicle Location"). Raises `NotFound`."""
    return Call(
        "obd/v1/vehicles/location",
        _read_position,
        {"vehicleId": checks.text("vehicle_id", vehicle_id, 64)},
    )


def _read_vehicle(row: Row) -> Vehicle:
    plate = row.text("plateNo")
    return Vehicle(
        id=row.text("vehicleId", "id"),
        name=row.text_or_none("vehicleName", "name") or plate,
        plate=plate,
        device_id=row.text_or_none("deviceId"),
        device_serial=row.text_or_none("deviceSerial"),
        online=row.flag_or_none("status", "online"),
    )


def _read_position(answer: Row) -> VehiclePosition:
    return VehiclePosition(
        latitude=_read_degrees(answer, "latitude", LATITUDE_AT_MOST),
        longitude=_read_degrees(answer, "longitude", LONGITUDE_AT_MOST),
        speed=answer.number_or_none("speed"),
        time=answer.moment_or_none("timestamp"),
    )


def _read_degrees(answer: Row, key: str, most: int) -> float:
    degrees = answer.number_or_none(key)
    if degrees is None or not -most <= degrees <= most:
        raise BadAnswer(f"{key} is missing or not on the globe")
    return degrees
