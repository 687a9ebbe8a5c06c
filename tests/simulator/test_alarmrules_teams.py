"""Alarm rules, priorities, schedules and linkages of the teams dialect."""

from typing import Any

import pytest

from simulator import Simulator
from simulator.world.events import AlarmKind

from .conftest import Api

PAGE = {"pageIndex": "1", "pageSize": "10"}
GET = "alarm/v1/alarmrules/get"


def rule(sim: Simulator, **more: object) -> dict[str, Any]:
    """Return a new rule for the first camera."""
    world = sim.account("teams").world
    camera = next(iter(world.cameras.values()))
    return {
        "name": "Region exiting",
        "alarmMainCategory": "alarmCategoryVideo",
        "alarmSubCategory": "alarmSubCategoryCamera",
        "description": "Somebody leaves",
        "enable": 1,
        "priority": {"id": "2"},
        "notification": {
            "enable": 1,
            "recipients": [{"userID": next(iter(world.users))}],
        },
        "schedule": {"type": "1", "timeSchedule": {"id": "2"}},
        "ignoreRecurring": {"enable": "1", "timeValue": "15"},
        "eventSource": {
            "sourceType": "camera",
            "eventType": 10102,
            "sourceID": camera.id,
            "sourceName": camera.name,
        },
    } | more


async def add(api: Api, *rows: dict[str, Any]) -> Any:
    """Add rules."""
    body = {"alarmRule": list(rows)}
    return (await api.data("alarm/v1/alarmrules/add", body))["alarmRule"]


async def listed(api: Api, **wanted: object) -> Any:
    """List rules."""
    return (await api.data(GET, PAGE | {"filter": wanted}))["alarmRule"]


async def test_demo_rules(sim: Simulator, teams: Api) -> None:
    """Every camera has a rule for motion, and its alarms name it."""
    data = await teams.data(GET, PAGE)
    world = sim.account("teams").world
    assert data["totalCount"] == len(world.cameras) == len(data["alarmRule"])
    first = data["alarmRule"][0]
    assert first["name"] == "Driveway-Motion Detection"
    assert first["eventSource"] == {
        "eventType": 10002,
        "sourceID": next(iter(world.cameras)),
        "sourceType": "camera",
        "sourceName": "Driveway",
    }
    mode = {"subscribeType": 1, "subscribeMode": 0}
    await teams.data("alarm/v1/mq/subscribe", mode)
    sim.account("teams").happen.alarm(first["eventSource"]["sourceID"])
    (alarm,) = (await teams.data("alarm/v1/mq/messages"))["alarmMsg"]
    assert alarm["alarmRule"]["id"] == first["id"]
    assert alarm["alarmRule"]["name"] == first["name"]


async def test_add_get_update(sim: Simulator, teams: Api) -> None:
    """What is added is listed, and what is changed is listed changed."""
    (added,) = await add(teams, rule(sim))
    assert (added["name"], added["errorCode"]) == ("Region exiting", "")
    (row,) = await listed(teams, alarmRuleID=added["id"])
    assert row["description"] == "Somebody leaves"
    assert (row["enable"], row["state"]) == (1, "0")
    assert row["priority"]["levelName"] == "Medium"
    assert row["schedule"]["timeSchedule"]["name"] == "Weekday Template"
    assert row["eventSource"]["eventType"] == 10102
    row |= {"name": "Gone out", "enable": 0}
    row["priority"] = {"id": "3", "level": "3", "levelName": "", "color": "#2D8B3D"}
    changed = await teams.data("alarm/v1/alarmrules/update", {"alarmRule": [row]})
    assert changed == {"alarmRule": [{"name": "Gone out", "id": added["id"]}]}
    (row,) = await listed(teams, alarmRuleName="gone")
    assert (row["enable"], row["priority"]["level"]) == (0, 3)
    assert row["description"] == "Somebody leaves"


async def test_filters(sim: Simulator, teams: Api) -> None:
    """Every condition of a search narrows it."""
    (added,) = await add(teams, rule(sim, enable=0))
    camera = rule(sim)["eventSource"]["sourceID"]
    assert len(await listed(teams, eventSourceName="drive")) == 2
    assert len(await listed(teams, alarmRuleEnable=1, alarmRuleState=-1)) == 8
    assert await listed(teams, alarmRuleState=1) == []
    source = [{"sourceID": camera, "sourceType": "camera"}]
    assert len(await listed(teams, eventSource=source)) == 2
    assert await listed(teams, eventSource=[{"sourceID": "no"}]) == []
    empty = {"eventSource": [{"sourceID": "", "sourceType": ""}], "alarmRuleName": ""}
    assert len(await listed(teams, **empty)) == 9
    category = {"mainCategory": "alarmCategoryMaintenance"}
    assert await listed(teams, alarmCategory=category) == []
    (off,) = await listed(teams, alarmRuleEnable=0)
    assert off["id"] == added["id"]


async def test_failed_rows(sim: Simulator, teams: Api) -> None:
    """A row that cannot be added has its own code; the others are added."""
    source = rule(sim)["eventSource"]
    rows = await add(
        teams,
        rule(sim),
        rule(sim, name="Again"),
        rule(sim, name="Nothing", eventSource=source | {"sourceID": "no"}),
        rule(sim, name="No input", eventSource=source | {"sourceType": "alarmInput"}),
        rule(sim, name="No priority", priority={"id": "9"}),
        rule(sim, name="No schedule", schedule={"timeSchedule": {"id": "9"}}),
        rule(sim, name="Nobody", notification={"enable": 1, "recipients": [{}]}),
    )
    assert [one["errorCode"] for one in rows] == [
        "",
        "VMS023008",
        "VMS000003",
        "VMS000003",
        "VMS000003",
        "VMS000003",
        "VMS003002",
    ]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"name": ""}, "OPEN000010"),
        ({"name": "x" * 256}, "OPEN000010"),
        ({"enable": 2}, "OPEN000010"),
        ({"alarmMainCategory": "other"}, "OPEN000010"),
        ({"eventSource": {"sourceID": "x", "sourceType": "camera"}}, "OPEN000010"),
        (
            {"eventSource": {"sourceID": "x", "sourceType": "camera", "eventType": 1}},
            "OPEN000010",
        ),
        ({"priority": {"level": "1"}}, "OPEN000010"),
        ({"deviceIds": []}, "OPEN000010"),
        ({"name": 5}, "OPEN000008"),
    ],
)
async def test_refused(
    sim: Simulator, teams: Api, more: dict[str, Any], code: str
) -> None:
    """Wrong fields refuse the whole call."""
    body = {"alarmRule": [rule(sim, **more)]}
    assert await teams.code("alarm/v1/alarmrules/add", body) == code
    assert await listed(teams, alarmRuleName="Region exiting") == []


async def test_list_spelling(sim: Simulator, teams: Api) -> None:
    """The list has one of the guide's two names, and not both."""
    rows = [rule(sim)]
    path = "alarm/v1/alarmrules/add"
    assert await teams.code(path) == "OPEN000010"
    both = {"alarmRule": rows, "alarmrule": rows}
    assert await teams.code(path, both) == "OPEN000010"
    assert await teams.code(path, {"alarmrule": rows}) == "0"
    unknown = {"alarmRule": [rule(sim) | {"id": "no"}]}
    assert await teams.code("alarm/v1/alarmrules/update", unknown) == "VMS000003"


async def test_priorities_and_schedules(teams: Api) -> None:
    """Three priorities, and schedule templates with their times."""
    data = await teams.data("alarm/v1/alarmpriorities/get", PAGE)
    assert [one["level"] for one in data["alarmpriorities"]] == [1, 2, 3]
    data = await teams.data("alarm/v1/receivingschedules/get", PAGE)
    days = [len(one["timeSetting"]) for one in data["receivingSchedule"]]
    assert days == [7, 5, 2]
    page = {"pageIndex": 2, "pageSize": 2}
    data = await teams.data("alarm/v1/receivingschedules/get", page)
    assert [one["id"] for one in data["receivingSchedule"]] == ["3"]
    assert await teams.code("alarm/v1/alarmpriorities/get") == "OPEN000010"


async def test_linkage(sim: Simulator, teams: Api) -> None:
    """Linkages are kept with their rule; what names nothing known fails alone."""
    world = sim.account("teams").world
    camera = next(iter(world.cameras))
    kept = world.alarm_rules.covering(camera, AlarmKind.MOTION)
    record = {
        "linkageType": "LinkCamera",
        "linkageConfig": {
            "linkCamera": {
                "preRecordTime": 3,
                "postRecordTime": 15,
                "camera": [{"id": camera}],
            }
        },
    }
    capture = {
        "linkageType": "LinkCapturePicture",
        "linkageConfig": {
            "linkCapturePicture": {"captureMode": 2, "camera": [{"id": "no"}]}
        },
    }
    link = {"alarmRuleID": kept.id, "linkageItem": [record, capture]}
    path = "alarm/v1/alarmlinkage/add"
    rows = (await teams.data(path, {"alarmLinkage": [link]}))["alarmLinkage"]
    assert [(one["linkageType"], one["errorCode"]) for one in rows] == [
        ("LinkCamera", "0"),
        ("LinkCapturePicture", "VMS000003"),
    ]
    assert [one["itemID"] for one in kept.linkages] == [rows[0]["itemID"]]
    nowhere = {"alarmLinkage": [link | {"alarmRuleID": "no"}]}
    rows = (await teams.data(path, nowhere))["alarmLinkage"]
    assert {one["errorCode"] for one in rows} == {"VMS000003"}
    mail = {"linkageType": "LinkEMail", "linkageConfig": record["linkageConfig"]}
    odd = {"alarmLinkage": [link | {"linkageItem": [mail]}]}
    assert await teams.code(path, odd) == "OPEN000010"


async def test_linked_outputs(sim: Simulator, teams: Api) -> None:
    """Alarm outputs are checked like cameras."""
    world = sim.account("teams").world
    kept = next(iter(world.alarm_rules))
    codes = []
    for output in (*list(world.alarm_outputs)[:1], "no"):
        item = {
            "linkageType": "LinkAlarmOutput",
            "linkageConfig": {"linkAlarmOutput": {"alarmOutput": [{"id": output}]}},
        }
        link = {"alarmLinkage": [{"alarmRuleID": kept, "linkageItem": [item]}]}
        data = await teams.data("alarm/v1/alarmlinkage/add", link)
        codes += [one["errorCode"] for one in data["alarmLinkage"]]
    assert codes == ["0", "VMS000003"]
