"""Rows for plates, barriers and people counted (guide section 2.6, `bi/v1`)."""

from datetime import UTC, datetime, timedelta, timezone

from custom_components.hikcentral_connect.api.models.traffic import (
    BarrierAction,
    Direction,
    FlowInterval,
    FlowQuery,
    Passing,
    PassingPage,
    PassingQuery,
    PeopleCount,
    StoreFlow,
)
from custom_components.hikcentral_connect.api.session import DialectName

from .row import ContractRow

_ZONE = timezone(timedelta(hours=8))
_STARTS = datetime(2024, 8, 21, tzinfo=_ZONE)
_ENDS = datetime(2024, 8, 22, tzinfo=_ZONE)

ROWS = (
    ContractRow(
        "Traffic.passings",
        DialectName.TEAMS,
        "bi/v1/anpr/passing/record/search",
        arguments={"query": PassingQuery(_STARTS, _ENDS)},
        sent={
            "allCamera": True,
            "timeType": 0,
            "startTime": "2024-08-21T00:00:00+08:00",
            "endTime": "2024-08-22T00:00:00+08:00",
            "pageSize": 100,
        },
        data={
            "rows": [
                {
                    "id": "r1",
                    "areaId": "a1",
                    "areaName": "Yard",
                    "brand": 5,
                    "cameraId": "c1",
                    "cameraName": "Gate cam",
                    "carColor": 1,
                    "carUrl": "https://p/1.jpg",
                    "licensePlateUrl": "https://p/2.jpg",
                    "country": 9,
                    "dateTime": "2024-08-21T12:00:00+08:00",
                    "dateTimeUTC": "2024-08-21 04:00:00",
                    "direction": -1,
                    "licensePlate": "AB 12",
                    "nameListId": "l1",
                    "nameListName": "Staff",
                    "personName": "Ann Lee",
                    "personPhone": "1",
                    "speed": 30,
                    "vehileModel": 3,
                    "timeDiff": 0,
                }
            ],
            "total": 101,
            "totalPage": 2,
            "page": 1,
            "pageSize": 100,
            "nextSearchAfter": [1724212800000, "r1"],
        },
        read=PassingPage(
            (
                Passing(
                    "r1",
                    "AB 12",
                    datetime(2024, 8, 21, 4, tzinfo=UTC),
                    "c1",
                    "Gate cam",
                    "a1",
                    "Yard",
                    "-1",
                    30,
                    "3",
                    "5",
                    "1",
                    "9",
                    "l1",
                    "Staff",
                    "Ann Lee",
                    "1",
                    "https://p/1.jpg",
                    "https://p/2.jpg",
                ),
            ),
            101,
            (1724212800000, "r1"),
        ),
    ),
    ContractRow(
        "Traffic.passings",
        DialectName.TEAMS,
        "bi/v1/anpr/passing/record/search",
        arguments={
            "query": PassingQuery(
                _STARTS,
                _ENDS,
                camera_ids=("c1",),
                device_time=True,
                plate="AB 12",
                person_name="Ann",
                models=(3,),
                brands=(5,),
                color=1,
                speed_from=1,
                speed_to=50,
                country=9,
                direction=Direction.BACKWARD,
                after=(1724212800000, "r1"),
            )
        },
        sent={
            "allCamera": False,
            "cameraIdList": ["c1"],
            "timeType": 1,
            "startTime": "2024-08-21T00:00:00+08:00",
            "endTime": "2024-08-22T00:00:00+08:00",
            "licensePlate": "AB 12",
            "personName": "Ann",
            "vehileModel": [3],
            "brand": [5],
            "color": 1,
            "speedRangeStart": 1,
            "speedRangeEnd": 50,
            "country": 9,
            "direction": 0,
            "pageSize": 100,
            "searchAfter": [1724212800000, "r1"],
        },
        data={"rows": [], "total": 101},
        read=PassingPage((), 101, ()),
    ),
    ContractRow(
        "Traffic.control_barrier",
        DialectName.TEAMS,
        "bi/v1/anpr/barrierGate/control",
        arguments={"camera_id": "c1", "action": BarrierAction.OPEN},
        sent={"cameraId": "c1", "controlMode": 1},
    ),
    ContractRow(
        "Traffic.people_flow",
        DialectName.TEAMS,
        "bi/v1/store/report/peopleflow",
        arguments={"query": FlowQuery(_STARTS, _ENDS, ("s1",), FlowInterval.DAY)},
        sent={
            "startTime": "2024-08-21 00:00:00",
            "endTime": "2024-08-22 00:00:00",
            "storeAreaIds": ["s1"],
            "statisticType": 2,
            "resourceType": 2,
            "timeType": 0,
        },
        data={
            "statisticType": "2",
            "storeDatas": [
                {
                    "countingDatas": [
                        {
                            "startTime": "2024-08-21 00:00:00",
                            "endTime": "2024-08-22 00:00:00",
                            "enterCount": 12,
                            "exitCount": 11,
                            "passCount": 40,
                            "updateTime": "2024-08-22 00:05:00",
                        }
                    ],
                    "storeAreaId": "s1",
                }
            ],
        },
        read=(
            StoreFlow(
                "s1",
                None,
                None,
                (
                    PeopleCount(
                        _STARTS, _ENDS, 12, 11, 40, _ENDS + timedelta(minutes=5)
                    ),
                ),
            ),
        ),
    ),
)
