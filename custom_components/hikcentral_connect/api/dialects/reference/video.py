"""Video services of the reference ("Video Services")."""

from datetime import datetime
from typing import Final

from ... import checks
from ...call import Call, Kind, without_empty
from ...models.records import Storage
from ...models.video import Capture, StreamAddress, StreamProtocol, StreamQuality
from ...row import Row
from .. import times

_PLAYBACK_TYPE: Final = {Storage.CLOUD: "2", Storage.LOCAL: "3"}
"""Teams numbers the two the other way round."""


def capture(device_serial: str, channel: int | None) -> Call[Capture]:
    """Have a camera take a picture ("Capture Snapshot").

    `channel` may be left out for a device with one. Raises `DeviceOffline` or
    `DeviceBusy`.
    """
    return Call(
        "resource/v1/device/capturePic",
        _read_capture,
        without_empty(
            deviceSerial=checks.text("device_serial", device_serial, 64),
            channelNo=channel,
        ),
        Kind.PICTURE,
    )


def live_address(
    camera_id: str,
    device_serial: str,
    protocol: StreamProtocol = StreamProtocol.EZOPEN,
    quality: StreamQuality = StreamQuality.MAIN,
    code: str | None = None,
) -> Call[StreamAddress]:
    """Read the address of a live stream ("Get Video URL (Live & Playback)").

    `code` is the device verification code. The reference calls it a channel code with
    the default "0"; live servers refuse that, so it is left out when unknown. Raises
    `StreamEncrypted` or `StreamFailed`.
    """
    return Call(
        "video/v1/live/address/get",
        _read_address,
        without_empty(
            resourceId=camera_id,
            deviceSerial=device_serial,
            type="1",
            code=code,
            protocol=protocol.value,
            quality=quality.value,
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
    """Read the EZOPEN address of a recorded span ("Get Playback URL").

    Both times are in the zone of the device: their wall clock is sent. `code` is as in
    `live_address`. Raises `RecordingNotFound`, `StreamEncrypted` or `StreamFailed`.
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
            protocol=StreamProtocol.EZOPEN.value,
            quality=quality.value,
            startTime=times.wall_clock("starts", starts),
            stopTime=times.wall_clock("ends", ends),
        ),
        Kind.STREAM,
    )


def _read_capture(answer: Row) -> Capture:
    return Capture(
        url=answer.text("captureUrl"),
        encrypted=bool(answer.flag_or_none("isEncrypted")),
    )


def _read_address(answer: Row) -> StreamAddress:
    return StreamAddress(url=answer.text("url"), expires=None)
