"""Diagnostics: they tell how the account answered, nothing of what it said."""

from collections.abc import AsyncGenerator
import json
from typing import Any

import pytest
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
    get_diagnostics_for_device,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.hikcentral_connect.api.redaction.report import Leak
from custom_components.hikcentral_connect.const import DOMAIN
from custom_components.hikcentral_connect.diagnostics import (
    async_get_config_entry_diagnostics,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.setup import async_setup_component
from simulator import Simulator
from simulator.account import Account
from simulator.replay import Recording

from .conftest import Running, make_entry
from .probe.canaries import plant


@pytest.fixture
async def canaries(hass: HomeAssistant, account: Account) -> set[str]:
    """Fill the account with words that must not leave it."""
    assert await async_setup_component(hass, "diagnostics", {})
    return plant(account)


@pytest.fixture
async def told(
    canaries: set[str], running: Running, hass_client: ClientSessionGenerator
) -> Any:
    """Return the diagnostics of the account."""
    hass = running.hass
    hass.config_entries.async_update_entry(
        running.entry, options={"codes": {"A": "QWERTY"}, "relock_seconds": 7}
    )
    running.sim.record.clear()
    return await get_diagnostics_for_config_entry(hass, hass_client, running.entry)


async def test_nothing_is_asked_and_nothing_told(
    told: Any, canaries: set[str], running: Running
) -> None:
    """No request is sent, and no name, id, key or address is in the file."""
    assert len(running.sim.record) == 0
    text = json.dumps(told)
    assert "Canary" not in text
    assert not [one for one in canaries if one in text]
    assert "QWERTY" not in text
    assert "127.0.0.1" not in text
    (token,) = running.account.tokens
    assert token not in text


async def test_what_is_told(told: Any, running: Running) -> None:
    """The state of the integration is there, in numbers."""
    world = running.account.world
    assert told["dialect"] == running.account.speech
    assert told["region"] == "custom"
    assert told["options"] == {"codes": 1, "relock_seconds": 7}
    state = told["state"]
    assert state["cameras"] == len(world.cameras)
    assert state["requests_last_minute"] >= 6
    assert state["token_age"] < 60
    assert state["troubles"] == {}
    assert all(clock["succeeds"] for clock in state["clocks"].values())


@pytest.fixture
async def replayed(
    told: Any, running: Running
) -> AsyncGenerator[tuple[Simulator, Account]]:
    """Run a cloud that knows no more of the account than the file does."""
    file = {"home_assistant": {"version": "2026.10.4"}, "data": told}
    recording = Recording(json.loads(json.dumps(file)))
    async with Simulator(life=False, rate_limit=None, replay=recording) as again:
        (account,) = again.accounts.values()
        yield again, account


async def test_replay(
    running: Running, replayed: tuple[Simulator, Account], hass: HomeAssistant
) -> None:
    """The simulator answers from the file as the account did."""
    before = running.entry.runtime_data.inventory.data
    entry = make_entry(*replayed, unique_id="replayed")
    object.__setattr__(entry, "entry_id", "replayed")
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)

    after = entry.runtime_data.inventory.data
    assert len(after.devices) == len(before.devices)
    assert len(after.cameras) == len(before.cameras)
    assert len(after.doors) == len(before.doors)
    assert [one.channel for one in after.cameras.values()] == [
        one.channel for one in before.cameras.values()
    ]
    assert await hass.config_entries.async_unload(entry.entry_id)


async def test_troubles_are_counted(running: Running, hass: HomeAssistant) -> None:
    """What the service refused shows as a code, what failed as a kind."""
    runtime = running.entry.runtime_data
    running.sim.faults.add("http_error", path="*/devices/get")
    await runtime.status.async_refresh()
    running.sim.faults.clear()
    running.sim.faults.add("refuse", path="*/devices/get", code="OPEN000010", times=1)
    await runtime.status.async_refresh()

    told = await async_get_config_entry_diagnostics(hass, running.entry)
    troubles = told["state"]["troubles"]
    assert troubles["ServiceUnreachable"] == 2
    assert troubles["OPEN000010"] == 1
    assert told["state"]["clocks"][f"{DOMAIN} status"]["succeeds"] is False


async def test_device(
    canaries: set[str], running: Running, hass_client: ClientSessionGenerator
) -> None:
    """The file of a camera holds its own rows, still in the service's words."""
    hass, world = running.hass, running.account.world
    camera = next(iter(world.cameras.values()))
    device = dr.async_get(hass).async_get_device_by_identifier(
        (DOMAIN, f"{running.entry.unique_id}_camera_{camera.id}"),
        running.entry.entry_id,
    )
    running.sim.record.clear()
    told: Any = await get_diagnostics_for_device(
        hass, hass_client, running.entry, device
    )

    assert len(running.sim.record) == 0
    assert told["kind"] == "camera"
    assert told["listed"]
    (rows,) = told["said"].values()
    assert len(rows) == 1
    assert any(one["platform"] == "camera" for one in told["entities"])
    text = json.dumps(told)
    assert "Canary" not in text
    assert not [one for one in canaries if one in text]


async def test_account_device(
    running: Running, hass_client: ClientSessionGenerator
) -> None:
    """The account itself has diagnostics as well."""
    hass = running.hass
    assert await async_setup_component(hass, "diagnostics", {})
    device = dr.async_get(hass).async_get_device_by_identifier(
        (DOMAIN, running.entry.unique_id), running.entry.entry_id
    )
    told = await get_diagnostics_for_device(hass, hass_client, running.entry, device)
    assert told["kind"] == "account"
    assert told["said"] == {}


async def test_leak_is_caught(running: Running, hass: HomeAssistant) -> None:
    """A file in which a key stands nevertheless is not given out."""
    running.entry.runtime_data.recorder.troubles[running.account.secret] += 1

    with pytest.raises(Leak):
        await async_get_config_entry_diagnostics(hass, running.entry)
