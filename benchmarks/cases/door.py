"""A door that is opened while everything else waits."""

import asyncio
from statistics import median
from time import monotonic

from homeassistant.components.lock import DOMAIN as LOCK_DOMAIN
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from simulator.world.sites import Size

from .. import cloud as asked
from ..core import run as run_core
from ..figure import Figure
from ..home import DIALECT, Home, home

DELAY = 0.08
SITE = Size(devices=60, cameras=220, doors=20)
COMMAND = "remote/control"


def run(short: bool) -> list[Figure]:
    """Return how long a door takes, and how many requests went before it."""
    return run_core(_measure(5 if short else 200, 1 if short else 9))


async def _measure(pictures: int, rounds: int) -> list[Figure]:
    async with home(SITE, delay=DELAY, limited=True) as house:
        await house.set_up()
        await house.at_rest()
        await house.cloud.ask(asked.queue_alarms, DIALECT, pictures)
        latency = await _latency(house, rounds)
        crowd = _crowd(house, pictures)
        locks = house.hass.states.async_entity_ids(LOCK_DOMAIN)
        await asyncio.sleep(1.5)
        taken: list[float] = []
        waiting: list[int] = []
        overtaken = 0
        for lock in locks[:rounds]:
            await asyncio.sleep(1.37)
            waiting.append(house.runtime.client.session.limiter.waiting)
            await house.cloud.ask(asked.forget_calls)
            began = monotonic()
            await house.hass.services.async_call(
                LOCK_DOMAIN, "unlock", {"entity_id": lock}, blocking=True
            )
            taken.append(monotonic() - began)
            overtaken += await _went_before(house, began)
        for one in crowd:
            one.cancel()
        await asyncio.gather(*crowd, return_exceptions=True)
    return [
        Figure.times(
            f"door command while {pictures} pictures and the queue wait",
            "ms",
            median(taken) * 1000,
            latency * 1000,
            1.5,
            slowest=f"{max(taken) * 1000:.0f} ms",
            requests_that_waited=min(waiting),
        ),
        Figure.plus("… requests sent between its press and it", "", overtaken, 0, 0),
    ]


async def _latency(house: Home, rounds: int) -> float:
    """Return how long one answer takes, without limit and without us.

    The front page of the simulator counts against no limit; it is delayed, too.
    """
    http = async_get_clientsession(house.hass)
    seconds = []
    for _ in range(rounds):
        began = monotonic()
        async with http.get(f"{house.cloud.url}/pictures/none.jpeg") as response:
            await response.read()
        seconds.append(monotonic() - began)
    return median(seconds)


def _crowd(house: Home, count: int) -> list[asyncio.Task[bytes]]:
    cameras = list(house.runtime.inventory.data.cameras.values())[:count]
    video = house.runtime.client.video
    return [
        asyncio.create_task(video.capture(one.device_serial, one.channel))
        for one in cameras
    ]


async def _went_before(house: Home, pressed: float) -> int:
    calls = sorted(await house.cloud.ask(asked.calls))
    command = next(at for at, path, _ in calls if path.endswith(COMMAND))
    return sum(pressed + 0.02 < at < command for at, _, _ in calls)
