"""The logbook tells messages in plain words."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from custom_components.hikcentral_connect.const import EVENT_MESSAGE
from homeassistant.components.logbook.processor import EventProcessor
from homeassistant.components.recorder import Recorder, get_instance
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util

from .common import TEAMS, camera_named
from .conftest import Running


@pytest.fixture(autouse=True)
def _use_custom_integrations(
    recorder_mock: Recorder, enable_custom_integrations: None
) -> None:
    """Record what happens; the recorder must be there first."""


@pytest.fixture
async def _logbook(hass: HomeAssistant) -> None:
    """Set up the logbook, without the browser's files that are not installed."""
    hass.config.components.add("frontend")
    assert await async_setup_component(hass, "logbook", {})


@pytest.fixture
async def running(_logbook: None, running: Running) -> Running:
    """Set the logbook up before the integration."""
    return running


def _door_id(running: Running) -> str:
    doors = running.account.world.doors.values()
    return next(door.id for door in doors if door.name == "Front door")


async def _lines(running: Running) -> list[str]:
    """Read the queues and return what the recording says afterwards."""
    hass = running.hass
    for queue in running.entry.runtime_data.queues:
        await queue.async_refresh()
    await hass.async_block_till_done(wait_background_tasks=True)
    await async_wait_recording_done(hass)
    processor = EventProcessor(hass, (EVENT_MESSAGE,))
    now = dt_util.utcnow()
    found: list[dict[str, Any]] = await get_instance(hass).async_add_executor_job(
        processor.get_events, now - timedelta(hours=1), now + timedelta(seconds=1)
    )
    return [
        f"{one['name']}: {one['message']}"
        for one in found
        if one.get("domain") == running.entry.domain
    ]


async def test_alarm(running: Running) -> None:
    """An alarm is told with its camera; its end too, where there is one."""
    camera = camera_named(running, "Driveway")
    running.account.happen.alarm(camera.id, "lineCrossing", seconds=1, pictures=0)
    running.sim.clock.shift(2)

    expected = ["Driveway: line crossing began", "Driveway: line crossing ended"]
    if running.account.speech == "reference":
        expected = ["Driveway: line crossing"]
    assert await _lines(running) == expected


async def test_late_alarm(running: Running) -> None:
    """What happened long ago is told as such."""
    long_ago = running.sim.clock.now() - timedelta(minutes=9)
    camera = camera_named(running, "Driveway")
    running.account.happen.alarm(camera.id, "motion", at=long_ago, pictures=0)

    assert (await _lines(running))[0].endswith(" (told late)")


async def test_access(running: Running) -> None:
    """Accesses are told with door and method, and without names."""
    people = running.account.world.people
    ada = next(people[one] for one in people if people[one].name == "Ada Berg")
    running.account.happen.access(_door_id(running), None, method="card")
    running.account.happen.access(_door_id(running), ada, method="qr", granted=True)

    assert await _lines(running) == [
        "Front door: access denied (card)",
        "Front door: access granted (QR)",
    ]


async def test_access_with_a_name(running: Running) -> None:
    """The name of a person is told only where the owner allows it."""
    running.hass.config_entries.async_update_entry(
        running.entry, options={**running.entry.options, "personal_data": True}
    )
    await running.hass.async_block_till_done(wait_background_tasks=True)
    people = running.account.world.people
    ada = next(people[one] for one in people if people[one].name == "Ada Berg")
    running.account.happen.access(_door_id(running), ada, granted=True)

    assert await _lines(running) == ["Front door: access granted to Ada Berg (card)"]


async def test_ring(running: Running) -> None:
    """A ring is told, and how it ended."""
    running.account.happen.ring()
    if running.account.speech == "reference":
        assert await _lines(running) == ["Door station: somebody rings"]
        return
    running.sim.clock.shift(31)
    assert await _lines(running) == [
        "Door station: somebody rings for room 101",
        "Door station: nobody answered the call for room 101",
    ]


@TEAMS
@pytest.mark.parametrize(
    ("code", "line"),
    [("20002", "disk bad sector began"), ("10999", "alarm 10999 began")],
)
async def test_alarm_code(running: Running, code: str, line: str) -> None:
    """Each known code has words, an unknown one is told by its number."""
    running.account.happen.alarm(
        camera_named(running, "Driveway").id, "motion", pictures=0
    )
    _, message = running.account.alarms._pending[-1]
    message["eventSource"]["eventType"] = code

    assert await _lines(running) == [f"Driveway: {line}"]


@TEAMS
async def test_recordings_of_any_version(running: Running) -> None:
    """A recorded event that lacks everything still makes a line."""
    running.hass.bus.async_fire(EVENT_MESSAGE, {})
    running.hass.bus.async_fire(EVENT_MESSAGE, {"category": "access", "duress": True})
    running.hass.bus.async_fire(EVENT_MESSAGE, {"category": "position"})

    assert await _lines(running) == [
        "HikCentral Connect: message",
        "HikCentral Connect: access under duress",
        "HikCentral Connect: told its position",
    ]


@pytest.mark.parametrize("by_button", [False, True])
async def test_who_opened_a_door(running: Running, by_button: bool) -> None:
    """The line of the lock names who asked for it, also by another entity."""
    hass, registry = running.hass, er.async_get(running.hass)
    user = await hass.auth.async_create_user("Ada", group_ids=["system-admin"])
    mine = {
        one.domain: one.entity_id
        for one in registry.entities.values()
        if f"_{_door_id(running)}_" in one.unique_id
    }
    domain, service = ("button", "press") if by_button else ("lock", "unlock")
    await hass.services.async_call(
        domain,
        service,
        {"entity_id": mine[domain]},
        blocking=True,
        context=Context(user_id=user.id),
    )
    await hass.async_block_till_done()
    await async_wait_recording_done(hass)

    processor = EventProcessor(hass, (), entity_ids=[mine["lock"]])
    now = dt_util.utcnow()
    found: list[dict[str, Any]] = await get_instance(hass).async_add_executor_job(
        processor.get_events, now - timedelta(hours=1), now + timedelta(seconds=1)
    )
    told = {one["state"]: one.get("context_user_id") for one in found}
    assert told["unlocked"] == user.id
