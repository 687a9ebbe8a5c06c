"""On-Board Monitoring Services of the reference.

The contract names the fields of the requests and of a location, and of a vehicle's row
``plateNo`` and ``vehicleName``. The simulator's assumptions: a row also has
``vehicleId``, ``deviceId`` (empty without a device) and ``status``; ``plateNo`` finds
any part of a plate. A plate, a licence number and a vehicle's device may be used once,
else 0x3002. A vehicle whose device is offline has no location, 0x3004; one without
device 0x3001. Times are UTC, as the message example's.
"""

from datetime import UTC
from typing import Any

from simulator.contract import Json, Refusal, Request, Text, may, need
from simulator.world import World
from simulator.world.fleet import Driver, Licence, Vehicle
from simulator.world.places import Device

from .api import ID, PAGING, api, page

MISSING, TAKEN, OFFLINE = "0x3001", "0x3002", "0x3004"


@api.post(
    "obd/v1/vehicles/add",
    need("plateNo", Text()),
    may("vehicleName", Text(), ""),
    may("deviceId", ID),
)
def add_vehicle(request: Request) -> Json:
    """Add a vehicle."""
    world, body = request.account.world, request.body
    device = _device(world, body["deviceId"])
    if world.fleet.with_plate(body["plateNo"]):
        raise Refusal(TAKEN)
    name = body["vehicleName"]
    return {"vehicleId": world.fleet.add(body["plateNo"], name=name, device=device).id}


@api.post("obd/v1/vehicles/get", *PAGING, may("plateNo", Text(), ""))
def vehicles(request: Request) -> Json:
    """List vehicles."""
    plate = request.body["plateNo"].lower()
    fleet = request.account.world.fleet.vehicles.values()
    found = (one for one in fleet if plate in one.plate.lower())
    return page(found, vehicle_row, request.body)


@api.post("obd/v1/vehicles/location", need("vehicleId", ID))
def location(request: Request) -> Json:
    """Tell where a vehicle is."""
    world = request.account.world
    vehicle = world.fleet.vehicles.get(request.body["vehicleId"])
    if not vehicle or not vehicle.device:
        raise Refusal(MISSING)
    now = world.clock.now()
    if not (fix := vehicle.fix(now)):
        raise Refusal(OFFLINE)
    return {
        "latitude": round(fix.latitude, 6),
        "longitude": round(fix.longitude, 6),
        "speed": round(fix.speed, 1),
        "timestamp": f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
    }


@api.post(
    "obd/v1/drivers/add",
    need("driverName", Text()),
    need("licenseNo", Text()),
    may("phoneNo", Text(), ""),
)
def add_driver(request: Request) -> Json:
    """Add a driver."""
    world, body = request.account.world, request.body
    drivers = world.fleet.drivers
    if any(one.licence.number == body["licenseNo"] for one in drivers.values()):
        raise Refusal(TAKEN)
    first, _, last = body["driverName"].partition(" ")
    driver = Driver(
        id=world.ids.make("driver"),
        first_name=first,
        last_name=last,
        phone=body["phoneNo"],
        licence=Licence(body["licenseNo"]),
    )
    drivers[driver.id] = driver
    return {"driverId": driver.id}


def vehicle_row(vehicle: Vehicle) -> dict[str, Any]:
    """Return a row of Get Vehicles."""
    return {
        "vehicleId": vehicle.id,
        "plateNo": vehicle.plate,
        "vehicleName": vehicle.name,
        "deviceId": vehicle.device.id if vehicle.device else "",
        "status": "online" if vehicle.online else "offline",
    }


def _device(world: World, device_id: str | None) -> Device | None:
    if not device_id:
        return None
    if not (device := world.devices.get(device_id)):
        raise Refusal(MISSING)
    if world.fleet.with_device(device):
        raise Refusal(TAKEN)
    return device
