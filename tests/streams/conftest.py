"""The integration beside `stream`, with options of a test."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import pytest

from custom_components.hikcentral_connect.api import DialectName
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from simulator import Simulator
from simulator.account import Account

from ..conftest import Running, make_entry


@pytest.fixture(params=[DialectName.TEAMS], ids=str)
def dialect(request: pytest.FixtureRequest) -> DialectName:
    """Most tests need one dialect only."""
    return DialectName(request.param)


@pytest.fixture
def options() -> dict[str, Any]:
    """Return what the owner set: nothing."""
    return {}


@pytest.fixture
async def running(
    hass: HomeAssistant, sim: Simulator, account: Account, options: dict[str, Any]
) -> AsyncGenerator[Running]:
    """Set the integration up with these options, beside `stream`."""
    assert await async_setup_component(hass, "stream", {})
    entry = make_entry(sim, account, options)
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    yield Running(hass, sim, account, entry)
    assert await hass.config_entries.async_unload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    # The cloud learns a moment later that somebody has left.
    async with asyncio.timeout(5):
        while sim.streams.running:
            await asyncio.sleep(0.05)
