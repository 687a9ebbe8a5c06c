"""Repairs: what keeps messages away is told, and withdrawn when it is mended."""

import asyncio
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.hikcentral_connect.api import DialectName, session
from custom_components.hikcentral_connect.const import DOMAIN
from custom_components.hikcentral_connect.messages import history
from homeassistant.components.repairs import repairs_flow_manager
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
from simulator.webhook import Callback, Webhook

from .conftest import Running

teams_only = pytest.mark.parametrize("dialect", [DialectName.TEAMS])


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the alarm log again at once when it could not be read."""
    # No timer goes off while time is frozen.
    monkeypatch.setattr(history, "RETRY_FIRST", 0)
    monkeypatch.setattr(session, "RETRY_PAUSE", 0)


def _issue(running: Running, kind: str) -> ir.IssueEntry | None:
    issue_id = f"{kind}_{running.entry.entry_id}"
    return ir.async_get(running.hass).async_get_issue(DOMAIN, issue_id)


async def _poll(running: Running, times: int = 1) -> None:
    for _ in range(times):
        await running.entry.runtime_data.alarms.async_refresh()


async def _pass(
    running: Running, freezer: FrozenDateTimeFactory, **span: float
) -> None:
    freezer.tick(timedelta(**span))
    async_fire_time_changed(running.hass)
    await running.hass.async_block_till_done(wait_background_tasks=True)


def _set_webhook(running: Running) -> None:
    """Let another program have set a webhook, which takes nothing yet."""
    callback = Callback(url="https://other.example.com/secret-path", secret="x" * 8)
    clock = running.sim.clock
    running.account.webhook = Webhook(callback, (), clock, lambda: None)


async def _reload(running: Running) -> None:
    hass = running.hass
    assert await hass.config_entries.async_reload(running.entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)


async def test_nothing_is_wrong(running: Running) -> None:
    """An account in order has no issues."""
    assert not [
        issue
        for issue in ir.async_get(running.hass).issues.values()
        if issue.domain == DOMAIN
    ]


async def test_subscription_lost_repeatedly(
    running: Running, freezer: FrozenDateTimeFactory
) -> None:
    """A subscription that is lost three times in an hour is an issue; twice is none."""
    running.sim.faults.add("lost_subscription", path="*/alarm/v1/mq/messages", times=2)
    await _poll(running, 4)
    await _pass(running, freezer, minutes=1)
    assert _issue(running, "subscription_lost") is None

    running.sim.faults.add("lost_subscription", path="*/alarm/v1/mq/messages", times=1)
    await _poll(running, 2)
    await _pass(running, freezer, minutes=1)
    issue = _issue(running, "subscription_lost")
    assert issue.translation_placeholders == {"account": running.entry.title}
    assert not issue.is_fixable

    for _ in range(7):
        await _pass(running, freezer, minutes=10)
    assert _issue(running, "subscription_lost") is None


async def test_another_reader(running: Running, freezer: FrozenDateTimeFactory) -> None:
    """Batches that somebody else acknowledges show that there is somebody else."""
    path = "*/rawmessage/ack" if running.account.speech == "reference" else "*/complete"
    code = "0x5003" if running.account.speech == "reference" else "OPEN000012"
    running.sim.faults.add("refuse", path=path, times=3, code=code)
    camera = next(iter(running.account.world.cameras))
    running.account.happen.alarm(camera, "motion", pictures=0)
    await _poll(running, 4)
    await _pass(running, freezer, minutes=1)
    assert _issue(running, "another_reader") is not None

    await _pass(running, freezer, hours=2)
    assert _issue(running, "another_reader") is None


async def test_two_polls_at_once_are_no_other_reader(running: Running) -> None:
    """A poll on demand beside the clock's does not look like a stranger."""
    camera = next(iter(running.account.world.cameras))
    alarms = running.entry.runtime_data.alarms
    for _ in range(4):
        running.account.happen.alarm(camera, "motion", pictures=0)
        await asyncio.gather(alarms.async_refresh(), alarms.async_refresh())
    assert alarms.stolen == 0


@teams_only
async def test_foreign_webhook(running: Running) -> None:
    """A webhook of somebody else is told of, and removed if the owner wants that."""
    assert await async_setup_component(running.hass, "repairs", {})
    _set_webhook(running)
    await _reload(running)
    issue = _issue(running, "foreign_webhook")
    assert issue.is_fixable
    assert issue.translation_placeholders["host"] == "other.example.com"
    assert "secret-path" not in str(issue)

    form = await _fix(running, issue)
    assert form["step_id"] == "confirm"
    assert form["description_placeholders"]["host"] == "other.example.com"
    assert running.account.webhook is not None
    done = await repairs_flow_manager(running.hass).async_configure(
        form["flow_id"], user_input={}
    )

    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert running.account.webhook is None
    assert _issue(running, "foreign_webhook") is None


async def _fix(running: Running, issue: ir.IssueEntry) -> Any:
    return await repairs_flow_manager(running.hass).async_init(
        DOMAIN, data={"issue_id": issue.issue_id}
    )


@teams_only
async def test_webhook_that_stays(running: Running) -> None:
    """A webhook that the service does not remove stays an issue."""
    assert await async_setup_component(running.hass, "repairs", {})
    _set_webhook(running)
    await _reload(running)
    running.sim.faults.add("refuse", path="*/config/delete", code="OPEN000021")
    form = await _fix(running, _issue(running, "foreign_webhook"))
    done = await repairs_flow_manager(running.hass).async_configure(
        form["flow_id"], user_input={}
    )
    assert (done["type"], done["reason"]) == (FlowResultType.ABORT, "refused")
    assert _issue(running, "foreign_webhook") is not None


@teams_only
async def test_webhook_is_looked_for_every_day(
    running: Running, freezer: FrozenDateTimeFactory
) -> None:
    """A webhook that comes later is found within a day, and so is its end."""
    _set_webhook(running)
    await _pass(running, freezer, days=1)
    assert _issue(running, "foreign_webhook") is not None
    running.account.webhook = None
    await _pass(running, freezer, days=1)
    assert _issue(running, "foreign_webhook") is None


@teams_only
async def test_no_alarm_rules(running: Running, freezer: FrozenDateTimeFactory) -> None:
    """Without a rule no camera can alarm; one that is switched off is none."""
    rules = running.account.world.alarm_rules
    kept = dict(rules)
    rules.clear()
    await _reload(running)
    assert _issue(running, "no_alarm_rules") is not None

    rules.update(kept)
    for rule in rules.values():
        rule.enabled = False
    await _pass(running, freezer, days=1)
    assert _issue(running, "no_alarm_rules") is not None

    next(iter(rules.values())).enabled = True
    await _pass(running, freezer, days=1)
    assert _issue(running, "no_alarm_rules") is None


@teams_only
async def test_account_that_may_not_ask(running: Running) -> None:
    """A service that refuses to tell its settings is no reason for an alarm."""
    running.account.world.alarm_rules.clear()
    running.sim.faults.add("refuse", path="*/alarmrules/get", code="OPEN000021")
    running.sim.faults.add("http_error", path="*/webhook/*")
    await _reload(running)
    assert _issue(running, "no_alarm_rules") is None
    assert _issue(running, "foreign_webhook") is None


@teams_only
async def test_issues_end_with_the_account(running: Running) -> None:
    """An account that is switched off has no issues."""
    running.account.world.alarm_rules.clear()
    await _reload(running)
    assert await running.hass.config_entries.async_unload(running.entry.entry_id)
    assert _issue(running, "no_alarm_rules") is None
