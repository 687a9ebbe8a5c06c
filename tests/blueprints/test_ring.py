"""Somebody rings: the picture, and one tap that opens the door."""

import asyncio
from typing import Any

import pytest

from simulator.world.events import CallPhase

from ..common import camera_named
from ..conftest import Running
from ..phone import Phone
from .conftest import automate, door_named, hear, of_door, registered


def _ring(running: Running) -> dict[str, Any]:
    return {
        "bell": registered(running, "event", "_ring"),
        "camera": registered(running, "camera", camera_named(running, "Front door").id),
        "door": of_door(running, "lock"),
    }


@pytest.fixture
async def bell(running: Running) -> None:
    """Let it have rung once: in the reference that makes the bell."""
    call = running.account.happen.ring()
    await hear(running)
    await running.hass.async_block_till_done()
    running.account.happen.end_call(call, CallPhase.ANSWERED)


@pytest.mark.usefixtures("bell")
async def test_ring(running: Running, phone: Phone) -> None:
    """The picture and a button come; one tap opens the door once."""
    await automate(running.hass, "ring", phone=phone.device_id, **_ring(running))
    running.account.happen.ring()
    await hear(running)

    rang = await phone.notification()
    assert rang["title"] == "Somebody rings"
    assert rang["message"].startswith("Front door, ")
    assert rang["data"]["image"].startswith("/api/camera_proxy/camera.")
    assert not door_named(running).commands
    phone.tap(rang)
    phone.tap(rang)

    told = await phone.notification(2)
    assert told["message"] == "The door was opened."
    assert told["data"]["tag"] == rang["data"]["tag"]
    assert [one.action.value for one in door_named(running).commands] == ["open"]
    assert len(running.sim.record.calls("*/remote/control")) == 1
    await running.hass.async_block_till_done()
    phone.tap(rang)
    await asyncio.sleep(0.1)
    assert len(running.sim.record.calls("*/remote/control")) == 1


@pytest.mark.usefixtures("bell")
async def test_ring_at_a_door_that_fails(running: Running, phone: Phone) -> None:
    """Who pressed the button hears that the door stayed shut."""
    door_named(running).connected = False
    await automate(running.hass, "ring", phone=phone.device_id, **_ring(running))
    running.account.happen.ring()
    await hear(running)

    phone.tap(await phone.notification())

    told = await phone.notification(2)
    assert "could not open the door" in told["message"]


@pytest.mark.usefixtures("bell")
async def test_ring_that_nobody_answers(running: Running, phone: Phone) -> None:
    """After a while the button is gone, and the old one opens nothing."""
    inputs = {**_ring(running), "open_for": {"milliseconds": 50}}
    await automate(running.hass, "ring", phone=phone.device_id, **inputs)
    running.account.happen.ring()
    await hear(running)

    rang = await phone.notification()
    quiet = await phone.notification(2)
    assert "actions" not in quiet["data"]
    assert quiet["data"]["tag"] == rang["data"]["tag"]
    await running.hass.async_block_till_done()
    phone.tap(rang)
    await asyncio.sleep(0.1)
    assert not door_named(running).commands


@pytest.mark.usefixtures("bell")
@pytest.mark.parametrize(("pin", "opened"), [("0246", 1), ("1357", 0), ("", 0)])
async def test_ring_at_a_door_with_a_pin(
    running: Running, phone: Phone, pin: str, opened: int
) -> None:
    """The button opens a door that has a PIN only if the automation knows it."""
    stored = {door_named(running).id: {"pin": "0246"}}
    running.hass.config_entries.async_update_entry(
        running.entry, options={"doors": stored}
    )
    await running.hass.async_block_till_done(wait_background_tasks=True)
    inputs = {**_ring(running), "pin": pin}
    await automate(running.hass, "ring", phone=phone.device_id, **inputs)
    running.account.happen.ring()
    await hear(running)

    phone.tap(await phone.notification())

    await phone.notification(2)
    assert len(door_named(running).commands) == opened
