"""The calls of the maker's API: devices, streams and recordings."""

from datetime import UTC, datetime, timedelta
import re
from typing import Any

from simulator.world.places import Camera, Device
from simulator.world.recordings import Recording, Stretch

from .admission import CLOUD, LIVE, PLAYBACK
from .vendor import (
    BAD_FIELD,
    NOT_YOURS,
    OFFLINE,
    UNSUPPORTED,
    Call,
    Data,
    Rejected,
    call,
    stream_address,
)

EZOPEN = re.compile(
    r"ezopen://(?:[^@/]*@)?[\w.-]+/(?P<serial>\w+)/(?P<channel>\d+)"
    r"(?P<hd>\.hd)?\.(?P<kind>live|rec|cloud\.rec)(?:\?.*)?"
)
PATHS = {"live": LIVE, "rec": PLAYBACK, "cloud.rec": CLOUD}
FLUENT, HIGH = 1, 2
SUB, MAIN = 2, 1
_PLACES = {"1": Recording.CLOUD, "2": Recording.DEVICE}


@call("POST", "/api/lapp/live/url/ezopen")
def ezopen(asked: Call) -> Data:
    """Give the address and the token of a stream.

    The code in an EZOPEN address is not checked: with a wrong one the stream comes and
    cannot be decrypted.
    """
    match = EZOPEN.fullmatch(asked.field("ezopen"))
    if not match:
        raise Rejected(BAD_FIELD)
    device = asked.device_with(match["serial"])
    camera = asked.camera_on(device, int(match["channel"]))
    if not camera.online:
        raise Rejected(OFFLINE)
    path = PATHS[match["kind"]]
    sub = path == LIVE and not match["hd"]
    token = asked.streams.tickets.issue(asked.account.world, camera, path)
    query = f"dev={device.serial}&chn={camera.channel_no}&stream={SUB if sub else MAIN}"
    return {"url": stream_address(asked.url, path, query), "token": token}


@call("POST", "/api/lapp/device/info")
def device_info(asked: Call) -> Data:
    """Describe a device."""
    device = asked.device
    return {
        "deviceSerial": device.serial,
        "deviceName": device.name,
        "model": device.model,
        "status": int(device.online),
        "defence": 0,
        "isEncrypt": int(device.encrypted),
        "alarmSoundMode": 0,
        "offlineNotify": 0,
    }


@call("POST", "/api/lapp/device/camera/list")
def camera_list(asked: Call) -> Data:
    """List the channels of a device."""
    device = asked.device
    cameras = asked.account.world.cameras.values()
    return [_camera_row(one) for one in cameras if one.device is device]


@call("POST", "/api/lapp/device/capacity")
def capacity(asked: Call) -> Data:
    """Tell what a device can; values are strings, "1" for yes."""
    _ = asked.device
    return {
        "support_encrypt": "1",
        "support_capture": "1",
        "support_rate_limit": "0",
        "support_talk": "0",
        "support_ptz": "0",
        "ptz_top_bottom": "0",
        "ptz_left_right": "0",
        "support_playback_rate": "1",
        "support_ecdh_v2": "0",
    }


@call("GET", "/api/service/device/capacity/video/quality")
def qualities(asked: Call) -> Data:
    """List the qualities of a camera."""
    _ = asked.camera
    return [
        {"videoLevel": level, "streamTypeIn": stream, "type": "compatible"}
        for level, stream in ((FLUENT, SUB), (HIGH, MAIN))
    ]


@call("GET", "/api/service/appKey/get")
def app_key(asked: Call) -> Data:
    """Tell whose token it is."""
    return {"appKey": asked.account.guid}


@call("GET", "/api/service/media/stream/server/info")
def stream_server(asked: Call) -> Data:
    """Tell the server for streams of another protocol, which is not there."""
    host = stream_address(asked.url, "", "").removeprefix("ws://").split(":")[0]
    return {"domain": host, "port": 8883, "backups": []}


@call("POST", "/api/lapp/voice/query")
@call("POST", "/api/lapp/alarm/device/list")
def nothing(_: Call) -> Data:
    """List what the simulator has none of."""
    return []


@call("POST", "/api/lapp/cloud/v2/storage/device/info")
def cloud_storage(asked: Call) -> Data:
    """Tell the cloud storage of a camera."""
    camera = asked.camera
    if not asked.account.world.recordings.keeps(camera, Recording.CLOUD):
        return []
    return [
        {
            "deviceSerial": camera.device.serial,
            "channelNo": camera.channel_no,
            "status": 1,
            "totalDays": 7,
        }
    ]


@call("POST", "/api/lapp/live/talk/url")
def talk(asked: Call) -> Data:
    """Refuse to talk, as a live server did for a token of this cloud."""
    _ = asked.device
    raise Rejected(NOT_YOURS)


@call("POST", "/api/lapp/device/ptz/start")
@call("POST", "/api/lapp/device/ptz/stop")
def turn(asked: Call) -> Data:
    """Refuse to turn: no camera here can."""
    _ = asked.camera
    raise Rejected(UNSUPPORTED)


@call("POST", "/api/lapp/video/by/time")
def recorded(asked: Call) -> Data:
    """List recordings between two times in milliseconds since 1970."""
    camera, place = asked.camera, _PLACES.get(asked.fields.get("recType", "2"))
    if place is None:
        raise Rejected(BAD_FIELD)
    begin, end = (_moment(asked.number(one), 1000) for one in ("startTime", "endTime"))
    found = asked.account.world.recordings.find(camera, place, begin, end)
    rows = [_file(camera, place, one) for one in found]
    if asked.fields.get("version") == "2.0":
        return {"isAll": True, "nextFileTime": 0, "files": rows}
    return rows


@call("GET", "/api/v3/device/local/video/unify/query")
def recorded_locally(asked: Call) -> Data:
    """List a device's recordings between two times in seconds since 1970."""
    begin, end = (_moment(asked.number(one), 1) for one in ("startTime", "endTime"))
    recordings = asked.account.world.recordings
    found = recordings.find(asked.camera, Recording.DEVICE, begin, end)
    records = [
        {
            "startTime": int(one.begin.timestamp()),
            "endTime": int(one.end.timestamp()),
            "type": "TIMING",
        }
        for one in found
    ]
    return {"records": records, "hasMore": False, "nextFileTime": 0}


@call("GET", "/api/v3/open/cloud/video/exist/query/month")
def recorded_days(asked: Call) -> Data:
    """Tell for each day of a month (YYYY-MM) where there are recordings."""
    camera, zone = asked.camera, asked.account.world.zone
    try:
        day = datetime.strptime(asked.field("queryMonth"), "%Y-%m").replace(tzinfo=zone)
    except ValueError:
        raise Rejected(BAD_FIELD) from None
    rows, month = [], day.month
    recordings = asked.account.world.recordings
    while day.month == month:
        following = day + timedelta(days=1)
        cloud, local = (
            int(bool(recordings.find(camera, place, day, following)))
            for place in (Recording.CLOUD, Recording.DEVICE)
        )
        where = {"all": cloud | local, "cloud": cloud, "local": local, "relation": 0}
        rows.append({"recDay": f"{day:%Y-%m-%d}", **where})
        day = following
    return rows


def _camera_row(camera: Camera) -> dict[str, Any]:
    device: Device = camera.device
    return {
        "deviceSerial": device.serial,
        "ipcSerial": device.serial,
        "channelNo": camera.channel_no,
        "deviceName": device.name,
        "channelName": camera.name,
        "status": int(camera.online),
        "isShared": "0",
        "picUrl": "",
        "isEncrypt": int(device.encrypted),
        "videoLevel": HIGH,
    }


def _file(camera: Camera, place: Recording, stretch: Stretch) -> dict[str, Any]:
    row: dict[str, Any] = {
        "deviceSerial": camera.device.serial,
        "channelNo": camera.channel_no,
        "recType": 1 if place is Recording.CLOUD else 2,
        "startTime": int(stretch.begin.timestamp() * 1000),
        "endTime": int(stretch.end.timestamp() * 1000),
    }
    if place is Recording.DEVICE:
        return row | {"localType": "TIMING"}
    path = f"{camera.device.serial}/{camera.channel_no}/{row['startTime']}"
    return row | {
        "downloadPath": path,
        "ownerId": "",
        "iStorageVersion": 2,
        "videoType": 2,
    }


def _moment(number: int, unit: int) -> datetime:
    try:
        return datetime.fromtimestamp(number / unit, UTC)
    except ValueError, OverflowError:
        raise Rejected(BAD_FIELD) from None
