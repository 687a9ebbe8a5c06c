"""Whoever is outside: addresses that lead elsewhere, and pushes that are not the service's."""

import asyncio
from dataclasses import replace
from itertools import cycle
import json
from pathlib import Path
import time
from typing import Any

import aiohttp
from aiohttp import web
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from yarl import URL

from custom_components.hikcentral_connect.api import DialectName
from custom_components.hikcentral_connect.api.dialects.teams import webhook as builders
from custom_components.hikcentral_connect.api.errors import HikError
from custom_components.hikcentral_connect.api.models.platform import StreamToken
from custom_components.hikcentral_connect.api.push import sign
from custom_components.hikcentral_connect.const import DOMAIN, EVENT_MESSAGE
from custom_components.hikcentral_connect.messages import webhook
from custom_components.hikcentral_connect.video.exports import Export
from custom_components.hikcentral_connect.video.ezopen.socket import (
    async_ask_address,
    open_stream,
)
from custom_components.hikcentral_connect.video.hls import async_error_at
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from simulator import Simulator
from simulator.account import Account

from ...conftest import Running, make_entry
from .trap import HOUSE


@pytest.fixture(params=[DialectName.TEAMS], ids=str)
def dialect(request: pytest.FixtureRequest) -> DialectName:
    """Only teams pushes."""
    return DialectName(request.param)


async def test_addresses(running: Running, trap: Any) -> None:
    """Pictures, recordings, playlists, streams and areas lead to no other host."""
    port, visits = trap
    for address in HOUSE:
        await _fetch_all(running, address.format(port=port))
    assert visits == []


async def _fetch_all(running: Running, url: str) -> None:
    client = running.entry.runtime_data.client
    http, home = client.session.http, client.session.account.url
    token = StreamToken(app_key="k", app_token="t", domain=url, expires=None)
    exports, part = running.entry.runtime_data.exports, Path("/nonexistent/part")
    for fetch in (
        client.fetch_media(url),
        exports._fetch(url, part, Export()),
        async_error_at(http, url, home),
        async_ask_address(http, token, "ezopen://x/1/1.live", home),
        running.entry.runtime_data.stills.fetch(url, "S1"),
    ):
        with pytest.raises(HikError):
            await fetch
    running.sim.faults.add("stranger", path="*/token/get", to=url, times=1)
    running.account.revoke_tokens()
    await client.resources.devices()
    assert client.session._token.base.origin() == home.origin()
    client.session._refusals.clear()


async def test_redirects(
    running: Running, trap: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing that is fetched follows a redirect into the house, not a socket either."""
    port, visits = trap
    statuses = cycle((301, 302, 303, 307, 308))
    target = f"http://127.0.0.1:{port}/"

    async def away(_: web.Request) -> web.Response:
        return web.Response(status=next(statuses), headers={"Location": target})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", away)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    home = URL(f"http://127.0.0.1:{runner.addresses[0][1]}")
    http = running.entry.runtime_data.client.session.http
    token = StreamToken(app_key="k", app_token="t", domain=str(home), expires=None)
    exports = running.entry.runtime_data.exports
    session = running.entry.runtime_data.client.session
    monkeypatch.setattr(session, "account", replace(session.account, url=home))
    for _ in range(5):
        with pytest.raises(HikError):
            await async_error_at(http, str(home), home)
        with pytest.raises(HikError):
            await exports._fetch(str(home), Path("/nonexistent/part"), Export())
        with pytest.raises(HikError):
            await async_ask_address(http, token, "ezopen://x/1/1.live", home)
        for _ in range(2):
            with pytest.raises(HikError):
                async with open_stream(http, home.with_scheme("ws")):
                    pass
    await runner.cleanup()
    assert visits == []


@pytest.fixture
async def pushed(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    socket_enabled: None,
    sim: Simulator,
    account: Account,
    monkeypatch: pytest.MonkeyPatch,
) -> Any:
    """Set the integration up with a push, and return a stranger's way to it."""
    monkeypatch.setattr(builders, "_checked_url", lambda url: url)
    assert await async_setup_component(hass, DOMAIN, {})
    outside = await hass_client_no_auth()
    await hass.config.async_update(external_url=str(outside.make_url("")).rstrip("/"))
    entry = make_entry(sim, account, {"push": True})
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    fired: list[Any] = []
    hass.bus.async_listen(EVENT_MESSAGE, fired.append)
    yield entry, outside, fired
    await hass.config_entries.async_unload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    if account.webhook:
        await account.webhook.stop()


def _headers(secret: str, batch: str = "b1", ahead: float = 0) -> dict[str, str]:
    stamp = str(round((time.time() + ahead) * 1000))
    return {
        "X-Hook-Batch-Id": batch,
        "X-Hook-Timestamp": stamp,
        "X-Hook-Signature": sign(secret, stamp, batch),
    }


def _body(guid: str, batch: str = "b1") -> bytes:
    alarm = {
        "type": "alarm",
        "guid": guid,
        "msgType": "1",
        "alarmState": "1",
        "timeInfo": {"startTime": "2026-01-01T00:00:00Z"},
        "eventSource": {"eventType": "10002", "sourceType": "camera", "sourceID": "c"},
    }
    return json.dumps({"batchId": batch, "list": [alarm]}).encode()


async def test_forged(pushed: Any) -> None:
    """Without the secret nothing is taken, and the answer tells nothing."""
    entry, outside, fired = pushed
    push = entry.runtime_data.memory.push
    path = f"/api/webhook/{push['id']}"
    good = _headers(push["secret"])
    forged = [
        {},
        {**good, "X-Hook-Signature": ""},
        {**good, "X-Hook-Signature": "sha256=" + "0" * 64},
        {**good, "X-Hook-Signature": good["X-Hook-Signature"][:-1]},
        {**good, "X-Hook-Batch-Id": "b2"},
        {**good, "X-Hook-Timestamp": "0"},
        {**good, "X-Hook-Timestamp": "-1"},
        {**good, "X-Hook-Timestamp": "9" * 14},
        {**good, "X-Hook-Timestamp": "9" * 4000},
        {**good, "X-Hook-Timestamp": "\u0661\u0662\u0663"},
        {**good, "X-Hook-Batch-Id": "b" * 6000},
        _headers("", "b1"),
        _headers(push["secret"], ahead=-3600),
        _headers(push["secret"], ahead=3600),
    ]
    for headers in forged:
        for method in ("get", "post", "put"):
            answer = await getattr(outside, method)(
                path, data=_body("g1"), headers=headers
            )
            content = await answer.text()
            assert push["secret"] not in content
            if method != "put":
                assert answer.status in (400, 401, 403, 405), headers
    # Whoever may have something signed could push: no GET is answered with a proof.
    answer = await outside.get(path, headers=good)
    assert "X-Hook-Signature" not in answer.headers
    assert fired == []


async def test_replayed(pushed: Any) -> None:
    """The same push again, or another body under the same head, fires nothing."""
    entry, outside, fired = pushed
    push = entry.runtime_data.memory.push
    path, headers = f"/api/webhook/{push['id']}", _headers(push["secret"])
    for guid in ("g1", "g1", "g2", "g3"):
        await outside.post(path, data=_body(guid), headers=headers)
    await entry.runtime_data.alarms.hass.async_block_till_done()
    assert [event.data["message_id"] for event in fired] == ["g1"]


async def test_oversized(pushed: Any) -> None:
    """More than the limit is not taken, whatever its length is said to be."""
    entry, outside, fired = pushed
    push = entry.runtime_data.memory.push
    path = f"/api/webhook/{push['id']}"

    async def flood() -> Any:
        for _ in range(200):
            yield b" " * 65_536

    for number, data in enumerate((b" " * (webhook.LARGEST + 1), flood())):
        headers = _headers(push["secret"], f"big{number}")
        try:
            answer = await outside.post(path, data=data, headers=headers)
        except aiohttp.ClientError:
            continue
        assert answer.status == 413
    for number, data in enumerate((b"[" * 4_000_000, b'{"list":' * 1000, b"\xff" * 9)):
        headers = _headers(push["secret"], f"deep{number}")
        answer = await outside.post(path, data=data, headers=headers)
        assert answer.status == 400
    assert fired == []


async def test_slow(pushed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who sends drop by drop is cut off."""
    monkeypatch.setattr(webhook, "ARRIVES_WITHIN", 0.3)
    entry, outside, fired = pushed
    push = entry.runtime_data.memory.push

    async def drops() -> Any:
        for _ in range(100):
            yield b" "
            await asyncio.sleep(0.1)

    started = time.monotonic()
    try:
        answer = await outside.post(
            f"/api/webhook/{push['id']}", data=drops(), headers=_headers(push["secret"])
        )
        assert answer.status == 408
    except aiohttp.ClientError:
        pass
    assert time.monotonic() - started < 8
    assert fired == []
