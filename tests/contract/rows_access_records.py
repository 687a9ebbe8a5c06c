"""Rows for access records (guide 2.6)."""

from datetime import UTC, datetime, timedelta, timezone

from custom_components.hikcentral_connect.api.models.access import (
    AccessRecord,
    RecordClock,
    RecordSearch,
)
from custom_components.hikcentral_connect.api.session import DialectName

from .row import ContractRow

CET = timezone(timedelta(hours=1))
STARTS = datetime(2026, 1, 1, 8, tzinfo=CET)
ENDS = datetime(2026, 1, 2, 8, tzinfo=CET)

ROWS = (
    ContractRow(
        "AccessRecords.records",
        DialectName.TEAMS,
        "acs/v1/event/certificaterecords/search",
        sent={
            "pageIndex": 1,
            "pageSize": 200,
            "searchCriteria": {
                "beginTime": "2026-01-01T08:00:00+01:00",
                "endTime": "2026-01-02T08:00:00+01:00",
                "type": 0,
                "swipeAuthResult": 0,
                "searchType": 0,
            },
        },
        arguments={"search": RecordSearch(STARTS, ENDS)},
        page=1,
        data={
            "totalNum": 1,
            "pageIndex": 1,
            "pageSize": 200,
            "recordList": [
                {
                    "recordGuid": "r1",
                    "elementId": "e1",
                    "elementName": "Door 1",
                    "elementType": 1002,
                    "areaId": "a1",
                    "areaName": "Yard",
                    "deviceId": "d2",
                    "deviceName": "Terminal",
                    "cardReaderId": "1",
                    "cardReaderName": "Reader 1",
                    "acsSnapPicList": [
                        {"snapPicUrl": "https://pictures.example/1", "snapPicType": 0}
                    ],
                    "occurTime": "2026-01-01T10:00:00+01:00",
                    "deviceTime": "2026-01-01 10:00:00",
                    "recordTime": "2026-01-01T09:00:02Z",
                    "eventType": 110013,
                    "swipeAuthResult": 1,
                    "cardNumber": "",
                    "personInfo": {
                        "id": "501",
                        "baseInfo": {
                            "firstName": "Ann",
                            "lastName": "Gray",
                            "personCode": "12",
                            "fullPath": "All/Shop",
                        },
                    },
                    "attendanceStatus": 1,
                    "direction": 1,
                }
            ],
        },
        read=[
            AccessRecord(
                id="r1",
                event_type="110013",
                granted=True,
                occurred=datetime(2026, 1, 1, 9, tzinfo=UTC),
                device_time=None,
                recorded=datetime(2026, 1, 1, 9, 0, 2, tzinfo=UTC),
                door_id="e1",
                door_name="Door 1",
                element_type="1002",
                area_id="a1",
                area_name="Yard",
                device_id="d2",
                device_name="Terminal",
                reader_id="1",
                reader_name="Reader 1",
                person_id="501",
                person_name="Ann Gray",
                person_code="12",
                group_path="All/Shop",
                direction_code="1",
                clocking_code="1",
                pictures=("https://pictures.example/1",),
            )
        ],
    ),
    ContractRow(
        "AccessRecords.records",
        DialectName.TEAMS,
        "acs/v1/event/certificaterecords/search",
        sent={
            "pageIndex": 1,
            "pageSize": 200,
            "searchCriteria": {
                "beginTime": "2026-01-01T08:00:00+01:00",
                "endTime": "2026-01-02T08:00:00+01:00",
                "type": 1,
                "swipeAuthResult": 2,
                "searchType": 0,
                "temperatureStatus": 2,
                "maskStatus": 3,
                "eventTypes": "110514,110515",
                "elementIDs": "e1,e2",
                "personCondition": {"personIds": "501,502"},
            },
        },
        arguments={
            "search": RecordSearch(
                STARTS,
                ENDS,
                clock=RecordClock.DEVICE,
                granted=False,
                event_types=("110514", "110515"),
                door_ids=("e1", "e2"),
                person_ids=("501", "502"),
                temperature=2,
                mask=3,
            )
        },
        page=1,
        data={"totalNum": 0, "recordList": []},
        read=[],
    ),
    ContractRow(
        "AccessRecords.records",
        DialectName.TEAMS,
        "acs/v1/event/certificaterecords/search",
        sent={
            "pageIndex": 1,
            "pageSize": 200,
            "searchCriteria": {
                "beginTime": "2026-01-01T08:00:00+01:00",
                "endTime": "2026-01-02T08:00:00+01:00",
                "type": 0,
                "swipeAuthResult": 1,
                "searchType": 1,
                "cardNumber": "892",
            },
        },
        arguments={
            "search": RecordSearch(STARTS, ENDS, granted=True, card_number="892")
        },
        page=1,
        data={"totalNum": 0, "recordList": None},
        read=[],
    ),
)
