"""Rows for video (reference "Video Services"; guide sections 2.2 and 2.5)."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from custom_components.hikcentral_connect.api.models.records import Storage
from custom_components.hikcentral_connect.api.models.video import (
    Capture,
    StreamAddress,
    StreamProtocol,
    StreamQuality,
    Thumbnail,
)
from custom_components.hikcentral_connect.api.session import DialectName

from .row import ContractRow

REFERENCE_CAMERA: dict[str, Any] = {
    "camera_id": "camera_resource_id",
    "device_serial": "DS-2CD2143G2-I-ABC123",
}
TEAMS_CAMERA: dict[str, Any] = {"camera_id": "c1", "device_serial": "F00000001"}
SITE = timezone(timedelta(hours=1))

ROWS = (
    ContractRow(
        "Video.capture",
        DialectName.REFERENCE,
        "resource/v1/device/capturePic",
        sent={"deviceSerial": "DS-2CD2143G2-I-ABC123", "channelNo": 1},
        arguments={"device_serial": "DS-2CD2143G2-I-ABC123", "channel": 1},
        data={"captureUrl": "https://pictures.example/1.jpg"},
        read=Capture("https://pictures.example/1.jpg", encrypted=False),
    ),
    ContractRow(
        "Video.capture",
        DialectName.TEAMS,
        "resource/v1/device/capturePic",
        sent={"deviceSerial": "F00000001", "channelNo": 3},
        arguments={"device_serial": "F00000001", "channel": 3},
        data={"captureUrl": "https://pictures.example/1.jpg", "isEncrypted": 1},
        read=Capture("https://pictures.example/1.jpg", encrypted=True),
    ),
    ContractRow(
        "Video.live_address",
        DialectName.REFERENCE,
        "video/v1/live/address/get",
        sent={
            "resourceId": "camera_resource_id",
            "deviceSerial": "DS-2CD2143G2-I-ABC123",
            "type": "1",
            "code": "0",
            "protocol": "1",
            "quality": "1",
        },
        arguments=REFERENCE_CAMERA | {"code": "0"},
        data={"url": "ezopen://open.ezviz.com/token/live"},
        read=StreamAddress("ezopen://open.ezviz.com/token/live", None),
    ),
    ContractRow(
        "Video.live_address",
        DialectName.TEAMS,
        "video/v1/live/address/get",
        sent={
            "resourceId": "c1",
            "deviceSerial": "F00000001",
            "type": "1",
            "protocol": 2,
            "quality": "1",
            "expireTime": 600,
        },
        arguments=TEAMS_CAMERA | {"protocol": StreamProtocol.HLS},
        data={
            "id": "1",
            "url": "https://open.ezvizlife.com/v3/openlive/F00000001_3_1.m3u8",
            "expireTime": 1733720797000,
        },
        read=StreamAddress(
            "https://open.ezvizlife.com/v3/openlive/F00000001_3_1.m3u8",
            datetime(2024, 12, 9, 5, 6, 37, tzinfo=UTC),
        ),
    ),
    ContractRow(
        "Video.playback_address",
        DialectName.REFERENCE,
        "video/v1/live/address/get",
        sent={
            "resourceId": "camera_resource_id",
            "deviceSerial": "DS-2CD2143G2-I-ABC123",
            "type": "2",
            "code": "0",
            "protocol": "1",
            "quality": "1",
            "startTime": "2024-01-15 10:00:00",
            "stopTime": "2024-01-15 11:00:00",
        },
        arguments=REFERENCE_CAMERA
        | {
            "starts": datetime(2024, 1, 15, 10, tzinfo=SITE),
            "ends": datetime(2024, 1, 15, 11, tzinfo=SITE),
            "storage": Storage.CLOUD,
            "code": "0",
        },
        data={"url": "ezopen://open.ezviz.com/token/rec"},
        read=StreamAddress("ezopen://open.ezviz.com/token/rec", None),
    ),
    ContractRow(
        "Video.playback_address",
        DialectName.TEAMS,
        "video/v1/live/address/get",
        sent={
            "resourceId": "c1",
            "deviceSerial": "F00000001",
            "type": "2",
            "code": "ABCDEF",
            "protocol": 1,
            "quality": "2",
            "startTime": "2026-01-01 10:00:00",
            "stopTime": "2026-01-01 10:05:00",
        },
        arguments=TEAMS_CAMERA
        | {
            "starts": datetime(2026, 1, 1, 10, tzinfo=SITE),
            "ends": datetime(2026, 1, 1, 10, 5, tzinfo=SITE),
            "storage": Storage.LOCAL,
            "quality": StreamQuality.SUB,
            "code": "ABCDEF",
        },
        data={"id": "1", "url": "ezopen://open.ezviz.com/F00000001/3.rec"},
        read=StreamAddress("ezopen://open.ezviz.com/F00000001/3.rec", None),
    ),
    ContractRow(
        "Video.thumbnail",
        DialectName.TEAMS,
        "resource/v1/areas/cameras/thumbnail/get",
        sent={"cameraID": "c1", "refresh": 1},
        arguments={"camera_id": "c1", "refresh": True},
        data={
            "pictureURL": "https://us.example:443/https://us.example/image/pic/1?c=2",
            "isEncrypted": 0,
        },
        read=Thumbnail("https://us.example/image/pic/1?c=2", encrypted=False),
    ),
    ContractRow(
        "Video.wake_up",
        DialectName.TEAMS,
        "video/v1/video/device/wakeup",
        sent={"deviceSerial": "F00000001"},
        arguments={"device_serial": "F00000001"},
        data=True,
        read=True,
    ),
)
