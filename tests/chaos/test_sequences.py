"""Faults in random sequences, several at once; the seed repeats each of them."""

import asyncio
from collections import Counter
import os
import random
import sys

import pytest

from custom_components.hikcentral_connect.api import DialectName

from .stage import Stage
from .trouble import TEAMS_ONLY, TROUBLES

LASTS = 60.0
COUNT = int(os.environ.get("HIKCENTRAL_CHAOS", "25"))
"""How many sequences; 500 is the long mode."""
FIRST = int(os.environ.get("HIKCENTRAL_CHAOS_SEED", "1"))
DIALECTS = list(DialectName)


async def _strike(stage: Stage, name: str, starts: float, lasts: float) -> None:
    await asyncio.sleep(starts)
    async with TROUBLES[name](stage):
        await asyncio.sleep(lasts)


@pytest.mark.parametrize(
    ("seed", "dialect"),
    [(seed, DIALECTS[seed % 2]) for seed in range(FIRST, FIRST + COUNT)],
    ids=str,
)
async def test_sequence(
    stage: Stage, seed: int, total: Counter[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Two to five troubles over each other, then peace."""
    chance = stage.chance = random.Random(seed)
    stage.at_random = True
    known = [
        name
        for name in TROUBLES
        if stage.account.speech == "teams" or name not in TEAMS_ONLY
    ]
    names = chance.sample(known, chance.randint(2, 5))
    with capsys.disabled():
        sys.stdout.write(f"\nseed {seed} ({stage.account.speech}): {', '.join(names)}")
    strikes = [
        asyncio.create_task(
            _strike(
                stage, name, chance.uniform(0, LASTS / 2), chance.uniform(5, LASTS / 2)
            )
        )
        for name in names
    ]
    try:
        await stage.live(LASTS)
        await asyncio.gather(*strikes)
    finally:
        for strike in strikes:
            strike.cancel()
        await asyncio.gather(*strikes, return_exceptions=True)
    took = await stage.recover()
    await stage.live(5)
    await stage.recover()
    stage.check()
    stage.count(total, len(names))
    with capsys.disabled():
        sys.stdout.write(f": well after {took:.0f} s")
