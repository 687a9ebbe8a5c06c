"""Live EZOPEN streams, opened in both ways, decoded, and judged by their pixels."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
import time

import aiohttp
import pytest

from simulator import Simulator
from simulator.streams.scene import COLOURS, RATE, mark, read_colour, read_stamp

from .viewing import PACKETS, PROGRAM, Player, camera, command, watch


@pytest.fixture
def player(sim: Simulator, session: aiohttp.ClientSession) -> Player:
    """Return a client with a token."""
    return Player(sim, session)


@pytest.mark.parametrize("way", ["direct", "greeted"])
@pytest.mark.parametrize(
    ("name", "code", "forms"),
    [
        ("Terrace", "", ("h264", PROGRAM)),
        ("Workbench", "", ("hevc", PROGRAM)),
        ("Koi pond", "ABCDEF", ("h264", PROGRAM)),
        ("Shed", "", ("hevc", PACKETS)),
    ],
)
async def test_pictures(
    player: Player, way: str, name: str, code: str, forms: tuple[str, int]
) -> None:
    """Every kind of camera shows itself and the present, and moves."""
    one = camera(player.sim, name)
    one.device.online = True
    address = await player.address(one, code=code)
    async with getattr(player, way)(address) as socket:
        shown = await watch(socket, RATE + 2, code)
    assert (shown.codec, shown.system) == forms
    scrambled = set() if forms[1] == PACKETS else {bool(code)}
    assert shown.scrambled == scrambled
    pictures = shown.pictures()
    assert [one.size for one in pictures] == [(640, 360)] * (RATE + 2)
    stamps = [read_stamp(one) for one in pictures]
    assert {one.camera for one in stamps} == {mark(one.id)}
    first = stamps[0].second
    assert [one.second - first for one in stamps] == [0] * RATE + [1] * 2
    assert abs(time.time() - first) < 3
    for picture, stamp in zip(pictures, stamps, strict=True):
        assert read_colour(picture) == stamp.second % len(COLOURS)
    assert {later[0] - earlier[0] for earlier, later in pairwise(shown.units)} == {6000}


async def test_an_encrypted_stream_needs_its_code(
    sim: Simulator, player: Player
) -> None:
    """Without the code nothing can be decoded; whichever code was asked with."""
    address = await player.address(camera(sim, "Koi pond"), code="WRONGS")
    async with player.direct(address) as socket:
        shown = await watch(socket, 3)
    with suppress(ValueError):
        assert not shown.pictures()


async def test_an_encrypted_h265_stream(sim: Simulator, player: Player) -> None:
    """The headers of the units stay readable."""
    one = camera(sim, "Workbench")
    one.device.code = "QWERTZ"
    async with player.direct(await player.address(one, code="QWERTZ")) as socket:
        shown = await watch(socket, 3, "QWERTZ")
    assert shown.scrambled == {True}
    assert {one.camera for one in shown.stamps()} == {mark(one.id)}


async def test_the_sub_stream(sim: Simulator, player: Player) -> None:
    """Without ".hd" a small picture comes."""
    address = await player.address(camera(sim, "Terrace"), ".live")
    assert "&stream=2" in address
    async with player.direct(address) as socket:
        shown = await watch(socket, 3)
    assert shown.pictures()[0].size == (320, 180)


async def test_frames_come_at_their_time(sim: Simulator, player: Player) -> None:
    """What is over of the running second comes at once, then 15 frames a second."""
    async with player.direct(await player.address(camera(sim, "Terrace"))) as socket:
        begun = time.monotonic()
        await watch(socket, 1)
        assert time.monotonic() - begun < 1
        while time.time() % 1 < 0.1:
            await socket.receive_bytes()
        begun, count = time.monotonic(), 0
        while time.monotonic() - begun < 1.5:
            await socket.receive_bytes()
            count += 1
    assert 1.5 * RATE - 6 <= count <= 1.5 * RATE + RATE
    assert sim.streams.sessions[0].messages >= count


async def test_viewers_are_known(sim: Simulator, player: Player) -> None:
    """Who watches what can be asserted on."""
    one = camera(sim, "Terrace")
    async with player.direct(await player.address(one)) as socket:
        await watch(socket, 1)
        assert [each.camera.name for each in sim.streams.running] == ["Terrace"]
    await asyncio.sleep(0.05)
    assert sim.streams.running == []
    assert [each.ended for each in sim.streams.sessions] == ["left"]


async def test_a_camera_that_goes_offline(sim: Simulator, player: Player) -> None:
    """The stream ends with an error."""
    one = camera(sim, "Terrace")
    async with player.direct(await player.address(one)) as socket:
        await watch(socket, 1)
        one.connected = False
        shown = [await socket.receive() for _ in range(3)]
    assert any("5404" in str(each.data) for each in shown)


async def test_streams_are_cut(session: aiohttp.ClientSession) -> None:
    """After a while the cloud closes; the token opens the stream again."""
    async with Simulator(life=False, stream_seconds=0.5) as sim:
        player = Player(sim, session)
        address = await player.address(camera(sim, "Terrace"))
        for _ in range(2):
            async with player.direct(address) as socket:
                await watch(socket, 100)
                assert socket.closed
                assert socket.close_code == 1000
        assert [one.ended for one in sim.streams.sessions] == ["time", "time"]


async def test_refusals(sim: Simulator, player: Player) -> None:
    """Wrong addresses get the stream server's codes in both ways."""
    one, pond = camera(sim, "Terrace"), camera(sim, "Koi pond")
    address = await player.address(one)
    other = f"dev={pond.device.serial}&chn={pond.channel_no}"
    wrong = {
        address.split("&auth")[0]: 6110,
        address.replace("ssn=dv.", "ssn=dv.x"): 5406,
        address.replace(f"dev={one.device.serial}&chn={one.channel_no}", other): 5411,
        address.replace("/live?", "/playback?"): 5411,
    }
    for url, code in wrong.items():
        async with player.direct(url) as socket:
            assert (await socket.receive_json())["statusCode"] == code
        async with player.greeted(url) as socket:
            assert (await socket.receive_json())["errorCode"] == code
    sim.clock.shift(3600)
    async with player.direct(address) as socket:
        assert (await socket.receive_json())["statusCode"] == 5406


async def test_faults(sim: Simulator, player: Player) -> None:
    """Errors on demand: a code, silence, a reset in the middle."""
    address = await player.address(camera(sim, "Terrace"))
    sim.faults.add("refuse", path="/live", code=5405, times=2)
    async with player.greeted(address) as socket:
        assert (await socket.receive_json())["errorCode"] == 5405
    async with player.direct(address) as socket:
        assert (await socket.receive_json())["statusCode"] == 5405
    sim.faults.add("no_data", path="/live", times=1)
    async with player.greeted(address) as socket:
        assert (await socket.receive_json())["statusString"] == "OK"
        with pytest.raises(TimeoutError):
            await socket.receive(timeout=0.3)
    sim.faults.add("cut", path="/live", seconds=0.4, times=1)
    async with player.direct(address) as socket:
        shown = await watch(socket, 100)
    assert 0 < len(shown.units) < 100
    assert socket.close_code == 1006


async def test_a_wrong_hello(sim: Simulator, player: Player) -> None:
    """The proof has to fit the greeting."""
    path = "/live?" + (await player.address(camera(sim, "Terrace"))).split("?")[1]
    root = sim.url.replace("http", "ws")
    spoiled: list[Callable[[dict[str, str]], str]] = [
        lambda greeting: command(greeting | {"rand": "0"}, path),
        lambda greeting: command(greeting, path).replace("realplay", "dance"),
        lambda _: "no json",
    ]
    for spoil in spoiled:
        async with player.session.ws_connect(root) as socket:
            await socket.send_str(spoil(await socket.receive_json()))
            assert (await socket.receive_json())["errorCode"] == 6110


async def test_nobody_else_comes_to_the_root(sim: Simulator, player: Player) -> None:
    """Without WebSocket there is nothing."""
    async with player.session.get(sim.url) as response:
        assert response.status == 400
