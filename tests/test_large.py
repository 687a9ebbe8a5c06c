"""Accounts with much of everything: entities within core's limit, turns, the journal."""

from pathlib import Path
from typing import Any

import pytest

from custom_components.hikcentral_connect import binary_sensor, turns
from custom_components.hikcentral_connect.messages import memory
from custom_components.hikcentral_connect.messages.journal import Journal
from homeassistant.core import HomeAssistant

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


async def test_many_cameras_expect_only_motion(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With many cameras the sensor of another kind comes with its first alarm."""
    entry, hass = make_entry(running.sim, running.account), running.hass
    assert await hass.config_entries.async_remove(running.entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    monkeypatch.setattr(binary_sensor, "EXPECTING_AT_MOST", 1)
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    camera = next(iter(running.account.world.cameras))
    before = _sensors_of(hass, camera)
    assert before <= {"motion", "connectivity"}

    running.account.happen.alarm(camera, "intrusion", pictures=0, seconds=9e5)
    await entry.runtime_data.alarms.async_refresh()
    await hass.async_block_till_done()
    assert _sensors_of(hass, camera) == before | {"intrusion"}
    assert await hass.config_entries.async_unload(entry.entry_id)


def _sensors_of(hass: HomeAssistant, camera: str) -> set[str]:
    entities = hass.data["binary_sensor"].entities
    unique_ids = (entity.unique_id for entity in entities if entity.unique_id)
    return {
        one.partition(f"{camera}_")[2] for one in unique_ids if f"_{camera}_" in one
    }


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
