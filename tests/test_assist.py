"""Doors by voice."""

import pytest

from homeassistant.components import conversation
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import Context
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component

from .conftest import Running


async def _say(running: Running, text: str) -> str:
    answer = await conversation.async_converse(
        running.hass, text, None, Context(), language="en"
    )
    return answer.response.response_type.value


@pytest.fixture
async def lock(running: Running) -> str:
    """Return the lock of the front door, with Assist running."""
    for component in ("homeassistant", "conversation", "intent"):
        assert await async_setup_component(running.hass, component, {})
    door = next(
        one for one in running.account.world.doors.values() if one.name == "Front door"
    )
    registry = er.async_get(running.hass)
    return next(
        one.entity_id
        for one in registry.entities.values()
        if one.domain == "lock" and f"_{door.id}_" in one.unique_id
    )


async def test_unlock_the_front_door(running: Running, lock: str) -> None:
    """A door that the owner exposed opens, once."""
    async_expose_entity(running.hass, "conversation", lock, True)

    assert await _say(running, "unlock the front door") == "action_done"
    await running.hass.async_block_till_done()

    opened = {door.name: door.opened for door in running.account.world.doors.values()}
    assert opened == {"Front door": 1, "Garage door": 0, "Workshop door": 0}


async def test_nothing_opens_by_default(running: Running, lock: str) -> None:
    """A door that the owner did not expose stays shut, whatever is said."""
    for text in (
        "unlock the front door",
        "open the front door",
        "turn off the front door",
        "turn on front door open",
        "press front door open",
        "open all doors",
        "turn off everything",
    ):
        await _say(running, text)
    await running.hass.async_block_till_done()

    assert not any(door.commands for door in running.account.world.doors.values())
