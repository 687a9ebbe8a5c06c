"""Add, Update and Delete Device, and Add Area, of the reference.

The devices that can be added are those of the world's stock. The contract names the
fields and the codes; these are the simulator's assumptions:

* An unknown serial number, and one of another account, is 0x3006; one that this
  account has already, 0x3002; a wrong code 0x3007; a device without power 0x3004; one
  more than the package's ``maxDevices`` 0x3003.
* Without ``areaId`` a new device goes into the area below the root that has its name,
  made if there is none.
* A new area assignment moves all cameras, doors, inputs and outputs of the device.
* An area name may be used once below each parent, else 0x3002.
* Deleting is all or nothing, 0x3001 if one is not there.
"""

from simulator.contract import (
    Json,
    ListOf,
    Mistake,
    Problem,
    Refusal,
    Request,
    Text,
    may,
    need,
)
from simulator.world import World
from simulator.world.places import Area
from simulator.world.stock import Boxed, import_all, unpack

from .api import ID, api
from .resources import ROOT

MISSING, TAKEN, FULL, OFFLINE = "0x3001", "0x3002", "0x3003", "0x3004"
BAD_SERIAL, BAD_CODE = "0x3006", "0x3007"


@api.post(
    "resource/v1/devices/add",
    need("deviceName", Text()),
    need("deviceSerial", Text()),
    need("validateCode", Text()),
    may("areaId", ID),
)
def add_device(request: Request) -> Json:
    """Add a device of the stock with all its channels."""
    world, body = request.account.world, request.body
    most = request.account.package.devices
    boxed = _boxed(world, body["deviceSerial"], body["validateCode"], most=most)
    area = _area(world, body["areaId"]) or _area_named(world, body["deviceName"])
    device = unpack(world, boxed, body["deviceName"])
    import_all(world, device, area)
    return {"deviceId": device.id}


@api.post(
    "resource/v1/devices/update",
    need("deviceId", ID),
    may("deviceName", Text()),
    may("areaId", ID),
)
def update_device(request: Request) -> Json:
    """Rename a device or move it to another area."""
    world, body = request.account.world, request.body
    if not (device := world.devices.get(body["deviceId"])):
        raise Refusal(MISSING)
    area = _area(world, body["areaId"])
    device.name = body["deviceName"] or device.name
    if area:
        for one in world.channels.resources():
            if one.device is device:
                one.area = area
    return None


@api.post("resource/v1/devices/delete", need("deviceIds", ListOf(ID)))
def delete_devices(request: Request) -> Json:
    """Remove devices with all that hangs on them."""
    world, ids = request.account.world, request.body["deviceIds"]
    if not ids:
        raise Mistake(Problem.MISSING, "deviceIds")
    if not world.devices.keys() >= set(ids):
        raise Refusal(MISSING)
    for one in dict.fromkeys(ids):
        world.remove_device(world.devices[one])
    return None


@api.post("resource/v1/areas/add", need("areaName", Text()), may("parentAreaId", ID))
def add_area(request: Request) -> Json:
    """Add an area."""
    world, body = request.account.world, request.body
    parent = _area(world, body["parentAreaId"])
    siblings = world.children(parent.id if parent else None)
    beside = (world.areas[one] for one in siblings)
    if any(one.name == body["areaName"] for one in beside):
        raise Refusal(TAKEN)
    return {"areaId": world.add_area(body["areaName"], parent).id}


def _boxed(world: World, serial: str, code: str, *, most: int) -> Boxed:
    if world.device(serial):
        raise Refusal(TAKEN)
    boxed = world.stock.get(serial)
    if not boxed or boxed.taken:
        raise Refusal(BAD_SERIAL)
    if boxed.code != code:
        raise Refusal(BAD_CODE)
    if not boxed.online:
        raise Refusal(OFFLINE)
    if len(world.devices) >= most:
        raise Refusal(FULL)
    return boxed


def _area(world: World, area_id: str | None) -> Area | None:
    if area_id in (None, ROOT):
        return None
    if area_id not in world.areas:
        raise Refusal(MISSING)
    return world.areas[area_id]


def _area_named(world: World, name: str) -> Area:
    top = (world.areas[one] for one in world.children(None))
    return next((one for one in top if one.name == name), None) or world.add_area(name)
