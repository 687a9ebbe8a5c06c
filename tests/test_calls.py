"""Calls from the door: answered, refused, hung up, by action."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import async_capture_events

from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import device_registry as dr, entity_registry as er
from simulator.world.events import CallPhase
from simulator.world.places import Device

from .common import REFERENCE, TEAMS
from .conftest import Running

PATH = "devcall/v1/call/receive"


@pytest.fixture
def station(running: Running) -> Device:
    """Return the device at which one rings."""
    devices = running.account.world.devices.values()
    return next(device for device in devices if device.name == "Door station")


def _ring_entity(
    running: Running, station: Device, domain: str = "event"
) -> str | None:
    key = "ring" if domain == "event" else "ringing"
    return er.async_get(running.hass).async_get_entity_id(
        domain,
        running.entry.domain,
        f"{running.entry.unique_id}_device_{station.id}_{key}",
    )


async def _poll(running: Running) -> None:
    await running.entry.runtime_data.messages.async_refresh()
    await running.hass.async_block_till_done(wait_background_tasks=True)


async def _ring(running: Running, station: Device) -> str:
    call = running.account.happen.ring(station.id)
    await _poll(running)
    return call


async def _act(running: Running, action: str, **target: str | None) -> None:
    await running.hass.services.async_call(
        "hikcentral_connect", action, target, blocking=True
    )


def _phase(running: Running, call: str) -> CallPhase:
    ring = running.account.world.history.call(call)
    assert ring is not None
    return ring.phase


def _sent(running: Running) -> list[dict[str, Any]]:
    return [one.body for one in running.sim.record if one.path.endswith(PATH)]


@TEAMS
@pytest.mark.parametrize(
    ("action", "status", "phase"),
    [
        ("answer_call", 1, CallPhase.ANSWERED),
        ("refuse_call", 2, CallPhase.CANCELLED),
    ],
)
async def test_ring_is_taken_or_refused(
    running: Running, station: Device, action: str, status: int, phase: CallPhase
) -> None:
    """One request, for the user who is called, ends the ringing."""
    call = await _ring(running, station)
    ringing = _ring_entity(running, station, "binary_sensor")
    assert running.hass.states.get(ringing).state == "on"

    await _act(running, action, entity_id=_ring_entity(running, station))
    await _poll(running)

    assert _phase(running, call) is phase
    assert running.hass.states.get(ringing).state == "off"
    user = running.account.user_id
    assert _sent(running) == [{"recordId": call, "userId": user, "status": status}]


@TEAMS
async def test_answered_call_is_hung_up(running: Running, station: Device) -> None:
    """The same call can be hung up, also by its device."""
    call = await _ring(running, station)
    device = dr.async_get(running.hass).async_get_device_by_identifier(
        (running.entry.domain, f"{running.entry.unique_id}_device_{station.id}"),
        running.entry.entry_id,
    )
    await _act(running, "answer_call", device_id=device.id)
    await _poll(running)
    await _act(running, "hang_up_call", device_id=device.id)

    assert _phase(running, call) is CallPhase.HUNG_UP


@TEAMS
async def test_newest_call_is_meant(running: Running, station: Device) -> None:
    """Who rings again is answered, not who rang before."""
    first = await _ring(running, station)
    second = await _ring(running, station)
    await _act(running, "answer_call", entity_id=_ring_entity(running, station))

    assert _phase(running, first) is CallPhase.RINGING
    assert _phase(running, second) is CallPhase.ANSWERED


@TEAMS
@pytest.mark.parametrize("end", [CallPhase.ANSWERED, CallPhase.CANCELLED])
async def test_call_that_is_gone(
    running: Running, station: Device, end: CallPhase
) -> None:
    """Somebody else was quicker, or the visitor gave up: the owner is told."""
    call = await _ring(running, station)
    running.account.happen.end_call(call, end)

    with pytest.raises(HomeAssistantError) as caught:
        await _act(running, "answer_call", entity_id=_ring_entity(running, station))
    assert caught.value.translation_key == "call_gone"
    assert len(_sent(running)) == 1


@TEAMS
async def test_nobody_rang(running: Running, station: Device) -> None:
    """Without a call there is nothing to send."""
    with pytest.raises(ServiceValidationError) as caught:
        await _act(running, "answer_call", entity_id=_ring_entity(running, station))
    assert caught.value.translation_key == "no_call"
    assert not _sent(running)


@TEAMS
async def test_call_without_a_user(running: Running, station: Device) -> None:
    """A ring that names nobody is answered for the first user of the account."""
    running.account.user_id = ""
    call = await _ring(running, station)
    await _act(running, "answer_call", entity_id=_ring_entity(running, station))

    (sent,) = _sent(running)
    assert sent["userId"] == next(iter(running.account.world.users))
    assert _phase(running, call) is CallPhase.ANSWERED


@TEAMS
async def test_other_events_are_no_doorbells(running: Running, station: Device) -> None:
    """The event of a door or camera cannot be answered."""
    call = await _ring(running, station)
    camera = next(iter(running.account.world.cameras))
    entity = er.async_get(running.hass).async_get_entity_id(
        "event",
        running.entry.domain,
        f"{running.entry.unique_id}_camera_{camera}_alarm",
    )
    with pytest.raises(HomeAssistantError):
        await _act(running, "answer_call", entity_id=entity)
    assert _phase(running, call) is CallPhase.RINGING


@REFERENCE
async def test_reference_has_no_calls(running: Running, station: Device) -> None:
    """Where calls cannot be answered, the owner is told so."""
    await _ring(running, station)
    with pytest.raises(HomeAssistantError) as caught:
        await _act(running, "answer_call", entity_id=_ring_entity(running, station))

    assert caught.value.translation_key == "not_offered"
    assert not _sent(running)


@REFERENCE
async def test_first_ring_makes_the_bell(running: Running, station: Device) -> None:
    """A device of which nobody knew that one can ring there shows its first ring."""
    assert _ring_entity(running, station) is None
    await _ring(running, station)

    hass, ring = running.hass, _ring_entity(running, station)
    assert hass.states.get(ring).attributes["event_type"] == "ring"
    ringing = _ring_entity(running, station, "binary_sensor")
    assert hass.states.get(ringing).state == "on"

    assert await hass.config_entries.async_reload(running.entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert hass.states.get(ringing).state == "off"
    told = hass.states.get(ring).state
    await _ring(running, station)
    assert hass.states.get(ring).state > told
    assert hass.states.get(ringing).state == "on"


@REFERENCE
async def test_first_ring_is_one_event(running: Running, station: Device) -> None:
    """The ring that makes the bell is told once, and so is the next."""
    changes = async_capture_events(running.hass, "state_changed")
    await _ring(running, station)
    await _ring(running, station)

    ring = _ring_entity(running, station)
    states = [one.data["new_state"] for one in changes if one.data["entity_id"] == ring]
    assert [state.attributes["event_type"] for state in states] == [
        None,
        "ring",
        "ring",
    ]
