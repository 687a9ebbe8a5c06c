"""Rows for vehicles (reference "On-Board Monitoring Services"; guide section 2.8)."""

from datetime import UTC, datetime

from custom_components.hikcentral_connect.api.models.vehicles import (
    Ignition,
    PictureUpload,
    Vehicle,
    VehicleKind,
    VehiclePosition,
    VehicleRequest,
)
from custom_components.hikcentral_connect.api.session import DialectName

from .row import ContractRow

_BODY = {
    "licensePlateNo": "AB 12",
    "driverFirstName": "Ann",
    "driverLastName": "Lee",
    "driverPhoneNo": "100200300",
    "deviceSerial": "G00000001",
    "vehicleType": 1,
    "extend": "a red car",
}
_REQUEST = VehicleRequest(
    "AB 12",
    area_id="a1",
    kind=VehicleKind.CAR,
    driver_first_name="Ann",
    driver_last_name="Lee",
    driver_phone="100200300",
    device_serial="G00000001",
    note="a red car",
)

ROWS = (
    ContractRow(
        "Vehicles.add",
        DialectName.REFERENCE,
        "obd/v1/vehicles/add",
        arguments={
            "request": VehicleRequest("ABC-1234", "Delivery Truck 1", "device_001")
        },
        sent={
            "plateNo": "ABC-1234",
            "vehicleName": "Delivery Truck 1",
            "deviceId": "device_001",
        },
        data={"vehicleId": "vehicle_001"},
        read="vehicle_001",
    ),
    ContractRow(
        "Vehicles.add",
        DialectName.TEAMS,
        "resource/v1/areas/vehicles/add",
        arguments={"request": _REQUEST},
        sent={"areaId": "a1", **_BODY},
        data={"id": "v1"},
        read="v1",
    ),
    ContractRow(
        "Vehicles.update",
        DialectName.TEAMS,
        "resource/v1/areas/vehicles/v1/update",
        arguments={"vehicle_id": "v1", "request": _REQUEST},
        sent=_BODY,
    ),
    ContractRow(
        "Vehicles.vehicles",
        DialectName.REFERENCE,
        "obd/v1/vehicles/get",
        page=1,
        sent={"pageNo": 1, "pageSize": 100},
        data={
            "total": 1,
            "list": [
                {
                    "vehicleId": "vehicle_001",
                    "plateNo": "ABC-1234",
                    "vehicleName": "Delivery Truck 1",
                    "deviceId": "device_001",
                }
            ],
        },
        read=[
            Vehicle("vehicle_001", "Delivery Truck 1", "ABC-1234", "device_001", None)
        ],
    ),
    ContractRow(
        "Vehicles.vehicles",
        DialectName.TEAMS,
        "resource/v1/areas/vehicles/get",
        page=1,
        sent={
            "pageIndex": 1,
            "pageSize": 500,
            "filter": {"areaID": "-1", "includeSubArea": "1"},
        },
        data={
            "totalCount": 2,
            "vehicle": [
                {
                    "id": "v1",
                    "name": "AB 12",
                    "online": "1",
                    "area": {},
                    "device": {
                        "devInfo": {
                            "id": "d1",
                            "category": "0",
                            "serialNo": "G00000001",
                        },
                        "channelInfo": {},
                    },
                    "vehicleInfo": {
                        "licensePlateNo": "AB 12",
                        "vehicleType": 2,
                        "driverFirstName": "A",
                        "driverLastName": "B",
                        "driverPhoneNo": "123",
                        "pictureUrl": "https://p/1.jpg",
                        "extend": "",
                        "speedLimit": 8000000,
                    },
                },
                {
                    "id": "v2",
                    "name": "CD 34",
                    "online": "0",
                    "device": {"devInfo": {"id": "", "serialNo": ""}},
                    "vehicleInfo": {"licensePlateNo": "CD 34", "vehicleType": 0},
                },
            ],
        },
        read=[
            Vehicle(
                "v1",
                "AB 12",
                "AB 12",
                "d1",
                "G00000001",
                online=True,
                kind_code="2",
                driver_first_name="A",
                driver_last_name="B",
                driver_phone="123",
                picture_url="https://p/1.jpg",
                speed_limit=80.0,
            ),
            Vehicle("v2", "CD 34", "CD 34", None, None, online=False, kind_code="0"),
        ],
    ),
    ContractRow(
        "Vehicles.location",
        DialectName.REFERENCE,
        "obd/v1/vehicles/location",
        arguments={"vehicle_id": "vehicle_001"},
        sent={"vehicleId": "vehicle_001"},
        data={
            "latitude": 19.4326,
            "longitude": -99.1332,
            "speed": 42,
            "timestamp": "2024-01-15T10:30:00Z",
        },
        read=VehiclePosition(
            19.4326, -99.1332, 42, datetime(2024, 1, 15, 10, 30, tzinfo=UTC)
        ),
    ),
    ContractRow(
        "Vehicles.picture_upload",
        DialectName.TEAMS,
        "resource/v1/picture/uploadparam/get",
        sent={"format": "jpg"},
        data={"key": "images/1.jpg", "url": "https://p/images/1.jpg?sign=x"},
        read=PictureUpload("images/1.jpg", "https://p/images/1.jpg?sign=x"),
    ),
    ContractRow(
        "Vehicles.ignition",
        DialectName.TEAMS,
        "resource/v1/accstatus/search",
        arguments={"vehicle_ids": ("v1", "v2", "v3")},
        sent={"vehicleIds": "v1,v2,v3"},
        data={
            "accStatusInfos": [
                {"idOrDeviceSerial": "v1", "accStatus": 0},
                {"idOrDeviceSerial": "v2", "accStatus": 1},
                {"idOrDeviceSerial": "v3", "accStatus": -1},
            ]
        },
        read=(
            Ignition("v1", on=False),
            Ignition("v2", on=True),
            Ignition("v3", on=None),
        ),
    ),
    ContractRow(
        "Vehicles.ignition",
        DialectName.TEAMS,
        "resource/v1/accstatus/search",
        arguments={"device_serials": ("G00000001", "K00000001")},
        sent={"deviceSerials": "G00000001,K00000001"},
        data={"accStatusInfos": []},
        read=(),
    ),
)
