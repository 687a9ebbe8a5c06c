"""Adding, editing, deleting and refreshing devices (guide 5.2.1).

The devices that can be added are those of the world's stock. Whatever is wrong with
the device becomes the code of its row, the outer code stays "0": EVZ20014 unknown
serial number, EVZ20010 wrong code, EVZ20013 added by another account, EVZ20017 added
by this one, EVZ20007 offline, VMS021309 other category, VMS021305 name taken,
VMS021106 to VMS021110 the vehicle. ``streamSecretKey`` is in the guide's example only.
``deleteVehicle`` is 0 or 1; without it a vehicle stays, without a device.
"""

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
from simulator.world import World
from simulator.world.fleet import Vehicle
from simulator.world.places import Area, Category, Device
from simulator.world.stock import Boxed, import_all, unpack

from .api import api, number
from .fields import some
from .resources import ROOT
from .timezones import known_zone
from .vehicles import DETAILS, NO_VEHICLE, VEHICLE_TAKEN, new_vehicle

UNKNOWN, WRONG_CODE, FOREIGN, OWN, OFFLINE = (
    "EVZ20014",
    "EVZ20010",
    "EVZ20013",
    "EVZ20017",
    "EVZ20007",
)
NAME_TAKEN, WRONG_TYPE = "VMS021305", "VMS021309"
GONE = "CCF021307"

ZONE = group(
    need("id", Text(8)), need("applyToDevice", Text(1, ("0", "1"), number=True))
)
VEHICLE = group(
    may("vehicleID", Text(32)),
    may("licensePlateNo", Text()),
    may("vehicleType", number(0, 3), 0),
    *DETAILS,
)
CATEGORY = Text(32, tuple(Category))


@api.post(
    "resource/v1/devices/add",
    need("deviceCategory", CATEGORY),
    need(
        "deviceInfo",
        group(
            need("name", Text(64)),
            need("ezvizSerialNo", Text(30)),
            need("ezvizVerifyCode", Text(30)),
            may("userName", Text(32)),
            may("password", Text(16)),
            may("streamSecretKey", Text()),
        ),
    ),
    may(
        "importToArea",
        group(
            may("enable", Text(1, ("0", "1"), number=True), "0"),
            may("areaID", Text(32)),
        ),
    ),
    need("timeZone", ZONE),
    may("vehicleInfo", VEHICLE),
)
def add(request: Request) -> Json:
    """Add a device of the stock; a failure is a row."""
    world, body = request.account.world, request.body
    info = body["deviceInfo"]
    zone = known_zone(body["timeZone"]["id"])
    area = _wanted_area(world, body["importToArea"])
    mobile = body["deviceCategory"] == Category.MOBILE
    if mobile:
        _check_vehicle(body["vehicleInfo"])
    try:
        boxed = _boxed(world, body)
        vehicle = _vehicle(request, area) if mobile else None
    except Refusal as refusal:
        return _outcome(info, "", refusal.code)
    device = unpack(world, boxed, info["name"])
    device.time_zone = zone
    _import(world, device, body["importToArea"], area)
    if vehicle:
        vehicle.device = device
        import_all(world, device, world.areas[vehicle.id])
    return _outcome(info, device.id, "0")


@api.post(
    "resource/v1/devices/update",
    need(
        "deviceInfo",
        group(
            need("id", Text(32)),
            need("name", Text(32)),
            may("userName", Text(32)),
            may("password", Text(16)),
        ),
    ),
    may("timeZone", ZONE),
)
def update(request: Request) -> Json:
    """Rename a device or change its time zone."""
    world, body = request.account.world, request.body
    info = body["deviceInfo"]
    if not (device := world.devices.get(info["id"])):
        raise Refusal("OPEN000501")
    zone = body["timeZone"]
    time_zone = known_zone(zone["id"]) if zone else device.time_zone
    if any(one.name == info["name"] for one in _others(world, device)):
        raise Refusal(NAME_TAKEN)
    device.name, device.time_zone = info["name"], time_zone
    return None


@api.post(
    "resource/v1/devices/delete",
    need("deviceID", ListOf(Text(32))),
    need("deviceCategory", CATEGORY),
    may("deleteVehicle", number(0, 1), 0),
)
def delete(request: Request) -> Json:
    """Delete devices of one category: all that are named, or none."""
    world, body = request.account.world, request.body
    some("deviceID", body["deviceID"])
    if not world.devices.keys() >= set(body["deviceID"]):
        raise Refusal("OPEN000501")
    devices = [world.devices[one] for one in dict.fromkeys(body["deviceID"])]
    if any(one.category != body["deviceCategory"] for one in devices):
        raise Refusal(WRONG_TYPE)
    for device in devices:
        vehicle = world.fleet.with_device(device)
        world.remove_device(device)
        if vehicle and body["deleteVehicle"]:
            world.fleet.remove(vehicle)
    return None


@api.post("resource/v1/device/{deviceId}/refresh")
def refresh(request: Request) -> Json:
    """Tell a device's status now; an unknown one has an inner code."""
    device_id = request.path["deviceId"]
    if not (device := request.account.world.devices.get(device_id)):
        return {"deviceId": device_id, "errorCode": GONE}
    return {"deviceId": device_id, "status": int(device.online)}


def _boxed(world: World, body: dict[str, Any]) -> Boxed:
    info = body["deviceInfo"]
    if world.device(info["ezvizSerialNo"]):
        raise Refusal(OWN)
    boxed = world.stock.get(info["ezvizSerialNo"])
    if not boxed:
        raise Refusal(UNKNOWN)
    if boxed.taken:
        raise Refusal(FOREIGN)
    if info["ezvizVerifyCode"] != boxed.code:
        raise Refusal(WRONG_CODE)
    if not boxed.online:
        raise Refusal(OFFLINE)
    if body["deviceCategory"] != boxed.category:
        raise Refusal(WRONG_TYPE)
    if any(one.name == info["name"] for one in world.devices.values()):
        raise Refusal(NAME_TAKEN)
    return boxed


def _wanted_area(world: World, wanted: dict[str, Any] | None) -> Area | None:
    if not wanted or wanted["areaID"] in (None, ROOT):
        return None
    if wanted["areaID"] not in world.areas:
        raise Refusal("OPEN000031")
    return world.areas[wanted["areaID"]]


def _import(
    world: World, device: Device, wanted: dict[str, Any] | None, area: Area | None
) -> None:
    """Import the channels if asked to; without an area into one of its name."""
    if not wanted or wanted["enable"] == "0" or device.category == Category.MOBILE:
        return
    import_all(world, device, area or world.add_area(device.name))


def _check_vehicle(wanted: dict[str, Any] | None) -> None:
    if not wanted:
        raise Mistake(Problem.MISSING, "vehicleInfo")
    if not wanted["vehicleID"] and not wanted["licensePlateNo"]:
        raise Mistake(Problem.MISSING, "licensePlateNo")


def _vehicle(request: Request, area: Area | None) -> Vehicle:
    """Return the vehicle the device is built into, an existing or a new one."""
    wanted, fleet = request.body["vehicleInfo"], request.account.world.fleet
    if not (vehicle_id := wanted["vehicleID"]):
        return new_vehicle(request, wanted, area)
    if not (vehicle := fleet.vehicles.get(vehicle_id)):
        raise Refusal(NO_VEHICLE)
    if vehicle.device:
        raise Refusal(VEHICLE_TAKEN)
    return vehicle


def _others(world: World, device: Device) -> list[Device]:
    return [one for one in world.devices.values() if one is not device]


def _outcome(info: dict[str, Any], device_id: str, code: str) -> Json:
    """Return an AddDeviceResponse (A.3.8) for one device."""
    succeeded = int(code == "0")
    row = {
        "alias": info["name"],
        "deviceId": device_id,
        "deviceSerial": info["ezvizSerialNo"],
        "errorCode": code,
    }
    return {
        "addDeviceResponse": {
            "failed": 1 - succeeded,
            "succeeded": succeeded,
            "total": 1,
            "deviceList": [row],
        }
    }
