"""Where vehicles are, and which there are."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import (
    mock_restore_cache_with_extra_data,
)

from custom_components.hikcentral_connect.const import DOMAIN
from custom_components.hikcentral_connect.vehicles.fleet import Track
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.util import dt as dt_util
from simulator import Simulator
from simulator.account import Account
from simulator.world.routes import Route

from ..conftest import Running, make_entry
from .conftest import entity_id_of, locate, set_up, state_of, van_of


async def test_position(driving: Running) -> None:
    """The tracker shows where the vehicle is, the sensor how fast it goes."""
    van = van_of(driving)
    van.route = Route(((52.5, 13.4), (52.6, 13.5)), speed=36.0, rest=timedelta())
    await locate(driving)
    fix = van.fix(driving.sim.clock.now())

    state = state_of(driving, "device_tracker", "tracker")
    assert state.attributes["latitude"] == pytest.approx(fix.latitude, abs=1e-3)
    assert state.attributes["longitude"] == pytest.approx(fix.longitude, abs=1e-3)
    assert state.attributes["source_type"] == "gps"
    assert state.state == "not_home"
    speed = state_of(driving, "sensor", "speed")
    assert float(speed.state) == pytest.approx(36.0, abs=0.1)
    assert speed.attributes["unit_of_measurement"] == "km/h"


async def test_southern_and_western(driving: Running) -> None:
    """South and west are negative."""
    van = van_of(driving)
    van.route = Route(((-33.9, -70.6), (-33.8, -70.5)))
    await locate(driving)

    state = state_of(driving, "device_tracker", "tracker")
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
    await locate(driving)
    state = state_of(driving, "device_tracker", "tracker", trailer)
    assert state.state == STATE_UNKNOWN
    assert state_of(driving, "sensor", "speed", trailer).state == STATE_UNKNOWN


async def test_tracker_has_no_category(driving: Running) -> None:
    """Triggers of an area find the tracker."""
    entity_id = entity_id_of(driving, "device_tracker", "tracker", van_of(driving))
    assert er.async_get(driving.hass).async_get(entity_id).entity_category is None


async def test_new_and_gone(driving: Running) -> None:
    """A new vehicle appears by itself, one that is gone is unavailable."""
    fleet = driving.account.world.fleet
    bus = fleet.add("B-US 1", name="Bus")
    van = van_of(driving)
    fleet.remove(van)
    await driving.entry.runtime_data.fleet.vehicles.async_refresh()
    await driving.hass.async_block_till_done()

    assert state_of(driving, "device_tracker", "tracker", bus).state == STATE_UNKNOWN
    assert (
        state_of(driving, "device_tracker", "tracker", van).state == STATE_UNAVAILABLE
    )


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
    running = await set_up(hass, sim, account)

    state = hass.states.get(known.entity_id)
    state = state or state_of(running, "device_tracker", "tracker")
    assert state.attributes["latitude"] == 48.1
    assert state.attributes["heading"] == 90

    van.device.online = True
    await locate(running)
    state = state_of(running, "device_tracker", "tracker")
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
    await locate(driving)
    before = state_of(driving, "device_tracker", "tracker").last_reported
    fleet, van = driving.entry.runtime_data.fleet, van_of(driving)
    fleet.async_locate(van.id, fleet.track(van.id))
    assert state_of(driving, "device_tracker", "tracker").last_reported == before
