"""HLS, read by PyAV as Home Assistant's stream does."""

import asyncio
import time
from typing import Any

import aiohttp
import av
import pytest

from simulator import Simulator
from simulator.streams.scene import RATE, Stamp, mark, read_stamp
from simulator.world.sites import Size

from .conftest import Api
from .viewing import camera

ADDRESS = "video/v1/live/address/get"


async def address(teams: Api, name: str, **more: Any) -> str:
    """Ask for the address of a camera's playlist."""
    one = camera(teams.simulator, name)
    body = {"resourceId": one.id, "deviceSerial": one.device.serial, "type": "1"}
    data = await teams.data(ADDRESS, body | {"protocol": 2} | more)
    return data["url"]


def look(url: str, frames: int) -> list[tuple[float, tuple[int, int], Stamp]]:
    """Open an address and return time, size and stamp of its first frames."""
    seen = []
    with av.open(url, timeout=15) as container:
        frame: Any
        for frame in container.decode(video=0):
            size = (frame.width, frame.height)
            seen.append((float(frame.time), size, read_stamp(frame.to_image())))
            if len(seen) == frames:
                break
    return seen


@pytest.mark.parametrize(("quality", "size"), [("1", (640, 360)), ("2", (320, 180))])
async def test_it_plays(
    sim: Simulator, teams: Api, quality: str, size: tuple[int, int]
) -> None:
    """Pictures of the present follow each other over the segments without a step."""
    url = await address(teams, "Terrace", quality=quality)
    seen = await asyncio.to_thread(look, url, 5 * RATE)
    begin, first = seen[0][0], seen[0][2].second
    assert [round((one[0] - begin) * RATE) for one in seen] == list(range(5 * RATE))
    assert {one[1] for one in seen} == {size}
    assert [one[2].second - first for one in seen] == [
        n // RATE for n in range(5 * RATE)
    ]
    assert {one[2].camera for one in seen} == {mark(camera(sim, "Terrace").id)}
    assert 0 < time.time() - first < 20


async def test_the_playlist_moves_on(sim: Simulator, teams: Api) -> None:
    """Later playlists begin later; segments have whole numbers and are there."""
    url = await address(teams, "Terrace")
    first = (await teams.fetch(url)).decode()
    sim.clock.shift(4)
    second = (await teams.fetch(url)).decode()

    def sequence(text: str) -> int:
        return int(text.split("#EXT-X-MEDIA-SEQUENCE:")[1].split(maxsplit=1)[0])

    assert sequence(second) - sequence(first) in (2, 3)
    assert "#EXT-X-ENDLIST" not in second
    for line in second.splitlines():
        if not line.startswith("#"):
            segment = await teams.fetch(sim.url + line)
            assert (teams.status, segment[0], len(segment) % 188) == (200, 0x47, 0)
    future = f"/{sequence(second) + 9}.ts?"
    await teams.fetch(url.replace(".m3u8?", future))
    assert teams.status == 404


async def test_it_expires(sim: Simulator, teams: Api) -> None:
    """Nothing is served after the address's time, nor at a made-up address."""
    url = await address(teams, "Terrace", expireTime=60)
    for wrong in (url.replace("expire=", "expire=9"), url[:-20], url.split("?")[0]):
        await teams.fetch(wrong)
        assert teams.status == 403
    sim.clock.shift(59)
    await teams.fetch(url)
    assert teams.status == 200
    sim.clock.shift(2)
    await teams.fetch(url)
    assert teams.status == 403


async def test_h265_is_an_error_picture(sim: Simulator, teams: Api) -> None:
    """The playlist looks good, but its only segment is the cloud's error."""
    url = await address(teams, "Workbench")
    lines = (await teams.fetch(url)).decode().splitlines()
    segments = [line for line in lines if not line.startswith("#")]
    assert len(segments) == 1
    assert "/ErrCode/9053_0.ts" in segments[0]
    assert lines[-1] == "#EXT-X-ENDLIST"
    seen = await asyncio.to_thread(look, url, 100)
    assert len(seen) == RATE
    assert mark(camera(sim, "Workbench").id) not in {one[2].camera for one in seen}


async def test_offline(sim: Simulator, teams: Api) -> None:
    """A camera that went away is not found."""
    url = await address(teams, "Terrace")
    camera(sim, "Terrace").connected = False
    await teams.fetch(url)
    assert teams.status == 404


async def test_reference(sim: Simulator, reference: Api) -> None:
    """The other dialect's addresses play too."""
    one = camera(sim, "Terrace", "reference")
    body = {"resourceId": one.id, "deviceSerial": one.device.serial, "type": "1"}
    url = (await reference.data(ADDRESS, body | {"protocol": "2"}))["url"]
    seen = await asyncio.to_thread(look, url, 2)
    assert seen[0][2].camera == mark(one.id)


async def test_many_cameras(socket_enabled: None) -> None:
    """Film is made only of what is watched, and while it is made others are served."""
    size = Size(cameras=3000)
    async with (
        Simulator(life=False, rate_limit=None, size=size) as sim,
        aiohttp.ClientSession() as session,
    ):
        teams = await Api(sim, session).login("teams")
        names = [f"Camera {number}" for number in range(1, 21)]
        urls = [await address(teams, name) for name in names]
        making = [asyncio.create_task(_segment(sim, session, url)) for url in urls]
        slowest, begun = 0.0, time.monotonic()
        while not all(one.done() for one in making):
            tick = time.monotonic()
            await asyncio.sleep(0.01)
            slowest = max(slowest, time.monotonic() - tick)
        sizes = [await one for one in making]
    assert min(sizes) > 5000
    assert time.monotonic() - begun < 20
    assert slowest < 0.5


async def _segment(
    sim: Simulator, session: aiohttp.ClientSession, playlist: str
) -> int:
    async with session.get(playlist) as response:
        last = (await response.text()).splitlines()[-1]
    async with session.get(sim.url + last) as response:
        return len(await response.read())
