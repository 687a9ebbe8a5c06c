"""Video-related services of teams (guide section 2.5)."""

from datetime import datetime
from typing import Final

from ... import checks
from ...call import Call, Kind, without_empty
from ...models.records import Storage
from ...models.video import (
    Capture,
    StreamAddress,
    StreamProtocol,
    StreamQuality,
    Thumbnail,
)
from ...row import Row
from .. import times

STREAM_LIFE: Final = 600
"""Seconds for which an HLS address is asked."""

_PLAYBACK_TYPE: Final = {Storage.LOCAL: "2", Storage.CLOUD: "3"}


def capture(device_serial: str, channel: int | None) -> Call[Capture]:
    """Have a camera take a picture (section 2.5).

    `channel` is the number of the camera on its device; teams requires one, and 1 is
    the only channel of a device that names none. Raises `DeviceOffline`, `DeviceBusy`
    or `DeviceRefused`.
    """
    return Call(
        "resource/v1/device/capturePic",
        _read_capture,
        {
            "deviceSerial": checks.text("device_serial", device_serial, 32),
            "channelNo": 1 if channel is None else channel,
        },
        Kind.PICTURE,
    )


def live_address(
    camera_id: str,
    device_serial: str,
    protocol: StreamProtocol = StreamProtocol.EZOPEN,
    quality: StreamQuality = StreamQuality.MAIN,
    code: str | None = None,
) -> Call[StreamAddress]:
    """Read the address of a live stream (section 2.5).

    `code` is the device verification code; without the right one an encrypted camera
    raises `StreamEncrypted` or `CodeWrong`. HLS is for plain H.264 only.
    """
    hls = protocol is not StreamProtocol.EZOPEN
    return Call(
        "video/v1/live/address/get",
        _read_address,
        without_empty(
            resourceId=camera_id,
            deviceSerial=device_serial,
            type="1",
            code=code,
            protocol=int(protocol.value),
            quality=quality.value,
            expireTime=STREAM_LIFE if hls else None,
        ),
        Kind.STREAM,
    )


def playback_address(
    camera_id: str,
    device_serial: str,
    starts: datetime,
    ends: datetime,
    storage: Storage,
    *,
    quality: StreamQuality = StreamQuality.MAIN,
    code: str | None = None,
) -> Call[StreamAddress]:
    """Read the EZOPEN address of a recorded span (section 2.5).

    Both times are in the zone of the device: their wall clock is sent. `code` is the
    device verification code. Raises `RecordingNotFound`, `StreamEncrypted` or
    `CodeWrong`.
    """
    checks.order("ends", starts, ends)
    return Call(
        "video/v1/live/address/get",
        _read_address,
        without_empty(
            resourceId=camera_id,
            deviceSerial=device_serial,
            type=_PLAYBACK_TYPE[storage],
            code=code,
            protocol=int(StreamProtocol.EZOPEN.value),
            quality=quality.value,
            startTime=times.wall_clock("starts", starts),
            stopTime=times.wall_clock("ends", ends),
        ),
        Kind.STREAM,
    )


def thumbnail(camera_id: str, refresh: bool = False) -> Call[Thumbnail]:
    """Read the small picture of a camera (section 2.2).

    `refresh` has the camera take a new one first.
    """
    return Call(
        "resource/v1/areas/cameras/thumbnail/get",
        _read_thumbnail,
        {
            "cameraID": checks.text("camera_id", camera_id, 64),
            "refresh": int(refresh),
        },
        Kind.PICTURE,
    )


def wake_up(device_serial: str) -> Call[bool]:
    """Wake a solar camera; return whether it woke (section 2.5)."""
    return Call(
        "video/v1/video/device/wakeup",
        lambda answer: answer.raw is not False,
        {"deviceSerial": checks.text("device_serial", device_serial, 32)},
        Kind.COMMAND,
    )


def _read_capture(answer: Row) -> Capture:
    return Capture(
        url=answer.text("captureUrl"),
        encrypted=bool(answer.flag_or_none("isEncrypted")),
    )


def _read_address(answer: Row) -> StreamAddress:
    return StreamAddress(
        url=answer.text("url", "playUrl"),
        expires=answer.moment_or_none("expireTime"),
    )


def _read_thumbnail(answer: Row) -> Thumbnail:
    url = answer.text("pictureURL", "pictureUrl")
    # Servers repeat the host in front of the address.
    start = max(url.rfind("https://"), url.rfind("http://"), 0)
    encrypted = bool(answer.flag_or_none("isEncrypted"))
    return Thumbnail(url=url[start:], encrypted=encrypted)
