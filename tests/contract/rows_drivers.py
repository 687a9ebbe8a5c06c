"""Rows for drivers (reference "On-Board Monitoring Services"; guide section 2.8)."""

from datetime import date

from custom_components.hikcentral_connect.api.models.drivers import (
    DrivenVehicle,
    Driver,
    DriverFilter,
    DriverGroup,
    DriverRequest,
    FaceDelivery,
    FaceFailure,
    FaceState,
    Gender,
    License,
)
from custom_components.hikcentral_connect.api.session import DialectName

from .row import ContractRow

_REQUEST = DriverRequest(
    "Ann",
    "Lee",
    code="D1",
    group_id="g1",
    gender=Gender.FEMALE,
    phone="100200300",
    email="a@example.org",
    description="day",
    vehicle_ids=("v1",),
    license_number="L1",
    license_valid_until=date(2030, 5, 31),
    license_picture=b"license",
    photo=b"face",
)
_BODY = {
    "firstName": "Ann",
    "lastName": "Lee",
    "driverCode": "D1",
    "groupId": "g1",
    "gender": 2,
    "phone": "100200300",
    "email": "a@example.org",
    "description": "day",
    "relateVehicleIds": ["v1"],
    "driverLicenseInfo": {
        "licenseNo": "L1",
        "validTime": "2030-05-31T00:00:00",
        "imageData": "bGljZW5zZQ==",
    },
    "photoData": "ZmFjZQ==",
}

ROWS = (
    ContractRow(
        "Drivers.drivers",
        DialectName.TEAMS,
        "vehicle/v1/driver/batchquery",
        page=1,
        sent={"pageIndex": 1, "pageSize": 500},
        data={
            "drivers": [
                {
                    "driverGroupId": "g1",
                    "driverGroupName": "Day",
                    "driverId": "p1",
                    "facepicUrl": "https://p/1.jpg",
                    "driverName": "Ann Lee",
                    "driverCode": "D1",
                    "gender": "2",
                    "phone": "1",
                    "email": "",
                    "distributionStatus": 3,
                    "distributionInfo": {
                        "errorInfo": [
                            {
                                "vehicleId": "v1",
                                "vehicleName": "AB 12",
                                "errorCode": "VMS021314",
                                "deviceSerial": "G00000001",
                            }
                        ]
                    },
                    "relatedVehicles": [
                        {
                            "plateLicense": "AB 12",
                            "vehicleId": "v1",
                            "deviceSerial": "G00000001",
                        }
                    ],
                    "driverLicenseInfo": {
                        "validTime": "2030-05-31T00:00:00",
                        "licenseNo": "L1",
                        "imageUrl": "",
                    },
                }
            ]
        },
        read=[
            Driver(
                "p1",
                "Ann Lee",
                code="D1",
                group_id="g1",
                group_name="Day",
                gender_code="2",
                phone="1",
                face_url="https://p/1.jpg",
                face_state_code="3",
                face_failures=(FaceFailure("VMS021314", "G00000001", "AB 12"),),
                vehicles=(DrivenVehicle("v1", "AB 12", "G00000001"),),
                license=License("L1", date(2030, 5, 31)),
            )
        ],
    ),
    ContractRow(
        "Drivers.drivers",
        DialectName.TEAMS,
        "vehicle/v1/driver/batchquery",
        page=1,
        arguments={
            "matching": DriverFilter(
                "g1", ("p1",), FaceState.NOT_SENT, "Ann", linked=True
            )
        },
        sent={
            "groupId": "g1",
            "driverIds": ["p1"],
            "distributionStatus": 0,
            "fuzzySearch": "Ann",
            "relatedVehicle": 2,
            "pageIndex": 1,
            "pageSize": 500,
        },
        data={"drivers": []},
        read=[],
    ),
    ContractRow(
        "Drivers.add",
        DialectName.REFERENCE,
        "obd/v1/drivers/add",
        arguments={
            "request": DriverRequest(
                "Mike", "Johnson", license_number="DL123456789", phone="+1234567890"
            )
        },
        sent={
            "driverName": "Mike Johnson",
            "licenseNo": "DL123456789",
            "phoneNo": "+1234567890",
        },
        data={"driverId": "driver_001"},
        read="driver_001",
    ),
    ContractRow(
        "Drivers.add",
        DialectName.TEAMS,
        "vehicle/v1/driver/add",
        arguments={"request": _REQUEST},
        sent=_BODY,
        data={" driverId": "p1"},
        read="p1",
    ),
    ContractRow(
        "Drivers.update",
        DialectName.TEAMS,
        "vehicle/v1/driver/update",
        arguments={"driver_id": "p1", "request": _REQUEST},
        sent={"driverId": "p1", **_BODY},
    ),
    ContractRow(
        "Drivers.delete",
        DialectName.TEAMS,
        "vehicle/v1/driver/batchdel",
        arguments={"driver_ids": ("p1",)},
        sent={"driverIdList": ["p1"]},
    ),
    ContractRow(
        "Drivers.groups",
        DialectName.TEAMS,
        "vehicle/v1/driverGroup/batchquery",
        arguments={"group_ids": ("g1",)},
        sent={"driverGroupIdList": ["g1"]},
        data=[
            {
                "groupId": "g1",
                "groupName": "Day",
                "areaId": "a1",
                "areaName": "Yard",
                "peopleCount": 1,
            }
        ],
        read=(DriverGroup("g1", "Day", "a1", "Yard", 1),),
    ),
    ContractRow(
        "Drivers.add_group",
        DialectName.TEAMS,
        "vehicle/v1/driverGroup/add",
        arguments={"name": "Day", "area_id": "a1"},
        sent={"driverGroupName": "Day", "relatedAreaId": "a1"},
        data={"id": "g1"},
        read="g1",
    ),
    ContractRow(
        "Drivers.update_group",
        DialectName.TEAMS,
        "vehicle/v1/driverGroup/update",
        arguments={"group_id": "g1", "name": "Night", "area_id": "a1"},
        sent={"id": "g1", "driverGroupName": "Night", "relatedAreaId": "a1"},
    ),
    ContractRow(
        "Drivers.delete_groups",
        DialectName.TEAMS,
        "vehicle/v1/driverGroup/batchdel",
        arguments={"group_ids": ("g1",)},
        sent={"driverGroupIdList": ["g1"]},
    ),
    ContractRow(
        "Drivers.send_faces",
        DialectName.TEAMS,
        "vehicle/v1/driverFace/distribution",
        arguments={"driver_ids": ("p1",)},
        sent={"driverIds": ["p1"]},
        data={"guid": "t1"},
        read="t1",
    ),
    ContractRow(
        "Drivers.faces_sent",
        DialectName.TEAMS,
        "vehicle/v1/driverFace/status/query",
        arguments={"task_id": "t1"},
        sent={"guid": "t1"},
        data={
            "totalCount": 2,
            "successCount": 1,
            "distributionFailedStatus": [
                {
                    "driverId": "p1",
                    "driverName": "Ann Lee",
                    "licensePlate": "AB 12",
                    "errorCode": "VMS021314",
                    "message": "offline",
                    "deviceSerial": "G00000001",
                }
            ],
        },
        read=FaceDelivery(
            2,
            1,
            (FaceFailure("VMS021314", "G00000001", "AB 12", "p1", "Ann Lee"),),
        ),
    ),
)
