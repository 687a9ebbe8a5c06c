"""Long outages, keys taken away, commands in the middle of an end, and what is left."""

import asyncio
import gc
import os
from typing import Any

import pytest

from custom_components.hikcentral_connect.const import DOMAIN
from homeassistant.config_entries import SOURCE_REAUTH
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession

from .stage import LOGIN, LOGINS_AN_HOUR, UNCERTAIN, Stage

HOUR = 3600.0
long_only = pytest.mark.skipif(
    "HIKCENTRAL_CHAOS" not in os.environ, reason="only in the long mode"
)
PACKAGE = f"custom_components.{DOMAIN}"


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
    stage.check_rate()


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
    live = [
        state
        for state in stage.hass.states.async_all("binary_sensor")
        if state.entity_id.endswith("_motion")
    ]
    assert live
    assert {state.state for state in live} == {STATE_UNAVAILABLE}


@pytest.mark.parametrize("moment", ["login", "limiter", "sent", "answered late"])
async def test_unload_during_a_command(stage: Stage, moment: str) -> None:
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
    assert await stage.hass.config_entries.async_unload(stage.entry.entry_id)
    await asyncio.wait([press], timeout=60)
    assert press.done()
    press.result()
    (told,) = stage.presses
    if told.told is None:
        assert told.opened == 1
    elif told.told != UNCERTAIN:
        assert told.opened == 0


def _timers(hass: HomeAssistant) -> list[Any]:
    timers = [one for one in hass.loop._scheduled if not one.cancelled()]  # type: ignore[attr-defined]
    return [one for one in timers if PACKAGE in repr(one)]


def _tasks() -> list[Any]:
    return [one for one in asyncio.all_tasks() if DOMAIN in repr(one)]


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
    assert _tasks() == []
    assert _timers(hass) == []
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
