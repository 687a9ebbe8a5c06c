"""An account that starts, ages, and goes."""

import asyncio
from collections import Counter
from datetime import timedelta
import logging
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    async_capture_events,
    async_fire_time_changed,
)
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.hikcentral_connect import turns
from custom_components.hikcentral_connect.api import DialectName
from custom_components.hikcentral_connect.const import DOMAIN, EVENT_MESSAGE
from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component
from simulator import Simulator
from simulator.account import Account

from .common import until
from .conftest import Running, make_entry


async def _set_up(hass: HomeAssistant, sim: Simulator, account: Account) -> Any:
    entry = make_entry(sim, account)
    entry.add_to_hass(hass)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    return entry


@pytest.mark.parametrize(
    ("fault", "path"),
    [
        ("http_error", "*/token/get"),
        ("html", "*/token/get"),
        ("bad_json", "*/devices/get"),
        ("no_data", "*/devices/get"),
        ("null_lists", "*/devices/get"),
        ("wrong_types", "*/devices/get"),
        ("truncated", "*/cameras/get"),
        ("huge", "*/cameras/get"),
        ("endless_pages", "*/cameras/get"),
        ("reset", "*/devices/get"),
    ],
)
async def test_trouble_at_start(
    hass: HomeAssistant,
    sim: Simulator,
    account: Account,
    caplog: pytest.LogCaptureFixture,
    *,
    fault: str,
    path: str,
) -> None:
    """Trouble is told and tried again, and leaves no traceback."""
    sim.faults.add(fault, path=path)
    entry = await _set_up(hass, sim, account)

    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert entry.error_reason_translation_key in ("service_unreachable", "bad_answer")
    assert not [
        one
        for one in caplog.records
        if one.exc_info
        and one.levelno >= logging.WARNING
        and one.name.startswith(("custom_components", "homeassistant"))
    ]

    sim.faults.clear()
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.state is ConfigEntryState.LOADED
    assert await hass.config_entries.async_unload(entry.entry_id)


async def test_repeating_page(
    hass: HomeAssistant, sim: Simulator, account: Account
) -> None:
    """A list whose every page is the first one ends."""
    sim.faults.add("repeat_page", path="*/cameras/get")
    entry = await _set_up(hass, sim, account)

    assert entry.state is ConfigEntryState.LOADED
    cameras = entry.runtime_data.inventory.data.cameras
    assert cameras.keys() == account.world.cameras.keys()
    assert await hass.config_entries.async_unload(entry.entry_id)


async def test_refused_keys_at_start(
    hass: HomeAssistant, sim: Simulator, account: Account
) -> None:
    """Keys that are refused bring the dialog for new ones."""
    entry = make_entry(sim, account)
    entry.add_to_hass(hass)
    account.secret = "another"
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)

    assert entry.state is ConfigEntryState.SETUP_ERROR
    (flow,) = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    assert flow["context"]["source"] == SOURCE_REAUTH


async def test_bad_row_hides_nothing_else(
    hass: HomeAssistant,
    sim: Simulator,
    account: Account,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """One device that cannot be read costs one warning and no other device."""
    broken = next(iter(account.world.devices.values()))
    broken.serial = ""
    entry = await _set_up(hass, sim, account)
    await entry.runtime_data.inventory.async_refresh()

    devices = entry.runtime_data.inventory.data.devices
    assert broken.id not in devices
    assert len(devices) == len(account.world.devices) - 1
    warnings = [one for one in caplog.messages if "devices/get" in one]
    assert len(warnings) == 1
    assert await hass.config_entries.async_unload(entry.entry_id)


async def test_outage(running: Running, caplog: pytest.LogCaptureFixture) -> None:
    """Entities outlive an outage without a reload, logged once each way."""
    runtime = running.entry.runtime_data
    running.sim.faults.add("http_error", path="*")
    for _ in range(3):
        await runtime.inventory.async_refresh()
        await runtime.status.async_refresh()
        await runtime.alarms.async_refresh()
    await running.hass.async_block_till_done()
    connectivity = "binary_sensor.house_recorder_connectivity"
    assert running.hass.states.get(connectivity).state == STATE_UNAVAILABLE
    assert running.hass.states.get("camera.garden_terrace").state == "idle"

    running.sim.faults.clear()
    await runtime.inventory.async_refresh()
    await runtime.status.async_refresh()
    await runtime.alarms.async_refresh()
    await running.hass.async_block_till_done()

    assert running.hass.states.get(connectivity).state == "on"
    for clock in ("inventory", "status", "alarm queue"):
        told = [one for one in caplog.messages if f"{DOMAIN} {clock}" in one]
        assert len([one for one in told if "Error fetching" in one]) == 1
        assert len([one for one in told if "recovered" in one]) == 1


async def test_device_goes_offline(running: Running) -> None:
    """A device that goes offline shows so within one status tick."""
    recorder = next(iter(running.account.world.devices.values()))
    recorder.online = False
    await running.entry.runtime_data.status.async_refresh()
    await running.hass.async_block_till_done()

    state = running.hass.states.get("binary_sensor.house_recorder_connectivity")
    assert state.state == "off"


async def test_status_tick_without_news_writes_nothing(running: Running) -> None:
    """A tick that brings no news wakes no entity."""
    before = {
        state.entity_id: state.last_reported
        for state in running.hass.states.async_all()
    }
    await running.entry.runtime_data.status.async_refresh()
    await running.entry.runtime_data.inventory.async_refresh()
    await running.hass.async_block_till_done()

    after = {
        state.entity_id: state.last_reported
        for state in running.hass.states.async_all()
    }
    assert after == before


async def test_account_grows(running: Running) -> None:
    """A new camera appears without a reload, on its device and in its area."""
    world = running.account.world
    device = next(iter(world.devices.values()))
    area = next(one for one in world.areas.values() if one.name == "Pond")
    camera = world.add_camera("Heron", area, device)
    await running.entry.runtime_data.inventory.async_refresh()
    await running.hass.async_block_till_done()

    assert running.hass.states.get("camera.pond_heron").state == "idle"
    registry = dr.async_get(running.hass)
    entity = er.async_get(running.hass).async_get("camera.pond_heron")
    child = registry.async_get(entity.device_id)
    assert child.name == camera.name
    assert registry.async_get(child.via_device_id).name == device.name


async def test_account_shrinks(
    running: Running, hass_ws_client: WebSocketGenerator
) -> None:
    """A camera that is gone is unavailable until the owner removes it."""
    hass, world = running.hass, running.account.world
    await async_setup_component(hass, "config", {})
    gone = next(one for one in world.cameras.values() if one.name == "Shed")
    there = next(one for one in world.cameras.values() if one.name == "Terrace")
    del world.cameras[gone.id]
    await running.entry.runtime_data.inventory.async_refresh()
    await hass.async_block_till_done()
    assert hass.states.get("camera.garden_shed").state == STATE_UNAVAILABLE
    assert hass.states.get("camera.garden_terrace").state == "idle"

    client = await hass_ws_client(hass)
    registry = er.async_get(hass)
    for entity_id, removable in (
        ("camera.garden_terrace", False),
        ("camera.garden_shed", True),
    ):
        answer = await client.remove_device(registry.async_get(entity_id).device_id)
        assert answer["success"] is removable
    assert registry.async_get("camera.garden_shed") is None
    assert there.id in running.entry.runtime_data.inventory.data.cameras


async def test_device_tree(running: Running) -> None:
    """Channels and doors hang on their device, devices on the account."""
    registry = dr.async_get(running.hass)
    devices = dr.async_entries_for_config_entry(registry, running.entry.entry_id)
    by_id = {device.id: device for device in devices}
    world = running.account.world
    assert len(devices) == 1 + len(world.devices) + len(world.cameras) + len(
        world.doors
    )
    (account,) = [one for one in devices if one.via_device_id is None]
    assert account.entry_type is dr.DeviceEntryType.SERVICE
    for camera in world.cameras.values():
        (device,) = [
            one
            for one in devices
            if (DOMAIN, f"{running.entry.unique_id}_camera_{camera.id}")
            in one.identifiers
        ]
        assert by_id[device.via_device_id].serial_number == camera.device.serial


async def test_periodic_polling(
    running: Running, freezer: FrozenDateTimeFactory
) -> None:
    """The clocks run by themselves, also the queue's, whatever is enabled."""
    running.sim.record.clear()
    freezer.tick(timedelta(minutes=16))
    async_fire_time_changed(running.hass)
    await running.hass.async_block_till_done(wait_background_tasks=True)

    paths = {call.path.rpartition("/v1/")[2] for call in running.sim.record}
    assert {"devices/get", "areas/cameras/get", "mq/messages"} <= paths


@pytest.mark.parametrize("rate_limit", [5])
async def test_rate_limit_is_kept(running: Running) -> None:
    """Starting, restarting and adding never exceed five requests a second."""
    hass = running.hass
    await hass.config_entries.async_reload(running.entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)

    assert running.sim.record.max_per_second() <= 5
    codes = {call.code for call in running.sim.record}
    assert codes == {"0"}


FEWEST = {
    "reference": {"devices/get": 1, "areas/get": 1, "areas/cameras/get": 5},
    "teams": {"devices/get": 1, "areas/cameras/get": 1, "areas/doors/get": 1},
}
QUEUES = {
    "reference": {"subscribe": 2, "mq/messages": 1, "rawmessage/get": 1},
    "teams": {"subscribe": 2, "mq/messages": 2},
}


async def test_fewest_requests(
    hass: HomeAssistant,
    sim: Simulator,
    account: Account,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Until all can be used and both queues are read, nothing is asked that can wait."""
    monkeypatch.setattr(turns, "FIRST_LOOKS", 60)
    expected = FEWEST[account.speech.value] | QUEUES[account.speech.value]
    entry = make_entry(sim, account)
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    async with asyncio.timeout(10):
        while len(sim.record) < 1 + sum(expected.values()):
            await asyncio.sleep(0.01)
    await asyncio.sleep(0.1)

    asked = Counter(
        next((end for end in expected if call.path.endswith(f"/{end}")), call.path)
        for call in sim.record
        if not call.path.endswith("/token/get")
    )
    assert asked == expected
    assert len(sim.record) == 1 + sum(expected.values())
    assert await hass.config_entries.async_unload(entry.entry_id)


async def test_alarm_while_entities_are_added(
    hass: HomeAssistant,
    sim: Simulator,
    account: Account,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What happens while a new account starts waits in its queues until all listen."""
    bus = async_capture_events(hass, EVENT_MESSAGE)
    forward = hass.config_entries.async_forward_entry_setups
    alarms: list[str] = []

    async def happen_meanwhile(entry: Any, platforms: Any) -> None:
        if not alarms:
            await until(lambda: len(sim.record.calls("*/subscribe")) == 2)
            camera = next(iter(account.world.cameras))
            alarms.append(account.happen.alarm(camera, "motion", pictures=0))
        await forward(entry, platforms)

    monkeypatch.setattr(
        hass.config_entries, "async_forward_entry_setups", happen_meanwhile
    )
    entry = await _set_up(hass, sim, account)

    assert [event.data["type"] for event in bus] == ["motion"]
    assert len(sim.record.calls("*/subscribe")) == 2
    assert await hass.config_entries.async_unload(entry.entry_id)


@pytest.mark.parametrize("dialect", [DialectName.TEAMS])
async def test_nothing_is_asked_twice(running: Running) -> None:
    """Setting an account up asks each question once."""
    asked = Counter(
        (call.path, repr(call.body))
        for call in running.sim.record
        if not call.path.endswith("/mq/messages")
    )
    assert [question for question, times in asked.items() if times > 1] == []


async def test_unload(running: Running) -> None:
    """Nothing is asked after an account was unloaded."""
    hass = running.hass
    assert await hass.config_entries.async_unload(running.entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    running.sim.record.clear()

    async_fire_time_changed(hass, fire_all=True)
    await hass.async_block_till_done(wait_background_tasks=True)

    assert len(running.sim.record) == 0
