"""What 1,500 entities keep in memory, beside the same with an empty coordinator."""

import asyncio
from importlib import import_module
from pkgutil import walk_packages
import tracemalloc

from simulator.world.sites import Size

from .. import beside
from ..clocks import collect
from ..core import DOMAIN, run as run_core
from ..figure import Figure
from ..home import home
from ..loop import WATCH
from .tick import SHORT, WHOLE


def run(short: bool) -> list[Figure]:
    """Return the bytes that both keep; what is imported counts on neither side."""
    return run_core(_measure(SHORT if short else WHOLE))


async def _measure(size: Size) -> list[Figure]:
    async with home(size) as house:
        await asyncio.to_thread(_import_all)
        # A twin of a few entities has made core ready in the other process, too.
        await beside.add(house.hass, beside.FEW)
        before = house.entities
        collect()
        tracemalloc.start()
        await house.set_up()
        await house.at_rest()
        collect()
        memory = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        # Counting memory makes everything slower, so how long it took says nothing.
        WATCH.longest.clear()
        WATCH.collections.clear()
        entities = house.entities - before
        account = beside.describe(house.hass, house.entry.entry_id)
    core = (await asyncio.to_thread(beside.cost_of, account, traced=True)).memory
    return [
        Figure.times(
            f"memory of {entities:,} entities", "MB", memory / 1e6, core / 1e6, 1.5
        )
    ]


def _import_all() -> None:
    package = import_module(f"custom_components.{DOMAIN}")
    for module in walk_packages(package.__path__, f"{package.__name__}."):
        import_module(module.name)
