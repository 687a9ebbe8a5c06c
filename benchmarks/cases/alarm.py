"""How soon an alarm is a state."""

import asyncio
from random import Random
from statistics import quantiles
from time import time
from typing import Any

from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import Event
from simulator.world.sites import Size

from .. import cloud as asked
from ..core import run as run_core
from ..figure import Figure
from ..home import DIALECT, Home, home

DELAY = 0.08
SITE = Size(devices=30, cameras=100, doors=20)


def run(short: bool) -> list[Figure]:
    """Return the time from an alarm to the state that shows it, 95 % of them."""
    return run_core(_measure(2 if short else 50))


async def _measure(count: int) -> list[Figure]:
    chance = Random(8)
    async with home(SITE, delay=DELAY, limited=True) as house:
        await house.set_up()
        await house.at_rest()
        pace = house.runtime.options.active_pace.total_seconds()
        shown = _follow(house)
        cameras = list(house.runtime.inventory.data.cameras)
        # After the first the queue is looked into at the pace of busy times.
        delays = [await _one(house, shown, camera) for camera in cameras[:1]]
        for camera in cameras[1 : count + 1]:
            await asyncio.sleep(chance.uniform(0.2, 2.2))
            delays.append(await _one(house, shown, camera))
    slowest = quantiles(delays[1:], n=100, method="inclusive")
    return [
        Figure.plus(
            "alarm to state change, p95",
            "ms",
            slowest[94] * 1000,
            (pace + DELAY) * 1000,
            100,
            p50=f"{slowest[49] * 1000:.0f} ms",
            slowest=f"{max(delays[1:]) * 1000:.0f} ms",
        )
    ]


def _follow(house: Home) -> asyncio.Queue[float]:
    """Return the moments at which motion begins to show."""
    shown: asyncio.Queue[float] = asyncio.Queue()

    def note(event: Event[Any]) -> None:
        state = event.data["new_state"]
        if (
            state is not None
            and state.domain == "binary_sensor"
            and state.state == "on"
        ):
            shown.put_nowait(time())

    house.hass.bus.async_listen(EVENT_STATE_CHANGED, note)
    return shown


async def _one(house: Home, shown: asyncio.Queue[float], camera: str) -> float:
    began = await house.cloud.ask(asked.alarm, DIALECT, camera, 3600)
    async with asyncio.timeout(30):
        return await shown.get() - began
