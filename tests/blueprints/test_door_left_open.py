"""A door that stays open: told, and locked with one tap."""

from typing import Any

import pytest

from custom_components.hikcentral_connect.const import DOMAIN

from ..conftest import Running
from ..phone import Phone
from .conftest import automate, door_named, of_door


async def _hold_open(running: Running) -> None:
    await running.hass.services.async_call(
        DOMAIN,
        "control_door",
        {"entity_id": of_door(running, "lock"), "command": "hold_open"},
        blocking=True,
    )


@pytest.fixture
async def left_open(running: Running, phone: Phone) -> dict[str, Any]:
    """Return the notification that a door was left open."""
    await automate(
        running.hass,
        "door_left_open",
        doors=[of_door(running, "lock"), "binary_sensor.contact"],
        phone=phone.device_id,
        open_for={"milliseconds": 50},
    )
    await _hold_open(running)
    return await phone.notification()


async def test_door_left_open(
    running: Running, phone: Phone, left_open: dict[str, Any]
) -> None:
    """A tap locks the door, once, and the notification goes away."""
    assert left_open["title"] == "Front door"
    assert left_open["message"] == "The door has been open for too long."

    phone.tap(left_open)
    phone.tap(left_open)

    gone = await phone.notification(2)
    assert gone["message"] == "clear_notification"
    assert gone["data"]["tag"] == left_open["data"]["tag"]
    commands = [one.action.value for one in door_named(running).commands]
    assert commands == ["remainOpen", "close"]


async def test_door_locked_by_somebody(
    running: Running, phone: Phone, left_open: dict[str, Any]
) -> None:
    """A door that is locked in another way needs no notification any more."""
    await running.hass.services.async_call(
        "lock", "lock", {"entity_id": of_door(running, "lock")}, blocking=True
    )

    gone = await phone.notification(2)
    assert gone["data"]["tag"] == left_open["data"]["tag"]
    assert gone["message"] == "clear_notification"
    assert len(door_named(running).commands) == 2


async def test_door_that_cannot_be_locked(
    running: Running, phone: Phone, left_open: dict[str, Any]
) -> None:
    """Who pressed the button hears that the door is still open."""
    door_named(running).connected = False

    phone.tap(left_open)

    told = await phone.notification(2)
    assert "could not lock the door" in told["message"]


@pytest.mark.usefixtures("left_open")
async def test_contact_left_open(running: Running, phone: Phone) -> None:
    """A contact has nothing that could be locked, so there is no button."""
    running.hass.states.async_set(
        "binary_sensor.contact", "on", {"friendly_name": "Gate"}
    )

    told = await phone.notification(2)
    assert told["title"] == "Gate"
    assert "actions" not in told["data"]
