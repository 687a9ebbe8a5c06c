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
from custom_components.hikcentral_connect.messages import memory
from custom_components.hikcentral_connect.options import OPT_PACE_ACTIVE, OPT_PACE_IDLE

from .stage import Stage

OURS: Final = tracemalloc.Filter(True, "*/custom_components/hikcentral_connect/*")
SLOWEST: Final = {OPT_PACE_ACTIVE: 10, OPT_PACE_IDLE: 60}
"""The paces that let a week pass quickest; what is kept does not depend on them."""
HOURS: Final = int(os.environ.get("HIKCENTRAL_CHAOS_HOURS", "4"))
"""How long it lives; 168 is the long mode."""
LOOKS: Final = 7
"""How often the memory is looked at: each day of a week."""
GROWTH: Final = 100_000
"""Bytes between the first look and the last: what is cached comes before."""
ALARMS: Final = 20
"""In each hour, one a second; each fifth time somebody looks at the camera."""
KNOWN: Final = 200
"""Ids of messages that are remembered, instead of 20 000: all of them on the first day."""


@pytest.fixture(autouse=True)
def _known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "KNOWN", KNOWN)


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
    for hour in range(HOURS):
        for number in range(ALARMS):
            camera = cameras[number % len(cameras)]
            stage.alarm(camera.id)
            if number % 5 == 0:
                looks = stage.runtime.stills.picture(camera)
                await asyncio.gather(looks, return_exceptions=True)
            await asyncio.sleep(1)
        await asyncio.sleep(3600 - ALARMS)
        stage.check_messages()
        stage.forget()
        if (hour + 1) % max(1, HOURS // LOOKS) == 0:
            held.append(_held())
            with capsys.disabled():
                sys.stdout.write(f"\nafter {hour + 1} h: {held[-1] // 1000} kB")
    tracemalloc.stop()
    total["simulated hours"] += HOURS
    assert held[-1] - held[0] < GROWTH
