"""Worlds: the same from the same seed, quick at any size, alive if wanted."""

import asyncio
from datetime import datetime, timedelta
import time

import aiohttp

from simulator import Simulator, Size
from simulator.account import Account

from .conftest import Api

BIG = Size(devices=300, cameras=5000, doors=200)
CAMERAS = "resource/v1/areas/cameras/get"


def names(account: Account) -> list[str]:
    """Return ids and names of what an account has."""
    world = account.world
    found = [f"{one.id} {one.name}" for one in world.areas.values()]
    found += [f"{one.id} {one.name} {one.serial}" for one in world.devices.values()]
    found += [f"{one.id} {one.name}" for one in world.cameras.values()]
    return [*found, account.guid]


def test_seed() -> None:
    """A seed decides everything; another seed gives other ids, not other names."""
    one, same, other = (Simulator(seed, life=False) for seed in (1, 1, 2))
    for dialect in ("teams", "reference"):
        assert names(one.account(dialect)) == names(same.account(dialect))
    assert names(one.account("teams")) != names(other.account("teams"))
    cameras = one.account("teams").world.cameras.values()
    others = other.account("teams").world.cameras.values()
    assert [camera.name for camera in cameras] == [camera.name for camera in others]


def test_the_house() -> None:
    """The demo: eight cameras, one encrypted, one offline; three doors."""
    world = Simulator(life=False).account("teams").world
    cameras = list(world.cameras.values())
    assert len(cameras) == 8
    assert [one.name for one in cameras if one.device.encrypted] == ["Koi pond"]
    assert [one.name for one in cameras if not one.online] == ["Shed"]
    assert len(world.doors) == 3
    assert len(world.people) == 5


async def test_a_big_site_is_quick(
    session: aiohttp.ClientSession, socket_enabled: None
) -> None:
    """Two accounts of 5,000 cameras are made and listed in well under a second."""
    start = time.perf_counter()
    sim = Simulator(life=False, rate_limit=None, size=BIG)
    assert time.perf_counter() - start < 1
    async with sim:
        teams = await Api(sim, session).login("teams")
        seen = set()
        slowest = 0.0
        for index in range(1, 11):
            body = {
                "pageIndex": index,
                "pageSize": 500,
                "filter": {"areaID": "-1", "includeSubArea": "1"},
            }
            start = time.perf_counter()
            data = await teams.data(CAMERAS, body)
            slowest = max(slowest, time.perf_counter() - start)
            seen |= {row["id"] for row in data["camera"]}
        assert len(seen) == data["totalCount"] == 5000
        assert slowest < 0.5
        assert len(sim.account("reference").world.doors) == 200
        serials = {one.serial for one in sim.account("teams").world.devices.values()}
        assert len(serials) == 300


async def test_life(session: aiohttp.ClientSession, socket_enabled: None) -> None:
    """An hour brings motion, visitors and rings, in the order of their times."""
    async with Simulator(seed=3, rate_limit=None) as sim:
        teams = await Api(sim, session).login("teams")
        await teams.data(
            "alarm/v1/mq/subscribe", {"subscribeType": 1, "subscribeMode": 0}
        )
        await teams.data("rawmsg/v1/mq/subscribe", {"subscribeType": 1, "msgType": []})
        for _ in range(12):
            sim.clock.shift(300)
            await teams.get("platform/v1/systemproperties")
        batch = await teams.data("alarm/v1/mq/messages", {"maxNumberPerTime": 500})
        alarms = batch["alarmMsg"]
        starts = [one for one in alarms if not one["fileInfo"]["file"]]
        assert 60 <= len(starts) <= 130
        times = [one["timeInfo"]["startTime"] for one in starts]
        assert times == sorted(times)
        events = (await teams.data("rawmsg/v1/mq/messages"))["event"]
        kinds = {one["basicInfo"]["msgType"] for one in events}
        assert "Msg140001" in kinds
        assert kinds & {"Msg110003", "Msg110005", "Msg110013"}


async def test_no_life_without_being_asked(sim: Simulator, teams: Api) -> None:
    """With life off nothing happens, however long it takes."""
    await teams.data("alarm/v1/mq/subscribe", {"subscribeType": 1, "subscribeMode": 0})
    sim.clock.shift(40 * 3600)
    assert (await teams.data("alarm/v1/mq/messages"))["alarmMsg"] == []


async def test_a_long_gap_is_not_caught_up(
    session: aiohttp.ClientSession, socket_enabled: None
) -> None:
    """After a day without a request only the last minutes happen."""
    async with Simulator(seed=3, rate_limit=None) as sim:
        teams = await Api(sim, session).login("teams")
        await teams.data(
            "alarm/v1/mq/subscribe", {"subscribeType": 1, "subscribeMode": 0}
        )
        sim.clock.shift(24 * 3600)
        batch = await teams.data("alarm/v1/mq/messages", {"maxNumberPerTime": 500})
        assert 10 <= len(batch["alarmMsg"]) <= 90
        assert batch["remainingNumber"] == 0
        for alarm in batch["alarmMsg"]:
            started = datetime.fromisoformat(alarm["timeInfo"]["startTime"])
            assert sim.clock.now() - started < timedelta(minutes=11)


async def test_speed(session: aiohttp.ClientSession, socket_enabled: None) -> None:
    """A fast clock relocks doors sooner."""
    async with Simulator(life=False, speed=100) as sim:
        door = next(iter(sim.account("teams").world.doors.values()))
        start = sim.clock.now()
        before = time.perf_counter()
        while (sim.clock.now() - start).total_seconds() < 5:
            await asyncio.sleep(0.005)
        assert time.perf_counter() - before < 0.5
        assert door.state == "locked"
