"""Automations of one trigger, and what they fire on."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import async_capture_events

from homeassistant.components.automation import DOMAIN as AUTOMATION_DOMAIN
from homeassistant.core import Event, HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
from homeassistant.setup import async_setup_component

from ..conftest import Running

KEYS = ("description", "device_id", "entity_id", "message")
"""What the tests want to know of a trigger."""

type Fired = list[Event[dict[str, Any]]]
type Automate = Callable[..., Awaitable[Fired]]


@pytest.fixture
def automate(hass: HomeAssistant) -> Automate:
    """Return what makes an automation of one trigger and tells what it fired."""

    async def make(trigger: str, **config: Any) -> Fired:
        fired = async_capture_events(hass, "fired")
        wanted = {key: f"{{{{ trigger.{key} | default(none) }}}}" for key in KEYS}
        automation = {
            "alias": "Test",
            "triggers": [{"trigger": trigger, **config}],
            "actions": [{"event": "fired", "event_data": wanted}],
            "mode": "parallel",
        }
        assert await async_setup_component(
            hass, AUTOMATION_DOMAIN, {AUTOMATION_DOMAIN: automation}
        )
        await hass.async_block_till_done()
        return fired

    return make


async def poll(running: Running) -> None:
    """Let both queues be read once."""
    for queue in running.entry.runtime_data.queues:
        await queue.async_refresh()
    await running.hass.async_block_till_done(wait_background_tasks=True)


def door_id_of(running: Running, name: str = "Front door") -> str:
    """Return the id of a door."""
    doors = running.account.world.doors.values()
    return next(door.id for door in doors if door.name == name)


def person_id_of(running: Running, name: str) -> str:
    """Return the id of a person."""
    people = running.account.world.people
    return next(one for one in people if people[one].name == name)


def access(
    running: Running, name: str | None, door: str = "Front door", **how: Any
) -> None:
    """Let somebody, or a stranger, be at a door."""
    people = running.account.world.people
    person = people[person_id_of(running, name)] if name else None
    running.account.happen.access(door_id_of(running, door), person, **how)


def device_id_of(running: Running, kind: str, thing_id: str) -> str:
    """Return the id of a device in Home Assistant."""
    device = dr.async_get(running.hass).async_get_device_by_identifier(
        (running.entry.domain, f"{running.entry.unique_id}_{kind}_{thing_id}"),
        running.entry.entry_id,
    )
    assert device is not None
    return device.id


def entity_id_of(
    running: Running, domain: str, kind: str, thing_id: str, key: str
) -> str:
    """Return the id of an entity."""
    unique_id = f"{running.entry.unique_id}_{kind}_{thing_id}_{key}"
    entity_id = er.async_get(running.hass).async_get_entity_id(
        domain, running.entry.domain, unique_id
    )
    assert entity_id is not None
    return entity_id


def area_of(running: Running, device_id: str) -> str:
    """Put a device into an area of its own."""
    area = ar.async_get(running.hass).async_create("Somewhere")
    dr.async_get(running.hass).async_update_device(device_id, area_id=area.id)
    return area.id
