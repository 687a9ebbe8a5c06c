"""Visitor passes as entities: counted, in the calendar, as a QR code; and kept."""

import asyncio
from base64 import b64decode
from dataclasses import replace
from datetime import datetime, timedelta
import json
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.hikcentral_connect.const import DOMAIN
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from .common import REFERENCE, TEAMS, call
from .conftest import Running
from .passes import entity, issue, newest, read_qr, shown_qr, state_of


async def test_issue_is_shown(running: Running) -> None:
    """A new pass is counted, in the calendar, and its QR code is the image."""
    assert state_of(running, "sensor", "valid_passes").state == "0"
    assert state_of(running, "image", "visitor_pass").state == "unknown"

    response = await issue(running)

    made = newest(running)
    assert response["state"] == "valid"
    assert response["warnings"] == []
    assert response["code"] == made.pin
    assert read_qr(b64decode(response["qr_png"])) == made.qr_text
    assert state_of(running, "sensor", "valid_passes").state == "1"
    assert state_of(running, "calendar", "passes").state == "on"
    assert await shown_qr(running) == made.qr_text


async def test_newest_pass(running: Running) -> None:
    """The image follows the pass issued last, also one that opens later."""
    await issue(running)
    first = newest(running)
    now = dt_util.now()
    await issue(running, starts=now + timedelta(days=2), ends=now + timedelta(days=3))

    assert newest(running) is not first
    assert await shown_qr(running) == newest(running).qr_text
    assert state_of(running, "sensor", "valid_passes").state == "1"


async def test_pass_begins_and_ends(
    running: Running, freezer: FrozenDateTimeFactory
) -> None:
    """Begin and end of a pass show at once."""
    now = dt_util.now().replace(microsecond=0)
    await issue(
        running, starts=now + timedelta(minutes=2), ends=now + timedelta(minutes=5)
    )

    counted = []
    for _ in range(3):
        counted.append(state_of(running, "sensor", "valid_passes").state)
        freezer.tick(timedelta(seconds=150))
        async_fire_time_changed(running.hass)
        await running.hass.async_block_till_done()

    assert counted == ["0", "1", "0"]
    assert state_of(running, "image", "visitor_pass").state == "unknown"


async def test_calendar(running: Running) -> None:
    """A calendar that is opened shows names; the recorded state shows none."""
    response = await issue(running)
    calendar = entity(running, "calendar", "passes")

    answer = await running.hass.services.async_call(
        "calendar",
        "get_events",
        {"entity_id": calendar, "duration": {"days": 1}},
        blocking=True,
        return_response=True,
    )

    (event,) = answer[calendar]["events"]
    assert event["summary"] == "Jane Smith"
    assert datetime.fromisoformat(event["end"]) == datetime.fromisoformat(
        response["ends"]
    )
    assert "Jane" not in str(running.hass.states.get(calendar).attributes)

    running.hass.config_entries.async_update_entry(
        running.entry, options={"personal_data": True}
    )
    await running.entry.runtime_data.passes.async_refresh()
    running.entry.runtime_data.passes.async_update_listeners()
    assert running.hass.states.get(calendar).attributes["message"] == "Jane Smith"


@REFERENCE
async def test_qr_that_cannot_be_fetched(running: Running) -> None:
    """A pass is good without its picture, which is fetched when it is looked at."""
    running.sim.faults.add("http_error", path="/pictures/*")

    response = await issue(running)
    assert response["qr_png"] is None
    assert response["code"] == newest(running).pin
    with pytest.raises(HomeAssistantError):
        await shown_qr(running)

    running.sim.faults.clear()
    assert await shown_qr(running) == newest(running).qr_text


@TEAMS
async def test_dynamic_qr_is_renewed(
    running: Running,
    freezer: FrozenDateTimeFactory,
) -> None:
    """A code that changes is renewed while somebody looks; one that does not is not."""
    made = (await issue(running))["pass_id"]
    world = running.account.world
    seen = {await shown_qr(running)}
    stamp = state_of(running, "image", "visitor_pass").state

    for pin in ("111111", "222222"):
        world.passes[made] = replace(world.passes[made], pin=pin)
        freezer.tick(timedelta(seconds=51))
        async_fire_time_changed(running.hass)
        await running.hass.async_block_till_done()
        renewed = state_of(running, "image", "visitor_pass").state
        assert renewed != stamp
        stamp = renewed
        seen.add(await shown_qr(running))
    assert len(seen) == 3

    for _ in range(3):
        freezer.tick(timedelta(seconds=51))
        async_fire_time_changed(running.hass)
        await running.hass.async_block_till_done()
    asked = len(running.sim.record.calls("*tempauth/get"))
    assert asked == 3
    assert state_of(running, "image", "visitor_pass").state == stamp


async def test_no_secret_in_states(running: Running) -> None:
    """Neither PIN nor QR text nor visitor is in any state."""
    response = await issue(running)
    states = json.dumps(
        [state.as_dict() for state in running.hass.states.async_all()], default=str
    )
    for secret in (response["code"], response["visitor"], newest(running).qr_text):
        assert secret not in states


@REFERENCE
async def test_book_kept_here(running: Running, hass_storage: dict[str, Any]) -> None:
    """Where the service lists no passes, they and their QR codes outlive a restart."""
    response = await issue(running)
    text = newest(running).qr_text
    running.sim.faults.add("refuse", path="*passes*", code="0x8001")

    await running.hass.config_entries.async_reload(running.entry.entry_id)
    await running.hass.async_block_till_done(wait_background_tasks=True)

    (one,) = (await call(running, "list_visitor_passes"))["passes"]
    assert one["pass_id"] == response["pass_id"]
    assert one["code"] == response["code"]
    assert state_of(running, "sensor", "valid_passes").state == "1"
    assert await shown_qr(running) == text

    key = f"{DOMAIN}.{running.entry.entry_id}.passes"
    assert key in hass_storage
    await running.hass.config_entries.async_remove(running.entry.entry_id)
    assert key not in hass_storage


@REFERENCE
async def test_kept_before_its_picture_is_there(
    running: Running, hass_storage: dict[str, Any]
) -> None:
    """A pass is written down at once: its picture may be long in coming."""
    running.sim.faults.add("latency", path="/pictures/*", seconds=1)
    key = f"{DOMAIN}.{running.entry.entry_id}.passes"
    issuing = running.hass.async_create_task(issue(running))
    async with asyncio.timeout(5):
        while key not in hass_storage:
            await asyncio.sleep(0.01)

    (one,) = hass_storage[key]["data"]["passes"]
    assert (one["code"], one["qr_png"]) == (newest(running).pin, None)
    assert (await issuing)["qr_png"]


@REFERENCE
async def test_old_passes_are_forgotten(
    running: Running, freezer: FrozenDateTimeFactory
) -> None:
    """A pass kept here is forgotten a month after its end."""
    await issue(running)
    for days, left in ((20, 1), (40, 0)):
        freezer.tick(timedelta(days=days))
        passes = (await call(running, "list_visitor_passes"))["passes"]
        assert len(passes) == left
