"""Alarm outputs as switches, barriers as buttons: off until wanted, commanded once."""

import asyncio
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from homeassistant.components import conversation
from homeassistant.const import EVENT_HOMEASSISTANT_STARTED
from homeassistant.core import Context
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from simulator.world.outputs import AlarmOutput
from simulator.world.traffic import BarrierAction

from .common import REFERENCE, TEAMS
from .conftest import Running

ACTIONS = {
    "barrier_open": BarrierAction.OPEN,
    "barrier_close": BarrierAction.CLOSE,
    "barrier_hold_open": BarrierAction.HOLD_OPEN,
    "barrier_end_hold": BarrierAction.END_HOLD,
}


def _registered(running: Running, part: str) -> list[er.RegistryEntry]:
    return [
        one
        for one in er.async_get(running.hass).entities.values()
        if part in one.unique_id and one.platform == "hikcentral_connect"
    ]


async def _reload(running: Running) -> None:
    await running.hass.config_entries.async_reload(running.entry.entry_id)
    await running.hass.async_block_till_done(wait_background_tasks=True)


@pytest.fixture
async def siren(running: Running) -> AlarmOutput:
    """Return the siren, whose switch the owner has enabled."""
    siren = next(
        one
        for one in running.account.world.alarm_outputs.values()
        if one.name == "Siren"
    )
    (entity,) = _registered(running, f"_output_{siren.id}")
    er.async_get(running.hass).async_update_entity(entity.entity_id, disabled_by=None)
    await _reload(running)
    return siren


def _switch(running: Running, siren: AlarmOutput) -> Any:
    (entity,) = _registered(running, f"_output_{siren.id}")
    return running.hass.states.get(entity.entity_id)


async def _turn(running: Running, siren: AlarmOutput, how: str) -> None:
    entity_id = _switch(running, siren).entity_id
    await running.hass.services.async_call(
        "switch", f"turn_{how}", {"entity_id": entity_id}, blocking=True
    )
    await running.hass.async_block_till_done()


@TEAMS
async def test_outputs_are_disabled(running: Running) -> None:
    """Every output is known, and none can be switched until the owner enables it."""
    entities = _registered(running, "_output_")

    assert len(entities) == len(running.account.world.alarm_outputs)
    assert {one.disabled_by for one in entities} == {
        er.RegistryEntryDisabler.INTEGRATION
    }
    assert not running.hass.states.async_entity_ids("switch")
    assert not running.sim.record.calls("*alarmoutputs/status/get")


@REFERENCE
async def test_none_in_the_reference(
    running: Running, freezer: FrozenDateTimeFactory, caplog: pytest.LogCaptureFixture
) -> None:
    """The reference has neither outputs nor barriers, and nothing ever asks."""
    for _ in range(2):
        freezer.tick(timedelta(minutes=16))
        async_fire_time_changed(running.hass)
        await running.hass.async_block_till_done()
    assert "not offered" not in caplog.text
    assert not _registered(running, "_output_")
    assert not running.sim.record.calls("*alarmoutputs*")
    options = running.hass.config_entries.options
    menu = await options.async_init(running.entry.entry_id)
    assert "barriers" not in menu["menu_options"]


@TEAMS
async def test_switch(running: Running, siren: AlarmOutput) -> None:
    """An enabled output shows its state and is switched once each time."""
    assert _switch(running, siren).state == "off"

    await _turn(running, siren, "on")
    assert siren.on
    assert _switch(running, siren).state == "on"
    await _turn(running, siren, "off")

    assert [one.on for one in siren.commands] == [True, False]
    assert _switch(running, siren).state == "off"


@TEAMS
async def test_switched_elsewhere(running: Running, siren: AlarmOutput) -> None:
    """What others switch shows at the next look."""
    siren.on = True
    await running.entry.runtime_data.outputs.async_refresh()
    assert _switch(running, siren).state == "on"


@TEAMS
async def test_switch_offline(running: Running, siren: AlarmOutput) -> None:
    """A refusal in the row is told, and the switch does not pretend."""
    siren.device.online = False
    with pytest.raises(HomeAssistantError) as failure:
        await _turn(running, siren, "on")
    assert failure.value.translation_key == "device_offline"
    assert not siren.commands
    assert _switch(running, siren).state == "off"

    await running.entry.runtime_data.outputs.async_refresh()
    assert _switch(running, siren).state == "unknown"


@TEAMS
async def test_switch_twice(running: Running, siren: AlarmOutput) -> None:
    """A second press meanwhile sends nothing; the opposite one is refused."""
    running.sim.faults.add("latency", path="*alarmoutputs/control", seconds=0.2)

    outcomes = await asyncio.gather(
        _turn(running, siren, "on"),
        _turn(running, siren, "on"),
        _turn(running, siren, "off"),
        return_exceptions=True,
    )

    assert [one.on for one in siren.commands] == [True]
    assert outcomes[:2] == [None, None]
    assert outcomes[2].translation_key == "command_pending"


@TEAMS
async def test_voice_switches_nothing_by_default(running: Running) -> None:
    """Switches are exposed to voice by default: so these are not there."""
    for component in ("homeassistant", "conversation", "intent"):
        assert await async_setup_component(running.hass, component, {})
    running.hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    for text in ("turn on the siren", "turn on siren", "turn everything on"):
        await conversation.async_converse(
            running.hass, text, None, Context(), language="en"
        )
    outputs = running.account.world.alarm_outputs.values()
    assert not any(one.commands for one in outputs)


async def _choose(running: Running, *cameras: str) -> None:
    options = running.hass.config_entries.options
    menu = await options.async_init(running.entry.entry_id)
    form = await options.async_configure(menu["flow_id"], {"next_step_id": "barriers"})
    await options.async_configure(form["flow_id"], {"barriers": list(cameras)})
    await running.hass.async_block_till_done(wait_background_tasks=True)


@TEAMS
async def test_barrier(running: Running) -> None:
    """The camera that the owner chose gets buttons; each sends its command once."""
    traffic = running.account.world.traffic
    camera_id, barrier = next(iter(traffic.barriers.items()))
    runtime = running.entry.runtime_data
    assert not _registered(running, "_barrier_")

    await _choose(running, camera_id)
    assert running.entry.runtime_data is runtime
    registry = er.async_get(running.hass)
    entities = {
        one.unique_id.rpartition(f"{camera_id}_")[2]: one
        for one in _registered(running, "_barrier_")
    }
    assert entities.keys() == ACTIONS.keys()
    disabled = {key for key, one in entities.items() if one.disabled}
    assert disabled == {"barrier_hold_open", "barrier_end_hold"}
    for key in disabled:
        registry.async_update_entity(entities[key].entity_id, disabled_by=None)
    await _reload(running)

    for entity in entities.values():
        await running.hass.services.async_call(
            "button", "press", {"entity_id": entity.entity_id}, blocking=True
        )
    assert [action for _, action in barrier.commands] == [
        ACTIONS[key] for key in entities
    ]

    await _choose(running)
    assert not _registered(running, "_barrier_")


@TEAMS
async def test_camera_without_a_barrier(running: Running) -> None:
    """A camera that has no barrier says so when its button is pressed."""
    world = running.account.world
    camera_id = next(one for one in world.cameras if one not in world.traffic.barriers)
    await _choose(running, camera_id)
    (entity,) = _registered(running, f"{camera_id}_barrier_open")

    with pytest.raises(HomeAssistantError) as failure:
        await running.hass.services.async_call(
            "button", "press", {"entity_id": entity.entity_id}, blocking=True
        )

    assert failure.value.translation_key == "not_supported"
    assert len(running.sim.record.calls("*barrierGate/control")) == 1
