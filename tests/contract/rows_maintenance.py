"""Rows for the health of devices (guide section 2.2)."""

from datetime import UTC, datetime, timedelta

from custom_components.hikcentral_connect.api.models.maintenance import (
    Battery,
    DeviceHealth,
    Disks,
    Drive,
    OfflineOrder,
    OfflineQuery,
    OfflineResource,
    Trouble,
)
from custom_components.hikcentral_connect.api.session import DialectName

from .row import ContractRow

_FLAT = {
    "id": "d1",
    "name": "NVR",
    "deviceSerial": "F00000001",
    "areaId": "a1",
    "areaName": "Yard",
    "resourceType": 2001,
    "offlineCount": 1,
    "offlineDuration": 17459610,
}
_ASKED = {
    "page": 1,
    "pageSize": 100,
    "areaId": "a1",
    "includeSubArea": "1",
    "exceptions": [1, 2],
    "filterName": "NVR",
    "deviceCategory": 2001,
}
_ARGUMENTS = {
    "area_id": "a1",
    "troubles": (Trouble.OFFLINE, Trouble.DISK),
    "text": "NVR",
}

ROWS = (
    ContractRow(
        "Maintenance.offline",
        DialectName.TEAMS,
        "maintain/v1/offline/info/list",
        page=1,
        arguments={
            "query": OfflineQuery(
                datetime(2025, 2, 17, tzinfo=UTC),
                datetime(2025, 2, 18, tzinfo=UTC),
                area_id="a1",
                order=OfflineOrder.TIMES,
            )
        },
        sent={
            "areaId": "a1",
            "startTime": 1739750400000,
            "endTime": 1739836800000,
            "orderBy": 1,
            "pageSize": 100,
            "page": 1,
            "queryType": 0,
        },
        data={"page": 1, "pageSize": 100, "total": 1, "rows": [_FLAT]},
        read=[
            OfflineResource(
                "d1",
                "NVR",
                "F00000001",
                "a1",
                "Yard",
                "2001",
                1,
                timedelta(milliseconds=17459610),
            )
        ],
    ),
    ContractRow(
        "Maintenance.devices",
        DialectName.TEAMS,
        "maintenance/v1/list/device/detail",
        page=1,
        arguments=_ARGUMENTS,
        sent=_ASKED,
        data={"page": 1, "pageSize": 100, "total": 1, "rows": [_FLAT]},
        read=[DeviceHealth("d1", "NVR", "F00000001", None, None, "a1", "Yard")],
    ),
    ContractRow(
        "Maintenance.devices",
        DialectName.TEAMS,
        "maintenance/v1/list/device/detail",
        page=1,
        arguments=_ARGUMENTS,
        sent=_ASKED,
        data={
            "page": 1,
            "pageSize": 100,
            "totalNum": 1,
            "totalPage": 1,
            "hasNext": False,
            "devices": [
                {
                    "baseStatus": {
                        "id": "d1",
                        "deviceSerial": "F00000001",
                        "deviceName": "NVR",
                        "deviceType": "Encoder",
                        "status": 0,
                        "deviceVersion": "V4.x",
                        "offlineTime": 1767225600000,
                        "upstreamBandwidth": 12.5,
                    },
                    "diskStatus": {
                        "status": 3,
                        "usage": 0.25,
                        "num": 1,
                        "loopEnable": 1,
                        "freeCapacity": 250,
                        "maxCapacity": -1,
                    },
                    "deviceRecordStatus": {
                        "overallRecordStatus": 1,
                        "channelName": ["Gate cam"],
                    },
                    "area": {"id": "a1", "name": "Yard"},
                    "hddStausList": {
                        "temperature": 40,
                        "hddNo": 1,
                        "powerOnday": 900,
                        "selfEvaluatingStatus": 0,
                        "allEvaluatingStatus": 1,
                    },
                    "solarEnergyRecord": {
                        "temperature": 20,
                        "batteryPercentage": 80,
                        "state": "charging",
                        "sleepStatus": 1,
                    },
                }
            ],
        },
        read=[
            DeviceHealth(
                "d1",
                "NVR",
                "F00000001",
                "V4.x",
                online=False,
                area_id="a1",
                area_name="Yard",
                disks=Disks("3", 1, 0.25, overwrites=True, free=250, capacity=None),
                drives=(Drive(1, 40, 900, "0", "1"),),
                recording_normal=False,
                silent_channels=("Gate cam",),
                battery=Battery(80, "charging", 20, asleep=False),
                bandwidth=12.5,
                offline_since=datetime(2026, 1, 1, tzinfo=UTC),
            )
        ],
    ),
)
