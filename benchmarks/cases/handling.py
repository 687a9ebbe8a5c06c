"""What it takes to hand over a full queue when nothing limits it."""

import json
from statistics import median
from time import monotonic
from typing import Any

from .. import cloud as asked
from ..clocks import cost, in_turn
from ..core import run as run_core
from ..figure import Figure
from ..home import DIALECT, Home, home
from ..loop import WATCH
from .drain import BATCH, SITE, fill

ROUNDS, MESSAGES = 10, 1000
SHORT = 2, 100


def run(short: bool) -> list[Figure]:
    """Return the processor time of a drain beside that of parsing the same."""
    return run_core(_measure(*SHORT if short else (ROUNDS, MESSAGES)))


async def _measure(rounds: int, count: int) -> list[Figure]:
    async with home(SITE) as house:
        await house.set_up()
        await house.at_rest()
        found = [await _round(house, count) for _ in range(rounds)]
    spent, parsing, core, seconds = (
        median(row) / count for row in zip(*found, strict=True)
    )
    return [
        Figure.times(
            f"drain of {rounds * count:,} messages without limit, each",
            "µs",
            spent * 1e6,
            parsing * 1e6,
            8,
            messages_per_second=round(1 / seconds),
            of_these_core_for_one_event_and_one_state=f"{core * 1e6:.1f} µs",
        )
    ]


async def _round(house: Home, count: int) -> tuple[float, float, float, float]:
    """Return the seconds of a drain, of parsing, of core alone; and by the clock."""
    WATCH.on = True
    await fill(house, count)
    answers = await house.cloud.ask(asked.alarm_answers, DIALECT, BATCH)
    clock = monotonic()
    spent = await cost(house.runtime.alarms.async_refresh)
    seconds = monotonic() - clock
    if left := await house.cloud.ask(asked.waiting, DIALECT):
        raise RuntimeError(f"{left} messages were left")
    # The rest is not ours.
    WATCH.on = False
    parsing = await cost(in_turn(lambda: [json.loads(answer) for answer in answers]))
    core = await cost(in_turn(lambda: _core_alone(house, count)))
    return spent, parsing, core, seconds


def _core_alone(house: Home, count: int) -> None:
    """Fire as many events and write as many states as the drain does."""
    entity = _an_event(house)
    kind = entity.event_types[0]
    data = {"version": 1, "message_id": "", "category": "alarm"}
    for number in range(count):
        house.hass.bus.async_fire("bench_event", data)
        entity._trigger_event(kind, {"message_id": number})  # noqa: SLF001
        entity.async_write_ha_state()


def _an_event(house: Home) -> Any:
    entity_id = house.hass.states.async_entity_ids("event")[0]
    return house.hass.data["event"].get_entity(entity_id)
