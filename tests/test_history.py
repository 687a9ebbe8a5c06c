"""The log of alarms: shown to the owner, and read where the queue left a gap."""

from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import async_capture_events

from custom_components.hikcentral_connect.api import session
from custom_components.hikcentral_connect.const import DOMAIN, EVENT_MESSAGE
from custom_components.hikcentral_connect.messages import history
from homeassistant.core import Context, Event, HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import entity_registry as er

from .common import camera_named
from .conftest import Running

HOUR = timedelta(hours=1)
DAYS_2_5 = timedelta(days=2.5)


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try again at once."""
    # No timer goes off while time is frozen.
    monkeypatch.setattr(history, "RETRY_FIRST", 0)
    monkeypatch.setattr(session, "RETRY_PAUSE", 0)


@pytest.fixture
def bus(hass: HomeAssistant) -> list[Event[dict[str, Any]]]:
    """Return the messages that reach the bus."""
    return async_capture_events(hass, EVENT_MESSAGE)


async def _poll(running: Running) -> None:
    await running.entry.runtime_data.alarms.async_refresh()
    await running.hass.async_block_till_done(wait_background_tasks=True)


async def _get(running: Running, **data: Any) -> list[dict[str, Any]]:
    now = running.sim.clock.now()
    answer: Any = await running.hass.services.async_call(
        DOMAIN,
        "get_alarm_log",
        {"starts": now - HOUR, "ends": now + HOUR} | data,
        blocking=True,
        return_response=True,
    )
    return list(answer["alarms"])


def _log_calls(running: Running) -> int:
    path = "alarmlogs/get" if running.account.speech == "reference" else "alarmlog"
    return len(running.sim.record.calls(f"*/{path}"))


def _tell(event: Event[dict[str, Any]]) -> tuple[str, str, bool]:
    data = event.data
    return data["source_id"], data["phase"], data["late"]


async def test_get_alarm_log(running: Running) -> None:
    """The log has one row for each alarm, in the words of the bus."""
    camera = camera_named(running)
    now = running.sim.clock.now()
    running.account.happen.alarm(camera.id, "motion", at=now - timedelta(minutes=9))
    running.account.happen.alarm(camera.id, "intrusion", at=now - timedelta(minutes=5))

    first, second = await _get(running)

    assert (first["type"], second["type"]) == ("motion", "intrusion")
    assert first["camera_id"] == camera.id
    assert first["source_name"] == camera.name
    assert first["occurred"] < second["occurred"]
    ended = running.account.speech == "teams"
    assert first["phase"] == ("end" if ended else "pulse")
    assert (first["ended"] is not None) is ended


async def test_log_is_not_only_for_admins(
    running: Running, hass_read_only_user: Any
) -> None:
    """Who may not command anything may still ask what happened."""
    running.account.happen.alarm(camera_named(running).id, "motion")
    now = running.sim.clock.now()
    answer = await running.hass.services.async_call(
        DOMAIN,
        "get_alarm_log",
        {"starts": now - HOUR, "ends": now + HOUR},
        blocking=True,
        return_response=True,
        context=Context(user_id=hass_read_only_user.id),
    )
    assert len(answer["alarms"]) == 1


async def test_log_filters(running: Running) -> None:
    """Kinds and cameras narrow the log."""
    terrace = camera_named(running)
    other = next(
        one for one in running.account.world.cameras.values() if one is not terrace
    )
    for camera, kind in (
        (terrace, "motion"),
        (other, "motion"),
        (terrace, "videoLoss"),
    ):
        running.account.happen.alarm(camera.id, kind)
    entity_id = next(
        entity.entity_id
        for entity in er.async_entries_for_config_entry(
            er.async_get(running.hass), running.entry.entry_id
        )
        if entity.domain == "camera" and terrace.id in entity.unique_id
    )

    by_kind = await _get(running, kinds=["video_loss"])
    by_camera = await _get(running, cameras=[entity_id])

    assert [row["type"] for row in by_kind] == ["video_loss"]
    assert {row["type"] for row in by_camera} == {"motion", "video_loss"}
    assert {row["camera_id"] for row in by_camera} == {terrace.id}


async def test_log_of_many_pages(running: Running) -> None:
    """Nothing is left out when there are more alarms than a page holds."""
    for _ in range(1100):
        running.account.happen.alarm(camera_named(running).id, "motion", pictures=0)
    assert len(await _get(running)) == 1100


async def test_log_of_many_days(running: Running) -> None:
    """Alarms of many days come in their order, whatever a request may span."""
    now = running.sim.clock.now()
    for day in range(10):
        at = now - timedelta(days=day)
        running.account.happen.alarm(camera_named(running).id, "motion", at=at)
    rows = await _get(running, starts=now - timedelta(days=8.5), ends=now)
    assert len(rows) == 9
    assert [row["occurred"] for row in rows] == sorted(row["occurred"] for row in rows)


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "UTC", "America/Los_Angeles"])
async def test_log_in_any_time_zone(running: Running, zone: str) -> None:
    """The service means the clock of its devices: they may be anywhere."""
    await running.hass.config.async_set_time_zone(zone)
    running.account.happen.alarm(camera_named(running).id, "motion")
    assert len(await _get(running)) == 1


@pytest.mark.parametrize(
    "span", [{"ends": "2020-01-01 00:00:00"}, {"starts": "2020-01-01 00:00:00"}]
)
async def test_log_refuses_spans(running: Running, span: dict[str, str]) -> None:
    """Ends before starts and years of log are refused before anything is sent."""
    running.sim.record.clear()
    with pytest.raises(ServiceValidationError):
        await _get(running, **span)
    assert _log_calls(running) == 0


async def test_log_refuses_other_entities(running: Running) -> None:
    """Only cameras of the account can be asked for."""
    with pytest.raises(ServiceValidationError, match="light.kitchen"):
        await _get(running, cameras=["light.kitchen"])


async def test_no_gap_no_request(running: Running) -> None:
    """The first subscription of an account, and every poll after, needs no log."""
    running.account.happen.alarm(camera_named(running).id, "motion")
    await _poll(running)
    await _poll(running)
    assert _log_calls(running) == 0


async def test_gap_is_filled(
    running: Running, bus: list[Event[dict[str, Any]]]
) -> None:
    """What waited in a lost queue comes from the log: late, and once."""
    camera = camera_named(running)
    running.account.happen.alarm(camera.id, "motion", pictures=0)
    await _poll(running)
    assert [_tell(event)[2] for event in bus] == [False]
    bus.clear()

    running.account.happen.alarm(camera.id, "intrusion", pictures=0)
    running.sim.faults.add("lost_subscription", path="*/mq/messages", times=1)
    await _poll(running)

    phase = "start" if running.account.speech == "teams" else "pulse"
    assert [_tell(event) for event in bus] == [(camera.id, phase, True)]
    assert bus[0].data["type"] == "intrusion"
    registry = er.async_get(running.hass)
    unique_id = f"{running.entry.unique_id}_camera_{camera.id}_intrusion"
    sensor = registry.async_get_entity_id("binary_sensor", DOMAIN, unique_id)
    assert sensor is None or running.hass.states.get(sensor).state == "off"

    bus.clear()
    await _poll(running)
    assert not bus


async def test_gap_of_a_storm(
    running: Running, bus: list[Event[dict[str, Any]]]
) -> None:
    """Alarms of one camera in the same second are told apart by their number."""
    camera = camera_named(running)
    for _ in range(30):
        running.account.happen.alarm(camera.id, "motion", pictures=0, seconds=1e6)
    await _poll(running)
    for _ in range(20):
        running.account.happen.alarm(camera.id, "motion", pictures=0, seconds=1e6)
    running.sim.faults.add("lost_subscription", path="*/mq/messages", times=1)
    await _poll(running)
    for _ in range(10):
        running.account.happen.alarm(camera.id, "motion", pictures=0, seconds=1e6)
    await _poll(running)

    assert len(bus) == 60
    assert sum(event.data["late"] for event in bus) == 20


async def test_restart_keeps_the_subscription(
    running: Running, bus: list[Event[dict[str, Any]]]
) -> None:
    """Alarms while Home Assistant restarts wait in the queue; nobody needs the log."""
    hass, entry = running.hass, running.entry
    assert await hass.config_entries.async_unload(entry.entry_id)
    running.account.happen.alarm(camera_named(running).id, "motion", pictures=0)
    running.sim.record.clear()
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)

    assert [event.data["late"] for event in bus] == [False]
    assert not running.sim.record.calls("*/mq/subscribe")
    assert _log_calls(running) == 0


async def test_long_outage(
    running: Running,
    bus: list[Event[dict[str, Any]]],
    freezer: FrozenDateTimeFactory,
) -> None:
    """After days without a poll the log tells what the queue has forgotten."""
    hass, entry, camera = running.hass, running.entry, camera_named(running)
    running.account.happen.alarm(camera.id, "motion", pictures=0, seconds=5)
    await _poll(running)
    assert await hass.config_entries.async_unload(entry.entry_id)
    bus.clear()

    freezer.tick(5 * HOUR)
    running.account.happen.alarm(camera.id, "intrusion", pictures=0, seconds=5)
    freezer.tick(DAYS_2_5)
    running.account.happen.alarm(camera.id, "videoLoss", pictures=0, seconds=5)
    freezer.tick(DAYS_2_5)
    running.sim.record.clear()
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)

    began = [one.data for one in bus if one.data["phase"] in ("start", "pulse")]
    assert sorted(one["type"] for one in began) == ["intrusion", "video_loss"]
    assert all(event.data["late"] for event in bus)
    if running.account.speech == "teams":
        phases = [one.data["phase"] for one in bus]
        assert phases == ["end", "start", "end", "start", "end"]
        assert _log_calls(running) == 8  # a day each, and one more at both ends
    bus.clear()
    await _poll(running)
    assert not bus


async def test_gap_waits_for_the_service(
    running: Running, bus: list[Event[dict[str, Any]]]
) -> None:
    """A log that cannot be read is read later, also by the next run."""
    hass, entry = running.hass, running.entry
    running.account.happen.alarm(camera_named(running).id, "motion", pictures=0)
    await _poll(running)
    bus.clear()
    running.account.happen.alarm(camera_named(running).id, "intrusion", pictures=0)
    running.sim.faults.add("lost_subscription", path="*/mq/messages", times=1)
    broken = running.sim.faults.add("http_error", path="*alarmlog*")
    await entry.runtime_data.alarms.async_refresh()
    await hass.async_block_till_done()
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert not bus

    running.sim.faults.remove(broken)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)

    assert [event.data["late"] for event in bus] == [True]
