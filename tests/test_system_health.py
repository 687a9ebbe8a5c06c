"""The card in the system information."""

import asyncio
from typing import Any

from pytest_homeassistant_custom_component.common import get_system_health_info

from custom_components.hikcentral_connect.const import DOMAIN
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from simulator import Simulator

from .conftest import Running, make_entry


async def _card(hass: HomeAssistant) -> dict[str, Any]:
    assert await async_setup_component(hass, "system_health", {})
    await hass.async_block_till_done()
    info = await get_system_health_info(hass, DOMAIN)
    return {
        key: await value if asyncio.iscoroutine(value) else value
        for key, value in info.items()
    }


async def test_one_account(running: Running) -> None:
    """The card tells how the account is doing, and asks the service nothing."""
    running.sim.record.clear()
    card = await _card(running.hass)

    assert card["accounts"] == 1
    assert card["can_reach_service"] == "ok"
    assert card["dialect"] == running.account.speech
    assert card["region"] == "custom"
    assert card["token_age"] == "0 min"
    assert card["queue_lag"] == "-"
    assert int(card["requests_per_minute"]) >= 6
    assert card["rate_limit_share"].endswith("%")
    assert not running.sim.record.calls("/api/*")


async def test_lag(running: Running) -> None:
    """The delay is that of the slower queue."""
    camera = next(iter(running.account.world.cameras))
    running.account.happen.alarm(camera, "motion", pictures=0)
    running.sim.clock.shift(9)
    await running.entry.runtime_data.alarms.async_refresh()

    lag = float((await _card(running.hass))["queue_lag"].removesuffix(" s"))
    assert 0 <= lag < 15


async def test_two_accounts(hass: HomeAssistant, sim: Simulator) -> None:
    """With several accounts each figure names its account."""
    for speech in ("teams", "reference"):
        entry = make_entry(sim, sim.account(speech))
        object.__setattr__(entry, "title", speech)
        entry.add_to_hass(hass)
        assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)

    card = await _card(hass)
    assert card["accounts"] == 2
    assert "teams: teams" in card["dialect"]
    assert "reference: reference" in card["dialect"]
    for one in hass.config_entries.async_loaded_entries(DOMAIN):
        assert await hass.config_entries.async_unload(one.entry_id)


async def test_no_account(running: Running) -> None:
    """Without an account the card says so."""
    assert await running.hass.config_entries.async_unload(running.entry.entry_id)
    assert await _card(running.hass) == {"accounts": 0}


async def test_unreachable(running: Running) -> None:
    """A service that is gone shows so."""
    await running.sim.stop()
    card = await _card(running.hass)
    assert card["can_reach_service"]["error"] == "unreachable"
