"""Disks, recording and what else is asked of devices."""

from collections.abc import AsyncGenerator
from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.hikcentral_connect.const import DOMAIN
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from simulator import Simulator
from simulator.account import Account
from simulator.world.disks import DiskState
from simulator.world.places import Battery

from ..common import TEAMS
from ..conftest import Running, make_entry
from .conftest import look, recorder_of, state_of


@TEAMS
async def test_device_health(running: Running) -> None:
    """One call tells of all devices: disks, free space, recording."""
    running.sim.record.clear()
    await look(running)
    assert len(running.sim.record.calls("*/maintenance/*")) == 1

    recorder = recorder_of(running)
    unique = f"device_{recorder.id}"
    assert state_of(running, "sensor", f"{unique}_disk_state").state == "normal"
    assert float(state_of(running, "sensor", f"{unique}_disk_free").state) == 31.0
    assert (
        state_of(running, "binary_sensor", f"{unique}_recording_problem").state == "off"
    )
    assert state_of(running, "sensor", f"{unique}_battery") is None

    running.account.world.disks.of(recorder.id)[0].state = DiskState.ERROR
    camera = next(
        one for one in running.account.world.cameras.values() if one.device is recorder
    )
    camera.connected = False
    await look(running)
    assert state_of(running, "sensor", f"{unique}_disk_state").state == "error"
    problem = state_of(running, "binary_sensor", f"{unique}_recording_problem")
    assert problem.state == "on"
    assert problem.attributes["channels"] == [camera.name]


@TEAMS
async def test_battery(running: Running) -> None:
    """A solar camera tells its charge and what its battery does, also while offline."""
    shed = next(
        one for one in running.account.world.devices.values() if one.battery is not None
    )
    await look(running)
    unique = f"device_{shed.id}"
    assert state_of(running, "sensor", f"{unique}_battery").state == "3"
    assert state_of(running, "sensor", f"{unique}_battery_state").state == "discharging"

    shed.battery = Battery(percent=40, state="a new word")
    await look(running)
    assert state_of(running, "sensor", f"{unique}_battery").state == "40"
    assert state_of(running, "sensor", f"{unique}_battery_state").state == "unknown"


@TEAMS
async def test_device_back_online(running: Running) -> None:
    """A device that comes back may have changed: the inventory is read again."""
    status, recorder = running.entry.runtime_data.status, recorder_of(running)
    recorder.online = False
    await status.async_refresh()
    recorder.version = "V9.9.9"
    recorder.online = True
    running.sim.record.clear()
    await status.async_refresh()
    await running.hass.async_block_till_done()

    assert len(running.sim.record.calls("*/areas/doors/get")) == 1
    device = dr.async_get(running.hass).async_get_device_by_identifier(
        (DOMAIN, f"{running.entry.unique_id}_device_{recorder.id}"),
        running.entry.entry_id,
    )
    assert device.sw_version == "V9.9.9"


@pytest.fixture
async def with_all(
    hass: HomeAssistant, sim: Simulator, account: Account
) -> AsyncGenerator[Running]:
    """Set up with the entities of one recorder's disks and one camera enabled."""
    entry = make_entry(sim, account)
    entry.add_to_hass(hass)
    running = Running(hass, sim, account, entry)
    recorder, registry = recorder_of(running), er.async_get(hass)
    camera = next(iter(account.world.cameras))
    for unique in (
        f"device_{recorder.id}_drive_1_free",
        f"device_{recorder.id}_drive_1_state",
        f"device_{recorder.id}_drive_2_temperature",
        f"camera_{camera}_recording_schedule",
    ):
        registry.async_get_or_create(
            "sensor", DOMAIN, f"{entry.unique_id}_{unique}", config_entry=entry
        )
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    await look(running)
    yield running
    assert await hass.config_entries.async_unload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)


@TEAMS
async def test_disks_are_asked_where_shown(with_all: Running) -> None:
    """Only the recorder whose disks are enabled is asked, once for all of them."""
    running, recorder = with_all, recorder_of(with_all)
    running.sim.record.clear()
    await running.entry.runtime_data.health.disks.async_refresh()
    await running.hass.async_block_till_done()

    (call,) = running.sim.record.calls("*/isapi/*")
    assert call.body["id"] == recorder.id
    unique = f"device_{recorder.id}_drive"
    free = state_of(running, "sensor", f"{unique}_1_free")
    assert (free.state, free.attributes["unit_of_measurement"]) == ("380000", "MB")
    assert state_of(running, "sensor", f"{unique}_1_state").state == "ok"
    assert state_of(running, "sensor", f"{unique}_2_temperature").state == "38"

    recorder.online = False
    await running.entry.runtime_data.health.disks.async_refresh()
    await running.hass.async_block_till_done()
    assert state_of(running, "sensor", f"{unique}_1_free").state == STATE_UNAVAILABLE


@TEAMS
async def test_disks_are_not_asked_unseen(
    running: Running, freezer: FrozenDateTimeFactory
) -> None:
    """As long as no disk and no schedule is enabled, nobody is asked."""
    await look(running)
    for _ in range(3):
        freezer.tick(timedelta(hours=7))
        async_fire_time_changed(running.hass)
        await running.hass.async_block_till_done(wait_background_tasks=True)
    assert not running.sim.record.calls("*/isapi/*")
    assert not running.sim.record.calls("*/recordsettings/get")


@TEAMS
async def test_recording_schedule(with_all: Running) -> None:
    """The schedule of an enabled camera is read, and of no other."""
    running = with_all
    running.sim.record.clear()
    await running.entry.runtime_data.health.schedules.async_refresh()
    await running.hass.async_block_till_done()

    camera = next(iter(running.account.world.cameras))
    assert len(running.sim.record.calls("*/recordsettings/get")) == 1
    state = state_of(running, "sensor", f"camera_{camera}_recording_schedule")
    assert state.state in ("device", "device_and_cloud")
    assert "kept_days" in state.attributes
