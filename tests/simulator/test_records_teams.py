"""Access records and the total time card of the teams dialect."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from simulator import Simulator
from simulator.world import World

from .conftest import Api

SEARCH = "acs/v1/event/certificaterecords/search"
CARD = "attendance/v1/report/totaltimecard/list"


def working_day(world: World) -> date:
    """Return a working day that is over."""
    day = world.clock.now().astimezone(world.zone).date() - timedelta(days=2)
    while day.isoweekday() > 5:
        day -= timedelta(days=1)
    return day


def span(day: date) -> dict[str, str]:
    """Return a day's begin and end with the local offset."""
    return {"beginTime": f"{day}T00:00:00+01:00", "endTime": f"{day}T23:59:59+01:00"}


async def records(teams: Api, **criteria: object) -> list[dict[str, Any]]:
    """Return access records."""
    data = await teams.data(SEARCH, {"pageSize": 200, "searchCriteria": criteria})
    assert data["totalNum"] == len(data["recordList"])
    rows: list[dict[str, Any]] = data["recordList"]
    return rows


async def test_records(sim: Simulator, teams: Api) -> None:
    """What happens at the doors is found by time, door, person, card and result."""
    account = sim.account("teams")
    world = account.world
    ada, ben, *_ = world.people.values()
    front, garage, *_ = world.doors.values()
    now = world.clock.now().astimezone(world.zone)
    since = {"beginTime": now.isoformat(timespec="seconds")}
    sim.clock.shift(2)
    account.happen.access(front.id, ada, method="card")
    sim.clock.shift(2)
    account.happen.access(garage.id, ben, method="face")
    account.happen.access(garage.id, None, method="qr")
    rows = await records(teams, **since)
    assert [one["eventType"] for one in rows] == [110565, 110013, 110003]
    last = rows[-1]
    assert last["elementId"] == front.id
    assert last["swipeAuthResult"] == 1
    assert last["cardNumber"] == ada.card
    assert last["personInfo"]["id"] == ada.id
    assert last["personInfo"]["baseInfo"]["fullPath"] == "Home/Family"
    assert last["occurTime"].endswith("+01:00")
    (picture,) = last["acsSnapPicList"]
    assert (await teams.fetch(picture["snapPicUrl"])).startswith(b"\xff\xd8")
    assert rows[0]["personInfo"] == {"id": "", "baseInfo": {}}
    for criteria, count in (
        ({"swipeAuthResult": 1}, 2),
        ({"swipeAuthResult": 2}, 1),
        ({"eventTypes": "110003,110013"}, 2),
        ({"elementIDs": f"{garage.id}, x"}, 2),
        ({"personCondition": {"personIds": f"{ada.id},{ben.id}"}}, 2),
        ({"personCondition": {"personName": "ben"}}, 1),
        ({"searchType": 1, "cardNumber": ada.card}, 1),
        ({"searchType": 1, "cardNumber": "no"}, 0),
        ({"maskStatus": 3}, 0),
        ({"temperatureStatus": 3}, 3),
    ):
        assert len(await records(teams, **since, **criteria)) == count, criteria


async def test_zulu_times_find_nothing(teams: Api, sim: Simulator) -> None:
    """Times in UTC find nothing, as on live servers; pages do not overlap."""
    world = sim.account("teams").world
    begin = (world.clock.now() - timedelta(days=7)).replace(microsecond=0)
    zulu = f"{begin:%Y-%m-%dT%H:%M:%SZ}"
    assert await records(teams, beginTime=zulu) == []
    local = begin.astimezone(world.zone).isoformat()
    everything = await records(teams, beginTime=local)
    assert len(everything) > 20
    times = [one["occurTime"] for one in everything]
    assert times == sorted(times, reverse=True)
    body = {
        "pageIndex": 2,
        "pageSize": 10,
        "searchCriteria": {"beginTime": local},
    }
    data = await teams.data(SEARCH, body)
    guids = [one["recordGuid"] for one in data["recordList"]]
    assert guids == [one["recordGuid"] for one in everything[10:20]]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "0"),
        ({"pageSize": 201}, "OPEN000025"),
        ({"searchCriteria": {"beginTime": "today"}}, "OPEN000026"),
        ({"searchCriteria": {"beginTime": "2026-01-01 00:00:00"}}, "OPEN000026"),
        ({"searchCriteria": {"type": 3}}, "OPEN000010"),
        ({"searchCriteria": {"eventTypes": "card"}}, "OPEN000010"),
        ({"searchCriteria": {"eventTypes": [110003]}}, "OPEN000008"),
        (
            {
                "searchCriteria": {
                    "personCondition": {"personIds": "1", "personName": "A"}
                }
            },
            "OPEN000010",
        ),
        (
            {
                "searchCriteria": {
                    "beginTime": "2026-01-02T00:00:00+01:00",
                    "endTime": "2026-01-01T00:00:00+01:00",
                }
            },
            "OPEN000030",
        ),
    ],
)
async def test_bad_search(teams: Api, body: object, code: str) -> None:
    """Each mistake has its code."""
    assert await teams.code(SEARCH, body) == code


async def test_time_card(sim: Simulator, teams: Api) -> None:
    """Of five people three are on time, one is late and one is absent."""
    world = sim.account("teams").world
    day = working_day(world)
    data = await teams.data(CARD, span(day))
    rows = data["reportDataList"]
    assert (len(rows), data["moreData"]) == (5, 0)
    assert sorted(one["attendanceStatus"] for one in rows) == [1, 1, 1, 2, 5]
    for row in rows:
        assert row["date"] == f"{day:%Y/%m/%d}"
        assert row["weekday"] == day.isoweekday() % 7
        assert (row["checkInTime"], row["checkOutTime"]) == ("08:00", "17:00")
        who = [
            one
            for one in await records(teams, **span(day))
            if one["personInfo"]["baseInfo"]["personCode"] == row["personCode"]
        ]
        if row["attendanceStatus"] == 5:
            assert who == []
            assert (row["clockInTime"], row["clockInSource"]) == ("", 0)
            assert row["absenceDuration"] == "09:00"
            continue
        assert row["clockInTime"] == who[-1]["occurTime"][11:16]
        assert row["clockOutTime"] == who[0]["occurTime"][11:16]
        assert (row["lateDuration"] != "00:00") is (row["attendanceStatus"] == 2)
        came, went = (datetime.fromisoformat(who[one]["occurTime"]) for one in (-1, 0))
        minutes = (went - came) // timedelta(minutes=1)
        assert row["workDuration"] == f"{minutes // 60:02d}:{minutes % 60:02d}"


async def test_time_card_formats_and_filters(sim: Simulator, teams: Api) -> None:
    """Formats are the guide's; pages, names, codes and groups filter."""
    world = sim.account("teams").world
    day = working_day(world)
    body = span(day) | {
        "dateFormat": "dd-MM-yyyy",
        "timeFormat": "h:mm tt",
        "durationFormat": "MM",
    }
    row = (await teams.data(CARD, body))["reportDataList"][0]
    assert row["date"] == f"{day:%d-%m-%Y}"
    assert row["checkOutTime"] == "5:00 PM"
    assert row["breakDuration"] == "0"
    group = {one.name: one.id for one in world.people.groups.values()}
    for more, count in (
        ({"personName": "ada"}, 1),
        ({"personCode": "1002"}, 1),
        ({"personGroupIds": [group["Family"]]}, 3),
        ({"personGroupIds": ["1"]}, 5),
        ({"personGroupIds": []}, 5),
    ):
        rows = (await teams.data(CARD, span(day) | more))["reportDataList"]
        assert len(rows) == count, more
    page = await teams.data(CARD, span(day) | {"pageIndex": 2, "pageSize": 2})
    assert (len(page["reportDataList"]), page["moreData"]) == (2, 1)
    for wrong, code in (
        ({"pageSize": 201}, "OPEN000025"),
        ({"beginTime": f"{day + timedelta(days=1)}T00:00:00+01:00"}, "OPEN000030"),
        ({"beginTime": f"{day}"}, "OPEN000026"),
        ({"personGroupIds": ["9"]}, "CCF038009"),
        ({"dateFormat": "d.m.y"}, "OPEN000010"),
        ({"startDate": f"{day}"}, "OPEN000010"),
    ):
        assert await teams.code(CARD, span(day) | wrong) == code, wrong
    assert await teams.code(CARD) == "OPEN000010"


async def test_time_card_follows_the_doors(sim: Simulator, teams: Api) -> None:
    """A new day fills as people pass doors; who came by API has no timetable."""
    account = sim.account("teams")
    world = account.world
    now = world.clock.now().astimezone(world.zone)
    start = datetime.combine(now.date() + timedelta(days=1), datetime.min.time())
    while start.isoweekday() > 5:
        start += timedelta(days=1)
    start = start.replace(tzinfo=world.zone)
    body = span(start.date())
    sim.clock.shift((start - now).total_seconds() + 7 * 3600)
    assert (await teams.data(CARD, body))["reportDataList"] == []
    ada, ben, *_ = world.people.values()
    door = next(iter(world.doors))
    sim.clock.shift(50 * 60)
    account.happen.access(door, ada)
    (row,) = (await teams.data(CARD, body))["reportDataList"]
    assert (row["firstName"], row["attendanceStatus"]) == ("Ada", 1)
    sim.clock.shift(40 * 60)
    account.happen.access(door, ben)
    rows = (await teams.data(CARD, body))["reportDataList"]
    assert [one["attendanceStatus"] for one in rows] == [1, 2, 5, 5, 5]
    assert 29 <= int(rows[1]["lateDuration"][3:]) <= 31
    sim.clock.shift(3 * 3600)
    account.happen.access(door, ada)
    assert (await teams.data(CARD, body))["reportDataList"][0]["attendanceStatus"] == 1
    sim.clock.shift(12 * 3600)
    rows = (await teams.data(CARD, body))["reportDataList"]
    assert [one["attendanceStatus"] for one in rows] == [3, 4, 5, 5, 5]


async def test_life_keeps_the_routine(teams: Api) -> None:
    """With life on, a day that went by unseen still has its late and absent."""
    async with Simulator(seed=5, rate_limit=None) as sim:
        world = sim.account("teams").world
        api = await Api(sim, teams.session).login("teams")
        for _ in range(96):
            sim.clock.shift(3600)
            world.settle()
        day = working_day(world)
        rows = (await api.data(CARD, span(day)))["reportDataList"]
        assert sorted(one["attendanceStatus"] for one in rows) == [1, 1, 1, 2, 5]
