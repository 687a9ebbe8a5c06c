"""Alarm inputs: first state by a look, live by their alarms."""

from typing import Any

import pytest

from custom_components.hikcentral_connect.api import DialectName
from homeassistant.core import State
from homeassistant.helpers import device_registry as dr, entity_registry as er
from simulator.world.places import AlarmInput

from .conftest import Running

STATES = "*/alarminputs/status/get"


@pytest.fixture(params=[DialectName.TEAMS], ids=str)
def dialect(request: pytest.FixtureRequest) -> DialectName:
    """Only teams has alarm inputs."""
    return DialectName(request.param)


def _input(running: Running) -> AlarmInput:
    return next(
        one for one in running.account.world.alarm_inputs.values() if one.online
    )


def _entity_id(running: Running, contact: AlarmInput) -> str:
    unique_id = f"{running.entry.unique_id}_input_{contact.id}"
    return er.async_get(running.hass).async_get_entity_id(
        "binary_sensor", running.entry.domain, unique_id
    )


def _state(running: Running, contact: AlarmInput) -> State:
    return running.hass.states.get(_entity_id(running, contact))


async def _poll(running: Running) -> None:
    await running.entry.runtime_data.alarms.async_refresh()
    await running.hass.async_block_till_done()


async def test_first_state(running: Running) -> None:
    """Every input has a sensor with its name on its device, and a state."""
    for contact in running.account.world.alarm_inputs.values():
        state = _state(running, contact)
        assert state.state == ("off" if contact.online else "unavailable")
        assert contact.name in state.name
    entity = er.async_get(running.hass).async_get(_entity_id(running, _input(running)))
    device = dr.async_get(running.hass).async_get(entity.device_id)
    assert device.serial_number == _input(running).device.serial


async def test_alarm_switches_it(running: Running) -> None:
    """The alarm of an input turns its sensor on, the end turns it off."""
    contact = _input(running)
    running.account.happen.alarm(contact.id, "alarmInput", seconds=5)
    await _poll(running)
    assert _state(running, contact).state == "on"
    others = [
        _state(running, one).state
        for one in running.account.world.alarm_inputs.values()
        if one is not contact and one.online
    ]
    assert "on" not in others

    running.sim.clock.shift(6)
    await _poll(running)
    assert _state(running, contact).state == "off"


async def test_look_corrects(running: Running) -> None:
    """What no alarm told shows at the next look, eight states to a request."""
    contact = _input(running)
    contact.alarms += 1
    running.sim.record.clear()
    await running.entry.runtime_data.inputs.async_refresh()
    await running.hass.async_block_till_done()
    assert _state(running, contact).state == "on"
    count = len(running.account.world.alarm_inputs)
    assert len(running.sim.record.calls(STATES)) == -(-count // 8)


async def test_silent_queue(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """A look while the queue is silent keeps no sensor from coming back with it."""
    contact, runtime = _input(running), running.entry.runtime_data
    with monkeypatch.context() as silent:
        silent.setattr(type(runtime.alarms), "trusted", property(lambda _: False))
        contact.alarms += 1
        await runtime.inputs.async_refresh()
        await running.hass.async_block_till_done()
        assert _state(running, contact).state == "unavailable"
    runtime.alarms._tell_trust()
    assert _state(running, contact).state == "on"


async def test_inputs_left_out(running: Running) -> None:
    """What an answer leaves out is looked for again soon."""
    inputs, world = running.entry.runtime_data.inputs, running.account.world
    usual, kept = inputs.update_interval, dict(world.alarm_inputs)
    world.alarm_inputs.clear()
    await inputs.async_refresh()
    assert inputs.update_interval < usual
    world.alarm_inputs.update(kept)
    await inputs.async_refresh()
    assert inputs.update_interval == usual
    assert _state(running, _input(running)).state != "unavailable"


async def test_states_that_cannot_be_read(running: Running) -> None:
    """Without states the inputs are there all the same, and alarms switch them."""
    running.sim.faults.add("refuse", path=STATES, code="VMS022535")
    hass: Any = running.hass
    assert await hass.config_entries.async_reload(running.entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    contact = _input(running)
    assert _state(running, contact).state == "unknown"
    running.account.happen.alarm(contact.id, "alarmInput")
    await _poll(running)
    assert _state(running, contact).state == "on"
