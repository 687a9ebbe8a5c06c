"""Rows for changes to devices and areas (guide section 2.2)."""

from custom_components.hikcentral_connect.api.models.site import (
    AddedResource,
    DeviceCategory,
    DeviceChange,
    NewDevice,
    NewResource,
    ResourceType,
)
from custom_components.hikcentral_connect.api.models.vehicles import (
    VehicleKind,
    VehicleRequest,
)
from custom_components.hikcentral_connect.api.session import DialectName

from .row import ContractRow

_ADDED = {
    "addDeviceResponse": {
        "failed": 0,
        "succeeded": 1,
        "total": 1,
        "deviceList": [
            {"alias": "Yard", "deviceId": "d9", "deviceSerial": "G00000001"}
        ],
    }
}

ROWS = (
    ContractRow(
        "Site.add_device",
        DialectName.REFERENCE,
        "resource/v1/devices/add",
        arguments={
            "device": NewDevice(
                "Front Door Camera", "DS-2CD2143G2-I-ABC123", "ABCDEF", "area_001"
            )
        },
        sent={
            "deviceName": "Front Door Camera",
            "deviceSerial": "DS-2CD2143G2-I-ABC123",
            "validateCode": "ABCDEF",
            "areaId": "area_001",
        },
        data={"deviceId": "device_001"},
        read="device_001",
    ),
    ContractRow(
        "Site.add_device",
        DialectName.TEAMS,
        "resource/v1/devices/add",
        arguments={
            "device": NewDevice(
                "Yard",
                "G00000001",
                "code123",
                area_id="a1",
                category=DeviceCategory.ENCODING,
                time_zone_id="26",
                user_name="admin",
                password=" secret ",
            )
        },
        sent={
            "deviceCategory": "encodingDevice",
            "deviceInfo": {
                "name": "Yard",
                "ezvizSerialNo": "G00000001",
                "ezvizVerifyCode": "code123",
                "userName": "admin",
                "password": " secret ",
            },
            "importToArea": {"areaID": "a1", "enable": "1"},
            "timeZone": {"id": "26", "applyToDevice": "1"},
        },
        data=_ADDED,
        read="d9",
    ),
    ContractRow(
        "Site.add_device",
        DialectName.TEAMS,
        "resource/v1/devices/add",
        arguments={
            "device": NewDevice(
                "Bus",
                "G00000001",
                "code123",
                category=DeviceCategory.MOBILE,
                time_zone_id="26",
                set_clock=False,
                import_channels=False,
                vehicle=VehicleRequest("AB 12", kind=VehicleKind.BUS, note="red"),
            )
        },
        sent={
            "deviceCategory": "mobileDevice",
            "deviceInfo": {
                "name": "Bus",
                "ezvizSerialNo": "G00000001",
                "ezvizVerifyCode": "code123",
            },
            "importToArea": {"enable": "0"},
            "timeZone": {"id": "26", "applyToDevice": "0"},
            "vehicleInfo": {
                "licensePlateNo": "AB 12",
                "vehicleType": 3,
                "extend": "red",
            },
        },
        data=_ADDED,
        read="d9",
    ),
    ContractRow(
        "Site.update_device",
        DialectName.REFERENCE,
        "resource/v1/devices/update",
        arguments={
            "change": DeviceChange("device_001", "Updated Camera Name", "area_002")
        },
        sent={
            "deviceId": "device_001",
            "deviceName": "Updated Camera Name",
            "areaId": "area_002",
        },
    ),
    ContractRow(
        "Site.update_device",
        DialectName.TEAMS,
        "resource/v1/devices/update",
        arguments={
            "change": DeviceChange(
                "d1",
                "NVR_2",
                user_name="admin",
                password="Abc12345",
                time_zone_id="19",
            )
        },
        sent={
            "deviceInfo": {
                "id": "d1",
                "name": "NVR_2",
                "userName": "admin",
                "password": "Abc12345",
            },
            "timeZone": {"id": "19", "applyToDevice": "1"},
        },
    ),
    ContractRow(
        "Site.delete_devices",
        DialectName.REFERENCE,
        "resource/v1/devices/delete",
        arguments={"device_ids": ("device_001", "device_002")},
        sent={"deviceIds": ["device_001", "device_002"]},
    ),
    ContractRow(
        "Site.delete_devices",
        DialectName.TEAMS,
        "resource/v1/devices/delete",
        arguments={"device_ids": ("d1",), "category": DeviceCategory.ENCODING},
        sent={"deviceID": ["d1"], "deviceCategory": "encodingDevice"},
    ),
    ContractRow(
        "Site.add_area",
        DialectName.REFERENCE,
        "resource/v1/areas/add",
        arguments={"name": "Building A - Floor 1", "parent_id": "root_area"},
        sent={"areaName": "Building A - Floor 1", "parentAreaId": "root_area"},
        data={"areaId": "area_009"},
        read="area_009",
    ),
    ContractRow(
        "Site.add_area",
        DialectName.TEAMS,
        "resource/v1/areas/add",
        arguments={"name": "Yard"},
        sent={"parentAreaID": "-1", "areaName": "Yard"},
        data={"areaID": "a9"},
        read="a9",
    ),
    ContractRow(
        "Site.add_resources",
        DialectName.TEAMS,
        "resource/v1/areas/resources/add",
        arguments={
            "area_id": "a1",
            "resources": (NewResource("ch1", "D 201", ResourceType.INPUT),),
        },
        sent={
            "areaID": "a1",
            "devChannel": [
                {
                    "resourceName": "D 201",
                    "resourceType": "alarmInput",
                    "channelID": "ch1",
                }
            ],
        },
        data={
            "areaID": "a1",
            "devChannel": [
                {
                    "id": "r1",
                    "name": "D 201",
                    "channelID": "ch1",
                    "resourceType": "alarmInput",
                    "errorCode": "0",
                },
                {"channelID": "ch2", "errorCode": "VMS021106"},
            ],
        },
        read=(
            AddedResource("r1", "ch1", "D 201", None),
            AddedResource(None, "ch2", None, "VMS021106"),
        ),
    ),
    ContractRow(
        "Site.delete_resources",
        DialectName.TEAMS,
        "resource/v1/areas/resources/delete",
        arguments={"resource_ids": ("r1",)},
        sent={"ids": ["r1"]},
    ),
)
