"""With how many requests vehicles are followed, and that off means nothing."""

from datetime import timedelta
from itertools import pairwise

from freezegun.api import FrozenDateTimeFactory
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from simulator.world.routes import Route

from ..common import REFERENCE, TEAMS
from ..conftest import Running
from .conftest import asked, entity_id_of, state_of, van_of


async def test_off_means_nothing(
    running: Running, freezer: FrozenDateTimeFactory
) -> None:
    """While vehicles are off nothing is asked and nothing is there."""
    for _ in range(3):
        freezer.tick(timedelta(minutes=16))
        async_fire_time_changed(running.hass)
        await running.hass.async_block_till_done(wait_background_tasks=True)
    assert asked(running) == 0
    assert not running.hass.states.async_all("device_tracker")


@TEAMS
async def test_ignition(driving: Running, freezer: FrozenDateTimeFactory) -> None:
    """The ignition of all vehicles is asked at once, at most once a minute."""
    van = van_of(driving)
    van.route = Route(((52.5, 13.4), (52.6, 13.5)), rest=timedelta())
    assert state_of(driving, "binary_sensor", "ignition").state == STATE_UNKNOWN
    for _ in range(10):
        freezer.tick(timedelta(seconds=31))
        async_fire_time_changed(driving.hass)
        await driving.hass.async_block_till_done(wait_background_tasks=True)

    assert state_of(driving, "binary_sensor", "ignition").state == "on"
    calls = driving.sim.record.calls("*/accstatus/search")
    assert 2 <= len(calls) <= 5
    assert {call.code for call in calls} == {"0"}
    times = [call.at for call in calls]
    gaps = [b - a for a, b in pairwise(times)]
    assert all(gap >= timedelta(seconds=60) for gap in gaps)

    van.device.online = False
    freezer.tick(timedelta(seconds=70))
    async_fire_time_changed(driving.hass)
    await driving.hass.async_block_till_done(wait_background_tasks=True)
    assert state_of(driving, "binary_sensor", "ignition").state == STATE_UNKNOWN


@REFERENCE
async def test_no_ignition_in_the_reference(driving: Running) -> None:
    """What the service does not tell is not offered."""
    assert entity_id_of(driving, "binary_sensor", "ignition", van_of(driving)) is None


@REFERENCE
async def test_one_vehicle_at_a_time(
    driving: Running, freezer: FrozenDateTimeFactory
) -> None:
    """Each vehicle is asked in turn: moving ones every 30 s, parked ones slower."""
    world, fleet = driving.account.world, driving.account.world.fleet
    van = van_of(driving)
    van.route = Route(((52.5, 13.4), (52.6, 13.5)), rest=timedelta())
    parked = []
    for number in range(3):
        tracker = world.add_device(f"Tracker {number}")
        vehicle = fleet.add(f"P {number}", device=tracker)
        vehicle.route = Route(((50.0, 8.0), (50.0, 8.0 + 1e-9)), rest=timedelta(days=9))
        parked.append(vehicle)
    await driving.entry.runtime_data.fleet.vehicles.async_refresh()
    driving.sim.record.clear()

    for _ in range(120):
        freezer.tick(timedelta(seconds=2.5))
        async_fire_time_changed(driving.hass)
        await driving.hass.async_block_till_done()

    calls = driving.sim.record.calls("*/vehicles/location")
    asked = [call.body["vehicleId"] for call in calls]
    assert 8 <= asked.count(van.id) <= 11
    for vehicle in parked:
        assert 1 <= asked.count(vehicle.id) <= 2
    times = [call.at for call in calls]
    gaps = [b - a for a, b in pairwise(times)]
    assert all(gap >= timedelta(seconds=2) for gap in gaps)


@REFERENCE
async def test_one_that_refuses_holds_up_nobody(driving: Running) -> None:
    """A vehicle whose device is offline does not keep the others from being asked."""
    world, fleet = driving.account.world, driving.account.world.fleet
    away = fleet.add("A 1", device=world.add_device("Away", online=False))
    runtime = driving.entry.runtime_data
    await runtime.fleet.vehicles.async_refresh()
    runtime.fleet.locations._due.clear()
    for _ in range(2):
        await runtime.fleet.locations.async_refresh()
    await driving.hass.async_block_till_done()

    assert runtime.fleet.locations.last_update_success
    assert runtime.fleet.track(van_of(driving).id) is not None
    assert state_of(driving, "device_tracker", "tracker", away).state == STATE_UNKNOWN


async def test_switching_on_and_off(
    hass: HomeAssistant, running: Running, freezer: FrozenDateTimeFactory
) -> None:
    """The option brings the vehicles and takes them away; nothing starts again."""
    entry, runtime = running.entry, running.entry.runtime_data
    running.sim.record.clear()
    flow = await hass.config_entries.options.async_init(entry.entry_id)
    flow = await hass.config_entries.options.async_configure(
        flow["flow_id"], {"next_step_id": "vehicles"}
    )
    assert flow["step_id"] == "vehicles"
    await hass.config_entries.options.async_configure(
        flow["flow_id"], {"vehicles": True}
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    assert len(hass.states.async_all("device_tracker")) == 2
    assert entry.runtime_data is runtime
    assert not running.sim.record.calls("*/token/get")

    hass.config_entries.async_update_entry(entry, options={"vehicles": False})
    await hass.async_block_till_done(wait_background_tasks=True)
    assert not hass.states.async_all("device_tracker")
    registry = dr.async_get(hass)
    assert not [
        device
        for device in dr.async_entries_for_config_entry(registry, entry.entry_id)
        if any("_vehicle_" in name for _, name in device.identifiers)
    ]
    before = asked(running)
    await _hours(running, freezer, 1)
    assert asked(running) == before

    hass.config_entries.async_update_entry(entry, options={"vehicles": True})
    await hass.async_block_till_done(wait_background_tasks=True)
    assert len(hass.states.async_all("device_tracker")) == 2
    assert entry.runtime_data is runtime


async def _hours(
    running: Running, freezer: FrozenDateTimeFactory, hours: float
) -> None:
    for _ in range(round(hours * 4)):
        freezer.tick(timedelta(minutes=15))
        async_fire_time_changed(running.hass)
        await running.hass.async_block_till_done(wait_background_tasks=True)
