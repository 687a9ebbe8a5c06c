"""Rows for alarm rules (reference "Alarm Services"; guide section 2.3)."""

from datetime import time
from typing import Any

from custom_components.hikcentral_connect.api.models.rules import (
    DayHours,
    LinkResult,
    MailLink,
    OutputLink,
    PictureLink,
    Priority,
    RecordLink,
    Rule,
    RuleFilter,
    RuleRequest,
    Schedule,
    Target,
    WeekHours,
)
from custom_components.hikcentral_connect.api.session import DialectName

from .row import ContractRow

CAMERA = Target("c1", "Gate cam", "a1", "Yard")
CAMERAS = [{"id": "c1", "name": "Gate cam", "areaID": "a1", "areaName": "Yard"}]
REQUEST = RuleRequest(
    name="Gate",
    event_type="10102",
    source_type="camera",
    source_id="c1",
    source_name="Gate cam",
    main_category="alarmCategoryVideo",
    sub_category="alarmSubCategoryCamera",
    color="#ff0000",
    priority_id="p1",
    schedule_id="s1",
    recipients=(("u1", "Owner"),),
    ignore_recurring=15,
)
NOTIFICATION: dict[str, Any] = {
    "enable": 1,
    "recipients": [{"userID": "u1", "userName": "Owner"}],
}
SCHEDULE: dict[str, Any] = {"type": "1", "timeSchedule": {"id": "s1"}}
SOURCE: dict[str, Any] = {
    "sourceType": "camera",
    "eventType": 10102,
    "sourceID": "c1",
    "sourceName": "Gate cam",
}
CATEGORIES: dict[str, Any] = {
    "alarmMainCategory": "alarmCategoryVideo",
    "alarmSubCategory": "alarmSubCategoryCamera",
}
RECURRING: dict[str, Any] = {"enable": "1", "timeValue": "15"}

ROWS = (
    ContractRow(
        "AlarmRules.add",
        DialectName.REFERENCE,
        "alarm/v1/alarmrules/add",
        sent={
            "ruleName": "Motion Detection Rule",
            "deviceIds": ["device_001", "device_002"],
            "eventType": "motion",
            "schedule": {
                "startTime": "08:00",
                "endTime": "18:00",
                "weekDays": [1, 2, 3, 4, 5],
            },
        },
        arguments={
            "request": RuleRequest(
                name="Motion Detection Rule",
                event_type="motion",
                device_ids=("device_001", "device_002"),
                hours=WeekHours(time(8), time(18), (1, 2, 3, 4, 5)),
            )
        },
        data={"ruleId": "rule_001"},
        read="rule_001",
    ),
    ContractRow(
        "AlarmRules.add",
        DialectName.TEAMS,
        "alarm/v1/alarmrules/add",
        sent={
            "alarmRule": [
                {"name": "Gate", "color": "#ff0000"}
                | CATEGORIES
                | {
                    "enable": 1,
                    "priority": {"id": "p1"},
                    "notification": NOTIFICATION,
                    "schedule": SCHEDULE,
                    "ignoreRecurring": RECURRING,
                    "eventSource": SOURCE,
                }
            ]
        },
        arguments={"request": REQUEST},
        data={"alarmRule": [{"name": "Gate", "errorCode": "", "id": "1658"}]},
        read="1658",
    ),
    ContractRow(
        "AlarmRules.update",
        DialectName.TEAMS,
        "alarm/v1/alarmrules/update",
        sent={
            "alarmRule": [
                {"id": "1658", "name": "Gate", "color": "#ff0000", "enable": 1}
                | CATEGORIES
                | {
                    "notification": NOTIFICATION,
                    "schedule": SCHEDULE,
                    "priority": {"id": "p1"},
                    "ignoreRecurring": RECURRING,
                    "eventSource": SOURCE,
                }
            ]
        },
        arguments={"rule_id": "1658", "request": REQUEST},
        data={"alarmRule": [{"name": "Gate", "id": "1658"}]},
    ),
    ContractRow(
        "AlarmRules.rules",
        DialectName.TEAMS,
        "alarm/v1/alarmrules/get",
        sent={
            "pageIndex": 1,
            "pageSize": 500,
            "filter": {
                "alarmRuleName": "Gate",
                "alarmRuleState": 0,
                "alarmRuleEnable": 1,
                "alarmCategory": {"mainCategory": "alarmCategoryVideo"},
                "eventSource": [{"sourceID": "c1", "sourceType": "camera"}],
            },
        },
        arguments={
            "wanted": RuleFilter(
                rule_name="Gate",
                faulty=False,
                enabled=True,
                sources=(("camera", "c1"),),
                main_category="alarmCategoryVideo",
            )
        },
        page=1,
        data={
            "totalCount": 1,
            "pageIndex": 1,
            "pageSize": 500,
            "alarmRule": [
                {"id": "1658", "name": "Gate", "enable": 1, "state": "0"}
                | CATEGORIES
                | {
                    "schedule": {"timeSchedule": {"id": "s1", "name": ""}, "type": "1"},
                    "priority": {"id": "p1", "level": "1", "levelName": ""},
                    "eventSource": SOURCE,
                }
            ],
        },
        read=[
            Rule(
                id="1658",
                name="Gate",
                enabled=True,
                faulty=False,
                event_type="10102",
                source_type="camera",
                source_id="c1",
                source_name="Gate cam",
                priority="1",
                schedule_id="s1",
                main_category="alarmCategoryVideo",
                sub_category="alarmSubCategoryCamera",
            )
        ],
    ),
    ContractRow(
        "AlarmRules.priorities",
        DialectName.TEAMS,
        "alarm/v1/alarmpriorities/get",
        sent={"pageIndex": 1, "pageSize": 500},
        page=1,
        data={
            "totalCount": "1",
            "alarmpriorities": [
                {"id": "p1", "level": 1, "levelName": "", "color": "#F40B0B"}
            ],
        },
        read=[Priority("p1", "1", None, "#F40B0B")],
    ),
    ContractRow(
        "AlarmRules.schedules",
        DialectName.TEAMS,
        "alarm/v1/receivingschedules/get",
        sent={"pageIndex": 1, "pageSize": 500},
        page=1,
        data={
            "totalCount": "1",
            "receivingSchedule": [
                {
                    "ID": "s1",
                    "name": "All day",
                    "systemTemplate": 1,
                    "timeSetting": [
                        {
                            "dayOfWeek": "1",
                            "timeSpan": [
                                {"beginTime": "00:00:00", "endTime": "24:00:00"}
                            ],
                        }
                    ],
                }
            ],
        },
        read=[
            Schedule(
                "s1", "All day", True, (DayHours("1", (("00:00:00", "24:00:00"),)),)
            )
        ],
    ),
    ContractRow(
        "AlarmRules.link",
        DialectName.TEAMS,
        "alarm/v1/alarmlinkage/add",
        sent={
            "alarmLinkage": [
                {
                    "alarmRuleID": "1658",
                    "linkageItem": [
                        {
                            "linkageType": "LinkCamera",
                            "linkageConfig": {
                                "linkCamera": {
                                    "preRecordTime": 3,
                                    "postRecordTime": 15,
                                    "camera": CAMERAS,
                                }
                            },
                        },
                        {
                            "linkageType": "LinkCapturePicture",
                            "linkageConfig": {
                                "linkCapturePicture": {
                                    "captureInterval": 3,
                                    "captureMode": 2,
                                    "camera": CAMERAS,
                                }
                            },
                        },
                        {
                            "linkageType": "LinkAlarmOutput",
                            "linkageConfig": {
                                "linkAlarmOutput": {
                                    "autoClose": 1,
                                    "autoCloseTime": 15,
                                    "alarmOutput": [{"id": "o1", "name": "A 2"}],
                                }
                            },
                        },
                        {
                            "linkageType": "LinkEMail",
                            "linkageConfig": {"linkEmail": {"emailTemplateId": "m1"}},
                        },
                    ],
                }
            ]
        },
        arguments={
            "rule_id": "1658",
            "links": (
                RecordLink((CAMERA,)),
                PictureLink((CAMERA,)),
                OutputLink((Target("o1", "A 2"),), closes_after=15),
                MailLink("m1"),
            ),
        },
        data={
            "alarmLinkage": [
                {
                    "alarmRuleID": "1658",
                    "itemID": "5BE2",
                    "linkageType": "LinkCamera",
                    "errorCode": "0",
                }
            ]
        },
        read=(LinkResult("5BE2", "1658", "LinkCamera", "0"),),
    ),
)
