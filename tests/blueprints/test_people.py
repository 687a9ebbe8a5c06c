"""Passes for visitors, and reports of attendance."""

import asyncio
from datetime import datetime
import re
from zoneinfo import ZoneInfo

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    async_fire_time_changed,
    async_mock_service,
)

from custom_components.hikcentral_connect.api import DialectName, session

from ..common import until
from ..conftest import Running
from ..passes import entity, newest
from ..phone import Phone
from .conftest import automate


@pytest.fixture
def saturday(freezer: FrozenDateTimeFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin on a Saturday. A pause would not end while the time is frozen."""
    freezer.move_to("2026-11-28 12:00:00+00:00")
    monkeypatch.setattr(session, "RETRY_PAUSE", 0)


@pytest.mark.usefixtures("saturday", "ended")
@pytest.mark.parametrize("personal", [False, True])
async def test_attendance_report(
    running: Running, freezer: FrozenDateTimeFactory, personal: bool
) -> None:
    """The report goes out at its time, on its days; names only if they may, as texts."""
    hass, people = running.hass, list(running.account.world.people.values())
    object.__setattr__(people[0], "first_name", "<b onclick=x>Eve</b>")
    running.hass.config_entries.async_update_entry(
        running.entry, options={"attendance": True, "personal_data": personal}
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    sent = async_mock_service(hass, "notify", "send_message")
    await automate(
        hass, "attendance_report", recipients=["notify.office"], at="18:00:00"
    )

    zone = ZoneInfo(hass.config.time_zone)
    for day, mails in ((28, 0), (30, 1)):
        freezer.move_to(datetime(2026, 11, day, 18, tzinfo=zone))
        async_fire_time_changed(hass)
        await hass.async_block_till_done()
        assert len(sent) == mails

    (mail,) = sent
    assert mail.data["entity_id"] == ["notify.office"]
    assert mail.data["title"] == "Attendance 2026-11-30"
    assert f"of {len(people)}" in mail.data["message"]
    assert "<" not in mail.data["message"]
    for person in people:
        shown = re.sub("<.*?>", "", person.name)
        assert (shown in mail.data["message"]) is personal


@pytest.fixture
async def button(running: Running, phone: Phone) -> str:
    """Set up an automation that issues passes; return the button that starts it."""
    world = running.account.world
    resident = next(iter(world.residents), "")
    for_dialect = (
        {"access_levels": [next(iter(world.levels.values())).name]}
        if running.account.speech == DialectName.TEAMS
        else {"resident": resident}
    )
    running.hass.states.async_set("input_button.visitor", "2026-01-01")
    await automate(
        running.hass,
        "visitor_pass",
        button="input_button.visitor",
        phone=phone.device_id,
        qr=entity(running, "image", "visitor_pass"),
        visitor="Jane",
        **for_dialect,
    )
    return "input_button.visitor"


async def test_visitor_pass(
    running: Running, phone: Phone, button: str, caplog: pytest.LogCaptureFixture
) -> None:
    """QR code and PIN go to the phone; after its first use the pass is revoked."""
    hass, world = running.hass, running.account.world
    hass.states.async_set(button, "unavailable")
    hass.states.async_set(button, "2026-01-01")
    await asyncio.sleep(0.1)
    assert not world.passes
    hass.states.async_set(button, "2026-01-02")

    sent = await phone.notification()
    made = newest(running)
    assert sent["title"] == made.name == "Jane"
    assert sent["message"].startswith(f"PIN {made.pin}, until ")
    assert sent["data"]["image"].startswith("/api/image_proxy/image.")
    assert "opens no door" not in sent["message"]

    door, person = next(iter(world.doors)), next(iter(world.people.values()))
    for method, left in (("card", 1), ("qr", 0)):
        running.account.happen.access(door, person, method=method, granted=True)
        await running.entry.runtime_data.messages.async_refresh()
        await asyncio.sleep(0.1)
        if running.account.speech == DialectName.TEAMS:
            await until(lambda left=left: len(world.passes) == left)
    # The automation ends now; while it waits, this would never return.
    await hass.async_block_till_done()
    assert "stays valid until" in caplog.text or not world.passes
