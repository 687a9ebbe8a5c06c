"""Rows for access levels (reference "Access Control Services"; guide 2.6, chapter 5.14)."""

from custom_components.hikcentral_connect.api.models.access import (
    AccessLevel,
    DayPlan,
    Failure,
    HolidayPlan,
    LevelRequest,
    LevelResource,
    ScheduleTemplate,
    TimeSpan,
)
from custom_components.hikcentral_connect.api.session import DialectName

from .row import ContractRow

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
FAILED_RESOURCE = {"id": "e2", "name": "Door 2", "errorCode": "LAP000100"}

REFERENCE = (
    ContractRow(
        "AccessLevels.levels",
        DialectName.REFERENCE,
        "acspm/v1/accesslevel/list",
        sent={"pageNo": 1, "pageSize": 100},
        page=1,
        data={"total": 1, "list": [{"id": "level_001", "name": "Staff"}]},
        read=[AccessLevel("level_001", "Staff")],
    ),
)

TEAMS = (
    ContractRow(
        "AccessLevels.levels",
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
        "AccessLevels.add_level",
        DialectName.TEAMS,
        "acspm/v1/access/level/add",
        sent={"accessLevel": LEVEL_SENT},
        arguments={"level": LEVEL},
        data={"accessLevel": LEVEL_ANSWER},
        read=LEVEL_READ,
    ),
    ContractRow(
        "AccessLevels.update_level",
        DialectName.TEAMS,
        "acspm/v1/access/level/update",
        sent={"accessLevel": {"id": "801", **LEVEL_SENT}},
        arguments={"level_id": "801", "level": LEVEL},
    ),
    ContractRow(
        "AccessLevels.delete_level",
        DialectName.TEAMS,
        "acspm/v1/access/level/801/delete",
        sent={},
        arguments={"level_id": "801"},
    ),
    ContractRow(
        "AccessLevels.delete_levels",
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
        "AccessLevels.add_resources",
        DialectName.TEAMS,
        "acspm/v1/access/level/801/res/add",
        sent={"associateResList": [{"id": "e1"}, {"id": "e2"}]},
        arguments={"level_id": "801", "resource_ids": ("e1", "e2")},
        data={"resFailedList": [FAILED_RESOURCE]},
        read=(Failure("resource", "LAP000100", "e2", "Door 2"),),
    ),
    ContractRow(
        "AccessLevels.remove_resources",
        DialectName.TEAMS,
        "acspm/v1/access/level/801/res/delete",
        sent={"associateResList": [{"id": "e1"}, {"id": "e2"}]},
        arguments={"level_id": "801", "resource_ids": ("e1", "e2")},
        data={"resFailedList": []},
        read=(),
    ),
    ContractRow(
        "AccessLevels.schedules",
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

ROWS = (*REFERENCE, *TEAMS)
