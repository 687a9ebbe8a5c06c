"""Access records: accesses that the queue does not bring, and none twice."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import async_capture_events

from custom_components.hikcentral_connect.api import DialectName
from custom_components.hikcentral_connect.const import EVENT_MESSAGE
from custom_components.hikcentral_connect.messages.twins import Source, Trace, Twins
from homeassistant.core import Event, HomeAssistant
from homeassistant.helpers import entity_registry as er
from simulator.world.doors import Door
from simulator.world.people import Person

from .conftest import Running, make_entry

SEARCH = "*/certificaterecords/search"
teams_only = pytest.mark.parametrize("dialect", [DialectName.TEAMS])


@pytest.fixture
def bus(hass: HomeAssistant) -> list[Event[dict[str, Any]]]:
    """Return the messages that reach the bus."""
    return async_capture_events(hass, EVENT_MESSAGE)


def _door(running: Running) -> Door:
    return next(iter(running.account.world.doors.values()))


def _person(running: Running) -> Person:
    return next(iter(running.account.world.people.values()))


async def _look(running: Running) -> None:
    await running.entry.runtime_data.records.async_refresh()
    await running.hass.async_block_till_done()


async def _poll(running: Running) -> None:
    await running.entry.runtime_data.messages.async_refresh()
    await running.hass.async_block_till_done()


def _silence_queue(running: Running) -> None:
    """Let the account be one that never gets accesses in its queue."""
    running.account.messages.unsubscribe(None)
    running.account.messages.subscribe({"Msg140001"})


def _state(running: Running) -> Any:
    registry_id = f"{running.entry.unique_id}_door_{_door(running).id}_access"
    entity_id = er.async_get(running.hass).async_get_entity_id(
        "event", running.entry.domain, registry_id
    )
    return running.hass.states.get(entity_id)


@teams_only
async def test_record_becomes_an_access(
    running: Running, bus: list[Event[dict[str, Any]]]
) -> None:
    """What only the records know fires the door's event, live, and once."""
    _silence_queue(running)
    person = _person(running)
    running.account.happen.access(_door(running).id, person, granted=True)
    await _poll(running)
    assert not bus

    await _look(running)
    await _look(running)

    (event,) = bus
    assert event.data["type"] == "granted"
    assert event.data["method"] == "card"
    assert event.data["door_id"] == _door(running).id
    assert event.data["person_id"] == person.id
    assert event.data["late"] is False
    assert _state(running).attributes["event_type"] == "granted"


@teams_only
@pytest.mark.parametrize("numbered", [True, False], ids=["serial", "no serial"])
@pytest.mark.parametrize("queue_first", [True, False], ids=["queue", "records"])
async def test_both_sources_fire_once(
    running: Running,
    bus: list[Event[dict[str, Any]]],
    monkeypatch: pytest.MonkeyPatch,
    queue_first: bool,
    numbered: bool,
) -> None:
    """An access that both bring is one access, whichever is first."""
    if not numbered:
        monkeypatch.setattr(running.account.world.accesses, "number", lambda: None)
    steps = (_poll, _look) if queue_first else (_look, _poll)
    for method in ("card", "face", "card"):
        running.account.happen.access(
            _door(running).id, _person(running), method=method
        )
    running.account.happen.access(_door(running).id, None, method="card")
    for step in (*steps, *steps):
        await step(running)

    assert len(bus) == 4


@teams_only
async def test_merged_over_a_restart(
    running: Running, bus: list[Event[dict[str, Any]]]
) -> None:
    """What came by the queue before a restart is known to the records after it."""
    running.account.happen.access(_door(running).id, _person(running))
    await _poll(running)
    assert await running.hass.config_entries.async_reload(running.entry.entry_id)
    await running.hass.async_block_till_done(wait_background_tasks=True)
    assert len(bus) == 1


@teams_only
async def test_first_look_tells_nothing(
    running: Running, bus: list[Event[dict[str, Any]]]
) -> None:
    """Accesses from before the account was added are no news; nothing is asked."""
    assert not running.sim.record.calls(SEARCH)
    assert not bus


@teams_only
async def test_wrong_clock_of_the_service(
    running: Running, bus: list[Event[dict[str, Any]]]
) -> None:
    """What was stored while the service's clock was ahead is told when it is right."""
    _silence_queue(running)
    running.sim.clock.shift(23 * 3600)
    running.account.happen.access(_door(running).id, _person(running))
    running.sim.clock.shift(-23 * 3600)
    await _look(running)
    await _look(running)
    assert len(bus) == 1


@teams_only
async def test_many_records(running: Running, bus: list[Event[dict[str, Any]]]) -> None:
    """More records than a page holds are all read."""
    _silence_queue(running)
    for _ in range(450):
        running.account.happen.access(_door(running).id, _person(running))
    await _look(running)
    assert len(bus) == 450
    assert len(running.sim.record.calls(SEARCH)) == 3


@teams_only
async def test_one_request_a_look(running: Running) -> None:
    """A look costs one request; none where there is no door or no wish."""
    await _look(running)
    assert len(running.sim.record.calls(SEARCH)) == 1
    seconds = running.entry.runtime_data.records.update_interval.total_seconds()
    assert seconds == 60

    running.hass.config_entries.async_update_entry(
        running.entry, options={"records_seconds": 0}
    )
    await _look(running)
    assert len(running.sim.record.calls(SEARCH)) == 1

    running.hass.config_entries.async_update_entry(
        running.entry, options={"records_seconds": 300}
    )
    inventory = running.entry.runtime_data.inventory
    running.account.world.doors.clear()
    await inventory.async_refresh()
    await _look(running)
    assert len(running.sim.record.calls(SEARCH)) == 1
    assert running.entry.runtime_data.records.update_interval.total_seconds() == 300


@teams_only
async def test_records_that_may_not_be_read(running: Running) -> None:
    """Keys without the right are not tried every minute."""
    running.sim.faults.add("refuse", path=SEARCH, code="OPEN000021")
    await _look(running)
    assert running.entry.runtime_data.records.update_interval.total_seconds() == 3600


@pytest.mark.parametrize("dialect", [DialectName.REFERENCE])
async def test_reference_has_no_records(running: Running) -> None:
    """Nothing is asked for that the service does not have."""
    assert not running.sim.record.calls(SEARCH)
    assert make_entry(running.sim, running.account).data["dialect"] == "reference"


def test_twins_pair_one_to_one() -> None:
    """Two alike of one source are two; each has at most one twin."""
    twins = Twins(10)
    assert not twins.met(Source.QUEUE, Trace("a", 100.0))
    assert not twins.met(Source.QUEUE, Trace("a", 100.0))
    assert twins.met(Source.LOG, Trace("a", 101.9))
    assert twins.met(Source.LOG, Trace("a", 98.0))
    assert not twins.met(Source.LOG, Trace("a", 100.0))


def test_twins_that_differ() -> None:
    """Other doors, other numbers and other times are other accesses."""
    twins = Twins(10)
    twins.note(Source.QUEUE, Trace("a", 100.0, "d#1"))
    assert not twins.met(Source.LOG, Trace("b", 100.0))
    assert not twins.met(Source.LOG, Trace("a", 100.0, "d#2"))
    assert not twins.met(Source.LOG, Trace("a", 102.1))
    assert twins.met(Source.LOG, Trace("c", 900.0, "d#1"))


def test_twins_are_bounded_and_kept() -> None:
    """The oldest are forgotten, the newest survive a restart."""
    twins = Twins(2)
    for number in range(3):
        twins.note(Source.QUEUE, Trace("a", 100.0 * number, f"d#{number}"))
    later = Twins(2)
    later.load(twins.dump(1))
    assert not twins.met(Source.LOG, Trace("z", 0.0, "d#0"))
    assert not later.met(Source.LOG, Trace("z", 0.0, "d#1"))
    assert later.met(Source.LOG, Trace("z", 0.0, "d#2"))
