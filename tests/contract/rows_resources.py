"""Rows for areas, devices and their channels (guide section 2.2)."""

from datetime import timedelta

from custom_components.hikcentral_connect.api.models.resources import (
    Area,
    AreaDetail,
    Camera,
    Channel,
    Device,
    DeviceDetail,
    Door,
    TimeZone,
    TimeZones,
)
from custom_components.hikcentral_connect.api.session import DialectName

from .row import ContractRow

_WHOLE_ACCOUNT = {"areaID": "-1", "includeSubArea": "1"}

_REFERENCE = (
    ContractRow(
        "Resources.devices",
        DialectName.REFERENCE,
        "resource/v1/devices/get",
        page=1,
        sent={"pageNo": 1, "pageSize": 100},
        data={
            "total": 1,
            "list": [
                {
                    "deviceId": "device_001",
                    "deviceName": "Front Door Camera",
                    "deviceSerial": "DS-2CD2143G2-I-ABC123",
                    "status": "online",
                }
            ],
        },
        read=[
            Device(
                "device_001",
                "Front Door Camera",
                "DS-2CD2143G2-I-ABC123",
                category=None,
                model=None,
                firmware=None,
                online=True,
            )
        ],
    ),
    ContractRow(
        "Resources.areas",
        DialectName.REFERENCE,
        "resource/v1/areas/get",
        page=1,
        sent={},
        data={"list": [{"areaId": "area_001", "areaName": "Building A - Floor 1"}]},
        read=[Area("area_001", "Building A - Floor 1", None)],
    ),
    ContractRow(
        "Resources.area_cameras",
        DialectName.REFERENCE,
        "resource/v1/areas/cameras/get",
        page=1,
        arguments={"area_id": "area_001"},
        sent={"areaId": "area_001", "pageNo": 1, "pageSize": 100},
        data={
            "total": 1,
            "list": [
                {
                    "resourceId": "camera_001",
                    "cameraName": "Gate",
                    "deviceSerial": "ABC123",
                    "channelNo": 1,
                    "status": "offline",
                }
            ],
        },
        read=[
            Camera(
                "camera_001",
                "Gate",
                device_id=None,
                device_serial="ABC123",
                channel=1,
                area_id="area_001",
                area_name=None,
                online=False,
            )
        ],
    ),
)

_DEVICE = {
    "id": "d1",
    "name": "NVR",
    "category": "encodingDevice",
    "type": "DS-76xx",
    "serialNo": "F00000001",
    "version": "V4.x",
}
_AREA = {"id": "a1", "name": "Yard"}

_TEAMS = (
    ContractRow(
        "Resources.devices",
        DialectName.TEAMS,
        "resource/v1/devices/get",
        page=1,
        sent={"pageIndex": 1, "pageSize": 500},
        data={
            "totalCount": 1,
            "pageIndex": 1,
            "pageSize": 500,
            "device": [_DEVICE | {"timeZone": "30", "onlineStatus": 2}],
        },
        read=[
            Device("d1", "NVR", "F00000001", "encodingDevice", "DS-76xx", "V4.x", None)
        ],
    ),
    ContractRow(
        "Resources.device_detail",
        DialectName.TEAMS,
        "resource/v1/devicedetail/get",
        arguments={"serial": "F00000001 "},
        sent={"deviceSerialNo": "F00000001"},
        data={
            "device": {
                "baseInfo": _DEVICE
                | {"streamEncryptEnable": "1", "availableCameraChannelNum": "4"},
                "cameraChannel": [
                    {
                        "id": "ch1",
                        "name": "IPdome",
                        "no": "2",
                        "online": "1",
                        "area": {"id": "", "name": ""},
                    }
                ],
                "alarmInputChannel": [{"id": "ch2", "no": "201", "online": "0"}],
                "alarmOutputChannel": [
                    {"id": "ch3", "name": "A 1", "no": "1", "area": _AREA}
                ],
                "doorChannel": None,
                "relatedVehicleInfo": {"id": "v1", "licensePlateNo": "AB 12"},
                "onlineStatus": 1,
                "timeZoneID": "30",
            }
        },
        read=DeviceDetail(
            Device("d1", "NVR", "F00000001", "encodingDevice", "DS-76xx", "V4.x", True),
            encrypted=True,
            time_zone_id="30",
            cameras=(Channel("ch1", "IPdome", 2, True, None, None),),
            inputs=(Channel("ch2", "ch2", 201, False, None, None),),
            outputs=(Channel("ch3", "A 1", 1, None, "a1", "Yard"),),
            vehicle_id="v1",
            plate="AB 12",
        ),
    ),
    ContractRow(
        "Resources.refresh_device",
        DialectName.TEAMS,
        "resource/v1/device/d1/refresh",
        arguments={"device_id": "d1"},
        sent={},
        data={"deviceId": "d1", "status": 1},
        read=True,
    ),
    ContractRow(
        "Resources.areas",
        DialectName.TEAMS,
        "resource/v1/areas/get",
        page=1,
        sent={
            "pageIndex": 1,
            "pageSize": 500,
            "filter": {"parentAreaID": "-1", "includeSubArea": "1"},
        },
        data={
            "totalCount": 1,
            "area": [_AREA | {"parentAreaID": "-1", "existSubArea": "0"}],
        },
        read=[Area("a1", "Yard", "-1")],
    ),
    ContractRow(
        "Resources.area_details",
        DialectName.TEAMS,
        "resource/v1/areadetail/get",
        arguments={"area_ids": ("a1", "test")},
        sent={"areaID": ["a1", "test"]},
        data={
            "area": [
                _AREA
                | {
                    "parentAreaID": "-1",
                    "existSubArea": 0,
                    "areaPath": "Site->Yard",
                },
                {
                    "id": "test",
                    "message": "no such area{VMS021101}",
                    "errorCode": "VMS021101",
                },
            ]
        },
        read=(
            AreaDetail("a1", Area("a1", "Yard", "-1"), ("Site", "Yard")),
            AreaDetail("test", None, error_code="VMS021101"),
        ),
    ),
    ContractRow(
        "Resources.cameras",
        DialectName.TEAMS,
        "resource/v1/areas/cameras/get",
        page=1,
        sent={"pageIndex": 1, "pageSize": 500, "filter": _WHOLE_ACCOUNT},
        data={
            "totalCount": 1,
            "camera": [
                {
                    "id": "c1",
                    "name": "Gate cam",
                    "abilitySet": "2002,2021",
                    "online": "1",
                    "area": _AREA,
                    "device": {
                        "devInfo": {
                            "id": "d1",
                            "category": "0",
                            "serialNo": "F00000001",
                        },
                        "channelInfo": {"id": "ch1", "no": "13"},
                    },
                }
            ],
        },
        read=[
            Camera(
                "c1",
                "Gate cam",
                "d1",
                "F00000001",
                13,
                "a1",
                "Yard",
                True,
                frozenset({"2002", "2021"}),
            )
        ],
    ),
    ContractRow(
        "Resources.doors",
        DialectName.TEAMS,
        "resource/v1/areas/doors/get",
        page=1,
        sent={"pageIndex": 1, "pageSize": 500, "filter": _WHOLE_ACCOUNT},
        data={
            "totalCount": 1,
            "door": [
                {
                    "id": "e1",
                    "name": "Door 1",
                    "online": "0",
                    "area": _AREA,
                    "device": {
                        "devInfo": {"id": "d2", "serialNo": "K00000001"},
                        "channelInfo": {"id": "2", "no": "1"},
                    },
                }
            ],
        },
        read=[Door("e1", "Door 1", "d2", "K00000001", "a1", "Yard", False)],
    ),
    ContractRow(
        "Resources.time_zones",
        DialectName.TEAMS,
        "resource/v1/timezone/get",
        sent={},
        data={
            "timeZone": [
                {
                    "id": "19",
                    "standardName": "Central Asia Standard Time",
                    "displayName": "(UTC+06:00) Astana",
                    "bias": -360,
                    "dst": {"daylightBias": "-60", "enable": 0},
                }
            ],
            "systemTimeZoneID": "30",
        },
        read=TimeZones(
            "30",
            (
                TimeZone(
                    "19",
                    "Central Asia Standard Time",
                    "(UTC+06:00) Astana",
                    timedelta(hours=6),
                    daylight_saving=False,
                ),
            ),
        ),
    ),
)

ROWS = _REFERENCE + _TEAMS
