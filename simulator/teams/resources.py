"""Logical resources: areas and what they hold (guide 5.2.2)."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from simulator.contract import Json, ListOf, Refusal, Request, Text, group, may, need
from simulator.world import World
from simulator.world.channels import Resource
from simulator.world.places import Area, Camera

from .api import FLAG, PAGING, api, number, page, resource_filter

ROOT = "-1"
THUMBNAIL_LIFE = timedelta(days=1)

VEHICLE_AREA, STORE_AREA, PLAIN_AREA = 2, 3, 1


@api.post(
    "resource/v1/areas/get",
    *PAGING,
    may(
        "filter",
        group(may("parentAreaID", Text(32)), may("includeSubArea", FLAG, "0")),
    ),
)
def areas(request: Request) -> Json:
    """List areas: all of them, or those below one."""
    world = request.account.world
    wanted = request.body["filter"] or {"parentAreaID": None, "includeSubArea": "1"}
    parent = _known_area(world, wanted["parentAreaID"] or ROOT)
    if wanted["includeSubArea"] == "0" and wanted["parentAreaID"]:
        found = set(world.children(parent))
    else:
        found = world.below(parent) - {parent}
    rows = (one for one in world.areas.values() if one.id in found)
    return page("area", rows, lambda area: area_row(world, area), request.body)


@api.post("resource/v1/areadetail/get", may("areaID", ListOf(Text())))
def area_detail(request: Request) -> Json:
    """Describe areas; an unknown one becomes a row with its own code."""
    world = request.account.world
    wanted = request.body["areaID"]
    ids = list(world.areas) if wanted is None else wanted
    return {"area": [_area_detail(world, one) for one in ids]}


@api.post(
    "resource/v1/areas/cameras/get",
    *PAGING,
    resource_filter(may("cameraID", ListOf(Text(32))), include_required=False),
)
def cameras(request: Request) -> Json:
    """List cameras."""
    world = request.account.world
    wanted = request.body["filter"]
    found = within(world, world.cameras.values(), wanted)
    if ids := wanted["cameraID"]:
        found = (one for one in found if one.id in ids)
    return page("camera", found, camera_row, request.body)


@api.post("resource/v1/areas/doors/get", *PAGING, resource_filter())
def doors(request: Request) -> Json:
    """List doors."""
    world = request.account.world
    found = within(world, world.doors.values(), request.body["filter"])
    return page("door", found, resource_row, request.body)


@api.post("resource/v1/areas/alarminputs/get", *PAGING, resource_filter())
def alarm_inputs(request: Request) -> Json:
    """List alarm inputs (under the table's key; the example's is alarmOutput)."""
    world = request.account.world
    found = within(world, world.alarm_inputs.values(), request.body["filter"])
    return page(
        "alarmInput",
        found,
        lambda one: resource_row(one) | {"abilitySet": ""},
        request.body,
    )


@api.post(
    "resource/v1/areas/cameras/thumbnail/get",
    need("cameraID", Text(32)),
    need("refresh", number(0, 1)),
)
def thumbnail(request: Request) -> Json:
    """Tell a thumbnail's URL, with the host written twice as in the guide."""
    camera = request.account.world.cameras.get(request.body["cameraID"])
    if not camera:
        raise Refusal("OPEN000503")
    if request.body["refresh"] and not camera.online:
        raise Refusal("OPEN000554")
    url = request.services.picture(camera, THUMBNAIL_LIFE)
    return {
        "pictureURL": f"{request.services.url}/{url}",
        "isEncrypted": int(camera.device.encrypted),
    }


def area_row(world: World, area: Area) -> dict[str, Any]:
    """Return a BriefArea (A.3.44) without its path."""
    return {
        "id": area.id,
        "name": area.name,
        "parentAreaID": area.parent or ROOT,
        "existSubArea": str(int(bool(world.children(area.id)))),
        "type": _area_type(world, area),
    }


def _area_type(world: World, area: Area) -> int:
    if area.id in world.fleet.vehicles:
        return VEHICLE_AREA
    return STORE_AREA if area.id in world.stores else PLAIN_AREA


def _area_detail(world: World, area_id: str) -> dict[str, Any]:
    if not (area := world.areas.get(area_id)):
        text = f"Area is not exist([id={area_id}]){{VMS021101}}"
        return {"id": area_id, "message": text, "errorCode": "VMS021101"}
    names = [area.name]
    parent = area.parent
    while parent:
        names.append(world.areas[parent].name)
        parent = world.areas[parent].parent
    row = area_row(world, area)
    row["existSubArea"] = int(row["existSubArea"])
    return row | {"areaPath": "->".join(reversed(names))}


def _known_area(world: World, area_id: str) -> str | None:
    if area_id == ROOT:
        return None
    if area_id not in world.areas:
        raise Refusal("OPEN000031")
    return area_id


def within[R: Resource](
    world: World, resources: Iterable[R], wanted: dict[str, Any]
) -> Iterable[R]:
    """Filter resources by area or device. No area id means everywhere."""
    device, serial = wanted["deviceID"], wanted["deviceSerialNo"]
    if device or serial:
        resources = (
            one
            for one in resources
            if device in (None, one.device.id) and serial in (None, one.device.serial)
        )
    if wanted["areaID"] is None:
        return resources
    area = _known_area(world, wanted["areaID"])
    deep = wanted["includeSubArea"] != "0" or device or serial
    places = world.below(area) if deep else {area}
    return (one for one in resources if one.area.id in places)


def camera_row(camera: Camera) -> dict[str, Any]:
    """Return a CameraInfo (A.3.48)."""
    abilities = ",".join(str(one) for one in camera.abilities)
    return resource_row(camera) | {"abilitySet": abilities}


def resource_row(resource: Resource) -> dict[str, Any]:
    """Return an AlarmInfo (A.3.15), which is also what a door is."""
    device = resource.device
    return {
        "id": resource.id,
        "name": resource.name,
        "online": str(int(resource.online)),
        "area": {"id": resource.area.id, "name": resource.area.name},
        "device": {
            "devInfo": {
                "id": device.id,
                "category": "0",
                "serialNo": device.serial,
                "streamSecretKey": "",
            },
            "channelInfo": {"id": resource.channel_id, "no": str(resource.channel_no)},
        },
    }
