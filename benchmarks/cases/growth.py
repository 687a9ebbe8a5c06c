"""How set-up, tick and drain grow with the size of an account."""

import json
import subprocess
import sys
from time import process_time
from typing import Any

from simulator.world.sites import Size

from .. import cloud as asked
from ..clocks import cost, in_turn
from ..core import ROOT, run as run_core
from ..figure import Figure
from ..home import DIALECT, Home, home
from ..loop import WATCH
from .drain import fill
from .tick import count_writes

SIZES = (100, 1000, 5000)
SHORT = (20, 40)
MESSAGES = 500
TICKS = 5
TIMES = ("set-up", "tick", "drain")


def run(short: bool) -> list[Figure]:
    """Return for each size what work it is; the bound is growth in step with the size.

    A drain is of as many messages whatever the size, so its bound is no growth.
    """
    sizes = SHORT if short else SIZES
    rows = {size: _in_process_of_its_own(size) for size in sizes}
    smallest, first = sizes[0], rows[sizes[0]]
    for row in rows.values():
        # The machine may have been slower for one than for the other.
        for name in TIMES:
            row[name] *= first["pace"] / row["pace"]
    figures = []
    for size in sizes[1:]:
        row = rows[size]
        for name, grows in (("set-up", True), ("tick", True), ("drain", False)):
            factor = size / smallest if grows else 1
            figures.append(
                Figure.times(
                    f"{name} of {size:,} cameras, beside {smallest}",
                    "ms",
                    row[name] * 1000,
                    first[name] * 1000 * factor,
                    1.2,
                    **{
                        f"at {count:,}": _told(name, found)
                        for count, found in rows.items()
                        if count in (smallest, size)
                    },
                )
            )
    return figures


def _told(name: str, row: dict[str, Any]) -> str:
    spent = f"{row[name] * 1000:.1f} ms"
    if name == "set-up":
        return f"{spent}, {row['entities']} entities, {row['requests']} requests"
    if name == "tick":
        return f"{spent}, {row['written']} states written"
    return f"{spent} for {MESSAGES} messages of the same number of cameras"


def _in_process_of_its_own(cameras: int) -> dict[str, Any]:
    command = [sys.executable, "-m", __name__, str(cameras)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    row: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return row


async def _measure(cameras: int) -> dict[str, Any]:
    size = Size(devices=cameras * 3 // 10, cameras=cameras, doors=cameras // 5)
    async with home(size) as house:
        before = house.entities
        began = process_time()
        await house.set_up()
        set_up = process_time() - began
        requests = len(await house.cloud.ask(asked.calls))
        entities = house.entities - before
        await house.at_rest()
        written = count_writes(house)
        status = house.runtime.status
        tick = min([await cost(status.async_refresh) for _ in range(TICKS)])
        count = len(written)
        # The first also makes sensors: of many cameras they come with an alarm.
        drain = min([await _drain(house) for _ in range(TICKS)])
        left = await house.cloud.ask(asked.waiting, DIALECT)
        WATCH.on = False
        pace = min([await cost(in_turn(_some_work)) for _ in range(TICKS)])
    if left or not status.last_update_success:
        raise RuntimeError(f"{left} messages were left")
    return {
        "set-up": set_up,
        "tick": tick,
        "drain": drain,
        "pace": pace,
        "written": count,
        "entities": entities,
        "requests": requests,
    }


def _some_work() -> None:
    """Do what takes the same however many cameras there are."""
    for _ in range(200):
        json.loads(json.dumps([{"id": str(one), "at": one} for one in range(100)]))


async def _drain(house: Home) -> float:
    await fill(house, MESSAGES)
    return await cost(house.runtime.alarms.async_refresh)


if __name__ == "__main__":
    print(json.dumps(run_core(_measure(int(sys.argv[1])))))
