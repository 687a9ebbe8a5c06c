"""Vehicles: where they are, how fast, and with how many requests."""

from collections.abc import AsyncGenerator
from datetime import timedelta
from itertools import pairwise
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    async_fire_time_changed,
    mock_restore_cache_with_extra_data,
)

from custom_components.hikcentral_connect.api import DialectName, session
from custom_components.hikcentral_connect.const import DOMAIN
from custom_components.hikcentral_connect.vehicles.fleet import Track
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.util import dt as dt_util
from simulator import Simulator
from simulator.account import Account
from simulator.teams.tracking import gps_message
from simulator.world.events import Located
from simulator.world.fleet import Vehicle
from simulator.world.routes import Route

from .conftest import Running, make_entry

TEAMS = pytest.mark.parametrize("dialect", [DialectName.TEAMS])
REFERENCE = pytest.mark.parametrize("dialect", [DialectName.REFERENCE])
CALLS = ("*vehicle*", "*/accstatus/*", "*/obd/*")


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Repeat at once: a pause would not end while the time is frozen."""
    monkeypatch.setattr(session, "RETRY_PAUSE", 0)


async def _set_up(hass: HomeAssistant, sim: Simulator, account: Account) -> Running:
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
    running = await _set_up(hass, sim, account)
    yield running
    assert await hass.config_entries.async_unload(running.entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)


def _van(running: Running) -> Vehicle:
    return running.account.world.fleet.with_plate("B-VN 1207")


def _entity_id(running: Running, domain: str, key: str, vehicle: Vehicle) -> str:
    return er.async_get(running.hass).async_get_entity_id(
        domain, DOMAIN, f"{running.entry.unique_id}_vehicle_{vehicle.id}_{key}"
    )


def _state(
    running: Running, domain: str, key: str, vehicle: Vehicle | None = None
) -> State:
    vehicle = vehicle or _van(running)
    return running.hass.states.get(_entity_id(running, domain, key, vehicle))


def _asked(running: Running) -> int:
    """Return how many requests about vehicles were sent."""
    return sum(len(running.sim.record.calls(path)) for path in CALLS)


async def _locate(running: Running) -> None:
    """Let the van tell where it is, and the news arrive."""
    if running.account.speech == DialectName.TEAMS:
        assert running.account.happen.locate(_van(running).id)
        await running.entry.runtime_data.messages.async_refresh()
    else:
        running.entry.runtime_data.fleet.locations._due.clear()
        await running.entry.runtime_data.fleet.locations.async_refresh()
    await running.hass.async_block_till_done()


async def test_off_means_nothing(
    running: Running, freezer: FrozenDateTimeFactory
) -> None:
    """While vehicles are off nothing is asked and nothing is there."""
    for _ in range(3):
        freezer.tick(timedelta(minutes=16))
        async_fire_time_changed(running.hass)
        await running.hass.async_block_till_done(wait_background_tasks=True)
    assert _asked(running) == 0
    assert not running.hass.states.async_all("device_tracker")


async def test_position(driving: Running) -> None:
    """The tracker shows where the vehicle is, the sensor how fast it goes."""
    van = _van(driving)
    van.route = Route(((52.5, 13.4), (52.6, 13.5)), speed=36.0, rest=timedelta())
    await _locate(driving)
    fix = van.fix(driving.sim.clock.now())

    state = _state(driving, "device_tracker", "tracker")
    assert state.attributes["latitude"] == pytest.approx(fix.latitude, abs=1e-3)
    assert state.attributes["longitude"] == pytest.approx(fix.longitude, abs=1e-3)
    assert state.attributes["source_type"] == "gps"
    assert state.state == "not_home"
    speed = _state(driving, "sensor", "speed")
    assert float(speed.state) == pytest.approx(36.0, abs=0.1)
    assert speed.attributes["unit_of_measurement"] == "km/h"


async def test_southern_and_western(driving: Running) -> None:
    """South and west are negative."""
    van = _van(driving)
    van.route = Route(((-33.9, -70.6), (-33.8, -70.5)))
    await _locate(driving)

    state = _state(driving, "device_tracker", "tracker")
    assert -34 < state.attributes["latitude"] < -33
    assert -71 < state.attributes["longitude"] < -70


async def test_devices(driving: Running) -> None:
    """A vehicle hangs on its on-board device, one without on the account."""
    registry = dr.async_get(driving.hass)
    parents = {}
    for vehicle in driving.account.world.fleet.vehicles.values():
        device = registry.async_get_device_by_identifier(
            (DOMAIN, f"{driving.entry.unique_id}_vehicle_{vehicle.id}"),
            driving.entry.entry_id,
        )
        parents[vehicle.plate] = registry.async_get(device.via_device_id).name
    assert parents == {"B-VN 1207": "Van tracker", "B-TR 88": driving.entry.title}


async def test_without_a_place(driving: Running) -> None:
    """A vehicle that cannot tell where it is is there all the same."""
    trailer = driving.account.world.fleet.with_plate("B-TR 88")
    await _locate(driving)
    state = _state(driving, "device_tracker", "tracker", trailer)
    assert state.state == STATE_UNKNOWN
    assert _state(driving, "sensor", "speed", trailer).state == STATE_UNKNOWN


async def test_tracker_has_no_category(driving: Running) -> None:
    """Triggers of an area find the tracker."""
    entity_id = _entity_id(driving, "device_tracker", "tracker", _van(driving))
    assert er.async_get(driving.hass).async_get(entity_id).entity_category is None


async def test_new_and_gone(driving: Running) -> None:
    """A new vehicle appears by itself, one that is gone is unavailable."""
    fleet = driving.account.world.fleet
    bus = fleet.add("B-US 1", name="Bus")
    van = _van(driving)
    fleet.remove(van)
    await driving.entry.runtime_data.fleet.vehicles.async_refresh()
    await driving.hass.async_block_till_done()

    assert _state(driving, "device_tracker", "tracker", bus).state == STATE_UNKNOWN
    assert _state(driving, "device_tracker", "tracker", van).state == STATE_UNAVAILABLE


@TEAMS
async def test_message_that_names_the_device_only(driving: Running) -> None:
    """A position without a vehicle belongs to the vehicle of its device."""
    van, hub = _van(driving), driving.entry.runtime_data.hub
    heard: list[Any] = []
    hub.async_listen(None, heard.append)
    await _locate(driving)
    message = heard[-1].message
    fields = {
        name: getattr(message, name)
        for name in type(message).__dataclass_fields__
        if name not in ("vehicle_id", "id", "occurred", "latitude")
    }
    anonymous = type(message)(
        **fields,
        vehicle_id=None,
        id="anonymous",
        latitude=1.5,
        occurred=message.occurred + timedelta(seconds=1),
    )
    assert anonymous.device_serial == van.device.serial
    hub.async_hand_over(anonymous, first=True, stored=False)
    await driving.hass.async_block_till_done()

    state = _state(driving, "device_tracker", "tracker")
    assert state.attributes["latitude"] == 1.5

    stale = type(message)(
        **fields, id="late", vehicle_id=van.id, latitude=2.5, occurred=message.occurred
    )
    hub.async_hand_over(stale, first=True, stored=True)
    await driving.hass.async_block_till_done()
    state = _state(driving, "device_tracker", "tracker")
    assert state.attributes["latitude"] == 1.5


GPS = {
    "north-east": (("N", "52.5", "E", "13.4"), (52.5, 13.4)),
    "south-east": (("S", "33.9", "E", "151.2"), (-33.9, 151.2)),
    "north-west": (("N", "40.7", "W", "74.0"), (40.7, -74.0)),
    "south-west": (("S", "33.45", "W", "70.6"), (-33.45, -70.6)),
    "signed already": (("s", "-33.45", "w", "-70.6"), (-33.45, -70.6)),
}


@TEAMS
@pytest.mark.parametrize(("told", "place"), GPS.values(), ids=GPS)
async def test_raw_queue(
    driving: Running, told: tuple[str, ...], place: tuple[float, float]
) -> None:
    """Signs, cm/h, centimetres and turns over 360 degrees become what people use."""
    _push(driving, told, speed=3_600_000, height=-1250, direction=32_759)
    await driving.entry.runtime_data.messages.async_refresh()
    await driving.hass.async_block_till_done()

    state = _state(driving, "device_tracker", "tracker")
    assert (state.attributes["latitude"], state.attributes["longitude"]) == place
    assert state.attributes["heading"] == 359
    assert state.attributes["height"] == -12.5
    assert float(_state(driving, "sensor", "speed").state) == 36.0
    assert driving.account.messages.waiting == 0


@TEAMS
async def test_raw_queue_names_the_device_only(driving: Running) -> None:
    """A message that knows the name of the device only still moves its vehicle."""
    _push(driving, GPS["south-west"][0], anonymous=True)
    await driving.entry.runtime_data.messages.async_refresh()
    await driving.hass.async_block_till_done()
    state = _state(driving, "device_tracker", "tracker")
    assert state.attributes["latitude"] == -33.45


@TEAMS
async def test_raw_queue_with_nonsense(driving: Running) -> None:
    """A place that is none on earth moves nothing and holds up nothing."""
    _push(driving, ("N", "152.5", "E", "13.4"))
    _push(driving, GPS["north-east"][0])
    await driving.entry.runtime_data.messages.async_refresh()
    await driving.hass.async_block_till_done()
    state = _state(driving, "device_tracker", "tracker")
    assert state.attributes["latitude"] == 52.5
    assert driving.account.messages.waiting == 0


def _push(
    running: Running,
    told: tuple[str, ...],
    *,
    anonymous: bool = False,
    **figures: int,
) -> None:
    """Put a GPS message into the raw queue, in the words of the guide."""
    van, now = _van(running), running.sim.clock.now()
    row = gps_message(
        running.account,
        Located(at=now, vehicle=van, device=van.device, fix=van.fix(now)),
    )
    related = row["data"]["vehicleRelatedInfo"]
    related["gpsInfo"].update(
        dict(zip(("ns", "lat", "ew", "lng"), told, strict=True)), **figures
    )
    if anonymous:
        related["vehicleInfo"] = {}
        row["basicInfo"].pop("resource")
        row["basicInfo"]["device"] = {"name": van.device.name}
    running.account.messages.put("Msg330001", row)


@TEAMS
async def test_ignition(driving: Running, freezer: FrozenDateTimeFactory) -> None:
    """The ignition of all vehicles is asked at once, at most once a minute."""
    van = _van(driving)
    van.route = Route(((52.5, 13.4), (52.6, 13.5)), rest=timedelta())
    assert _state(driving, "binary_sensor", "ignition").state == STATE_UNKNOWN
    for _ in range(10):
        freezer.tick(timedelta(seconds=31))
        async_fire_time_changed(driving.hass)
        await driving.hass.async_block_till_done(wait_background_tasks=True)

    assert _state(driving, "binary_sensor", "ignition").state == "on"
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
    assert _state(driving, "binary_sensor", "ignition").state == STATE_UNKNOWN


@REFERENCE
async def test_no_ignition_in_the_reference(driving: Running) -> None:
    """What the service does not tell is not offered."""
    assert _entity_id(driving, "binary_sensor", "ignition", _van(driving)) is None


@REFERENCE
async def test_one_vehicle_at_a_time(
    driving: Running, freezer: FrozenDateTimeFactory
) -> None:
    """Each vehicle is asked in turn: moving ones every 30 s, parked ones slower."""
    world, fleet = driving.account.world, driving.account.world.fleet
    van = _van(driving)
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
    assert runtime.fleet.track(_van(driving).id) is not None
    assert _state(driving, "device_tracker", "tracker", away).state == STATE_UNKNOWN


async def test_last_position_outlives_a_restart(
    hass: HomeAssistant, sim: Simulator, account: Account
) -> None:
    """After a restart the last position shows until there is a new one."""
    registry = er.async_get(hass)
    entry = make_entry(sim, account)
    van = account.world.fleet.with_plate("B-VN 1207")
    entry.add_to_hass(hass)
    known = registry.async_get_or_create(
        "device_tracker",
        DOMAIN,
        f"{entry.unique_id}_vehicle_{van.id}_tracker",
        config_entry=entry,
    )
    stored = Track(48.1, 11.5, heading=90, time=dt_util.utcnow() - timedelta(hours=9))
    mock_restore_cache_with_extra_data(
        hass, [(State(known.entity_id, "not_home"), stored.as_stored())]
    )
    await hass.config_entries.async_remove(entry.entry_id)
    van.device.online = False
    running = await _set_up(hass, sim, account)

    state = hass.states.get(known.entity_id)
    state = state or _state(running, "device_tracker", "tracker")
    assert state.attributes["latitude"] == 48.1
    assert state.attributes["heading"] == 90

    van.device.online = True
    await _locate(running)
    state = _state(running, "device_tracker", "tracker")
    assert state.attributes["latitude"] != 48.1
    assert await hass.config_entries.async_unload(running.entry.entry_id)


@pytest.mark.parametrize(
    "stored", [{}, {"latitude": "x"}, {"latitude": None, "longitude": 1}]
)
def test_stored_nonsense(stored: dict[str, Any]) -> None:
    """What was stored by whatever else is not believed."""
    assert Track.from_stored(stored) is None


async def test_same_position_writes_nothing(driving: Running) -> None:
    """A position that is no news wakes no entity."""
    await _locate(driving)
    before = _state(driving, "device_tracker", "tracker").last_reported
    fleet, van = driving.entry.runtime_data.fleet, _van(driving)
    fleet.async_locate(van.id, fleet.track(van.id))
    assert _state(driving, "device_tracker", "tracker").last_reported == before


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
    asked = _asked(running)
    await _hours(running, freezer, 1)
    assert _asked(running) == asked

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
