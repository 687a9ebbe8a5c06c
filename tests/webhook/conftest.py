"""An account whose messages are pushed to a Home Assistant that can be reached."""

from collections.abc import AsyncIterator
import json
import time
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import async_capture_events
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.hikcentral_connect.api import DialectName, session
from custom_components.hikcentral_connect.api.dialects.teams import webhook as builders
from custom_components.hikcentral_connect.api.push import sign
from custom_components.hikcentral_connect.const import DOMAIN, EVENT_MESSAGE
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import Event, HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
from simulator import Simulator
from simulator.account import Account

from ..conftest import Running, make_entry

CHECKED_URL = builders._checked_url


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


def issue_of(running: Running, kind: str = "push_failed") -> ir.IssueEntry | None:
    """Return what the owner is told of the push, if anything."""
    issue_id = f"{kind}_{running.entry.entry_id}"
    return ir.async_get(running.hass).async_get_issue(DOMAIN, issue_id)


def any_camera(running: Running) -> str:
    """Return the id of a camera."""
    return next(iter(running.account.world.cameras))


def hook_of(running: Running) -> tuple[str, str]:
    """Return the path and the secret of the webhook."""
    push = running.entry.runtime_data.memory.push
    return f"/api/webhook/{push['id']}", push["secret"]


async def post(outside: Any, running: Running, **changes: Any) -> int:
    """Send a push by hand and return the answer's status."""
    path, secret = hook_of(running)
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


def alarm_row(guid: str = "g1") -> dict[str, Any]:
    """Return an alarm in the words of the guide."""
    return {
        "type": "alarm",
        "guid": guid,
        "msgType": "1",
        "alarmState": "1",
        "timeInfo": {"startTime": "2026-01-01T00:00:00Z"},
        "eventSource": {"eventType": "10002", "sourceType": "camera", "sourceID": "c"},
    }
