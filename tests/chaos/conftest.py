"""Fixtures: the integration and its cloud on a clock that jumps."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Generator
from functools import partial
import logging
import random
import sys
import time
from typing import Any

import freezegun.api
from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.hikcentral_connect.api import session
from custom_components.hikcentral_connect.api.limiter import Limiter
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from simulator import Simulator, gateway
from simulator.account import Account

from ..conftest import make_entry
from .machine import TimeMachine, use_frozen_clocks
from .stage import Stage


@pytest.fixture
def rate_limit() -> int:
    """Keep the service's own limit."""
    return 5


def _monotonic() -> float:
    return time.monotonic()


@pytest.fixture
def machine(
    freezer: FrozenDateTimeFactory, monkeypatch: pytest.MonkeyPatch
) -> TimeMachine:
    """Let time jump; must be named before what lives by it."""
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
) -> AsyncGenerator[Stage]:
    """Set the integration up and let it come to rest."""
    caplog.set_level(logging.WARNING)
    caplog.set_level(logging.INFO, "custom_components.hikcentral_connect")
    entry = make_entry(sim, account)
    entry.add_to_hass(hass)
    with machine.drive(hass.loop):
        assert await hass.config_entries.async_setup(entry.entry_id)
        stage = Stage(hass, sim, account, entry, random.Random(1), caplog)
        await asyncio.sleep(40)
        stage.note_absent()
        yield stage
        if entry.state is ConfigEntryState.LOADED:
            assert await hass.config_entries.async_unload(entry.entry_id)
        await asyncio.sleep(25)


@pytest.fixture(scope="session")
def total() -> Generator[Counter[str]]:
    """Add up what was driven, and print it in the end."""
    counts: Counter[str] = Counter()
    yield counts
    sys.stdout.write(f"\nChaos, in total: {dict(counts)}\n")
