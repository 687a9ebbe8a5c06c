"""Each fault alone: what was promised holds, and afterwards all is as before."""

from collections import Counter
import random
import sys

import pytest

from custom_components.hikcentral_connect.api import DialectName

from .stage import Stage
from .trouble import TEAMS_ONLY, TROUBLES

LASTS = 60.0
DIALECTS = list(DialectName)


@pytest.mark.parametrize(
    ("name", "dialect"),
    [
        (name, DialectName.TEAMS if name in TEAMS_ONLY else DIALECTS[number % 2])
        for number, name in enumerate(TROUBLES)
    ],
    ids=str,
)
async def test_alone(
    stage: Stage, name: str, total: Counter[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """One minute of trouble everywhere, then peace."""
    stage.chance = random.Random(name)
    async with TROUBLES[name](stage):
        await stage.live(LASTS)
    took = await stage.recover()
    await stage.live(10)
    await stage.recover()
    stage.check()
    stage.count(total, 1)
    with capsys.disabled():
        sys.stdout.write(f"\n{name} ({stage.account.speech}): well after {took:.0f} s")
