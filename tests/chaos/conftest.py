"""Fixtures: the integration and its cloud on a clock that jumps."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Generator
from functools import partial
import logging
from pathlib import Path
import random
import sys
import time
from typing import Any

import freezegun.api
from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.hikcentral_connect.api import session
from custom_components.hikcentral_connect.api.limiter import Limiter
from homeassistant.core import HomeAssistant
from simulator import Simulator, gateway
from simulator.account import Account

from ..conftest import make_entry
from .disk import Disk
from .machine import TimeMachine, use_frozen_clocks
from .promises import check_left
from .stage import Stage

SETTLES = 15.0
"""Seconds in which everything is looked at for the first time."""


@pytest.fixture
def rate_limit() -> int:
    """Keep the service's own limit."""
    return 5


def _monotonic() -> float:
    return time.monotonic()


@pytest.fixture
def machine(
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> TimeMachine:
    """Let time jump; must be named before what lives by it."""
    caplog.set_level(logging.WARNING)
    caplog.set_level(logging.INFO, "custom_components.hikcentral_connect")
    monkeypatch.setattr(freezegun.api, "call_stack_inspection_limit", 0)
    monkeypatch.setattr(session, "RETRY_PAUSE", 0.5)
    monkeypatch.setattr(session, "FAILED_PAUSE", 2.0)
    use_frozen_clocks(monkeypatch)
    monkeypatch.setattr(gateway, "_clock", _monotonic)
    monkeypatch.setattr(
        "custom_components.hikcentral_connect.account.Limiter",
        partial(Limiter, clock=_monotonic),
    )
    return TimeMachine(freezer)


@pytest.fixture
async def stage(
    machine: TimeMachine,
    hass_storage: dict[str, Any],
    hass: HomeAssistant,
    sim: Simulator,
    account: Account,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> AsyncGenerator[Stage]:
    """Set the integration up, let it come to rest, and see that it goes for good."""
    hass.config.config_dir = str(tmp_path)
    disk = Disk(hass, hass_storage, tmp_path / "storage")
    entry = make_entry(sim, account)
    entry.add_to_hass(hass)
    with machine.drive(hass.loop):
        assert await hass.config_entries.async_setup(entry.entry_id)
        stage = Stage(hass, sim, account, entry, random.Random(1), caplog, disk)
        await asyncio.sleep(SETTLES)
        stage.note_present()
        yield stage
        if stage.loaded:
            assert await hass.config_entries.async_unload(entry.entry_id)
        await asyncio.sleep(25)
        check_left(hass)


@pytest.fixture(scope="session")
def total() -> Generator[Counter[str]]:
    """Add up what was driven, and print it in the end."""
    counts: Counter[str] = Counter()
    yield counts
    sys.stdout.write(f"\nChaos, in total: {dict(counts)}\n")
