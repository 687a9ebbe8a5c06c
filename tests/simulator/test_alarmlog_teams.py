"""The alarm log of the teams dialect."""

from datetime import timedelta
from typing import Any

import pytest

from simulator import Simulator
from simulator.account import Account
from simulator.world.events import AlarmKind

from .conftest import Api

PATH = "alarm/v1/alarmlog"


def body(account: Account, hours: float = 1, **more: object) -> dict[str, Any]:
    """Ask for the last hours in the site's own time."""
    now = account.world.clock.now().astimezone(account.world.zone)
    begin, end = now - timedelta(hours=hours), now + timedelta(seconds=2)
    times = {
        "beginTime": f"{begin:%Y-%m-%d %H:%M:%S}",
        "endTime": f"{end:%Y-%m-%d %H:%M:%S}",
    }
    return {"pageIndex": 1, "pageSize": 10, "timeRange": times} | more


async def test_an_alarm_is_one_row(sim: Simulator, teams: Api) -> None:
    """Start, picture and end of an alarm are one row with the latest state."""
    account = sim.account("teams")
    camera = next(iter(account.world.cameras.values()))
    guid = account.happen.alarm(camera.id, AlarmKind.INTRUSION, seconds=10)
    (row,) = (await teams.data(PATH, body(account)))["alarmLogList"]
    assert (row["guid"], row["alarmState"]) == (guid, "1")
    assert "endTime" not in row["timeInfo"]
    sim.clock.shift(30)
    data = await teams.data(PATH, body(account))
    (row,) = data["alarmLogList"]
    assert (row["guid"], row["alarmState"]) == (guid, "0")
    assert row["eventSource"]["sourceID"] == camera.id
    assert "endTime" in row["timeInfo"]
    (file,) = row["fileInfo"]["file"]
    assert (await teams.fetch(file["url"]))[:2] == b"\xff\xd8"
    assert {key: data[key] for key in ("pageIndex", "pageSize", "moreData")} == {
        "pageIndex": 1,
        "pageSize": 10,
        "moreData": 0,
    }


async def test_filters_and_pages(sim: Simulator, teams: Api) -> None:
    """By area and type, newest first, with moreData until the last page."""
    account = sim.account("teams")
    driveway, terrace = list(account.world.cameras.values())[:2]
    first = account.happen.alarm(driveway.id)
    sim.clock.shift(60)
    second = account.happen.alarm(terrace.id, AlarmKind.LINE_CROSSING)

    async def ask(**more: object) -> Any:
        data = await teams.data(PATH, body(account, **more))
        return [one["guid"] for one in data["alarmLogList"]], data["moreData"]

    assert await ask() == ([second, first], 0)
    assert await ask(pageSize=1) == ([second], 1)
    assert await ask(pageSize=1, pageIndex=2) == ([first], 0)
    assert await ask(areaID=driveway.area.id) == ([first], 0)
    assert await ask(eventTypeList=["10100", "10061"]) == ([second], 0)
    assert await ask(eventTypeList=[]) == ([second, first], 0)
    sim.clock.shift(3600 * 2)
    assert await ask() == ([], 0)


async def test_bounded(sim: Simulator, teams: Api) -> None:
    """The oldest alarms are forgotten."""
    account = sim.account("teams")
    camera = next(iter(account.world.cameras))
    oldest = account.happen.alarm(camera, pictures=0)
    for _ in range(10_000):
        account.happen.alarm(camera, pictures=0)
    now = sim.clock.now()
    kept = account.world.history.alarms(now - timedelta(hours=1), now)
    assert len(kept) == 10_000
    assert oldest not in {one.guid for one in kept}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"pageSize": 501}, "OPEN000025"),
        ({"pageIndex": 0}, "OPEN000010"),
        ({"areaID": "no"}, "OPEN000031"),
        ({"eventTypeList": [10002]}, "OPEN000008"),
        ({"areaId": "x"}, "OPEN000010"),
        ({"timeRange": {"beginTime": "2026-01-01 00:00:00"}}, "OPEN000010"),
        (
            {
                "timeRange": {
                    "beginTime": "2026-01-01 00:00:00",
                    "endTime": "2026-01-02 00:00:01",
                }
            },
            "OPEN000027",
        ),
        (
            {
                "timeRange": {
                    "beginTime": "2026-01-02 00:00:00",
                    "endTime": "2026-01-01 00:00:00",
                }
            },
            "OPEN000030",
        ),
        (
            {
                "timeRange": {
                    "beginTime": "2026-01-01T00:00:00Z",
                    "endTime": "2026-01-01T01:00:00Z",
                }
            },
            "OPEN000026",
        ),
    ],
)
async def test_refused(
    sim: Simulator, teams: Api, more: dict[str, Any], code: str
) -> None:
    """Wrong fields are refused."""
    assert await teams.code(PATH, body(sim.account("teams")) | more) == code


async def test_voltage(sim: Simulator, teams: Api) -> None:
    """The threshold is a percentage; the answer is just true."""
    path = "alarm/v1/voltagesetting/set"
    assert await teams.post(path, {"voltageThreshold": 35}) == {
        "data": True,
        "errorCode": "0",
    }
    assert sim.account("teams").world.low_battery == 35
    assert await teams.code(path, {"voltageThreshold": 101}) == "OPEN000010"
    assert await teams.code(path) == "OPEN000010"
