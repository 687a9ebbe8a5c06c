"""Many who look at one camera."""

import asyncio

import aiohttp

from homeassistant.components.camera import DOMAIN as CAMERA_DOMAIN
from simulator.world.sites import Size

from .. import cloud as asked
from ..core import run as run_core
from ..figure import Figure
from ..home import Home, home

DASHBOARDS = 50
DELAY = 0.3
CAPTURE = "device/v1/capturePic"


def run(short: bool) -> list[Figure]:
    """Return the captures that fifty dashboards cost; all get a picture."""
    return run_core(_measure(5 if short else DASHBOARDS))


async def _measure(dashboards: int) -> list[Figure]:
    async with home(Size(devices=2, cameras=4, doors=1), delay=DELAY) as house:
        await house.set_up()
        await house.at_rest()
        await house.cloud.ask(asked.forget_calls)
        address = _address(house)
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector) as http:
            pictures = await asyncio.gather(
                *(_look(http, address) for _ in range(dashboards))
            )
        calls = await house.cloud.ask(asked.calls)
    if not all(one.startswith(b"\xff\xd8") for one in pictures):
        raise RuntimeError("not all got a picture")
    captures = sum(path.endswith("capturePic") for _, path, _ in calls)
    return [
        Figure.plus(
            f"{dashboards} dashboards ask for one camera: captures", "", captures, 1, 0
        )
    ]


def _address(house: Home) -> str:
    """Return where a dashboard fetches the picture of the first camera."""
    states = house.hass.states.async_all(CAMERA_DOMAIN)
    picture = states[0].attributes["entity_picture"]
    return f"http://127.0.0.1:{house.hass.http.server_port}{picture}"


async def _look(http: aiohttp.ClientSession, address: str) -> bytes:
    async with http.get(address) as response:
        response.raise_for_status()
        return await response.read()
