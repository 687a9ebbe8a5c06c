"""Attendance: counted where the owner wants it, and nowhere else."""

from collections.abc import AsyncGenerator, Callable, Coroutine
from datetime import date, timedelta
import json
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockUser,
    async_fire_time_changed,
)

from custom_components.hikcentral_connect.api import DialectName, session
from custom_components.hikcentral_connect.api.models.attendance import TimeCard
from custom_components.hikcentral_connect.attendance.headcount import count_cards
from custom_components.hikcentral_connect.const import DOMAIN
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import Context, HomeAssistant, State
from homeassistant.exceptions import ServiceValidationError, Unauthorized
from homeassistant.helpers import device_registry as dr, entity_registry as er
from simulator import Simulator
from simulator.account import Account
from simulator.world.attendance import Status
from simulator.world.timecard import days

from .common import call
from .conftest import Running, make_entry

TUESDAY = "2026-11-24 12:00:00+00:00"
COUNTS = ("present", "absent", "late", "total")
LATE = (Status.LATE, Status.LATE_AND_EARLY)

type Counting = Callable[..., Coroutine[Any, Any, Running]]


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Repeat at once: a pause would not end while the time is frozen."""
    monkeypatch.setattr(session, "RETRY_PAUSE", 0)


@pytest.fixture
async def counting(
    freezer: FrozenDateTimeFactory, hass: HomeAssistant
) -> AsyncGenerator[Counting]:
    """Return what sets the integration up at noon of a working day."""
    freezer.move_to(TUESDAY)
    await hass.config.async_set_time_zone("Europe/Berlin")
    entries = []

    async def set_up(sim: Simulator, account: Account, **options: Any) -> Running:
        entry = make_entry(sim, account, {"attendance": True, **options})
        entry.add_to_hass(hass)
        entries.append(entry)
        assert await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done(wait_background_tasks=True)
        await entry.runtime_data.attendance.today.async_refresh()
        await hass.async_block_till_done()
        return Running(hass, sim, account, entry)

    yield set_up
    for entry in entries:
        assert await hass.config_entries.async_unload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)


def _expected(account: Account, group: str | None = None) -> dict[str, int]:
    """Count today in the simulated world itself."""
    world = account.world
    today = world.clock.now().astimezone(world.zone).date()
    groups = world.people.below(group) if group else set(world.people.groups)
    people = [one for one in world.people.values() if one.group in groups]
    states = [one.status for one in days(world, people, today, today)]
    absent = states.count(Status.ABSENT)
    return {
        "present": len(states) - absent,
        "absent": absent,
        "late": sum(one in LATE for one in states),
        "total": len(states),
    }


def _state(running: Running, key: str, group: str = "") -> State:
    entity_id = er.async_get(running.hass).async_get_entity_id(
        "sensor", DOMAIN, f"{running.entry.unique_id}_attendance_{group}_{key}"
    )
    return running.hass.states.get(entity_id)


def _registered(running: Running, group: str) -> str | None:
    return er.async_get(running.hass).async_get_entity_id(
        "sensor", DOMAIN, f"{running.entry.unique_id}_attendance_{group}_present"
    )


def _shown(running: Running, group: str = "") -> dict[str, int]:
    return {key: int(_state(running, key, group).state) for key in COUNTS}


async def test_off_means_nothing(
    running: Running, freezer: FrozenDateTimeFactory
) -> None:
    """While attendance is off nothing is asked, and no action answers."""
    for _ in range(3):
        freezer.tick(timedelta(minutes=16))
        async_fire_time_changed(running.hass)
        await running.hass.async_block_till_done(wait_background_tasks=True)
    for action in ("get_attendance_records", "get_time_card"):
        with pytest.raises(ServiceValidationError) as failure:
            await call(running, action, starts="2026-11-24 00:00:00")
        assert failure.value.translation_key == "attendance_off"
    with pytest.raises(ServiceValidationError):
        await call(running, "get_attendance_summary")
    assert not running.sim.record.calls("*/attendance/*")


async def test_everybody(counting: Counting, sim: Simulator, account: Account) -> None:
    """Without groups everybody is counted, with one request."""
    running = await counting(sim, account)
    expected = _expected(account)
    assert expected["absent"] > 0
    assert expected["late"] > 0
    assert _shown(running) == expected
    assert len(sim.record.calls("*/attendance/*")) == 1
    assert "names" not in _state(running, "late").attributes


async def test_groups(counting: Counting, sim: Simulator, account: Account) -> None:
    """Each chosen group is a service of its own, with its own numbers."""
    groups = {
        key: one.name
        for key, one in account.world.people.groups.items()
        if one.name in ("Family", "Workshop")
    }
    running = await counting(sim, account, attendance_groups=groups)

    for group, name in groups.items():
        assert _shown(running, group) == _expected(account, group)
        device = dr.async_get(running.hass).async_get_device_by_identifier(
            (DOMAIN, f"{running.entry.unique_id}_attendance_{group}"),
            running.entry.entry_id,
        )
        assert device.name == f"Attendance {name}"
    assert len(sim.record.calls("*/attendance/*")) == 2


async def test_slow_clock(
    counting: Counting,
    sim: Simulator,
    account: Account,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Attendance is read every 15 minutes."""
    running = await counting(sim, account)
    sim.record.clear()
    for _ in range(6):
        freezer.tick(timedelta(minutes=10))
        async_fire_time_changed(running.hass)
        await running.hass.async_block_till_done(wait_background_tasks=True)
    assert 2 <= len(sim.record.calls("*/attendance/*")) <= 4


async def test_names(counting: Counting, sim: Simulator, account: Account) -> None:
    """Names appear only where the owner allowed them and the service tells them."""
    running = await counting(sim, account, personal_data=True)
    names = _state(running, "late").attributes.get("names")
    if account.speech == DialectName.TEAMS:
        assert len(names) == _expected(account)["late"]
        assert set(names) <= {one.name for one in account.world.people.values()}
    else:
        assert names is None


async def test_trouble(counting: Counting, sim: Simulator, account: Account) -> None:
    """Numbers that cannot be read are unavailable, and come back."""
    running = await counting(sim, account)
    today = running.entry.runtime_data.attendance.today
    sim.faults.add("http_error", path="*/attendance/*")
    await today.async_refresh()
    await running.hass.async_block_till_done()
    assert _state(running, "present").state == STATE_UNAVAILABLE

    sim.faults.clear()
    await today.async_refresh()
    await running.hass.async_block_till_done()
    assert _shown(running) == _expected(account)


async def test_summary(counting: Counting, sim: Simulator, account: Account) -> None:
    """The action counts any day."""
    running = await counting(sim, account)
    answer = await call(running, "get_attendance_summary")
    assert answer == {"day": "2026-11-24", **_expected(account)}

    monday = await call(running, "get_attendance_summary", day="2026-11-23")
    assert monday["day"] == "2026-11-23"
    assert monday["total"] == answer["total"]


async def test_records(counting: Counting, sim: Simulator, account: Account) -> None:
    """Who came and went comes page by page, without names unless allowed."""
    running = await counting(sim, account)
    span = {"starts": "2026-11-16 00:00:00", "ends": "2026-11-22 00:00:00"}
    whole = await call(running, "get_attendance_records", **span)
    assert whole["total"] == len(whole["records"]) > 10
    assert {row["kind"] for row in whole["records"]} == {"checkIn", "checkOut"}
    times = [row["time"] for row in whole["records"]]
    assert times == sorted(times)

    first = await call(running, "get_attendance_records", **span, limit=3)
    second = await call(running, "get_attendance_records", **span, limit=3, offset=3)
    assert first["total"] == whole["total"]
    assert first["records"] + second["records"] == whole["records"][:6]
    text = json.dumps(whole)
    assert not [one for one in account.world.people.values() if one.name in text]


async def test_time_card(counting: Counting, sim: Simulator, account: Account) -> None:
    """The time card tells the hours; names as the owner allowed."""
    running = await counting(sim, account, personal_data=True)
    span = {"starts": "2026-11-16 00:00:00", "ends": "2026-11-20 23:00:00"}
    answer = await call(running, "get_time_card", **span)
    rows = answer["time_card"]
    names = {one.name for one in account.world.people.values()}
    assert {row["person_name"] for row in rows} <= names
    assert max(row["worked_minutes"] for row in rows) > 300
    if account.speech == DialectName.TEAMS:
        assert {row["status"] for row in rows} >= {"normal", "late", "absent"}
        assert all(row["due_in"].endswith("T08:00:00") for row in rows)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"starts": "2026-01-01 00:00:00"}, "starts"),
        ({"starts": "2026-11-24 00:00:00", "ends": "2026-11-23 00:00:00"}, "ends"),
    ],
)
async def test_wrong_span(
    counting: Counting,
    sim: Simulator,
    account: Account,
    data: dict[str, Any],
    field: str,
) -> None:
    """A span that cannot be is named, and nothing is sent."""
    running = await counting(sim, account)
    sim.record.clear()
    with pytest.raises(ServiceValidationError) as failure:
        await call(running, "get_time_card", **data)
    assert failure.value.translation_placeholders["field"] == field
    assert len(sim.record) == 0


async def test_administrators_only(
    counting: Counting,
    sim: Simulator,
    account: Account,
    hass_read_only_user: MockUser,
) -> None:
    """Somebody who is no administrator gets nobody's attendance."""
    running = await counting(sim, account)
    with pytest.raises(Unauthorized):
        await running.hass.services.async_call(
            DOMAIN,
            "get_attendance_summary",
            {},
            blocking=True,
            return_response=True,
            context=Context(user_id=hass_read_only_user.id),
        )


async def test_options_page(hass: HomeAssistant, running: Running) -> None:
    """The page offers the groups of the account, and switching on needs no restart."""
    groups, runtime = running.account.world.people.groups, running.entry.runtime_data
    family = next(key for key, one in groups.items() if one.name == "Family")
    running.sim.record.clear()
    flow = await hass.config_entries.options.async_init(running.entry.entry_id)
    flow = await hass.config_entries.options.async_configure(
        flow["flow_id"], {"next_step_id": "attendance"}
    )
    assert flow["step_id"] == "attendance"
    assert set(flow["data_schema"].schema) == {"attendance", "attendance_groups"}
    await hass.config_entries.options.async_configure(
        flow["flow_id"],
        {"attendance": True, "attendance_groups": [family]},
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    assert running.entry.options["attendance_groups"] == {family: "Family"}
    assert _state(running, "present", family).state != STATE_UNAVAILABLE
    assert running.entry.runtime_data is runtime
    assert not running.sim.record.calls("*/token/get")

    everybody = {**running.entry.options, "attendance_groups": {}}
    hass.config_entries.async_update_entry(running.entry, options=everybody)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert _state(running, "present").state != STATE_UNAVAILABLE
    assert _registered(running, family) is None

    hass.config_entries.async_update_entry(
        running.entry, options={**running.entry.options, "attendance": False}
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    registry = dr.async_get(hass)
    assert not [
        device
        for device in dr.async_entries_for_config_entry(
            registry, running.entry.entry_id
        )
        if any("_attendance_" in name for _, name in device.identifiers)
    ]


async def test_options_page_without_the_service(
    hass: HomeAssistant, running: Running
) -> None:
    """A service that is silent does not keep the owner from the page."""
    running.sim.faults.add("http_error", path="*/groups/search")
    flow = await hass.config_entries.options.async_init(running.entry.entry_id)
    flow = await hass.config_entries.options.async_configure(
        flow["flow_id"], {"next_step_id": "attendance"}
    )
    assert flow["step_id"] == "attendance"


def _card(person: str, status: str) -> TimeCard:
    return TimeCard(
        person_name=person,
        person_code=person,
        day=date(2026, 11, 24),
        status_code=status,
    )


def test_several_cards_of_one_person() -> None:
    """Somebody with two timetables is counted once, and present if at one of them."""
    cards = [
        _card("A", "5"),
        _card("A", "2"),
        _card("B", "5"),
        _card("B", "5"),
        _card("C", "6"),
        _card("D", "4"),
        _card("E", "99"),
    ]
    count = count_cards(cards)
    assert (count.total, count.present, count.absent, count.late) == (5, 2, 1, 2)
    assert count.names["absent"] == ("B",)
