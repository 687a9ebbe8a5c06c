"""Alarms: from the queue to sensors, events and the bus, each once."""

from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    async_capture_events,
    async_fire_time_changed,
)

from custom_components.hikcentral_connect.api import DialectName
from custom_components.hikcentral_connect.const import EVENT_MESSAGE
from homeassistant.core import Event, HomeAssistant
from homeassistant.helpers import entity_registry as er
from simulator.world.places import Camera

from .common import camera_named
from .conftest import Running


def _entity_id(running: Running, camera: Camera, domain: str, key: str) -> str | None:
    registry = er.async_get(running.hass)
    unique_id = f"{running.entry.unique_id}_camera_{camera.id}_{key}"
    return registry.async_get_entity_id(domain, running.entry.domain, unique_id)


async def _poll(running: Running) -> None:
    """Let the queue be read once."""
    await running.entry.runtime_data.alarms.async_refresh()
    await running.hass.async_block_till_done()


@pytest.fixture
def bus(hass: HomeAssistant) -> list[Event[dict[str, Any]]]:
    """Return the messages that reach the bus."""
    return async_capture_events(hass, EVENT_MESSAGE)


async def test_alarm_begins(running: Running, bus: list[Event[dict[str, Any]]]) -> None:
    """An alarm turns its sensor on, fires its event once and reaches the bus."""
    camera = camera_named(running)
    guid = running.account.happen.alarm(camera.id, "motion", pictures=0)
    await _poll(running)

    sensor = _entity_id(running, camera, "binary_sensor", "motion")
    assert running.hass.states.get(sensor).state == "on"
    event = running.hass.states.get(_entity_id(running, camera, "event", "alarm"))
    assert event.attributes["event_type"] == "motion"
    (message,) = bus
    assert message.data["type"] == "motion"
    assert message.data["version"] == 1
    assert message.data["source_id"] == camera.id
    assert message.data["source_name"] == camera.name
    assert message.data["message_id"] == event.attributes["message_id"]
    if running.account.speech == "teams":
        assert message.data["message_id"] == guid


async def test_other_sensors_stay(running: Running) -> None:
    """An alarm concerns its own camera and kind."""
    running.account.happen.alarm(camera_named(running).id, "motion")
    await _poll(running)

    on = [
        state.entity_id
        for state in running.hass.states.async_all("binary_sensor")
        if state.state == "on" and "connectivity" not in state.entity_id
    ]
    assert on == [_entity_id(running, camera_named(running), "binary_sensor", "motion")]


@pytest.mark.parametrize("dialect", [DialectName.TEAMS])
async def test_alarm_ends(running: Running) -> None:
    """Where an end is reported, it turns the sensor off, and fires no event."""
    camera = camera_named(running)
    running.account.happen.alarm(camera.id, "motion", seconds=5)
    await _poll(running)
    fired = running.hass.states.get(_entity_id(running, camera, "event", "alarm"))

    running.sim.clock.shift(6)
    await _poll(running)

    sensor = _entity_id(running, camera, "binary_sensor", "motion")
    assert running.hass.states.get(sensor).state == "off"
    event = running.hass.states.get(_entity_id(running, camera, "event", "alarm"))
    assert event.state == fired.state


@pytest.mark.parametrize("dialect", [DialectName.REFERENCE])
async def test_alarm_without_an_end(
    running: Running, freezer: FrozenDateTimeFactory
) -> None:
    """Where no end is reported, the sensor goes off by itself."""
    camera = camera_named(running)
    running.account.happen.alarm(camera.id, "motion")
    await _poll(running)
    sensor = _entity_id(running, camera, "binary_sensor", "motion")
    assert running.hass.states.get(sensor).state == "on"

    freezer.tick(timedelta(seconds=31))
    async_fire_time_changed(running.hass)
    await running.hass.async_block_till_done()

    assert running.hass.states.get(sensor).state == "off"


async def test_first_alarm_of_a_kind_makes_its_sensor(running: Running) -> None:
    """A kind that a camera never said it could detect still gets a sensor."""
    camera = camera_named(running)
    assert _entity_id(running, camera, "binary_sensor", "video_loss") is None
    running.account.happen.alarm(camera.id, "videoLoss")
    await _poll(running)

    sensor = _entity_id(running, camera, "binary_sensor", "video_loss")
    assert running.hass.states.get(sensor).state == "on"

    hass = running.hass
    assert await hass.config_entries.async_reload(running.entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert hass.states.get(sensor).state == "off"


async def test_repeated_message_fires_once(
    running: Running, bus: list[Event[dict[str, Any]]]
) -> None:
    """A message that comes again, because its receipt was lost, fires nothing."""
    path = "*/rawmessage/ack" if running.account.speech == "reference" else "*/complete"
    running.sim.faults.add("reset", path=path, times=3)
    running.account.happen.alarm(camera_named(running).id, "motion", pictures=0)

    await _poll(running)
    await _poll(running)
    await _poll(running)

    assert len(bus) == 1


async def test_duplicates_fire_once(
    running: Running, bus: list[Event[dict[str, Any]]]
) -> None:
    """The same message twice in one answer is one message."""
    running.sim.faults.add("duplicates", path="*/mq/messages")
    running.account.happen.alarm(camera_named(running).id, "motion", pictures=0)
    await _poll(running)

    assert len(bus) == 1


async def test_many_messages_are_drained_at_once(
    running: Running, bus: list[Event[dict[str, Any]]]
) -> None:
    """Everything that waits is read, and acknowledged, in one go."""
    for _ in range(1200):
        running.account.happen.alarm(camera_named(running).id, "motion", pictures=0)
    await _poll(running)

    assert len(bus) == 1200
    assert len({message.data["message_id"] for message in bus}) == 1200
    running.sim.record.clear()
    await _poll(running)
    assert len(running.sim.record) == 1


async def test_lost_subscription(
    running: Running, bus: list[Event[dict[str, Any]]]
) -> None:
    """A lost subscription is renewed in the same poll."""
    running.sim.faults.add("lost_subscription", path="*/mq/messages", times=1)
    await _poll(running)
    running.account.happen.alarm(camera_named(running).id, "motion", pictures=0)
    await _poll(running)

    assert len(bus) == 1


@pytest.mark.parametrize(
    "fault", ["html", "bad_json", "wrong_types", "http_error", "null_lists", "no_data"]
)
async def test_trouble_loses_nothing(
    running: Running, bus: list[Event[dict[str, Any]]], fault: str
) -> None:
    """Whatever comes instead of messages, they come afterwards."""
    running.account.happen.alarm(camera_named(running).id, "motion", pictures=0)
    running.sim.faults.add(fault, path="*/mq/messages", times=3)
    for _ in range(4):
        await _poll(running)

    assert len(bus) == 1


async def test_options_reach_the_sensor(
    hass: HomeAssistant, running: Running, freezer: FrozenDateTimeFactory
) -> None:
    """The time after which a sensor goes off is the owner's."""
    if running.account.speech == "teams":
        pytest.skip("teams reports the end of an alarm")
    hass.config_entries.async_update_entry(
        running.entry, options={"alarm_hold_seconds": 2, "relock_seconds": 5}
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    camera = camera_named(running)
    running.account.happen.alarm(camera.id, "motion")
    await _poll(running)

    freezer.tick(timedelta(seconds=3))
    async_fire_time_changed(hass)
    await hass.async_block_till_done()

    sensor = _entity_id(running, camera, "binary_sensor", "motion")
    assert hass.states.get(sensor).state == "off"
