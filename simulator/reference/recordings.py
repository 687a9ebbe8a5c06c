"""Recordings of the reference: "Search Recording Segments", "Get Recording Schedule".

``targetType`` "0" is the cloud and "1" the device, the other way round than in the
maker's guide. The contract has the code 0x4002 for a time without recording, so a
search that finds nothing is refused with it. Times in answers are UTC in the form of
the request's example. Of ``settings`` the contract says only that it is an object;
its names here are those of an alarm rule's schedule and of the search.
"""

from datetime import UTC, datetime

from simulator.contract import (
    IsoTime,
    Json,
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
from simulator.world.places import Camera
from simulator.world.recordings import Recording

from .api import ID, api

PLACES = {"0": Recording.CLOUD, "1": Recording.DEVICE}


@api.post(
    "video/v1/record/element/search",
    need("resourceId", ID),
    need(
        "filter",
        group(
            need("beginTime", IsoTime()),
            need("endTime", IsoTime()),
            may("targetType", Text(choices=tuple(PLACES)), "0"),
        ),
    ),
)
def search(request: Request) -> Json:
    """List the recorded segments of a camera, oldest first."""
    world, wanted = request.account.world, request.body["filter"]
    camera = _camera(world, request.body["resourceId"])
    if wanted["beginTime"] >= wanted["endTime"]:
        raise Mistake(Problem.RANGE, "endTime")
    place = PLACES[wanted["targetType"]]
    if place is Recording.DEVICE and not camera.device.online:
        raise Refusal("0x3004")
    begin, end = wanted["beginTime"], wanted["endTime"]
    found = world.recordings.find(camera, place, begin, end)
    if not found:
        raise Refusal("0x4002")
    return {
        "list": [
            {"beginTime": _time(one.begin), "endTime": _time(one.end)} for one in found
        ]
    }


@api.post("video/v1/recordsettings/get", need("resourceId", ID))
def settings(request: Request) -> Json:
    """Tell when and where a camera records."""
    world = request.account.world
    camera = _camera(world, request.body["resourceId"])
    keeps = world.recordings.keeps
    return {
        "settings": {
            "enabled": True,
            "targetTypes": [
                key for key, place in PLACES.items() if keeps(camera, place)
            ],
            "schedule": {
                "startTime": "00:00",
                "endTime": "24:00",
                "weekDays": [1, 2, 3, 4, 5, 6, 7],
            },
        }
    }


def _camera(world: World, camera_id: str) -> Camera:
    if not (camera := world.cameras.get(camera_id)):
        raise Refusal("0x3001")
    return camera


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
