"""Access levels of the teams dialect, and that they decide who is let in."""

from typing import Any

import pytest

from simulator import Simulator

from .conftest import Api

LIST = "acspm/v1/accesslevel/list"
PERSON = "acspm/v1/accesslevel/person/"
LEVEL = "acspm/v1/access/level/"


@pytest.fixture
def doors(sim: Simulator) -> list[str]:
    """Return the ids of the demo doors."""
    return list(sim.account("teams").world.doors)


def level(doors: list[str], **more: object) -> dict[str, Any]:
    """Return the body of a level."""
    rows = [{"id": one} for one in doors]
    one = {"name": "Cleaners", "timeSchedule": {"id": "1"}, "associateResList": rows}
    return {"accessLevel": one | more}


async def listed(teams: Api, **criteria: object) -> list[dict[str, Any]]:
    """Return levels."""
    wanted = {"pageIndex": 1, "pageSize": 20, "searchCriteria": criteria}
    data = await teams.data(LIST, {"accessLevelSearchRequest": wanted})
    response = data["accessLevelResponse"]
    assert response["totalNum"] == len(response["accessLevelList"])
    rows: list[dict[str, Any]] = response["accessLevelList"]
    return rows


async def test_life_of_a_level(sim: Simulator, teams: Api, doors: list[str]) -> None:
    """Add, find, change, take doors, and be gone without the last one."""
    body = level(doors[:1], remark="Mondays")
    added = (await teams.data(LEVEL + "add", body))["accessLevel"]
    door = sim.account("teams").world.doors[doors[0]]
    area = {"id": door.area.id, "name": door.area.name}
    assert added == {
        "id": added["id"],
        "name": "Cleaners",
        "remark": "Mondays",
        "usageType": 0,
        "areaInfo": area,
        "timeSchedule": {"id": "1", "name": "All-Day"},
        "associateResList": [
            {"id": door.id, "name": door.name, "type": 1, "areaInfo": area}
        ],
    }
    for criteria, names in (
        ({}, ["All doors", "Cleaners"]),
        ({"accessLevelName": "clean"}, ["Cleaners"]),
        ({"associateResInfoList": [{"resId": doors[1]}]}, ["All doors"]),
        ({"timeScheduleIdList": ["2"]}, []),
        ({"aresIdList": ["-1"], "depthTraversal": 1}, ["All doors", "Cleaners"]),
        ({"aresIdList": ["-1"]}, []),
    ):
        rows = await listed(teams, **criteria)
        assert [one["name"] for one in rows] == names, criteria
    mine = LEVEL + added["id"]
    more = {"associateResList": [{"id": doors[1]}, {"id": "no"}]}
    data = await teams.data(mine + "/res/add", more)
    assert data["resFailedList"] == [{"id": "no", "name": "", "errorCode": "VMS000003"}]
    changed = level(doors[1:2], id=added["id"], name="Cleaning")
    assert await teams.code(LEVEL + "update", changed) == "0"
    (row,) = await listed(teams, accessLevelName="Cleaning")
    assert [one["id"] for one in row["associateResList"]] == doors[1:2]
    nothing: dict[str, Any] = {"associateResList": []}
    for taken in (nothing, {"associateResList": [{"id": doors[2]}]}):
        data = await teams.data(mine + "/res/delete", taken)
        assert data == {"resFailedList": []}
    assert len(await listed(teams)) == 2
    await teams.data(mine + "/res/delete", more)
    assert len(await listed(teams)) == 1
    assert await teams.code(mine + "/res/add", more) == "VMS040016"
    assert await teams.code(mine + "/delete") == "VMS040016"


async def test_deleting_levels(sim: Simulator, teams: Api, doors: list[str]) -> None:
    """Levels are taken from everybody; a list without ids deletes them all."""
    world = sim.account("teams").world
    ids = []
    for name in ("A", "B", "C"):
        data = await teams.data(LEVEL + "add", level(doors, name=name))
        ids.append(data["accessLevel"]["id"])
    person = next(iter(world.people))
    world.people.change(person, levels=(*world.people[person].levels, *ids))
    assert await teams.code(f"{LEVEL}{ids[0]}/delete") == "0"
    some = {"accessLevelIdList": [ids[1], "no"]}
    assert await teams.data(LEVEL + "delete", some) == {"accessLevelFailedList": []}
    left = [one["id"] for one in await listed(teams)]
    assert list(world.people[person].levels) == left == [left[0], ids[2]]
    empty = level([], id=ids[2])
    assert await teams.code(LEVEL + "update", empty) == "0"
    assert len(await listed(teams)) == 1
    await teams.data(LEVEL + "delete")
    assert await listed(teams) == []
    assert not any(one.levels for one in world.people.values())


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"name": "All doors"}, "VMS040002"),
        ({"name": "x" * 65}, "VMS040003"),
        ({"name": "a?"}, "VMS040005"),
        ({"name": ""}, "OPEN000010"),
        ({"remark": "x" * 129}, "OPEN000010"),
        ({"associateResList": []}, "VMS040015"),
        ({"associateResList": [{"id": "no"}]}, "VMS000003"),
        ({"timeSchedule": {"id": "9"}}, "VMS000003"),
        ({"timeSchedule": {"id": 1}}, "OPEN000008"),
        ({"usageType": 1}, "OPEN000010"),
    ],
)
async def test_bad_level(
    teams: Api, doors: list[str], more: dict[str, Any], code: str
) -> None:
    """Each mistake has its code."""
    assert await teams.code(LEVEL + "add", level(doors, **more)) == code


async def test_templates(teams: Api) -> None:
    """All templates come without a page size."""
    everything = (await teams.data("acspm/v1/template/list"))["templateResponse"]
    names = [one["name"] for one in everything["templateList"]]
    assert (everything["totalNum"], names) == (2, ["All-Day", "Working hours"])
    page = {"pageIndex": 2, "pageSize": 1}
    second = (await teams.data("acspm/v1/template/list", page))["templateResponse"]
    (row,) = second["templateList"]
    days = row["weekSchedule"]["timeSettingList"]
    assert [one["dayIndex"] for one in days] == [1, 2, 3, 4, 5]
    assert days[0]["timeSpanList"] == [{"beginTime": "08:00:00", "endTime": "18:00:00"}]


async def test_levels_of_people(sim: Simulator, teams: Api, doors: list[str]) -> None:
    """Give, take and set levels; the door then knows."""
    account = sim.account("teams")
    person = next(iter(account.world.people.values()))
    everything = next(iter(account.world.levels))
    data = await teams.data(LEVEL + "add", level(doors[1:2]))
    second = data["accessLevel"]["id"]

    async def change(call: str, *ids: str, **more: object) -> Any:
        row = {"personId": person.id, "accessLevelIdList": list(ids)} | more
        data = await teams.data(PERSON + call, {"personList": [row]})
        return [
            (one["accessLevelId"], one["errorCode"])
            for one in (data or {"accessLevelFailed": []})["accessLevelFailed"]
        ]

    def goes_through(index: int) -> bool:
        return account.happen.access(doors[index], person)

    assert goes_through(0)
    assert await change("add", second, "9") == [(9, "VMS040016")]
    assert account.world.people[person.id].levels == (everything, second)
    assert await change("delete", everything) == []
    assert (goes_through(0), goes_through(1)) == (False, True)
    assert await change("delete", everything) == [(int(everything), "CCF038007")]
    assert await change("modify", everything) == []
    assert account.world.people[person.id].levels == (everything,)
    assert await change("modify", deleteAll=True) == []
    assert not goes_through(0)
    nobody = {"personList": [{"personId": "9", "accessLevelIdList": [second]}]}
    data = await teams.data(PERSON + "add", nobody)
    (row,) = data["accessLevelFailed"]
    assert (row["personId"], row["errorCode"]) == ("9", "CCF038023")
    for wrong in ({"personId": "aaaa"}, {"personId": "1" * 19}, {"deleteAll": True}):
        body = {"personList": [{"personId": "9", "accessLevelIdList": []} | wrong]}
        assert await teams.code(PERSON + "add", body) == "OPEN000010"


async def test_no_assignment_of_the_reference(teams: Api) -> None:
    """The reference's way to give levels is no path here."""
    await teams.post("acspm/v1/personaccess/assign", {"personId": "1"})
    assert teams.status == 404


async def test_applied(sim: Simulator, teams: Api, doors: list[str]) -> None:
    """What could not be brought to a door is told, the rest on request."""
    account = sim.account("teams")
    person = next(iter(account.world.people))
    path = f"acspm/v1/maintain/overview/person/{person}/elementdetail"
    assert (await teams.data(path))["elementDetailList"] == []
    account.world.doors[doors[2]].connected = False
    (row,) = (await teams.data(path, {"returnSuccess": False}))["elementDetailList"]
    assert row["id"] == doors[2]
    assert row["elementStatus"] == {"errorCode": "VMS022543", "status": 2}
    both = (await teams.data(path, {"returnSuccess": True}))["elementDetailList"]
    assert [one["elementStatus"]["status"] for one in both] == [0, 0, 2]
    await teams.data("person/v1/persons/updatecards", {"personId": person})
    rows = (await teams.data(path))["elementDetailList"]
    assert {one["elementStatus"]["errorCode"] for one in rows} == {"VMS040018"}
    unknown = "acspm/v1/maintain/overview/person/9/elementdetail"
    assert await teams.code(unknown) == "CCF038023"
    assert await teams.code(path, {"returnSuccess": "no"}) == "OPEN000008"


async def test_bluetooth_key(teams: Api) -> None:
    """There is one key and it stays."""
    first = await teams.get("acs/v1/encryptinfo/get")
    assert first == await teams.get("acs/v1/encryptinfo/get")
    data = first["data"]
    assert data["encryptType"] == "AES128_CBC"
    assert len(bytes.fromhex(data["vector"])) == 16
