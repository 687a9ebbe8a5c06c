"""Faults: each does what it says, where it says, as often as it says."""

import asyncio
import time
from typing import Any

import aiohttp
import pytest

from simulator import FaultKind, Simulator

from .conftest import Api

DEVICES = "resource/v1/devices/get"
CONTROL = "acs/v1/remote/control"
PAGE = {"pageIndex": 1, "pageSize": 2}


def unlock(sim: Simulator) -> dict[str, Any]:
    """Return the body that opens the first door."""
    door = next(iter(sim.account("teams").world.doors))
    return {"remoteControl": {"actionType": 1, "elementlist": [door]}}


def opened(sim: Simulator) -> int:
    """Return how often the first door opened."""
    return next(iter(sim.account("teams").world.doors.values())).opened


async def raw(api: Api, path: str, body: object) -> tuple[int, str, bytes]:
    """Send a POST and return what comes, whatever it is."""
    url = f"{api.simulator.url}/api/hccgw/{path}"
    headers = {"Token": str(api.token)}
    async with api.session.post(
        url, json=body, headers=headers, allow_redirects=False
    ) as response:
        where = response.headers.get("Location", response.content_type)
        return response.status, where, await response.read()


async def test_latency_by_path_and_count(sim: Simulator, teams: Api) -> None:
    """Two slow calls, and only on the named path."""
    sim.faults.add("latency", path="*/devices/get", seconds=0.2, times=2)
    lasted = []
    for path in (DEVICES, "platform/v1/users/get", DEVICES, DEVICES):
        start = time.perf_counter()
        await teams.data(path, PAGE)
        lasted.append(time.perf_counter() - start)
    slow = [seconds >= 0.2 for seconds in lasted]
    assert slow == [True, False, True, False]
    assert sim.faults.as_json() == []
    assert [one.fault for one in sim.record.calls("*/devices/get")] == [
        "latency",
        "latency",
        None,
    ]


async def test_hang(sim: Simulator, teams: Api) -> None:
    """No answer comes and nothing is done."""
    sim.faults.add("hang", path="*/control")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(teams.post(CONTROL, unlock(sim)), 0.2)
    assert opened(sim) == 0


@pytest.mark.parametrize(("kind", "times"), [("reset", 0), ("lost", 1), ("cut", 1)])
async def test_broken_connections(
    sim: Simulator, teams: Api, kind: str, times: int
) -> None:
    """The connection breaks; whether the door opened depends on when."""
    sim.faults.add(kind, path="*/control", times=1)
    with pytest.raises(aiohttp.ClientError):
        await teams.post(CONTROL, unlock(sim))
    assert opened(sim) == times
    assert await teams.code(CONTROL, unlock(sim)) == "0"
    assert opened(sim) == times + 1


async def test_answers_below_the_contract(sim: Simulator, teams: Api) -> None:
    """HTTP errors, pages and redirects; the call is not served."""
    for kind, options, status, where in (
        ("http_error", {"status": 502}, 502, "text/plain"),
        ("http_error", {}, 503, "text/plain"),
        ("html", {}, 200, "text/html"),
        ("redirect", {"to": "http://evil.test"}, 302, "http://evil.test/api/hccgw/"),
    ):
        sim.faults.add(kind, times=1, **options)
        got = await raw(teams, CONTROL, unlock(sim))
        assert got[0] == status
        assert got[1].startswith(where)
    assert opened(sim) == 0


async def test_broken_json(sim: Simulator, teams: Api) -> None:
    """Not JSON, half JSON; the call is served."""
    for kind in ("bad_json", "truncated"):
        sim.faults.add(kind, times=1)
        with pytest.raises(ValueError):
            await teams.post(CONTROL, unlock(sim))
    assert opened(sim) == 2


async def test_huge(sim: Simulator, teams: Api) -> None:
    """Megabytes come, as JSON that could be read."""
    sim.faults.add("huge", megabytes=3, times=1)
    status, _, body = await raw(teams, DEVICES, PAGE)
    assert status == 200
    assert len(body) > 3 * 2**20


async def test_pictures(sim: Simulator, teams: Api) -> None:
    """Faults strike pictures too, and every fetch is on record."""
    camera = next(iter(sim.account("teams").world.cameras.values()))
    body = {"deviceSerial": camera.device.serial, "channelNo": 1}
    data = await teams.data("resource/v1/device/capturePic", body)
    sim.faults.add("http_error", path="/pictures/*", status=500, times=1)
    for status in (500, 200):
        await teams.fetch(data["captureUrl"])
        assert teams.status == status
    assert [one.status for one in sim.record.calls("/pictures/*")] == [500, 200]


async def test_odd_data(sim: Simulator, teams: Api) -> None:
    """No data, null lists, other types."""
    sim.faults.add("no_data", times=1)
    assert await teams.post(DEVICES, PAGE) == {"errorCode": "0"}
    sim.faults.add("null_lists", times=1)
    assert (await teams.data(DEVICES, PAGE))["device"] is None
    sim.faults.add("wrong_types", times=1)
    data = await teams.data(DEVICES, PAGE)
    assert data["totalCount"] == "7"
    assert isinstance(data["device"], dict)
    assert isinstance(data["device"]["0"]["id"], int)


async def test_pages(sim: Simulator, teams: Api, reference: Api) -> None:
    """A page that repeats, and pages without end."""
    first = await teams.data(DEVICES, PAGE)
    sim.faults.add("repeat_page", times=1)
    again = await teams.data(DEVICES, PAGE | {"pageIndex": 3})
    assert again["device"] == first["device"]
    assert again["pageIndex"] == 3
    sim.faults.add("endless_pages", times=2)
    far = await teams.data(DEVICES, PAGE | {"pageIndex": 1000})
    assert len(far["device"]) == 2
    assert far["totalCount"] > 10**6
    assert far["device"][0]["id"] not in [row["id"] for row in first["device"]]
    far = await reference.data(DEVICES, {"pageNo": 77, "pageSize": 50})
    assert len({row["deviceId"] for row in far["list"]}) == 50


async def test_refusals(sim: Simulator, teams: Api, reference: Api) -> None:
    """Codes on demand: too fast, expired too early, any."""
    sim.faults.add("rate_limit", times=2)
    await teams.post(DEVICES, PAGE)
    assert teams.status == 429
    assert await reference.code(DEVICES) == "0x2006"
    sim.faults.add("token_expired", times=2)
    assert await teams.code(CONTROL, unlock(sim)) == "OPEN000006"
    assert await reference.code(DEVICES) == "0x2004"
    sim.faults.add("refuse", code="OPEN000555", times=1)
    assert await teams.code(DEVICES, PAGE) == "OPEN000555"
    assert opened(sim) == 0


async def test_queue_faults(sim: Simulator, teams: Api, reference: Api) -> None:
    """Messages twice, backwards, and a subscription that is gone."""
    account = sim.account("teams")
    await teams.data("alarm/v1/mq/subscribe", {"subscribeType": 1, "subscribeMode": 0})
    guids = [account.happen.alarm(one) for one in list(account.world.cameras)[:2]]
    poll = "alarm/v1/mq/messages"
    for kind, wanted in (
        ("duplicates", [guids[0], guids[0], guids[1], guids[1]]),
        ("reorder", guids[::-1]),
    ):
        sim.faults.add(kind, times=1)
        messages = (await teams.data(poll))["alarmMsg"]
        assert [one["guid"] for one in messages] == wanted
    sim.faults.add("lost_subscription", times=1)
    assert await teams.code(poll) == "OPEN000016"
    subscription = await reference.data(
        "alarm/v1/mq/subscribe", {"eventTypes": ["motion"]}
    )
    sim.faults.add("lost_subscription", times=1)
    body = {"subscriptionId": subscription["subscriptionId"]}
    assert await reference.code(poll, body) == "0x5002"


async def test_every_kind_is_known(sim: Simulator) -> None:
    """Each kind has an effect somewhere, and unknown ones are refused."""
    from simulator import effects

    stages = (
        effects.BEFORE,
        effects.REFUSE,
        effects.CHANGE,
        effects.FORGE,
        effects.SEND,
        effects.HEAD,
    )
    assert set().union(*stages) == set(FaultKind)
    with pytest.raises(ValueError, match="nonsense"):
        sim.faults.add("nonsense")
