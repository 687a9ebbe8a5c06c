"""Video-related services of teams (guide section 2.5)."""

from typing import Final

from ... import checks
from ...call import Call, Kind, without_empty
from ...models.video import Capture, StreamAddress, StreamProtocol, StreamQuality
from ...row import Row

STREAM_LIFE: Final = 600
"""Seconds for which an HLS address is asked."""


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
        Kind.PICTURE,
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
