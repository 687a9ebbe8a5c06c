"""The integration with vehicles switched on."""

from collections.abc import AsyncGenerator

import pytest

from custom_components.hikcentral_connect.api import DialectName, session
from custom_components.hikcentral_connect.const import DOMAIN
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er
from simulator import Simulator
from simulator.account import Account
from simulator.world.fleet import Vehicle

from ..conftest import Running, make_entry

CALLS = ("*vehicle*", "*/accstatus/*", "*/obd/*")


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Repeat at once: a pause would not end while the time is frozen."""
    monkeypatch.setattr(session, "RETRY_PAUSE", 0)


async def set_up(hass: HomeAssistant, sim: Simulator, account: Account) -> Running:
    """Set the integration up with vehicles switched on."""
    entry = make_entry(sim, account, {"vehicles": True})
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    return Running(hass, sim, account, entry)


@pytest.fixture
async def driving(
    hass: HomeAssistant, sim: Simulator, account: Account
) -> AsyncGenerator[Running]:
    """Set the integration up with vehicles switched on."""
    running = await set_up(hass, sim, account)
    yield running
    assert await hass.config_entries.async_unload(running.entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)


def van_of(running: Running) -> Vehicle:
    """Return the vehicle that drives."""
    return running.account.world.fleet.with_plate("B-VN 1207")


def entity_id_of(running: Running, domain: str, key: str, vehicle: Vehicle) -> str:
    """Return the id of an entity of a vehicle."""
    return er.async_get(running.hass).async_get_entity_id(
        domain, DOMAIN, f"{running.entry.unique_id}_vehicle_{vehicle.id}_{key}"
    )


def state_of(
    running: Running, domain: str, key: str, vehicle: Vehicle | None = None
) -> State:
    """Return the state of an entity of a vehicle, the van if none is named."""
    vehicle = vehicle or van_of(running)
    return running.hass.states.get(entity_id_of(running, domain, key, vehicle))


def asked(running: Running) -> int:
    """Return how many requests about vehicles were sent."""
    return sum(len(running.sim.record.calls(path)) for path in CALLS)


async def locate(running: Running) -> None:
    """Let the van tell where it is, and the news arrive."""
    if running.account.speech == DialectName.TEAMS:
        assert running.account.happen.locate(van_of(running).id)
        await running.entry.runtime_data.messages.async_refresh()
    else:
        running.entry.runtime_data.fleet.locations._due.clear()
        await running.entry.runtime_data.fleet.locations.async_refresh()
    await running.hass.async_block_till_done()
