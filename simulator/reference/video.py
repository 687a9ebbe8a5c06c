"""Video Services of the reference.

The contract says that EZOPEN ("1") is the protocol for encrypted cameras and that
HLS and FLV end in EVZ60019 there, but names no other value. The simulator takes
"2" for HLS, live only, as the maker's guide does. ``code`` is a channel code here;
it is accepted and not used. The example address is ``ezopen://open.ezviz.com/
<token>/live``; the simulator gives the form that players can open,
``ezopen://open.ezviz.com/<serial>/<channel>.live``.
"""

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
from simulator.world.recordings import Recording

from .api import ID, api

EZOPEN, HLS = "1", "2"
LIVE = "1"
RECORDINGS = {"2": Recording.CLOUD, "3": Recording.DEVICE}


@api.post(
    "video/v1/live/address/get",
    need("resourceId", ID),
    need("deviceSerial", Text()),
    need("type", Text(choices=(LIVE, *RECORDINGS))),
    may("code", Text(), "0"),
    may("protocol", Text(choices=(EZOPEN, HLS)), EZOPEN),
    may("quality", Text(choices=("1", "2")), "1"),
    may("startTime", PlainTime()),
    may("stopTime", PlainTime()),
)
def live_address(request: Request) -> Json:
    """Tell the address of a live or recorded picture."""
    body, services = request.body, request.services
    camera = request.account.world.cameras.get(body["resourceId"])
    if not camera or camera.device.serial != body["deviceSerial"]:
        raise Refusal("0x3001")
    if body["type"] in RECORDINGS:
        _check_span(body)
    if not camera.online:
        raise Refusal("0x3004")
    if body["protocol"] == HLS:
        if camera.device.encrypted:
            raise Refusal("EVZ60019")
        until = services.clock.now() + LIVE_LIFE
        return {"url": open_live(services, camera, body["quality"], until)}
    if body["type"] == LIVE:
        return {"url": ezopen_live(camera)}
    place = RECORDINGS[body["type"]]
    start, stop = body["startTime"], body["stopTime"]
    return {"url": ezopen_recording(camera, place, start, stop)}


def _check_span(body: dict[str, Any]) -> None:
    """Want both times for a recording, in order, and EZOPEN."""
    if body["protocol"] != EZOPEN:
        raise Mistake(Problem.RANGE, "protocol")
    for name in ("startTime", "stopTime"):
        if body[name] is None:
            raise Mistake(Problem.MISSING, name)
    if body["startTime"] >= body["stopTime"]:
        raise Mistake(Problem.RANGE, "stopTime")
