"""Alarm logs and rules of the reference dialect."""

from datetime import timedelta
from typing import Any

import pytest

from simulator import Simulator
from simulator.world.events import AlarmKind

from .conftest import Api

PATH = "alarm/v1/alarmlogs/get"


def body(sim: Simulator, **more: object) -> dict[str, Any]:
    """Ask for the last hour."""
    now = sim.clock.now()
    begin, end = now - timedelta(hours=1), now + timedelta(seconds=1)
    times = {"startTime": begin.isoformat(), "endTime": end.isoformat()}
    return times | more


async def test_logs(sim: Simulator, reference: Api) -> None:
    """Newest first, by device and type, in pages."""
    account = sim.account("reference")
    driveway, terrace = list(account.world.cameras.values())[:2]
    first = account.happen.alarm(driveway.id)
    sim.clock.shift(60)
    second = account.happen.alarm(terrace.id, AlarmKind.INTRUSION)
    account.happen.connect(account.world.cameras["camera_006"].device.id, online=False)

    async def ask(**more: object) -> Any:
        data = await reference.data(PATH, body(sim, **more))
        return data["total"], [one["eventType"] for one in data["list"]]

    assert await ask() == (3, ["deviceOffline", "intrusion", "motion"])
    assert await ask(eventTypes=["motion", "intrusion"]) == (2, ["intrusion", "motion"])
    assert await ask(deviceIds=["device_003"]) == (1, ["deviceOffline"])
    assert await ask(pageNo=2, pageSize=2) == (3, ["motion"])
    rows = (await reference.data(PATH, body(sim)))["list"]
    assert [one["alarmId"] for one in rows[1:]] == [second, first]
    assert rows[2]["cameraId"] == driveway.id
    assert rows[2]["deviceId"] == driveway.device.id


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"startTime": ""}, "0x1001"),
        ({"startTime": "2026-01-01 00:00:00"}, "0x1001"),
        ({"endTime": "2020-01-01T00:00:00Z"}, "0x1003"),
        ({"deviceIds": ["device_999"]}, "0x3001"),
        ({"eventTypes": ["earthquake"]}, "0x1003"),
        ({"eventTypes": "motion"}, "0x1002"),
        ({"pageIndex": 1}, "0x1001"),
    ],
)
async def test_refused_logs(
    sim: Simulator, reference: Api, more: dict[str, Any], code: str
) -> None:
    """Wrong fields are refused."""
    assert await reference.code(PATH, body(sim, **more)) == code


RULE = {
    "ruleName": "Motion Detection Rule",
    "deviceIds": ["device_001", "device_002"],
    "eventType": "motion",
    "schedule": {
        "startTime": "08:00",
        "endTime": "18:00",
        "weekDays": [1, 2, 3, 4, 5],
    },
}


async def test_rule(sim: Simulator, reference: Api) -> None:
    """A rule is kept; its name is its own."""
    path = "alarm/v1/alarmrules/add"
    added = await reference.data(path, RULE)
    rule = sim.account("reference").world.alarm_rules[added["ruleId"]]
    assert rule.sources == ("device_001", "device_002")
    assert rule.settings["schedule"]["startTime"] == "08:00"
    assert await reference.code(path, RULE) == "0x3002"
    other = {key: RULE[key] for key in ("deviceIds", "eventType")}
    assert await reference.code(path, other | {"ruleName": "Plain"}) == "0"
    schedule: Any = RULE["schedule"]
    for more, code in (
        ({"deviceIds": []}, "0x1001"),
        ({"deviceIds": ["device_999"]}, "0x3001"),
        ({"eventType": "earthquake"}, "0x1003"),
        ({"schedule": schedule | {"startTime": "25:00"}}, "0x1001"),
        ({"schedule": schedule | {"weekDays": [0]}}, "0x1003"),
        ({"schedule": "always"}, "0x1002"),
    ):
        assert await reference.code(path, RULE | {"ruleName": "New"} | more) == code
