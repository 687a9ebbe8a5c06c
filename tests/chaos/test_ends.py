"""Long outages, keys taken away, commands in the middle of an end, and what is left."""

import asyncio
from collections.abc import Awaitable, Callable
import gc
import os
import time
from typing import Any

import pytest

from custom_components.hikcentral_connect.api.errors import RateLimited
from custom_components.hikcentral_connect.api.limiter import WAITING_AT_MOST
from custom_components.hikcentral_connect.const import DOMAIN
from homeassistant.config_entries import SOURCE_REAUTH
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.helpers.aiohttp_client import async_get_clientsession

from .promises import (
    LOGIN,
    LOGINS_AN_HOUR,
    PACKAGE,
    check_doors,
    check_left,
    check_rate,
)
from .stage import Stage

HOUR = 3600.0
long_only = pytest.mark.skipif(
    "HIKCENTRAL_CHAOS" not in os.environ, reason="only in the long mode"
)


@pytest.mark.parametrize("hours", [1, pytest.param(20, marks=long_only)])
async def test_down(stage: Stage, hours: int) -> None:
    """After an hour, or most of a day, without the service all comes back by itself."""
    stage.sim.faults.add("http_error")
    stage.account.revoke_tokens()
    before = len(stage.sim.record)
    for _ in range(6 * hours):
        await asyncio.sleep(HOUR / 6)
        stage.alarm(next(iter(stage.account.world.cameras)))
    asked = len(stage.sim.record) - before
    assert _live_states(stage) == {STATE_UNAVAILABLE}
    stage.sim.faults.clear()
    await stage.recover()
    await asyncio.sleep(90)
    stage.check()
    assert asked / hours < 600


async def test_logins_while_down(stage: Stage) -> None:
    """Without a token few logins are tried, however many want something."""
    stage.account.revoke_tokens()
    stage.sim.faults.add("http_error", path="*/token/get")
    cameras = list(stage.runtime.inventory.data.cameras.values())
    for _ in range(60):
        await asyncio.sleep(60)
        looks = (stage.runtime.stills.picture(camera) for camera in cameras)
        await asyncio.gather(*looks, return_exceptions=True)
    logins = len(stage.sim.record.calls(LOGIN))
    assert logins <= LOGINS_AN_HOUR
    stage.sim.faults.clear()
    await stage.recover()
    check_rate(stage.sim.record)


async def test_key_revoked(stage: Stage) -> None:
    """The owner is asked for new keys once; nothing goes on as if all were well."""
    stage.account.revoke_key()
    await asyncio.sleep(60)
    before = len(stage.sim.record.calls(LOGIN))
    cameras = list(stage.runtime.inventory.data.cameras.values())
    for _ in range(20):
        await asyncio.sleep(30)
        looks = (stage.runtime.stills.picture(camera) for camera in cameras)
        await asyncio.gather(*looks, return_exceptions=True)
    flows = stage.hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    assert [flow["context"]["source"] for flow in flows] == [SOURCE_REAUTH]
    assert len(stage.sim.record.calls(LOGIN)) - before <= 20
    assert _live_states(stage) == {STATE_UNAVAILABLE}


def _live_states(stage: Stage) -> set[str]:
    """Return the states of what tells that something moves now."""
    sensors = stage.hass.states.async_all("binary_sensor")
    return {one.state for one in sensors if one.entity_id.endswith("_motion")}


async def _unload(stage: Stage) -> None:
    assert await stage.hass.config_entries.async_unload(stage.entry.entry_id)


async def _stop(stage: Stage) -> None:
    await stage.hass.async_stop(force=True)


@pytest.mark.parametrize("end", [_unload, _stop], ids=["unload", "stop"])
@pytest.mark.parametrize("moment", ["login", "limiter", "sent", "answered late"])
async def test_end_during_a_command(
    stage: Stage, moment: str, end: Callable[[Stage], Awaitable[None]]
) -> None:
    """Who opened a door as the account ended is told what became of it."""
    door = next(iter(stage.account.world.doors.values()))
    limiter = stage.runtime.client.session.limiter
    if moment == "login":
        stage.account.revoke_tokens()
        stage.sim.faults.add("latency", path="*/token/*", seconds=5)
    elif moment == "limiter":
        limiter.hold(3)
    elif moment == "sent":
        stage.sim.faults.add("latency", path="*/remote/control", seconds=5)
    else:
        stage.sim.faults.add("lost", path="*/remote/control")
    press = asyncio.create_task(stage.press(door))
    await asyncio.sleep(1.5 if moment != "answered late" else 0.001)
    await end(stage)
    await asyncio.wait([press], timeout=60)
    assert press.done()
    press.result()
    check_doors(stage.presses)
    assert len(stage.presses) == 1


async def test_flood(stage: Stage) -> None:
    """Of far too many who ask at once some are sent away; a door opens all the same."""
    session = stage.runtime.client.session
    # Nothing is answered for a while, so that everybody has to wait.
    session.limiter.hold(30)
    asked = [
        stage.hass.async_create_task(stage.runtime.client.resources.devices())
        for _ in range(3 * WAITING_AT_MOST)
    ]
    await asyncio.sleep(1)
    assert session.limiter.waiting == WAITING_AT_MOST
    started = time.monotonic()
    await stage.press(next(iter(stage.account.world.doors.values())))
    assert time.monotonic() - started < 32
    told = await asyncio.gather(*asked, return_exceptions=True)
    refused = [one for one in told if isinstance(one, RateLimited)]
    assert 2 * WAITING_AT_MOST <= len(refused) < 3 * WAITING_AT_MOST
    await stage.recover()
    stage.check()
    assert stage.presses[0].told is None


async def test_unload(stage: Stage) -> None:
    """In the middle of everything: no task, no timer, no socket, no request is left."""
    hass = stage.hass
    stage.sim.faults.add("latency", seconds=3)
    life = asyncio.create_task(stage.live(30))
    await asyncio.sleep(20)
    assert await hass.config_entries.async_unload(stage.entry.entry_id)
    life.cancel()
    await asyncio.sleep(40)
    stage.sim.record.clear()
    check_left(hass)
    await asyncio.sleep(600)
    assert len(stage.sim.record) == 0
    connector: Any = async_get_clientsession(hass).connector
    assert not any(connector._acquired)
    assert not any(connector._conns.values())


async def test_ten_reloads(stage: Stage) -> None:
    """Nothing of an account that was unloaded stays in memory."""
    hass = stage.hass
    before = _alive()
    for _ in range(5):
        assert await hass.config_entries.async_reload(stage.entry.entry_id)
        await asyncio.sleep(30)
    assert _alive() == before


def _alive() -> dict[str, int]:
    """Return how many of the large parts of accounts there are."""
    gc.collect()
    kinds = ("HikRuntime", "Session", "MessageHub", "Memory", "InventoryCoordinator")
    alive = dict.fromkeys(kinds, 0)
    for one in gc.get_objects():
        kind = type(one)
        if kind.__name__ in alive and kind.__module__.startswith(PACKAGE):
            alive[kind.__name__] += 1
    return alive
