"""Positions of vehicles as raw messages (guide 5.4.1, A.3.100, A.3.169).

Latitude and longitude are texts without a sign, ``ns`` and ``ew`` tell the side;
speeds are centimetres an hour, the height is centimetres. ``vehicleInfo`` has the
names of A.3.167; the example's ``licensePlate``, ``driverName`` are left out.
"""

from typing import Any

from simulator.account import Account
from simulator.world.events import Located
from simulator.world.fleet import Vehicle
from simulator.world.routes import Fix

from .vehicles import CENTIMETRES

GPS = "Msg330001"


def gps_message(account: Account, located: Located) -> dict[str, Any]:
    """Return an Event (A.3.91) with vehicleRelatedInfo."""
    vehicle, device = located.vehicle, located.device
    when = located.at.astimezone(account.world.zone).isoformat(timespec="seconds")
    return {
        "basicInfo": {
            "occurrenceTime": when,
            "systemId": account.guid,
            "msgType": GPS,
            "resource": {
                "type": "vehicle",
                "id": vehicle.id,
                "name": vehicle.name,
                "areaID": vehicle.id,
                "areaName": vehicle.plate,
            },
            "device": {
                "id": device.id,
                "name": device.name,
                "category": device.category.value,
                "deviceSerial": device.serial,
            },
        },
        "data": {
            "vehicleRelatedInfo": {
                "gpsInfo": _gps(located.fix),
                "vehicleInfo": _vehicle(account, vehicle),
            }
        },
    }


def _gps(fix: Fix) -> dict[str, Any]:
    return {
        "ew": "E" if fix.longitude >= 0 else "W",
        "lng": f"{abs(fix.longitude):.6f}",
        "ns": "N" if fix.latitude >= 0 else "S",
        "lat": f"{abs(fix.latitude):.6f}",
        "direction": round(fix.heading) % 360,
        "height": round(fix.height * 100),
        "speed": round(fix.speed * CENTIMETRES),
    }


def _vehicle(account: Account, vehicle: Vehicle) -> dict[str, Any]:
    drivers = account.world.fleet.drivers.values()
    return {
        "licensePlateNo": vehicle.plate,
        "id": vehicle.id,
        "speedLimit": round(vehicle.speed_limit * CENTIMETRES),
        "driverInfos": [
            {"id": one.id, "driverName": one.name, "driverCode": one.code}
            for one in drivers
            if vehicle.id in one.vehicles
        ],
    }
