"""Recordings as EZOPEN streams: the asked time is in the pictures."""

import asyncio
from datetime import datetime, timedelta
import json

import aiohttp
import pytest

from simulator import Simulator
from simulator.streams.scene import RATE, mark
from simulator.world.places import Camera
from simulator.world.recordings import Recording, Stretch

from .viewing import Player, camera, watch


@pytest.fixture
def player(sim: Simulator, session: aiohttp.ClientSession) -> Player:
    """Return a client with a token."""
    return Player(sim, session)


def recorded(sim: Simulator, one: Camera, place: Recording) -> list[Stretch]:
    """Return what was recorded on the last three days."""
    world, now = sim.account("teams").world, sim.clock.now()
    return world.recordings.find(one, place, now - timedelta(days=3), now)


def span(sim: Simulator, begin: datetime, end: datetime) -> str:
    """Return a time in the site's wall clock."""
    zone = sim.account("teams").world.zone
    first, last = (f"{one.astimezone(zone):%Y%m%d%H%M%S}" for one in (begin, end))
    return f"?begin={first}&end={last}"


async def arrives(socket: aiohttp.ClientWebSocketResponse) -> bool:
    """Return whether media still comes after what was on its way."""
    await asyncio.sleep(0.1)
    for _ in range(4):
        try:
            await socket.receive(timeout=0.3)
        except TimeoutError:
            return False
    return True


@pytest.mark.parametrize(
    ("name", "place", "code"),
    [
        ("Terrace", Recording.DEVICE, ""),
        ("Driveway", Recording.CLOUD, ""),
        ("Koi pond", Recording.CLOUD, "ABCDEF"),
    ],
)
async def test_the_asked_time(
    sim: Simulator, player: Player, name: str, place: Recording, code: str
) -> None:
    """From the first second asked for to the last one; then the end is told."""
    one = camera(sim, name)
    begin = recorded(sim, one, place)[0].begin + timedelta(seconds=7)
    tail = f".{place.value}{span(sim, begin, begin + timedelta(seconds=2))}"
    async with player.greeted(await player.address(one, tail, code)) as socket:
        shown = await watch(socket, 1000, code)
    stamps, first = shown.stamps(), int(begin.timestamp())
    assert [each.second - first for each in stamps] == [0] * RATE + [1] * RATE
    assert {each.camera for each in stamps} == {mark(one.id)}
    assert shown.texts[-1]["errorCode"] == 1
    assert sim.streams.sessions[-1].ended == "over"


async def test_gaps_are_left_out(sim: Simulator, player: Player) -> None:
    """What was not recorded is not shown, and nothing at all is an error."""
    one = camera(sim, "Terrace")
    first, second = recorded(sim, one, Recording.DEVICE)[:2]
    tail = ".rec" + span(
        sim, first.end - timedelta(seconds=1), second.begin + timedelta(seconds=1)
    )
    async with player.direct(await player.address(one, tail)) as socket:
        shown = await watch(socket, 1000)
    seconds = sorted({each.second for each in shown.stamps()})
    assert seconds == [int(first.end.timestamp()) - 1, int(second.begin.timestamp())]
    for begin, end, code in (
        (first.end, first.end + timedelta(seconds=1), 5402),
        (first.end, first.begin, 5400),
    ):
        tail = ".rec" + span(sim, begin, end)
        async with player.direct(await player.address(one, tail)) as socket:
            assert (await socket.receive_json())["statusCode"] == code


async def test_no_cloud_storage(sim: Simulator, player: Player) -> None:
    """A camera without cloud storage has no recordings there."""
    one = camera(sim, "Terrace")
    begin = recorded(sim, one, Recording.DEVICE)[0].begin
    tail = ".cloud.rec" + span(sim, begin, begin + timedelta(seconds=5))
    async with player.direct(await player.address(one, tail)) as socket:
        assert (await socket.receive_json())["statusCode"] == 5402


async def test_commands(sim: Simulator, player: Player) -> None:
    """A viewer holds a recording, goes on, hurries and moves."""
    one = camera(sim, "Terrace")
    long = timedelta(seconds=25)
    found = recorded(sim, one, Recording.DEVICE)
    begin = next(each.begin for each in found if each.end - each.begin > long)
    zone = sim.account("teams").world.zone
    tail = ".rec" + span(sim, begin, begin + long)
    async with player.direct(await player.address(one, tail)) as socket:

        async def say(**message: object) -> dict[str, object]:
            await socket.send_str(json.dumps(message))
            while True:
                answer = await socket.receive()
                if answer.type is aiohttp.WSMsgType.TEXT:
                    return json.loads(answer.data)

        await watch(socket, 2)
        assert (await say(cmd="pause"))["statusString"] == "OK"
        assert not await arrives(socket)
        assert (await say(cmd="resume"))["statusString"] == "OK"
        assert (await say(cmd="changespeed", speed=10))["statusString"] == "OK"
        target = begin.astimezone(zone) + timedelta(seconds=20)
        times = {
            "startTime": f"{target:%Y-%m-%dT%H:%M:%SZ}",
            "endTime": f"{target + timedelta(seconds=2):%Y-%m-%dT%H:%M:%SZ}",
        }
        assert (await say(cmd="seek", **times))["statusString"] == "OK"
        assert (await say(cmd="dance"))["statusString"] != "OK"
        assert (await say(cmd="seek", startTime="x", endTime="y"))[
            "statusString"
        ] != "OK"
        messages = [each async for each in socket]
    assert json.loads(messages[-1].data)["errorCode"] == 1
    assert len(messages) < 2 * RATE
