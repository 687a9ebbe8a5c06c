"""How many requests a set-up takes, and how long."""

from math import ceil
from time import monotonic, process_time

from simulator.world.sites import Size

from .. import beside, cloud as asked
from ..clocks import collect, waited
from ..core import run as run_core
from ..figure import Figure
from ..home import Home, home
from ..loop import WATCH

PAGE = 500
"""Largest page of the lists of resources (guide section 2.2)."""
RATE = 5
DELAY = 0.08
WHOLE = Size(devices=300, cameras=1000, doors=200)
SHORT = Size(devices=6, cameras=20, doors=4)
POLLS = ("alarm/v1/mq/messages", "rawmsg/v1/mq/messages")


def run(short: bool) -> list[Figure]:
    """Return requests and time until all entities are there and both queues answer."""
    return run_core(_measure(SHORT if short else WHOLE))


async def _measure(size: Size) -> list[Figure]:
    async with home(size, delay=DELAY, limited=True) as house:
        # What core imports for its kinds of entities is there once, whoever needs them.
        await beside.add(house.hass, beside.FEW)
        collect()
        before = house.entities
        began, spent, kept = monotonic(), process_time(), waited()
        await house.set_up()
        loaded = monotonic()
        spent, kept = process_time() - spent, waited() - kept
        ready, requests = await _ready(house, loaded)
        WATCH.on = False
        entities = house.entities - before
        account = beside.describe(house.hass, house.entry.entry_id)
    core = beside.cost_of(account, traced=False).seconds
    # What this machine did for others meanwhile is no part of it.
    seconds = ready - began - kept
    fewest = fewest_requests(size)
    shortest = shortest_time(fewest)
    return [
        Figure.plus("requests to set up", "", requests, fewest, 2),
        Figure.times(
            "time of that set-up",
            "s",
            seconds,
            shortest,
            1.3,
            entities=entities,
            processor_time=f"{spent:.2f} s, of core alone for these {core:.2f} s",
            kept_waiting_by_other_programs=f"{kept:.2f} s, not counted",
        ),
        Figure.times(
            "… without what core takes for its entities",
            "s",
            max(0.0, seconds - core),
            shortest,
            1.3,
        ),
    ]


async def _ready(house: Home, loaded: float) -> tuple[float, int]:
    """Return when both queues have answered, too, and the requests until then."""
    while True:
        calls = await house.cloud.ask(asked.calls)
        answered = [
            min(
                (at for at, path, code in calls if path == poll and code == "0"),
                default=0,
            )
            for poll in POLLS
        ]
        if all(answered):
            break
    ready = max(loaded, *answered) + DELAY * (max(answered) > loaded)
    until = [path for at, path, _ in calls if at <= ready]
    # A second look into a queue is no part of the set-up.
    again = sum(max(0, until.count(poll) - 1) for poll in POLLS)
    return ready, len(until) - again


def fewest_requests(size: Size) -> int:
    """Return login, full pages, and subscription and first look of both queues."""
    lists = (size.devices, size.cameras, size.doors)
    return 1 + sum(max(1, ceil(count / PAGE)) for count in lists) + 2 * len(POLLS)


def shortest_time(requests: int) -> float:
    """Return the seconds that so many requests take at best.

    Five a second; login, first page and second page, each after the other's answer.
    """
    return max(3 * DELAY, (requests - 1) // RATE + DELAY)
