"""What an account costs in requests while nothing happens."""

import asyncio
from collections import Counter

from simulator.world.sites import Size

from .. import cloud as asked
from ..core import run as run_core
from ..figure import Figure
from ..home import home
from .set_up import POLLS, SHORT, WHOLE

HOUR = 3600.0
SECONDS = 300.0
INVENTORIES = 4
"""Looks at the inventory in an hour: too rare to fall into five minutes."""


def run(short: bool) -> list[Figure]:
    """Return the requests of an hour, from those of five minutes."""
    return run_core(_measure(SHORT if short else WHOLE, 6 if short else SECONDS))


async def _measure(size: Size, seconds: float) -> list[Figure]:
    async with home(size) as house:
        await house.set_up()
        await house.at_rest()
        await house.cloud.ask(asked.forget_calls)
        await house.runtime.inventory.async_refresh()
        inventory = sum(
            path.startswith("resource/")
            for _, path, _ in await house.cloud.ask(asked.calls)
        )
        await house.cloud.ask(asked.forget_calls)
        await asyncio.sleep(seconds)
        calls = Counter(path for _, path, _ in await house.cloud.ask(asked.calls))
    polls = sum(calls[path] for path in POLLS)
    others = {path: count for path, count in calls.items() if path not in POLLS}
    scale = HOUR / seconds
    return [
        Figure.times(
            "requests per hour when idle",
            "",
            calls.total() * scale + inventory * INVENTORIES,
            polls * scale,
            1.1,
            others_meanwhile=others,
            of_the_inventory_each_hour=inventory * INVENTORIES,
        )
    ]
