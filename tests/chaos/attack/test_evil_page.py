"""A page that wants to watch: sessions cannot be guessed, replayed or turned."""

from collections.abc import Iterator
from contextlib import contextmanager
import random
import re
from typing import Any

import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.hikcentral_connect.const import DOMAIN
from custom_components.hikcentral_connect.panel import vendor
from custom_components.hikcentral_connect.panel.sessions import (
    FIRST_USE_SECONDS,
    IDLE_SECONDS,
    LIFE_SECONDS,
)

from ...common import camera_named
from ...conftest import Running
from ...player.common import EZOPEN, open_stream
from ...watching import entity_id_of

GUESSES = 300


@contextmanager
def nothing_goes_out(running: Running) -> Iterator[None]:
    """See that the maker's API is asked nothing."""
    before = len(running.sim.record)
    yield
    paths = {one.path for one in list(running.sim.record)[before:]}
    assert not [
        path for path in paths if path.startswith(("/api/lapp", "/api/service"))
    ]


async def _open(running: Running, sockets: WebSocketGenerator, name: str) -> Any:
    socket = await sockets(running.hass)
    entity_id = entity_id_of(running.hass, camera_named(running, name))
    return socket, (await open_stream(socket, entity_id))["result"]


async def test_guessed(
    running: Running,
    hass_ws_client: WebSocketGenerator,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    """Near misses, prefixes and tricks with the path open nothing and tell nothing."""
    _, stream = await _open(running, hass_ws_client, "Terrace")
    real, chance = stream["session"], random.Random(1)
    page = await hass_client_no_auth()
    near = [
        real[:-1],
        real + "0",
        real.upper() + "A",
        real[::-1],
        f"{real}%00",
        "",
        ".",
    ]
    near += [f"..%2fplayer%2f{real}x", "%2e%2e", "*", "null", "undefined", "0" * 10_000]
    near += [f"{chance.getrandbits(128):032x}" for _ in range(GUESSES)]
    for digit in range(len(real)):
        other = "0" if real[digit] != "0" else "1"
        near.append(real[:digit] + other + real[digit + 1 :])
    answers = set()
    with nothing_goes_out(running):
        for guess in near:
            answer = await page.post(f"/api/{DOMAIN}/player/{guess}{EZOPEN}")
            assert answer.status in (400, 404)
            answers.add(await answer.text())
    assert not any(real in text or "Terrace" in text for text in answers)


async def test_replayed(
    running: Running,
    hass_ws_client: WebSocketGenerator,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    """A session that was closed, unloaded or left by its user is dead for ever."""
    page = await hass_client_no_auth()
    socket, stream = await _open(running, hass_ws_client, "Terrace")
    assert (await page.post(stream["api_base"] + EZOPEN)).status == 200
    await socket.close()
    await running.hass.async_block_till_done()
    _, kept = await _open(running, hass_ws_client, "Terrace")
    assert await running.hass.config_entries.async_reload(running.entry.entry_id)
    with nothing_goes_out(running):
        for one in (stream, kept):
            assert (await page.post(one["api_base"] + EZOPEN)).status == 404


@pytest.mark.parametrize(
    ("used", "pause"),
    [(False, FIRST_USE_SECONDS), (True, IDLE_SECONDS), (True, LIFE_SECONDS)],
)
async def test_expired(
    running: Running,
    hass_ws_client: WebSocketGenerator,
    hass_client_no_auth: ClientSessionGenerator,
    monkeypatch: pytest.MonkeyPatch,
    used: bool,
    pause: float,
) -> None:
    """A session ends by itself, used or not."""
    _, stream = await _open(running, hass_ws_client, "Terrace")
    page = await hass_client_no_auth()
    if used:
        assert (await page.post(stream["api_base"] + EZOPEN)).status == 200
    players = running.entry.runtime_data.players
    now = players._clock()
    monkeypatch.setattr(players, "_clock", lambda: now + pause + 1)
    with nothing_goes_out(running):
        assert (await page.post(stream["api_base"] + EZOPEN)).status == 404


async def test_turned_to_another_camera(
    running: Running,
    hass_ws_client: WebSocketGenerator,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    """No field, header or address of any call leads to another device or account."""
    mine, other = camera_named(running, "Terrace"), camera_named(running, "Koi pond")
    assert mine.device.serial != other.device.serial
    _, stream = await _open(running, hass_ws_client, "Terrace")
    page = await hass_client_no_auth()
    foreign = other.device.serial
    fields = {
        name: foreign
        for call in vendor.CALLS.values()
        for name in (*call.query, *call.form, *call.passed)
    }
    fields |= {"ezopen": f"ezopen://open.ezviz.com/{foreign}/1.live", "channelNo": "99"}
    seen: list[str] = []
    request = running.entry.runtime_data.client.session.http._request

    async def watch(method: str, url: Any, **given: Any) -> Any:
        kept = {key: given.get(key) for key in ("params", "data", "headers")}
        seen.append(f"{url} {kept}")
        return await request(method, url, **given)

    http = running.entry.runtime_data.client.session.http
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(http), "_request", lambda _, *a, **k: watch(*a, **k))
        for method, path in vendor.CALLS:
            for given in (fields, {**fields, "accessToken": "stolen", "sn": foreign}):
                answer = await page.request(
                    method,
                    stream["api_base"] + path,
                    params=given,
                    data=given if method == "POST" else None,
                    headers={"deviceSerial": foreign, "accessToken": "stolen"},
                )
                assert answer.status in (200, 404, 502)
    ours = [
        one
        for one in seen
        if "/player/" not in one and re.search("/api/(lapp|service|v3)/", one)
    ]
    assert len(ours) >= len(vendor.CALLS)
    allowed = {name for call in vendor.CALLS.values() for name in call.passed}
    for one in ours:
        for name in allowed:
            one = one.replace(f"'{name}': '{foreign}'", "")
        assert foreign not in one
        assert "stolen" not in one
