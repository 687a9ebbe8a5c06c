"""Push: what the service sends by itself, and what happens when it cannot."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
import json
from pathlib import Path
import time
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    async_capture_events,
    async_fire_time_changed,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.hikcentral_connect.api import DialectName, session
from custom_components.hikcentral_connect.api.dialects.teams import webhook as builders
from custom_components.hikcentral_connect.api.push import read_push, sign
from custom_components.hikcentral_connect.const import DOMAIN, EVENT_MESSAGE
from custom_components.hikcentral_connect.messages import webhook
from custom_components.hikcentral_connect.messages.webhook import LARGEST
from homeassistant.config_entries import ConfigEntryDisabler, ConfigEntryState
from homeassistant.core import Event, HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
from simulator import Simulator
from simulator.account import Account
from simulator.webhook import Callback, Webhook

from .conftest import Running, make_entry


@pytest.fixture(params=[DialectName.TEAMS], ids=str)
def dialect(request: pytest.FixtureRequest) -> DialectName:
    """Only teams pushes."""
    return DialectName(request.param)


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """No timer goes off while time is frozen."""
    monkeypatch.setattr(session, "RETRY_PAUSE", 0)


@pytest.fixture
def bus(hass: HomeAssistant) -> list[Event[dict[str, Any]]]:
    """Return the messages that reach the bus."""
    return async_capture_events(hass, EVENT_MESSAGE)


@pytest.fixture
async def outside(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    socket_enabled: None,
    monkeypatch: pytest.MonkeyPatch,
) -> Any:
    """Let Home Assistant be reachable; on this machine there is no certificate."""
    monkeypatch.setattr(builders, "_checked_url", lambda url: url)
    # No route can be added after a test's server has started.
    assert await async_setup_component(hass, DOMAIN, {})
    client = await hass_client_no_auth()
    url = str(client.make_url("")).rstrip("/")
    await hass.config.async_update(external_url=url)
    return client


@pytest.fixture
async def pushed(
    hass: HomeAssistant, outside: Any, sim: Simulator, account: Account
) -> AsyncIterator[Running]:
    """Set the integration up with the push switched on."""
    entry = make_entry(sim, account, {"push": True})
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    yield Running(hass, sim, account, entry)
    if entry.state is ConfigEntryState.LOADED:
        await hass.config_entries.async_unload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    if account.webhook:
        await account.webhook.stop()


def _issue(running: Running, kind: str = "push_failed") -> ir.IssueEntry | None:
    issue_id = f"{kind}_{running.entry.entry_id}"
    return ir.async_get(running.hass).async_get_issue(DOMAIN, issue_id)


async def _until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not true():
            await asyncio.sleep(0.02)


def _camera(running: Running) -> str:
    return next(iter(running.account.world.cameras))


def _hook(running: Running) -> tuple[str, str]:
    """Return the path and the secret of the webhook."""
    push = running.entry.runtime_data.memory.push
    return f"/api/webhook/{push['id']}", push["secret"]


async def _post(outside: Any, running: Running, **changes: Any) -> int:
    """Send a push by hand and return the answer's status."""
    path, secret = _hook(running)
    batch = changes.get("batch", "b1")
    stamp = changes.get("stamp", str(round(time.time() * 1000)))
    body = {
        "batchId": changes.get("body_batch", batch),
        "list": changes.get("rows", []),
    }
    headers = {
        "X-Hook-Batch-Id": batch,
        "X-Hook-Timestamp": stamp,
        "X-Hook-Signature": changes.get("signature", sign(secret, stamp, batch)),
    }
    content = changes.get("content", json.dumps(body).encode())
    async with outside.post(path, data=content, headers=headers) as answer:
        return int(answer.status)


def _alarm(guid: str = "g1") -> dict[str, Any]:
    return {
        "type": "alarm",
        "guid": guid,
        "msgType": "1",
        "alarmState": "1",
        "timeInfo": {"startTime": "2026-01-01T00:00:00Z"},
        "eventSource": {"eventType": "10002", "sourceType": "camera", "sourceID": "c"},
    }


async def test_messages_are_pushed(
    pushed: Running, bus: list[Event[dict[str, Any]]]
) -> None:
    """Alarms, accesses and rings come by themselves, live and once."""
    assert pushed.account.webhook is not None
    assert pushed.account.webhook.callback.secret == _hook(pushed)[1]
    world, happen = pushed.account.world, pushed.account.happen
    happen.alarm(_camera(pushed), "motion", pictures=0, seconds=1e6)
    happen.access(next(iter(world.doors)), next(iter(world.people.values())))
    happen.ring()
    await _until(lambda: len(bus) == 3)

    assert [event.data["category"] for event in bus] == ["alarm", "access", "ring"]
    assert not any(event.data["late"] for event in bus)
    runtime = pushed.entry.runtime_data
    for queue in runtime.queues:
        await queue.async_refresh()
        assert queue.update_interval == timedelta(seconds=60)
    await runtime.records.async_refresh()
    await pushed.hass.async_block_till_done()
    assert len(bus) == 3
    assert _issue(pushed) is None
    assert _issue(pushed, "foreign_webhook") is None


async def test_off_by_default(running: Running) -> None:
    """Nobody's polling is stopped without having asked for it."""
    assert running.account.webhook is None
    assert not running.sim.record.calls("*/webhook/v1/config/save")


async def test_repeated_push(
    pushed: Running, outside: Any, bus: list[Event[dict[str, Any]]]
) -> None:
    """A push that is sent again, because our answer was lost, fires nothing."""
    rows = [_alarm()]
    assert await _post(outside, pushed, rows=rows) == 200
    assert await _post(outside, pushed, rows=rows) == 200
    assert await _post(outside, pushed, rows=rows, batch="b2") == 200
    assert len(bus) == 1


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"signature": "sha256=00"}, 401),
        ({"signature": ""}, 401),
        ({"stamp": "1700000000000"}, 400),
        ({"stamp": "soon"}, 400),
        ({"stamp": "9" * 30}, 400),
        ({"batch": ""}, 400),
        ({"body_batch": "other"}, 400),
        ({"content": b"{"}, 400),
        ({"content": b"[]"}, 400),
        ({"content": b"x" * (LARGEST + 1)}, 413),
    ],
)
async def test_forged_pushes(
    pushed: Running,
    outside: Any,
    bus: list[Event[dict[str, Any]]],
    changes: dict[str, Any],
    status: int,
) -> None:
    """What is unsigned, old, huge or broken is refused and fires nothing."""
    assert await _post(outside, pushed, **{"rows": [_alarm()]} | changes) == status
    assert not bus


async def test_unreadable_rows(
    pushed: Running, outside: Any, bus: list[Event[dict[str, Any]]]
) -> None:
    """One broken row does not keep the others away."""
    rows = [{"type": "alarm", "guid": None}, "text", _alarm()]
    assert await _post(outside, pushed, rows=rows) == 200
    assert [event.data["message_id"] for event in bus] == ["g1"]


async def test_hand_over_that_fails(
    pushed: Running, outside: Any, bus: list[Event[dict[str, Any]]]
) -> None:
    """The service is asked to send again what could not be handed over."""
    alarms = pushed.entry.runtime_data.alarms
    with patch.object(alarms, "async_take", side_effect=ValueError):
        assert await _post(outside, pushed, rows=[_alarm()]) == 500
    assert await _post(outside, pushed, rows=[_alarm()]) == 200
    assert len(bus) == 1


async def test_nothing_is_signed_for_strangers(pushed: Running, outside: Any) -> None:
    """Who asks for a signature outside of the service's check gets none."""
    path, _ = _hook(pushed)
    stamp = str(round(time.time() * 1000))
    headers = {"X-Hook-Batch-Id": "b", "X-Hook-Timestamp": stamp}
    async with outside.get(path, headers=headers) as answer:
        assert answer.status == 403
        assert "X-Hook-Signature" not in answer.headers


async def test_no_external_address(
    hass: HomeAssistant, sim: Simulator, account: Account
) -> None:
    """Without an address the messages are polled, and the owner is told."""
    entry = make_entry(sim, account, {"push": True})
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    running = Running(hass, sim, account, entry)
    assert _issue(running).translation_key == "push_no_address"
    assert account.webhook is None
    bus = async_capture_events(hass, EVENT_MESSAGE)
    account.happen.alarm(_camera(running), "motion", pictures=0)
    await entry.runtime_data.alarms.async_refresh()
    assert len(bus) == 1
    assert entry.runtime_data.alarms.update_interval < timedelta(seconds=60)
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert _issue(running) is None


async def test_address_without_certificate(
    pushed: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An address that is not https is never given to the service."""
    monkeypatch.undo()
    hass = pushed.hass
    pushed.sim.record.clear()
    assert await hass.config_entries.async_reload(pushed.entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert _issue(pushed).translation_key == "push_no_address"
    assert not pushed.sim.record.calls("*/webhook/v1/config/save")
    assert pushed.account.webhook is None


async def test_verification_fails(pushed: Running) -> None:
    """An address that the service cannot verify leaves polling as it was."""
    hass = pushed.hass
    await hass.config.async_update(external_url="http://127.0.0.1:9")
    assert await hass.config_entries.async_reload(pushed.entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    issue = _issue(pushed)
    assert issue.translation_key == "push_refused"
    assert issue.translation_placeholders["error"]
    assert pushed.account.webhook is None
    bus = async_capture_events(hass, EVENT_MESSAGE)
    pushed.account.happen.alarm(_camera(pushed), "motion", pictures=0)
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
    assert _issue(running).translation_key == "push_taken"
    assert _issue(running, "foreign_webhook") is not None
    assert account.webhook.callback.url == "https://other.example.com/x"
    assert await hass.config_entries.async_unload(entry.entry_id)


async def test_nothing_arrives(
    pushed: Running,
    bus: list[Event[dict[str, Any]]],
    freezer: FrozenDateTimeFactory,
) -> None:
    """What stands in the log and was not pushed ends the push, and comes late."""
    await pushed.account.webhook.stop()
    pushed.account.happen.alarm(_camera(pushed), "motion", pictures=0, seconds=1e6)
    # Two looks: the first may still wait for what is under way.
    for _ in range(2):
        if _issue(pushed) is None:
            freezer.tick(timedelta(minutes=10, seconds=1))
            async_fire_time_changed(pushed.hass)
            await pushed.hass.async_block_till_done(wait_background_tasks=True)

    assert [event.data["type"] for event in bus] == ["motion"]
    assert _issue(pushed).translation_key == "push_missing"
    assert _issue(pushed).translation_placeholders["count"] == "1"
    assert pushed.account.webhook is None
    pushed.account.happen.alarm(_camera(pushed), "intrusion", pictures=0)
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
    assert _issue(pushed).translation_key == "push_taken"
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
    assert _issue(pushed).translation_key == "push_refused"
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
    assert _issue(pushed) is not None
    await hass.config.async_update(external_url=outside_url)
    assert await tried_after(20) == 3
    assert _issue(pushed) is None
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


async def test_option_off(pushed: Running) -> None:
    """Switching the push off gives polling back to everybody."""
    hass, entry = pushed.hass, pushed.entry
    hass.config_entries.async_update_entry(entry, options={"push": False})
    await hass.async_block_till_done(wait_background_tasks=True)
    assert pushed.account.webhook is None
    assert entry.runtime_data.memory.push == {}
    bus = async_capture_events(hass, EVENT_MESSAGE)
    pushed.account.happen.alarm(_camera(pushed), "motion", pictures=0)
    await entry.runtime_data.alarms.async_refresh()
    assert len(bus) == 1


async def test_restart_keeps_it(pushed: Running) -> None:
    """A restart leaves the webhook where it is: what comes meanwhile is sent again."""
    hass, callback = pushed.hass, pushed.account.webhook.callback
    assert await hass.config_entries.async_unload(pushed.entry.entry_id)
    assert pushed.account.webhook.callback is callback
    assert await hass.config_entries.async_setup(pushed.entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert pushed.account.webhook.callback == callback
    assert _issue(pushed) is None


async def test_account_switched_off(pushed: Running) -> None:
    """An account that is switched off does not keep the messages from others."""
    await pushed.hass.config_entries.async_set_disabled_by(
        pushed.entry.entry_id, ConfigEntryDisabler.USER
    )
    await pushed.hass.async_block_till_done(wait_background_tasks=True)
    assert pushed.account.webhook is None


async def test_account_removed(pushed: Running) -> None:
    """An account that is removed leaves no webhook behind."""
    assert await pushed.hass.config_entries.async_remove(pushed.entry.entry_id)
    await pushed.hass.async_block_till_done(wait_background_tasks=True)
    assert pushed.account.webhook is None


async def test_option_page(hass: HomeAssistant, running: Running) -> None:
    """The option has a page of its own, which says what it does to others."""
    flows = hass.config_entries.options
    menu = await flows.async_init(running.entry.entry_id)
    assert "push" in menu["menu_options"]
    page = await flows.async_configure(menu["flow_id"], {"next_step_id": "push"})
    assert page["step_id"] == "push"
    flows.async_abort(menu["flow_id"])


def test_example_of_the_guide() -> None:
    """Events have their code without the prefix of the queue, and no type is no harm."""
    ring = {
        "type": "event",
        "basicInfo": {"eventType": "140001"},
        "data": {"deviceTalkInfo": {"msgId": "call", "msgType": 0}},
    }
    bare = {key: value for key, value in _alarm().items() if key != "type"}
    push = read_push(json.dumps({"batchId": "b", "list": [ring, bare]}).encode())
    assert [one.event_type for one in push.messages] == ["140001"]
    assert [one.id for one in push.alarms] == ["g1"]
