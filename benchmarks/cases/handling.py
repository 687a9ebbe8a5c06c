"""What it takes to hand over a full queue when nothing limits it."""

import json
from time import monotonic, process_time

from .. import cloud as asked
from ..core import run as run_core
from ..figure import Figure
from ..home import DIALECT, Home, home
from .drain import BATCH, SHORT, SITE, WHOLE, fill


def run(short: bool) -> list[Figure]:
    """Return the processor time of a drain beside that of parsing the same."""
    return run_core(_measure(SHORT if short else WHOLE))


async def _measure(count: int) -> list[Figure]:
    async with home(SITE) as house:
        await house.set_up()
        await house.at_rest()
        await fill(house, count)
        answers = await house.cloud.ask(asked.alarm_answers, DIALECT, BATCH)
        began, clock = process_time(), monotonic()
        await house.runtime.alarms.async_refresh()
        spent, seconds = process_time() - began, monotonic() - clock
        left = await house.cloud.ask(asked.waiting, DIALECT)
        core = _core_alone(house, count)
    if left:
        raise RuntimeError(f"{left} messages were left")
    parsing = min(_parsing(answers) for _ in range(5))
    return [
        Figure.times(
            f"drain of {count:,} messages without limit",
            "s",
            spent,
            parsing,
            8,
            messages_per_second=round(count / seconds),
            microseconds_a_message=round(spent / count * 1e6),
            of_these_core_for_one_event_and_one_state=round(core / count * 1e6),
        )
    ]


def _core_alone(house: Home, count: int) -> float:
    """Return what core takes to fire as many events and to write as many states."""
    entity_id = house.hass.states.async_entity_ids("event")[0]
    entity = house.hass.data["event"].get_entity(entity_id)
    kind = entity.event_types[0]
    data = {"version": 1, "message_id": "", "category": "alarm"}
    began = process_time()
    for number in range(count):
        house.hass.bus.async_fire("bench_event", data)
        entity._trigger_event(kind, {"message_id": number})  # noqa: SLF001
        entity.async_write_ha_state()
    return process_time() - began


def _parsing(answers: list[bytes]) -> float:
    began = process_time()
    for answer in answers:
        json.loads(answer)
    return process_time() - began
