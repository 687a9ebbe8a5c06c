"""Vehicles (guide 5.9).

An account without the paid service has at most ten vehicles (5.9.1): the eleventh is
VMS021106. What an update leaves out, or leaves empty, stays as it was. Rows have an
empty ``area``, as in the example. A second search for ignition within a minute is
refused with LAP000004: the guide asks for a minute between two and names no code.
"""

from datetime import timedelta
from typing import Any

from simulator.contract import (
    Json,
    ListOf,
    Mistake,
    Problem,
    Refusal,
    Request,
    Text,
    group,
    may,
    need,
)
from simulator.services import Services
from simulator.world import World
from simulator.world.fleet import Ignition, Vehicle
from simulator.world.places import Area, Category, Device

from .api import FLAG, PAGING, api, number, page
from .resources import ROOT

MOST = 10
PICTURE_LIFE = timedelta(days=1)
UPLOAD_LIFE = timedelta(minutes=15)
IGNITION_PAUSE = timedelta(minutes=1)
CENTIMETRES = 100_000
"""Centimetres in a kilometre: the guide's speeds are in cm/h."""

LIMIT = "VMS021106"
PLATE_TAKEN, VEHICLE_TAKEN, NO_VEHICLE = "VMS021108", "VMS021109", "VMS021110"
WRONG_TYPE, TOO_SOON, NO_AREA = "VMS021309", "LAP000004", "OPEN000031"

DETAILS = (
    may("driverFirstName", Text()),
    may("driverLastName", Text()),
    may("driverPhoneNo", Text()),
    may("pictureKey", Text()),
    may("extend", Text()),
)
FIELDS = (
    need("licensePlateNo", Text()),
    need("vehicleType", number(0, 3)),
    *DETAILS,
    may("deviceSerial", Text()),
)


@api.post("resource/v1/areas/vehicles/add", need("areaId", Text()), *FIELDS)
def add(request: Request) -> Json:
    """Add a vehicle, and an area with the same id."""
    world, body = request.account.world, request.body
    if body["areaId"] != ROOT and body["areaId"] not in world.areas:
        raise Refusal(NO_AREA)
    device = _device(world, body["deviceSerial"], None)
    vehicle = new_vehicle(request, body, world.areas.get(body["areaId"]))
    vehicle.device = device
    return {"id": vehicle.id}


@api.post("resource/v1/areas/vehicles/{id}/update", *FIELDS)
def update(request: Request) -> Json:
    """Change a vehicle."""
    world, body = request.account.world, request.body
    if not (vehicle := world.fleet.vehicles.get(request.path["id"])):
        raise Refusal(NO_VEHICLE)
    if world.fleet.with_plate(body["licensePlateNo"]) not in (None, vehicle):
        raise Refusal(PLATE_TAKEN)
    device = _device(world, body["deviceSerial"], vehicle)
    _check_picture(request, body)
    vehicle.plate = vehicle.name = body["licensePlateNo"]
    vehicle.device = device or vehicle.device
    _describe(vehicle, body)
    return None


@api.post(
    "resource/v1/areas/vehicles/get",
    *PAGING,
    may(
        "filter",
        group(
            may("areaID", Text(32)),
            may("includeSubArea", FLAG, "0"),
            may("vehicleID", ListOf(Text(32))),
        ),
    ),
)
def vehicles(request: Request) -> Json:
    """List vehicles: of an area, of all areas below it, or all."""
    world, wanted = request.account.world, request.body["filter"] or {}
    found = list(world.fleet.vehicles.values())
    if ids := wanted.get("vehicleID"):
        found = [one for one in found if one.id in ids]
    if area := wanted.get("areaID"):
        if area != ROOT and area not in world.areas:
            raise Refusal(NO_AREA)
        places = _places(world, area, deep=wanted["includeSubArea"] != "0")
        found = [one for one in found if (one.area and one.area.id) in places]
    services = request.services
    return page("vehicle", found, lambda one: vehicle_row(services, one), request.body)


@api.post("resource/v1/picture/uploadparam/get", need("format", Text(choices=("jpg",))))
def upload_parameters(request: Request) -> Json:
    """Tell where a vehicle's picture may be put, and the key it will have."""
    uploads, guid = request.services.uploads, request.account.guid
    key = uploads.offer(f"msvehicle/images/{guid}", "jpg", UPLOAD_LIFE)
    return {"key": key, "url": f"{request.services.url}/uploads/{key}"}


@api.post(
    "resource/v1/accstatus/search",
    may("deviceSerials", Text()),
    may("vehicleIds", Text()),
)
def ignitions(request: Request) -> Json:
    """Tell whether engines run, of vehicles or else of devices."""
    world, body = request.account.world, request.body
    asked = body["vehicleIds"] or body["deviceSerials"]
    if not asked:
        raise Mistake(Problem.MISSING, "vehicleIds")
    now, last = world.clock.now(), world.fleet.ignition_asked
    if last and timedelta() <= now - last < IGNITION_PAUSE:
        raise Refusal(TOO_SOON)
    world.fleet.ignition_asked = now
    known = _by_serial(world) if not body["vehicleIds"] else world.fleet.vehicles
    names = [one.strip() for one in asked.split(",")]
    rows = []
    for name in names:
        status = known[name].ignition(now) if name in known else Ignition.UNKNOWN
        rows.append({"idOrDeviceSerial": name, "accStatus": int(status)})
    return {"accStatusInfos": rows}


def new_vehicle(request: Request, body: dict[str, Any], area: Area | None) -> Vehicle:
    """Add a vehicle that a request describes."""
    fleet = request.account.world.fleet
    if fleet.with_plate(body["licensePlateNo"]):
        raise Refusal(PLATE_TAKEN)
    if len(fleet.vehicles) >= MOST:
        raise Refusal(LIMIT)
    _check_picture(request, body)
    vehicle = fleet.add(body["licensePlateNo"], area)
    _describe(vehicle, body)
    return vehicle


def vehicle_row(services: Services, vehicle: Vehicle) -> dict[str, Any]:
    """Return a row of the vehicle list, with a VehicleInfo(1) (A.3.166)."""
    device = vehicle.device
    return {
        "id": vehicle.id,
        "name": vehicle.name,
        "abilitySet": "",
        "online": str(int(vehicle.online)),
        "area": {},
        "device": {
            "devInfo": {
                "id": device.id if device else "",
                "category": "0",
                "serialNo": device.serial if device else "",
                "streamSecretKey": "",
            },
            "channelInfo": {},
        },
        "vehicleInfo": {
            "id": vehicle.id,
            "licensePlateNo": vehicle.plate,
            "vehicleType": vehicle.kind,
            "driverFirstName": vehicle.driver_first_name,
            "driverLastName": vehicle.driver_last_name,
            "driverPhoneNo": vehicle.driver_phone,
            "pictureUrl": _picture(services, vehicle.picture_key),
            "extend": vehicle.note,
            "speedLimit": round(vehicle.speed_limit * CENTIMETRES),
        },
    }


def _describe(vehicle: Vehicle, body: dict[str, Any]) -> None:
    vehicle.kind = body["vehicleType"]
    vehicle.driver_first_name = body["driverFirstName"] or vehicle.driver_first_name
    vehicle.driver_last_name = body["driverLastName"] or vehicle.driver_last_name
    vehicle.driver_phone = body["driverPhoneNo"] or vehicle.driver_phone
    vehicle.picture_key = body["pictureKey"] or vehicle.picture_key
    vehicle.note = body["extend"] or vehicle.note


def _check_picture(request: Request, body: dict[str, Any]) -> None:
    key = body["pictureKey"]
    if key and key not in request.services.uploads:
        raise Mistake(Problem.RANGE, "pictureKey")


def _device(world: World, serial: str | None, own: Vehicle | None) -> Device | None:
    if not serial:
        return None
    if not (device := world.device(serial)):
        raise Refusal("OPEN000501")
    if device.category is not Category.MOBILE:
        raise Refusal(WRONG_TYPE)
    if world.fleet.with_device(device) not in (None, own):
        raise Refusal(VEHICLE_TAKEN)
    return device


def _picture(services: Services, key: str) -> str:
    if not key or not services.uploads.fetch(key):
        return ""
    return services.publish(lambda: services.uploads.fetch(key), "jpeg", PICTURE_LIFE)


def _places(world: World, area_id: str, *, deep: bool) -> set[str | None]:
    top = None if area_id == ROOT else area_id
    return {top, *world.below(top)} if deep else {top}


def _by_serial(world: World) -> dict[str, Vehicle]:
    vehicles = world.fleet.vehicles.values()
    return {one.device.serial: one for one in vehicles if one.device}
