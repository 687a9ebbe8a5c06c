"""Video services (guide 5.5.1).

``code`` is the device's verification code. As measured on a live encrypted camera
(guide.md 2.5): without it EVZ60019, with "0" or "1" EVZ10001; a wrong code of the
right form gets an address that will not play.
"""

from datetime import datetime, timedelta
from secrets import randbits
from typing import Any

from simulator.contract import (
    Json,
    Mistake,
    PlainTime,
    Problem,
    Refusal,
    Request,
    Text,
    may,
    need,
)
from simulator.video import LIVE_LIFE, ezopen_live, ezopen_recording, open_live
from simulator.world import World
from simulator.world.places import Camera
from simulator.world.recordings import Recording

from .api import ID, api, milliseconds, number

EZOPEN, HLS, RTMP = 1, 2, 3
LIVE = "1"
RECORDINGS = {"2": Recording.DEVICE, "3": Recording.CLOUD}
SHORTEST_CODE = 6
EXPIRY = number(30, 720 * 24 * 3600)


@api.post(
    "video/v1/live/address/get",
    need("resourceId", ID),
    need("deviceSerial", Text(32)),
    need("type", Text(choices=(LIVE, *RECORDINGS))),
    may("code", Text(16)),
    may("protocol", number(EZOPEN, RTMP), EZOPEN),
    may("quality", Text(choices=("1", "2"), number=True), "1"),
    may("expireTime", EXPIRY),
    may("startTime", PlainTime()),
    may("stopTime", PlainTime()),
)
def live_address(request: Request) -> Json:
    """Tell the address of a live or recorded picture."""
    body = request.body
    camera = _camera(request.account.world, body)
    if body["type"] in RECORDINGS:
        _check_span(body)
    _check_code(camera, body["code"])
    if body["protocol"] == EZOPEN:
        return {"id": _stream_id(), "url": _ezopen(camera, body)}
    return _open_stream(request, camera)


def _camera(world: World, body: dict[str, Any]) -> Camera:
    if not world.device(body["deviceSerial"]):
        raise Refusal("EVZ20002")
    camera = world.cameras.get(body["resourceId"])
    if not camera or camera.device.serial != body["deviceSerial"]:
        raise Refusal("OPEN000503")
    if not camera.online:
        raise Refusal("EVZ20007")
    return camera


def _check_code(camera: Camera, code: str | None) -> None:
    if not camera.device.encrypted:
        return
    if code is None:
        raise Refusal("EVZ60019")
    if len(code) < SHORTEST_CODE:
        raise Refusal("EVZ10001")


def _check_span(body: dict[str, Any]) -> None:
    if body["protocol"] != EZOPEN:
        raise Mistake(Problem.RANGE, "protocol")
    start, stop = body["startTime"], body["stopTime"]
    for name, time in (("startTime", start), ("stopTime", stop)):
        if time is None:
            raise Mistake(Problem.MISSING, name)
    if start >= stop:
        raise Refusal("OPEN000030")


def _ezopen(camera: Camera, body: dict[str, Any]) -> str:
    if body["type"] == LIVE:
        return ezopen_live(camera, body["code"])
    start: datetime = body["startTime"]
    place = RECORDINGS[body["type"]]
    return ezopen_recording(camera, place, start, body["stopTime"], body["code"])


def _open_stream(request: Request, camera: Camera) -> Json:
    """Answer HLS and RTMP: live only, and never for an encrypted camera."""
    if camera.device.encrypted:
        raise Refusal("EVZ60019")
    seconds = request.body["expireTime"] or LIVE_LIFE.total_seconds()
    until = request.services.clock.now() + timedelta(seconds=seconds)
    url = open_live(request.services, camera, request.body["quality"], until)
    if request.body["protocol"] == RTMP:
        url = url.replace("http://", "rtmp://", 1).replace(".m3u8", "", 1)
    return {
        "id": _stream_id(),
        "url": url,
        "expireTime": milliseconds(until),
    }


def _stream_id() -> str:
    return str(randbits(59))
