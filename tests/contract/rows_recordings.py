"""Rows for recordings (reference "Video Services"; guide section 2.5)."""

from datetime import UTC, datetime, timedelta, timezone

from custom_components.hikcentral_connect.api.models.records import (
    Recording,
    RecordSettings,
    SavedVideo,
    SaveState,
    Sound,
    Storage,
)
from custom_components.hikcentral_connect.api.session import DialectName

from .row import ContractRow

SITE = timezone(timedelta(hours=8))

ROWS = (
    ContractRow(
        "Recordings.search",
        DialectName.REFERENCE,
        "video/v1/record/element/search",
        sent={
            "resourceId": "camera_resource_id",
            "filter": {
                "beginTime": "2024-01-15T00:00:00.000+00:00",
                "endTime": "2024-01-15T23:59:59.000+00:00",
                "targetType": "0",
            },
        },
        arguments={
            "camera_id": "camera_resource_id",
            "starts": datetime(2024, 1, 15, tzinfo=UTC),
            "ends": datetime(2024, 1, 15, 23, 59, 59, tzinfo=UTC),
            "storage": Storage.CLOUD,
        },
        page=1,
        data={
            "list": [
                {
                    "beginTime": "2024-01-15T01:00:00.000+00:00",
                    "endTime": "2024-01-15T02:00:00.000+00:00",
                }
            ]
        },
        read=[
            Recording(
                datetime(2024, 1, 15, 1, tzinfo=UTC),
                datetime(2024, 1, 15, 2, tzinfo=UTC),
                Storage.CLOUD,
            )
        ],
    ),
    ContractRow(
        "Recordings.search",
        DialectName.TEAMS,
        "video/v1/record/element/search",
        sent={
            "pageSize": 200,
            "pageIndex": 1,
            "cameraId": "c1",
            "filter": {
                "timeType": 1,
                "beginTime": "2024-11-28T00:00:00+08:00",
                "endTime": "2024-11-28T23:00:00+08:00",
                "targetType": 0,
            },
        },
        arguments={
            "camera_id": "c1",
            "starts": datetime(2024, 11, 28, tzinfo=SITE),
            "ends": datetime(2024, 11, 28, 23, tzinfo=SITE),
            "storage": Storage.LOCAL,
        },
        page=1,
        data={
            "pageIndex": 1,
            "pageSize": 200,
            "recordList": [
                {
                    "beginTime": "2024-11-28T11:39:14+08:00",
                    "endTime": "2024-11-28T23:00:00+08:00",
                    "targetType": 0,
                }
            ],
        },
        read=[
            Recording(
                datetime(2024, 11, 28, 11, 39, 14, tzinfo=SITE),
                datetime(2024, 11, 28, 23, tzinfo=SITE),
                Storage.LOCAL,
            )
        ],
    ),
    ContractRow(
        "Recordings.settings",
        DialectName.REFERENCE,
        "video/v1/recordsettings/get",
        sent={"resourceId": "camera_resource_id"},
        arguments={"camera_id": "camera_resource_id"},
        data={"settings": {}},
        read=RecordSettings("camera_resource_id", local=None, cloud=None),
    ),
    ContractRow(
        "Recordings.settings",
        DialectName.TEAMS,
        "video/v1/recordsettings/get",
        sent={"cameraId": ["c1"]},
        arguments={"camera_id": "c1"},
        data={
            "recordSetting": [
                {
                    "cameraID": "c1",
                    "enableLocalStorage": 1,
                    "localStorage": {
                        "scheduleTemplateId": "1",
                        "recordingStreamType": 1,
                        "postRecordTime": 10,
                        "anr": 0,
                        "storageTime": 0,
                    },
                    "enableCloudStorage": 0,
                    "cloudStorage": {},
                }
            ]
        },
        read=RecordSettings(
            "c1",
            local=True,
            cloud=False,
            schedule_id="1",
            stream="1",
            post_seconds=10,
            kept_days=0,
        ),
    ),
    ContractRow(
        "Recordings.save",
        DialectName.TEAMS,
        "video/v1/video/save",
        sent={
            "cameraId": "c1",
            "beginTime": "2024-11-28T14:15:41+08:00",
            "endTime": "2024-11-28T14:17:43+08:00",
            "voiceSwitch": 1,
        },
        arguments={
            "camera_id": "c1",
            "starts": datetime(2024, 11, 28, 14, 15, 41, tzinfo=SITE),
            "ends": datetime(2024, 11, 28, 14, 17, 43, tzinfo=SITE),
            "sound": Sound.ON,
        },
        data={"taskId": "t1#t2"},
        read="t1#t2",
    ),
    ContractRow(
        "Recordings.saved",
        DialectName.TEAMS,
        "video/v1/video/download/url",
        sent={"taskId": "t1#t2"},
        arguments={"task_id": "t1#t2"},
        data={
            "status": 0,
            "expireTime": 1732792813206,
            "urls": ["https://bucket.example/1.mp4"],
        },
        read=SavedVideo(
            SaveState.READY,
            ("https://bucket.example/1.mp4",),
            datetime(2024, 11, 28, 11, 20, 13, 206000, tzinfo=UTC),
        ),
    ),
)
