"""Rows for access levels and records (reference "Access Control Services"; guide 2.6)."""

from datetime import UTC, datetime, timedelta, timezone

from custom_components.hikcentral_connect.api.models.access import (
    AccessLevel,
    AccessRecord,
    CredentialStatus,
    DayPlan,
    ElementStatus,
    EncryptInfo,
    Failure,
    HolidayPlan,
    LevelRequest,
    LevelResource,
    RecordClock,
    RecordSearch,
    ScheduleTemplate,
    TimeSpan,
)
from custom_components.hikcentral_connect.api.session import DialectName

from .row import ContractRow

CET = timezone(timedelta(hours=1))
STARTS = datetime(2026, 1, 1, 8, tzinfo=CET)
ENDS = datetime(2026, 1, 2, 8, tzinfo=CET)
LEVEL = LevelRequest("Yard by day", "1", ("e1", "e2"), "remark")
LEVEL_SENT = {
    "name": "Yard by day",
    "remark": "remark",
    "timeSchedule": {"id": "1"},
    "associateResList": [{"id": "e1"}, {"id": "e2"}],
}
LEVEL_ANSWER = {
    "id": "801",
    "name": "Yard by day",
    "remark": "remark",
    "usageType": 0,
    "areaInfo": {"id": "a1", "name": "Yard"},
    "timeSchedule": {"id": "1", "name": "All day"},
    "associateResList": [{"id": "e1", "name": "Door 1", "type": 1}],
}
LEVEL_READ = AccessLevel(
    id="801",
    name="Yard by day",
    remark="remark",
    schedule_id="1",
    schedule_name="All day",
    area_id="a1",
    area_name="Yard",
    resources=(LevelResource("e1", "Door 1", "1"),),
    system=False,
)
TWO_LEVELS = {"person_id": "501", "level_ids": ("801", "802")}
FAILED_LEVEL = {
    "personId": "501",
    "personName": "Ann Gray",
    "accessLevelId": 802,
    "accessLevelName": "Shop",
    "errorCode": "VMS040017",
}
FAILED_RESOURCE = {"id": "e2", "name": "Door 2", "errorCode": "LAP000100"}

REFERENCE = (
    ContractRow(
        "Access.encryption",
        DialectName.REFERENCE,
        "acs/v1/encryptinfo/get",
        sent=None,
        data={"publicKey": "MFww", "algorithm": "RSA"},
        read=EncryptInfo("RSA", public_key="MFww"),
    ),
    ContractRow(
        "Access.levels",
        DialectName.REFERENCE,
        "acspm/v1/accesslevel/list",
        sent={"pageNo": 1, "pageSize": 100},
        page=1,
        data={"total": 1, "list": [{"id": "level_001", "name": "Staff"}]},
        read=[AccessLevel("level_001", "Staff")],
    ),
    ContractRow(
        "Access.assign",
        DialectName.REFERENCE,
        "acspm/v1/personaccess/assign",
        sent={"personId": "person_001", "accessLevelIds": ["level_001", "level_002"]},
        arguments={
            "person_id": "person_001",
            "level_ids": ("level_001", "level_002"),
        },
        read=(),
    ),
)

PERSON_LEVELS = (
    ContractRow(
        "Access.assign",
        DialectName.TEAMS,
        "acspm/v1/accesslevel/person/add",
        sent={"personList": [{"personId": "501", "accessLevelIdList": ["801", "802"]}]},
        arguments=TWO_LEVELS,
        data=None,
        read=(),
    ),
    ContractRow(
        "Access.remove",
        DialectName.TEAMS,
        "acspm/v1/accesslevel/person/delete",
        sent={
            "personList": [
                {
                    "personId": "501",
                    "deleteAll": False,
                    "accessLevelIdList": ["801", "802"],
                }
            ]
        },
        arguments=TWO_LEVELS,
        data={"accessLevelFailed": [FAILED_LEVEL]},
        read=(Failure("access_level", "VMS040017", "802", "Shop"),),
    ),
    ContractRow(
        "Access.remove_all",
        DialectName.TEAMS,
        "acspm/v1/accesslevel/person/delete",
        sent={"personList": [{"personId": "501", "deleteAll": True}]},
        arguments={"person_id": "501"},
        data=None,
        read=(),
    ),
    ContractRow(
        "Access.replace",
        DialectName.TEAMS,
        "acspm/v1/accesslevel/person/modify",
        sent={
            "personList": [
                {
                    "personId": "501",
                    "deleteAll": False,
                    "accessLevelIdList": ["801", "802"],
                }
            ]
        },
        arguments=TWO_LEVELS,
        data=[{"accessLevelFailed": [FAILED_LEVEL]}],
        read=(Failure("access_level", "VMS040017", "802", "Shop"),),
    ),
    ContractRow(
        "Access.apply_status",
        DialectName.TEAMS,
        "acspm/v1/maintain/overview/person/501/elementdetail",
        sent={"returnSuccess": False},
        arguments={"person_id": "501"},
        data={
            "elementDetailList": [
                {
                    "id": "e1",
                    "name": "Terminal-Door 1",
                    "type": 0,
                    "elementStatus": {"errorCode": "", "status": 2},
                    "certificateStatusList": [
                        {
                            "id": "901",
                            "errorCode": "THD_ISAPI_0x60000037",
                            "status": 2,
                            "type": 2,
                        }
                    ],
                }
            ]
        },
        read=[
            ElementStatus(
                id="e1",
                name="Terminal-Door 1",
                is_device=False,
                state_code="2",
                error_code=None,
                credentials=(
                    CredentialStatus("901", "2", "2", "THD_ISAPI_0x60000037"),
                ),
            )
        ],
    ),
)

LEVELS = (
    ContractRow(
        "Access.levels",
        DialectName.TEAMS,
        "acspm/v1/accesslevel/list",
        sent={
            "accessLevelSearchRequest": {
                "pageIndex": 1,
                "pageSize": 100,
                "searchCriteria": {},
            }
        },
        page=1,
        data={
            "accessLevelResponse": {
                "pageIndex": 1,
                "pageSize": 100,
                "totalNum": 1,
                "accessLevelList": [LEVEL_ANSWER],
            }
        },
        read=[LEVEL_READ],
    ),
    ContractRow(
        "Access.add_level",
        DialectName.TEAMS,
        "acspm/v1/access/level/add",
        sent={"accessLevel": LEVEL_SENT},
        arguments={"level": LEVEL},
        data={"accessLevel": LEVEL_ANSWER},
        read=LEVEL_READ,
    ),
    ContractRow(
        "Access.update_level",
        DialectName.TEAMS,
        "acspm/v1/access/level/update",
        sent={"accessLevel": {"id": "801", **LEVEL_SENT}},
        arguments={"level_id": "801", "level": LEVEL},
    ),
    ContractRow(
        "Access.delete_level",
        DialectName.TEAMS,
        "acspm/v1/access/level/801/delete",
        sent={},
        arguments={"level_id": "801"},
    ),
    ContractRow(
        "Access.delete_levels",
        DialectName.TEAMS,
        "acspm/v1/access/level/delete",
        sent={"accessLevelIdList": ["801", "802"]},
        arguments={"level_ids": ("801", "802")},
        data={
            "accessLevelFailedList": [
                {"id": "802", "name": "Shop", "errorCode": "LAP000100"}
            ]
        },
        read=(Failure("access_level", "LAP000100", "802", "Shop"),),
    ),
    ContractRow(
        "Access.add_resources",
        DialectName.TEAMS,
        "acspm/v1/access/level/801/res/add",
        sent={"associateResList": [{"id": "e1"}, {"id": "e2"}]},
        arguments={"level_id": "801", "resource_ids": ("e1", "e2")},
        data={"resFailedList": [FAILED_RESOURCE]},
        read=(Failure("resource", "LAP000100", "e2", "Door 2"),),
    ),
    ContractRow(
        "Access.remove_resources",
        DialectName.TEAMS,
        "acspm/v1/access/level/801/res/delete",
        sent={"associateResList": [{"id": "e1"}, {"id": "e2"}]},
        arguments={"level_id": "801", "resource_ids": ("e1", "e2")},
        data={"resFailedList": []},
        read=(),
    ),
    ContractRow(
        "Access.schedules",
        DialectName.TEAMS,
        "acspm/v1/template/list",
        sent={"pageIndex": 1, "pageSize": 100},
        page=1,
        data={
            "templateResponse": {
                "pageIndex": 1,
                "pageSize": 100,
                "totalNum": 1,
                "templateList": [
                    {
                        "id": "645",
                        "name": "Early",
                        "remark": "",
                        "weekSchedule": {
                            "timeSettingList": [
                                {
                                    "dayIndex": 0,
                                    "timeSpanList": [
                                        {"beginTime": "09:30:00", "endTime": "24:00:00"}
                                    ],
                                }
                            ]
                        },
                        "holidayScheduleList": [
                            {
                                "id": "132",
                                "name": "New Year",
                                "timeSpanList": [
                                    {"beginTime": "05:00:00", "endTime": "20:00:00"}
                                ],
                            }
                        ],
                    }
                ],
            }
        },
        read=[
            ScheduleTemplate(
                id="645",
                name="Early",
                remark=None,
                week=(DayPlan(0, (TimeSpan("09:30:00", "24:00:00"),)),),
                holidays=(
                    HolidayPlan("132", "New Year", (TimeSpan("05:00:00", "20:00:00"),)),
                ),
            )
        ],
    ),
)

RECORDS = (
    ContractRow(
        "Access.records",
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
        "Access.records",
        DialectName.TEAMS,
        "acs/v1/event/certificaterecords/search",
        sent={
            "pageIndex": 3,
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
        page=3,
        data={"totalNum": 400, "recordList": []},
        read=[],
    ),
    ContractRow(
        "Access.records",
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
    ContractRow(
        "Access.encryption",
        DialectName.TEAMS,
        "acs/v1/encryptinfo/get",
        sent=None,
        data={
            "encryptType": "AES128_CBC",
            "authData": "aa" * 32,
            "vector": "bb" * 32,
            "loopCount": "7",
        },
        read=EncryptInfo(
            "AES128_CBC", auth_data="aa" * 32, vector="bb" * 32, loop_count=7
        ),
    ),
)

ROWS = (*REFERENCE, *PERSON_LEVELS, *LEVELS, *RECORDS)
