"""Vehicles that passed a camera, and barriers (guide 5.12).

The table of the record search describes another call's rows, so the rows are those of
the example. The newest come first; ``nextSearchAfter`` is empty on the last page and
has to be sent back as it came. ``nameListId`` is in the example only; the simulated
site has no lists, so no record has one. ``timeDiff`` is in minutes.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from simulator.contract import (
    Flag,
    Json,
    ListOf,
    Problem,
    Refusal,
    Request,
    Text,
    Whole,
    may,
    need,
)
from simulator.world import World
from simulator.world.traffic import BarrierAction, HeldOpen, Passing

from .api import api, milliseconds, number
from .fields import Cursor

NO_CAMERA, EMPTY_CAMERA = "OPEN000503", "VMS051026"
BAD_TIME, BAD_SPAN = "VMS051027", "VMS051028"
UNSUPPORTED, OFFLINE, INVALID = "VMS022535", "VMS022543", "VMS022553"
PICTURE_LIFE = timedelta(days=1)
SPEED = number(1, 999)


@api.post(
    "bi/v1/anpr/passing/record/search",
    need("allCamera", Flag()),
    may("cameraIdList", ListOf(Text())),
    need("timeType", number(0, 1)),
    need("startTime", Text()),
    need("endTime", Text()),
    may("licensePlate", Text(512), ""),
    may("personName", Text(512), ""),
    may("nameListId", Text()),
    may("vehileModel", ListOf(number(1, 34)), ()),
    may("brand", ListOf(number()), ()),
    may("color", number(1, 15)),
    may("speedRangeStart", SPEED),
    may("speedRangeEnd", SPEED),
    may("country", number()),
    may("direction", number(-1, 1)),
    may("pageSize", Whole(1, 500, digits=True, problem=Problem.PAGE_SIZE), 20),
    may("searchAfter", Cursor()),
)
def passings(request: Request) -> Json:
    """Search for vehicles that passed."""
    world, body = request.account.world, request.body
    start, end = _time(body["startTime"]), _time(body["endTime"])
    if start >= end:
        raise Refusal(BAD_SPAN)
    cameras = _cameras(world, body)
    found = [
        one
        for one in reversed(world.traffic.passings)
        if start <= one.at <= end and one.camera.id in cameras and _fits(one, body)
    ]
    size, skipped = body["pageSize"], 0
    if body["searchAfter"]:
        keys = [_cursor(one) for one in found]
        skipped = sum(key >= body["searchAfter"] for key in keys)
    rows = found[skipped : skipped + size]
    more = len(found) > skipped + size
    return {
        "rows": [_row(request, one) for one in rows],
        "total": len(found),
        "totalPage": -(-len(found) // size),
        "page": skipped // size + 1,
        "pageSize": size,
        "nextSearchAfter": list(_cursor(rows[-1])) if more else [],
    }


@api.post(
    "bi/v1/anpr/barrierGate/control",
    need("cameraId", Text()),
    need("controlMode", number(1, 4)),
)
def control(request: Request) -> Json:
    """Open, close, hold or release the barrier at a camera."""
    world, body = request.account.world, request.body
    if not (camera := world.cameras.get(body["cameraId"])):
        raise Refusal(NO_CAMERA)
    if not (barrier := world.traffic.barriers.get(camera.id)):
        raise Refusal(UNSUPPORTED)
    if not camera.online:
        raise Refusal(OFFLINE)
    try:
        barrier.command(world.clock.now(), BarrierAction(body["controlMode"]))
    except HeldOpen:
        raise Refusal(INVALID) from None
    return None


def _time(text: str) -> datetime:
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        raise Refusal(BAD_TIME) from None
    if time.tzinfo is None:
        raise Refusal(BAD_TIME)
    return time


def _cameras(world: World, body: dict[str, Any]) -> set[str]:
    if body["allCamera"]:
        return {one.camera.id for one in world.traffic.passings}
    if not body["cameraIdList"]:
        raise Refusal(EMPTY_CAMERA)
    if not world.cameras.keys() >= set(body["cameraIdList"]):
        raise Refusal(NO_CAMERA)
    return set(body["cameraIdList"])


def _fits(one: Passing, body: dict[str, Any]) -> bool:
    low, high = body["speedRangeStart"], body["speedRangeEnd"]
    return (
        body["licensePlate"].lower() in one.plate.lower()
        and body["personName"].lower() in one.owner.lower()
        and body["nameListId"] is None
        and (not body["vehileModel"] or one.model in body["vehileModel"])
        and (not body["brand"] or one.brand in body["brand"])
        and body["color"] in (None, one.color)
        and body["country"] in (None, one.country)
        and body["direction"] in (None, one.direction)
        and (low is None or one.speed >= low)
        and (high is None or one.speed <= high)
    )


def _cursor(one: Passing) -> tuple[int, str]:
    return milliseconds(one.at), one.id


def _row(request: Request, one: Passing) -> dict[str, Any]:
    camera, world = one.camera, request.account.world
    render = request.services.picture_at(camera, one.at)
    local = one.at.astimezone(world.zone)
    ahead = world.zone.utcoffset(None) // timedelta(minutes=1)
    return {
        "id": one.id,
        "areaId": camera.area.id,
        "areaName": camera.area.name,
        "brand": one.brand,
        "cameraId": camera.id,
        "cameraName": camera.name,
        "carColor": one.color,
        "carUrl": request.services.publish(render, "jpeg", PICTURE_LIFE),
        "licensePlateUrl": request.services.publish(render, "jpeg", PICTURE_LIFE),
        "country": one.country,
        "dateTime": local.isoformat(timespec="seconds"),
        "dateTimeUTC": f"{one.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "direction": one.direction,
        "licensePlate": one.plate,
        "nameListId": "",
        "nameListName": "",
        "personName": one.owner,
        "personPhone": one.phone,
        "speed": one.speed,
        "vehileModel": one.model,
        "timeDiff": ahead,
    }
