"""Accounts with much of everything: entities within core's limit, turns, the journal."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.hikcentral_connect import adding, inventory, turns
from custom_components.hikcentral_connect.const import DOMAIN
from custom_components.hikcentral_connect.health import account_issues
from custom_components.hikcentral_connect.messages import memory
from custom_components.hikcentral_connect.messages.journal import Journal
from homeassistant.const import STATE_OFF, STATE_ON, STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    entity_platform,
    entity_registry as er,
    issue_registry as ir,
)
from homeassistant.util import dt as dt_util
from simulator import Simulator
from simulator.account import Account

from .common import TEAMS, camera_named
from .conftest import Running, make_entry


@pytest.fixture
def bus(running: Running) -> list[str]:
    """Collect the ids of all messages on the bus."""
    found: list[str] = []
    running.hass.bus.async_listen(
        "hikcentral_connect_event", lambda event: found.append(event.data["message_id"])
    )
    return found


async def _reload(running: Running) -> None:
    assert await running.hass.config_entries.async_reload(running.entry.entry_id)
    await running.hass.async_block_till_done(wait_background_tasks=True)


async def _alarms(running: Running, count: int) -> set[str]:
    """Let the queue bring alarms one by one; return their ids."""
    camera = next(iter(running.account.world.cameras))
    ids = set()
    for _ in range(count):
        happen = running.account.happen
        ids.add(happen.alarm(camera, "motion", pictures=0, seconds=9e5))
        await running.entry.runtime_data.alarms.async_refresh()
        await running.hass.async_block_till_done()
    return ids


def _each_once(bus: list[str], ids: set[str]) -> bool:
    """Tell whether each alarm came once; one contract has ids of its own for messages."""
    return len(bus) == len(set(bus)) == len(ids)


def _journals(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "storage").glob("*.journal.*"))


@pytest.fixture
def many_cameras(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the cameras of the demo house for many."""
    monkeypatch.setattr(inventory, "MANY_CAMERAS", 1)


@pytest.mark.usefixtures("many_cameras")
async def test_many_cameras_expect_no_alarm(running: Running) -> None:
    """With many cameras the sensor of a kind comes with its first alarm, and stays."""
    hass, camera = running.hass, next(iter(running.account.world.cameras))
    assert not _keys(hass, "binary_sensor", camera)

    for kinds in ({"motion"}, {"motion", "intrusion"}):
        for kind in kinds:
            running.account.happen.alarm(camera, kind, pictures=0, seconds=9e5)
        await running.entry.runtime_data.alarms.async_refresh()
        await hass.async_block_till_done()
        assert _keys(hass, "binary_sensor", camera) == kinds
    await _reload(running)
    assert _keys(hass, "binary_sensor", camera) == kinds


@pytest.mark.parametrize("turns_before", [0, 1, 5, 30])
async def test_unload_while_entities_are_added(
    running: Running, turns_before: int
) -> None:
    """Whoever is still being added when the account ends is not left behind."""
    hass, runtime = running.hass, running.entry.runtime_data
    for number in range(400):
        running.account.world.add_device(f"Extra {number}")
    await runtime.inventory.async_refresh()
    for _ in range(turns_before):
        await asyncio.sleep(0)

    assert await hass.config_entries.async_unload(running.entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)

    states = [hass.states.get(one) for one in _entity_ids(running)]
    assert {state.state for state in states if state} == {STATE_UNAVAILABLE}
    clocks = (
        runtime.inventory,
        runtime.status,
        runtime.health.devices,
        *runtime.queues,
    )
    assert [clock.name for clock in clocks if clock._listeners] == []


def _entity_ids(running: Running) -> list[str]:
    entries = er.async_entries_for_config_entry(
        er.async_get(running.hass), running.entry.entry_id
    )
    return [one.entity_id for one in entries]


@TEAMS
@pytest.mark.usefixtures("many_cameras")
async def test_many_cameras_show_pictures_as_they_come(running: Running) -> None:
    """With many cameras an image comes with its first picture, and is there after that."""
    hass, camera = running.hass, next(iter(running.account.world.cameras))
    assert not _keys(hass, "image", camera)

    running.account.happen.alarm(camera, "motion", pictures=1, seconds=9e5)
    running.sim.clock.shift(3)
    await running.entry.runtime_data.alarms.async_refresh()
    await hass.async_block_till_done(wait_background_tasks=True)
    assert _keys(hass, "image", camera) == {"alarm_image"}
    (image,) = (
        one
        for one in hass.data["image"].entities
        if (one.unique_id or "").endswith("alarm_image")
    )
    assert await image.async_image()
    assert hass.states.get(image.entity_id).state != STATE_UNKNOWN

    await _reload(running)
    assert _keys(hass, "image", camera) == {"alarm_image"}


@TEAMS
@pytest.mark.usefixtures("many_cameras")
async def test_many_cameras_tell_when_they_are_offline(running: Running) -> None:
    """With many cameras connectivity is shown of those that are or were offline."""
    hass, world = running.hass, running.account.world
    shed, other = camera_named(running, "Shed"), camera_named(running, "Terrace")
    assert "connectivity" in _keys(hass, "binary_sensor", shed.id)
    assert "connectivity" not in _keys(hass, "binary_sensor", other.id)

    for online, state in ((False, STATE_OFF), (True, STATE_ON)):
        world.cameras[other.id].connected = online
        await running.entry.runtime_data.status.async_refresh()
        await hass.async_block_till_done()
        entity = next(
            one
            for one in hass.data["binary_sensor"].entities
            if (one.unique_id or "").endswith(f"{other.id}_connectivity")
        )
        assert hass.states.get(entity.entity_id).state == state


def _keys(hass: HomeAssistant, domain: str, camera: str) -> set[str]:
    """Return which entities a camera has."""
    unique_ids = (one.unique_id or "" for one in hass.data[domain].entities)
    return {
        one.partition(f"{camera}_")[2] for one in unique_ids if f"_{camera}_" in one
    }


LOCKS, CAMERAS = 3, 8
"""What the demo house has; each lock has a button and a select beside it."""


async def test_more_entities_than_core_takes(
    hass: HomeAssistant,
    sim: Simulator,
    account: Account,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Doors and cameras come first, and the owner is told that others are missing."""
    most = 3 * LOCKS + CAMERAS + 2
    monkeypatch.setattr(entity_platform, "MAX_ENABLED_ENTITIES_PER_CONFIG_ENTRY", most)
    monkeypatch.setattr(account_issues, "ENTITIES_AT_MOST", most)
    entry = make_entry(sim, account)
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert len(hass.states.async_entity_ids("lock")) == LOCKS
    assert len(hass.states.async_entity_ids("camera")) == CAMERAS
    assert not hass.states.async_entity_ids("image")
    issues = ir.async_get(hass)
    issue = issues.async_get_issue(DOMAIN, f"too_many_entities_{entry.entry_id}")
    assert issue is not None
    assert issue.translation_placeholders["limit"] == str(most)

    assert await hass.config_entries.async_unload(entry.entry_id)
    assert not issues.async_get_issue(DOMAIN, issue.issue_id)


async def test_no_message_passes_an_entity_by(
    hass: HomeAssistant,
    sim: Simulator,
    account: Account,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The queues are read when all entities listen, however long adding them takes."""
    read: list[bool] = []

    async def seconds(hass: HomeAssistant) -> None:
        async_fire_time_changed(hass, dt_util.utcnow() + timedelta(seconds=5))
        await asyncio.sleep(0.02)
        read.append(any("/mq/messages" in one.path for one in sim.record))

    monkeypatch.setattr(adding, "async_take_turns", seconds)
    entry = make_entry(sim, account)
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    during = list(read)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert during
    assert not any(during)
    assert await hass.config_entries.async_unload(entry.entry_id)


async def test_journal_grows_and_the_store_stays(
    running: Running, bus: list[str], tmp_path: Path, hass_storage: dict[str, Any]
) -> None:
    """A batch adds one line; what it brought is known after a restart."""
    ids = await _alarms(running, 1)
    key = f"hikcentral_connect.{running.entry.entry_id}.messages"
    written = hass_storage[key]["data"]
    ids |= await _alarms(running, 4)
    assert hass_storage[key]["data"] == written
    (file,) = _journals(tmp_path)
    assert file.stat().st_mode & 0o777 == 0o600
    assert _each_once(bus, ids)

    # A line that was cut off by a power cut counts as never written.
    with file.open("ab") as journal:
        journal.write(b'{"seen":["half')
    await _reload(running)
    recalled = running.entry.runtime_data.memory._seen.ids()
    assert len(recalled) >= len(ids)
    ids |= await _alarms(running, 2)
    assert _each_once(bus, ids)
    assert _journals(tmp_path) != [file]


async def test_long_journal_is_written_down(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long journal becomes part of the store, and a new one begins."""
    await _alarms(running, 2)
    before = _journals(tmp_path)
    monkeypatch.setattr(memory, "JOURNAL_AT_MOST", 1)
    await _alarms(running, 1)
    assert _journals(tmp_path) != before
    known = set(running.entry.runtime_data.memory._seen.ids())
    await _reload(running)
    assert set(running.entry.runtime_data.memory._seen.ids()) == known


async def test_disk_full(
    running: Running,
    bus: list[str],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What cannot be written is told in one line; messages come all the same."""
    ids = await _alarms(running, 2)

    def fail(_journal: Journal, _line: dict[str, Any]) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(Journal, "add", fail)
        ids |= await _alarms(running, 1)
    assert caplog.text.count("cannot be written down") == 1
    ids |= await _alarms(running, 2)
    assert _each_once(bus, ids)
    await _reload(running)
    assert len(running.entry.runtime_data.memory._seen.ids()) >= len(ids)


async def test_turns(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two who work for long do so in turn, and others come between."""
    monkeypatch.setattr(turns, "TURN", 0.0)
    order: list[str] = []

    async def work(name: str) -> None:
        for _ in range(3):
            order.append(name)
            await turns.async_take_turns(hass)

    tasks = [hass.async_create_task(work(name)) for name in "ab"]
    for task in tasks:
        await task
    assert sorted(order) == list("aaabbb")
    assert order != list("aaabbb")
