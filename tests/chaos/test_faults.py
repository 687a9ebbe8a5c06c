"""Each fault alone: what was promised holds, and afterwards all is as before."""

from collections import Counter
from collections.abc import Iterator
import os
import random
import sys

import pytest

from custom_components.hikcentral_connect.api import DialectName

from .stage import Stage
from .trouble import TEAMS_ONLY, TROUBLES

LASTS = 60.0
DIALECTS = list(DialectName)
LONG = "HIKCENTRAL_CHAOS" in os.environ


def _cases() -> Iterator[tuple[str, DialectName]]:
    """Return each trouble with its dialects; in the short mode the two take turns."""
    for number, name in enumerate(TROUBLES):
        known = [DialectName.TEAMS] if name in TEAMS_ONLY else DIALECTS
        for dialect in known if LONG else [known[number % len(known)]]:
            yield name, dialect


@pytest.mark.parametrize(("name", "dialect"), list(_cases()), ids=str)
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
