"""Rows for intercoms (reference "Video Intercom Services"; guide 2.6 and 2.7)."""

from datetime import datetime, timedelta, timezone
from typing import Any

from custom_components.hikcentral_connect.api.models.intercom import (
    Building,
    CallAction,
    FullRoom,
    Gender,
    Home,
    NewResident,
    Resident,
    ResidentHome,
    ResidentRequest,
    Room,
)
from custom_components.hikcentral_connect.api.session import DialectName

from .row import ContractRow

SITE = timezone(timedelta(hours=8))
HOME = Home("r1", "b1", "a1", householder=True)
REQUEST = ResidentRequest(
    first_name="Ada",
    last_name="Doe",
    phone="+491",
    email="ada@home.example",
    starts=datetime(2022, 10, 21, tzinfo=SITE),
    ends=datetime(2032, 10, 21, tzinfo=SITE),
    homes=(HOME,),
    gender=Gender.FEMALE,
    access_levels=("l1",),
    language="de",
)
PERSON: dict[str, Any] = {
    "firstName": "Ada",
    "lastName": "Doe",
    "gender": 0,
    "phone": "+491",
    "email": "ada@home.example",
    "startDate": "2022-10-21T00:00:00+08:00",
    "endDate": "2032-10-21T00:00:00+08:00",
}
ROOMS = [{"roomId": "r1", "buildId": "b1", "areaId": "a1", "accountType": 1}]

ROWS = (
    ContractRow(
        "Intercom.add_building",
        DialectName.REFERENCE,
        "visp/v1/buildings/add",
        sent={
            "buildingName": "Main Building",
            "buildingNo": "A1",
            "address": "123 Main Street",
        },
        arguments={
            "name": "Main Building",
            "number": "A1",
            "address": "123 Main Street",
        },
        data={"buildingId": "building_001"},
        read="building_001",
    ),
    ContractRow(
        "Intercom.buildings",
        DialectName.REFERENCE,
        "visp/v1/buildings/get",
        sent={"pageNo": 1, "pageSize": 100},
        page=1,
        data={
            "total": 1,
            "list": [{"buildingId": "building_001", "buildingName": "Main Building"}],
        },
        read=[Building("building_001", "Main Building")],
    ),
    ContractRow(
        "Intercom.buildings",
        DialectName.TEAMS,
        "vims/v1/build/search",
        sent={
            "pageNum": 1,
            "pageSize": 64,
            "searchCriteria": {"areaId": "-1", "isContainSubArea": 1},
        },
        page=1,
        data={
            "pageNum": 1,
            "pageSize": 64,
            "totalNum": 1,
            "buildList": [
                {
                    "buildId": "b1",
                    "buildName": "House",
                    "areaId": "a1",
                    "areaName": "Yard",
                    "totalRoom": 2,
                    "totalPerson": 3,
                    "deviceNames": "Gate,Back",
                }
            ],
        },
        read=[
            Building(
                "b1",
                "House",
                area_id="a1",
                area_name="Yard",
                rooms=2,
                residents=3,
                devices=("Gate", "Back"),
            )
        ],
    ),
    ContractRow(
        "Intercom.rooms",
        DialectName.TEAMS,
        "vims/v1/room/search",
        sent={
            "pageNum": 1,
            "pageSize": 64,
            "searchCriteria": {
                "areaId": "-1",
                "buildId": "b1",
                "isContainSubArea": 1,
            },
        },
        arguments={"building_id": "b1"},
        page=1,
        data={
            "totalNum": 1,
            "roomList": [
                {
                    "roomId": "r1",
                    "roomName": "Ground floor",
                    "roomNum": 101,
                    "buildId": "b1",
                    "buildName": "House",
                    "areaId": "a1",
                    "areaName": "Yard",
                    "personAmount": 1,
                    "mainAccount": "Ada Doe",
                    "email": "ada@home.example",
                    "phone": "",
                }
            ],
        },
        read=[
            Room(
                id="r1",
                name="Ground floor",
                number="101",
                building_id="b1",
                building_name="House",
                area_id="a1",
                area_name="Yard",
                residents=1,
                householder="Ada Doe",
                email="ada@home.example",
            )
        ],
    ),
    ContractRow(
        "Intercom.residents",
        DialectName.TEAMS,
        "vims/v1/person/search",
        sent={
            "pageNum": 1,
            "pageSize": 64,
            "searchRequest": {"areaId": "-1", "isContainSubArea": 1},
        },
        page=1,
        data={
            "totalNum": 1,
            "personList": [
                {
                    "personId": "p1",
                    "firstName": "Ada",
                    "lastName": "Doe",
                    "phone": "",
                    "email": "ada@home.example",
                    "isExpired": 0,
                    "photoUrl": "",
                    "headPicUrl": "",
                    "roomList": [
                        {
                            "roomId": "r1",
                            "roomNum": 101,
                            "roomName": "Ground floor",
                            "areaId": "a1",
                            "areaName": "Yard",
                            "buildId": "b1",
                            "buildName": "House",
                            "accountType": 1,
                        }
                    ],
                }
            ],
        },
        read=[
            Resident(
                id="p1",
                first_name="Ada",
                last_name="Doe",
                email="ada@home.example",
                homes=(ResidentHome(HOME, "101", "Ground floor", "House", "Yard"),),
            )
        ],
    ),
    ContractRow(
        "Intercom.add_resident",
        DialectName.REFERENCE,
        "visp/v1/residents/add",
        sent={
            "residentName": "John Doe",
            "phoneNo": "+1234567890",
            "buildingId": "building_001",
            "roomNo": "101",
        },
        arguments={
            "request": ResidentRequest(
                first_name="John",
                last_name="Doe",
                phone="+1234567890",
                building_id="building_001",
                room_number="101",
            )
        },
        data={"residentId": "resident_001"},
        read=NewResident("resident_001"),
    ),
    ContractRow(
        "Intercom.add_resident",
        DialectName.TEAMS,
        "vims/v1/person/add",
        sent={
            "personBaseInfo": PERSON,
            "alIds": ["l1"],
            "roomList": ROOMS,
            "language": "de",
        },
        arguments={"request": REQUEST},
        data={
            "personId": "p1",
            "failedResultList": [
                {
                    "buildName": "House",
                    "roomNum": 101,
                    "roomName": "Ground floor",
                    "errorCode": "VMS038005",
                }
            ],
        },
        read=NewResident(
            "p1", (FullRoom("House", "101", "Ground floor", "VMS038005"),)
        ),
    ),
    ContractRow(
        "Intercom.update_resident",
        DialectName.TEAMS,
        "vims/v1/person/update",
        sent={
            "personBaseInfo": {"id": "p1"} | PERSON,
            "alIds": ["l1"],
            "roomList": ROOMS,
        },
        arguments={"resident_id": "p1", "request": REQUEST},
    ),
    ContractRow(
        "Intercom.delete_residents",
        DialectName.TEAMS,
        "vims/v1/person/delete",
        sent={"deleteList": ["p1"]},
        arguments={"resident_ids": ("p1",)},
    ),
    ContractRow(
        "Intercom.respond",
        DialectName.TEAMS,
        "devcall/v1/call/receive",
        sent={"recordId": "call1", "userId": "u1", "status": 2},
        arguments={
            "call_id": "call1",
            "user_id": "u1",
            "action": CallAction.REFUSE,
        },
    ),
)
