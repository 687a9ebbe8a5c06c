"""Recorded video: stretches, schedules, files, wake-up (guide 5.5.1).

What the guide leaves open, and the simulator's choice:

* The camera ids of ``recordsettings/get`` are ``cameraID`` in the table and
  ``cameraId`` in the example: one of them is taken.
* The list of a search is the example's ``recordList``; the table repeats the name of
  the call before.
* Stretches are cut to the time asked for; there is no total, so the last page is the
  one that is not full. Times in answers have the site's offset.
* What a device recorded cannot be searched while it is offline (EVZ20007); a camera
  without cloud storage has the code OPEN000502.
* A file is ready after a few seconds, and for an hour; if nothing was recorded, the
  upload fails. An unknown task is VMS000003.
* Any device may be woken up, not only solar-powered ones.
"""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from simulator.contract import (
    IsoTime,
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
from simulator.film import film
from simulator.world import World
from simulator.world.places import Camera
from simulator.world.recordings import KEPT, Clip, Recording, Stretch

from .api import ID, PAGING, api, milliseconds, number, spelled

PLACES = (Recording.DEVICE, Recording.CLOUD)
"""By targetType. The reference has it the other way round."""

READY, UPLOADING, FAILED, EXPIRED = range(4)
UPLOAD_TIME = timedelta(seconds=3)
FILE_LIFE = timedelta(hours=1)


@api.post(
    "video/v1/record/element/search",
    *PAGING,
    need("cameraId", ID),
    need(
        "filter",
        group(
            need("timeType", number(0, 1)),
            need("beginTime", IsoTime()),
            need("endTime", IsoTime()),
            need("targetType", number(0, 1)),
        ),
    ),
)
def search(request: Request) -> Json:
    """List the recorded stretches of a camera, oldest first."""
    world, body = request.account.world, request.body
    camera = _camera(world, body["cameraId"])
    begin, end = _span(body["filter"])
    target = body["filter"]["targetType"]
    place = PLACES[target]
    if not world.recordings.keeps(camera, place):
        raise Refusal("OPEN000502")
    if place is Recording.DEVICE:
        _check_online(camera)
    found = world.recordings.find(camera, place, begin, end)
    index, size = body["pageIndex"], body["pageSize"]
    rows = found[(index - 1) * size : index * size]
    return {
        "pageIndex": index,
        "pageSize": size,
        "recordList": [_stretch_row(world, one, target) for one in rows],
    }


@api.post(
    "video/v1/recordsettings/get",
    may("cameraID", ListOf(ID)),
    may("cameraId", ListOf(ID)),
)
def settings(request: Request) -> Json:
    """Tell where and how cameras record."""
    world = request.account.world
    ids = spelled(request.body, "cameraID", "cameraId")
    if not ids:
        raise Mistake(Problem.MISSING, "cameraID")
    return {"recordSetting": [_setting(world, _camera(world, one)) for one in ids]}


@api.post(
    "video/v1/video/save",
    need("cameraId", ID),
    need("beginTime", IsoTime()),
    need("endTime", IsoTime()),
    may("voiceSwitch", number(0, 2), 2),
)
def save(request: Request) -> Json:
    """Ask the device to upload a recording as MP4."""
    world = request.account.world
    camera = _camera(world, request.body["cameraId"])
    begin, end = _span(request.body)
    _check_online(camera)
    return {"taskId": world.recordings.add_clip(camera, begin, end).id}


@api.post("video/v1/video/download/url", need("taskId", Text()))
def download(request: Request) -> Json:
    """Tell how far the upload is and, when it is done, where the file is."""
    clip = request.account.world.recordings.clips.get(request.body["taskId"])
    if not clip:
        raise Refusal("VMS000003")
    ready = clip.made + UPLOAD_TIME
    expires = ready + FILE_LIFE
    now = request.services.clock.now()
    status = _status(clip, now)
    if status is READY and clip.url is None:
        camera = clip.camera
        render = partial(film, camera.name, clip.begin, clip.end, seed=camera.id)
        clip.url = request.services.publish(render, "mp4", expires - now)
    return {
        "status": status,
        "expireTime": milliseconds(expires),
        "urls": [clip.url] if status is READY else [],
    }


@api.post("video/v1/video/device/wakeup", need("deviceSerial", Text()))
def wake_up(request: Request) -> Json:
    """Wake up a device."""
    world = request.account.world
    device = world.device(request.body["deviceSerial"])
    if not device:
        raise Refusal("EVZ20002")
    if not device.online:
        raise Refusal("EVZ20007")
    world.woken.append(device.serial)
    return True


def _camera(world: World, camera_id: str) -> Camera:
    if not (camera := world.cameras.get(camera_id)):
        raise Refusal("OPEN000503")
    return camera


def _check_online(camera: Camera) -> None:
    if not camera.device.online:
        raise Refusal("EVZ20007")


def _span(body: dict[str, Any]) -> tuple[datetime, datetime]:
    begin, end = body["beginTime"], body["endTime"]
    if begin >= end:
        raise Refusal("OPEN000030")
    return begin, end


def _status(clip: Clip, now: datetime) -> int:
    age = now - clip.made
    if age < UPLOAD_TIME:
        return UPLOADING
    if not clip.recorded:
        return FAILED
    return READY if age < UPLOAD_TIME + FILE_LIFE else EXPIRED


def _stretch_row(world: World, one: Stretch, target: int) -> dict[str, Any]:
    """Return a RecordListInfo (A.3.135)."""
    begin, end = (time.astimezone(world.zone) for time in (one.begin, one.end))
    return {
        "beginTime": begin.isoformat(timespec="seconds"),
        "endTime": end.isoformat(timespec="seconds"),
        "targetType": target,
    }


def _setting(world: World, camera: Camera) -> dict[str, Any]:
    """Return a RecordSetting (A.3.136)."""
    cloud = world.recordings.keeps(camera, Recording.CLOUD)
    where = {
        "category": 1,
        "no": camera.channel_no,
        "sn": camera.device.serial,
    }
    return {
        "cameraID": camera.id,
        "enableLocalStorage": 1,
        "localStorage": {
            "scheduleTemplateId": "1",
            "recordingStreamType": 1,
            "preRecord": 1,
            "postRecordTime": 10,
            "anr": 0,
            "storageTime": KEPT[Recording.DEVICE].days,
        },
        "enableCloudStorage": int(cloud),
        "cloudStorage": where if cloud else {},
    }
