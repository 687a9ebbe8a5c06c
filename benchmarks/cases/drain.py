"""How fast a full queue is emptied."""

from simulator.world.sites import Size

from .. import cloud as asked
from ..core import run as run_core
from ..figure import Figure
from ..home import DIALECT, Home, home

BATCH = 500
RATE = 5
WHOLE, SHORT = 10_000, 200
SITE = Size(devices=30, cameras=100, doors=20)


def run(short: bool) -> list[Figure]:
    """Return the time that the rate limit allows, and the one it takes."""
    return run_core(_measure(SHORT if short else WHOLE))


async def _measure(count: int) -> list[Figure]:
    async with home(SITE, limited=True) as house:
        await house.set_up()
        await house.at_rest()
        with_doors = await _drain(
            house, count, "… where one of the five is kept for doors"
        )
        await house.cloud.ask(asked.remove_doors, DIALECT)
        await house.runtime.inventory.async_refresh()
        name = f"drain of {count:,} messages, 5 requests a second"
        return [await _drain(house, count, name), with_doors]


async def _drain(house: Home, count: int, name: str) -> Figure:
    await fill(house, count)
    await house.cloud.ask(asked.forget_calls)
    await house.runtime.alarms.async_refresh()
    left = await house.cloud.ask(asked.waiting, DIALECT)
    calls = await house.cloud.ask(asked.calls)
    if left:
        raise RuntimeError(f"{left} messages were left")
    ours = sorted(at for at, path, _ in calls if path.startswith("alarm/"))
    meanwhile = sum(ours[0] <= at <= ours[-1] for at, _, _ in calls)
    fewest = 2 * -(-count // BATCH)
    return Figure.times(
        name,
        "s",
        ours[-1] - ours[0],
        fewest / RATE,
        1.15,
        requests=len(ours),
        requests_of_others_meanwhile=meanwhile - len(ours),
    )


async def fill(house: Home, count: int) -> None:
    """Queue messages while nobody looks; none of them changes a state twice."""
    house.runtime.alarms.update_interval = None
    house.runtime.alarms._async_unsub_refresh()  # noqa: SLF001 - stop its clock
    await house.cloud.ask(asked.queue_alarms, DIALECT, count)
