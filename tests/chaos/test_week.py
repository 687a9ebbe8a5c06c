"""Memory over a long time: what a week brings does not stay."""

import asyncio
from collections import Counter
import gc
import os
import sys
import tracemalloc
from typing import Final

import pytest

from custom_components.hikcentral_connect.api import DialectName
from custom_components.hikcentral_connect.options import OPT_PACE_ACTIVE, OPT_PACE_IDLE

from .stage import Stage

OURS: Final = tracemalloc.Filter(True, "*/custom_components/hikcentral_connect/*")
SLOWEST: Final = {OPT_PACE_ACTIVE: 10, OPT_PACE_IDLE: 60}
"""The paces that let a week pass quickest; what is kept does not depend on them."""
HOURS: Final = float(os.environ.get("HIKCENTRAL_CHAOS_HOURS", "1"))
"""How long it lives; 168 is the long mode."""
ROUND: Final = 600.0
"""Seconds between two looks at the memory."""
GROWTH: Final = 400_000
"""Bytes: a few thousand keys of messages, as many as are remembered by intent."""
ALARMS: Final = 10
"""In each round."""


def _held() -> int:
    gc.collect()
    found = tracemalloc.take_snapshot().filter_traces([OURS])
    return sum(one.size for one in found.statistics("filename"))


@pytest.mark.parametrize("dialect", [DialectName.TEAMS])
async def test_memory(
    stage: Stage, total: Counter[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Hour after hour of alarms, pictures and polls: flat."""
    stage.hass.config_entries.async_update_entry(stage.entry, options=SLOWEST)
    tracemalloc.start()
    cameras = list(stage.runtime.inventory.data.cameras.values())
    held: list[int] = []
    for _ in range(int(HOURS * 3600 / ROUND)):
        for number in range(ALARMS):
            stage.alarm(cameras[number % len(cameras)].id)
            await asyncio.gather(
                stage.runtime.stills.picture(cameras[number % len(cameras)]),
                return_exceptions=True,
            )
            await asyncio.sleep(ROUND / ALARMS)
        stage.sim.record.clear()
        held.append(_held())
    tracemalloc.stop()
    with capsys.disabled():
        sys.stdout.write(f"\n{HOURS} h: {[one // 1000 for one in held]} kB")
    total["simulated minutes"] += int(HOURS * 60)
    assert held[-1] - held[0] < GROWTH
