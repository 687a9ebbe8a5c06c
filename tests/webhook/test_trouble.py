"""A push that cannot be, or no longer works: polled, told and tried again."""

from datetime import timedelta
import json
from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    async_capture_events,
    async_fire_time_changed,
)

from custom_components.hikcentral_connect.api.dialects.teams import webhook as builders
from custom_components.hikcentral_connect.const import EVENT_MESSAGE
from custom_components.hikcentral_connect.messages import webhook
from homeassistant.core import Event, HomeAssistant
from simulator import Simulator
from simulator.account import Account
from simulator.webhook import Callback, Webhook

from ..conftest import Running, make_entry
from .conftest import CHECKED_URL, any_camera, issue_of


async def test_no_external_address(
    hass: HomeAssistant, sim: Simulator, account: Account
) -> None:
    """Without an address the messages are polled, and the owner is told."""
    entry = make_entry(sim, account, {"push": True})
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    running = Running(hass, sim, account, entry)
    assert issue_of(running).translation_key == "push_no_address"
    assert account.webhook is None
    bus = async_capture_events(hass, EVENT_MESSAGE)
    account.happen.alarm(any_camera(running), "motion", pictures=0)
    await entry.runtime_data.alarms.async_refresh()
    assert len(bus) == 1
    assert entry.runtime_data.alarms.update_interval < timedelta(seconds=60)
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert issue_of(running) is None


async def test_address_without_certificate(
    pushed: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An address that is not https is never given to the service."""
    monkeypatch.setattr(builders, "_checked_url", CHECKED_URL)
    hass = pushed.hass
    pushed.sim.record.clear()
    assert await hass.config_entries.async_reload(pushed.entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert issue_of(pushed).translation_key == "push_no_address"
    assert not pushed.sim.record.calls("*/webhook/v1/config/save")
    assert pushed.account.webhook is None


async def test_verification_fails(pushed: Running) -> None:
    """An address that the service cannot verify leaves polling as it was."""
    hass = pushed.hass
    await hass.config.async_update(external_url="http://127.0.0.1:9")
    assert await hass.config_entries.async_reload(pushed.entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    issue = issue_of(pushed)
    assert issue.translation_key == "push_refused"
    assert issue.translation_placeholders["error"]
    assert pushed.account.webhook is None
    bus = async_capture_events(hass, EVENT_MESSAGE)
    pushed.account.happen.alarm(any_camera(pushed), "motion", pictures=0)
    await pushed.entry.runtime_data.alarms.async_refresh()
    assert len(bus) == 1


async def test_webhook_of_somebody_else_stays(
    hass: HomeAssistant, outside: Any, sim: Simulator, account: Account
) -> None:
    """The only webhook of an account is not taken from another program."""
    callback = Callback(url="https://other.example.com/x", secret="x" * 8)
    account.webhook = Webhook(callback, (), sim.clock, lambda: None)
    entry = make_entry(sim, account, {"push": True})
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    running = Running(hass, sim, account, entry)
    assert issue_of(running).translation_key == "push_taken"
    assert issue_of(running, "foreign_webhook") is not None
    assert account.webhook.callback.url == "https://other.example.com/x"
    assert await hass.config_entries.async_unload(entry.entry_id)


async def test_nothing_arrives(
    pushed: Running,
    bus: list[Event[dict[str, Any]]],
    freezer: FrozenDateTimeFactory,
) -> None:
    """What stands in the log and was not pushed ends the push, and comes late."""
    await pushed.account.webhook.stop()
    pushed.account.happen.alarm(any_camera(pushed), "motion", pictures=0, seconds=1e6)
    # Two looks: the first may still wait for what is under way.
    for _ in range(2):
        if issue_of(pushed) is None:
            freezer.tick(timedelta(minutes=10, seconds=1))
            async_fire_time_changed(pushed.hass)
            await pushed.hass.async_block_till_done(wait_background_tasks=True)

    assert [event.data["type"] for event in bus] == ["motion"]
    assert issue_of(pushed).translation_key == "push_missing"
    assert issue_of(pushed).translation_placeholders["count"] == "1"
    assert pushed.account.webhook is None
    pushed.account.happen.alarm(any_camera(pushed), "intrusion", pictures=0)
    await pushed.entry.runtime_data.alarms.async_refresh()
    assert [event.data["type"] for event in bus] == ["motion", "intrusion"]


async def test_webhook_is_replaced(
    pushed: Running, freezer: FrozenDateTimeFactory
) -> None:
    """A webhook that another program set in place of ours is noticed."""
    await pushed.account.webhook.stop()
    callback = Callback(url="https://other.example.com/x", secret="x" * 8)
    pushed.account.webhook = Webhook(callback, (), pushed.sim.clock, lambda: None)
    freezer.tick(timedelta(minutes=10, seconds=1))
    async_fire_time_changed(pushed.hass)
    await pushed.hass.async_block_till_done(wait_background_tasks=True)
    assert issue_of(pushed).translation_key == "push_taken"
    assert pushed.account.webhook.callback is callback


async def test_tried_again(
    pushed: Running, freezer: FrozenDateTimeFactory, caplog: pytest.LogCaptureFixture
) -> None:
    """A push that failed is tried again, ever less often, until it works."""
    hass, entry = pushed.hass, pushed.entry
    outside_url = hass.config.external_url
    await hass.config.async_update(external_url="http://127.0.0.1:9")
    assert await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert issue_of(pushed).translation_key == "push_refused"
    pushed.sim.record.clear()

    async def tried_after(minutes: float) -> int:
        for _ in range(round(minutes)):
            freezer.tick(timedelta(minutes=1))
            async_fire_time_changed(hass)
            await hass.async_block_till_done(wait_background_tasks=True)
        return len(pushed.sim.record.calls("*/webhook/v1/config/save"))

    assert await tried_after(4) == 0
    assert await tried_after(2) == 1
    assert await tried_after(8) == 1
    assert await tried_after(3) == 2
    assert issue_of(pushed) is not None
    await hass.config.async_update(external_url=outside_url)
    assert await tried_after(20) == 3
    assert issue_of(pushed) is None
    assert pushed.account.webhook is not None
    assert entry.runtime_data.alarms.relaxed
    told = [one for one in caplog.records if "the push failed" in one.message]
    assert [one.levelname for one in told].count("WARNING") == 1


async def test_given_up_with_the_account(
    pushed: Running, freezer: FrozenDateTimeFactory
) -> None:
    """An account that stops while the push failed tries nothing more."""
    hass = pushed.hass
    await hass.config.async_update(external_url="http://127.0.0.1:9")
    assert await hass.config_entries.async_reload(pushed.entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert await hass.config_entries.async_unload(pushed.entry.entry_id)
    pushed.sim.record.clear()
    freezer.tick(timedelta(hours=7))
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert not pushed.sim.record.calls("*/webhook/*")


def test_every_fault_has_a_text() -> None:
    """Each reason is told in words that can be translated."""
    file = Path(webhook.__file__).parents[1] / "translations" / "en.json"
    issues = json.loads(file.read_text())["issues"]
    for fault in webhook.Fault:
        assert "{account}" in issues[fault]["title"]
