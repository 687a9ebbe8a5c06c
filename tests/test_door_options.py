"""How the owner wants each door, and the action on several doors."""

import asyncio
from datetime import timedelta
import re
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.hikcentral_connect.const import DOMAIN
from homeassistant.components.lock import LockState
from homeassistant.config_entries import ConfigFlowResult
from homeassistant.core import Context
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.exceptions import (
    HomeAssistantError,
    ServiceValidationError,
    Unauthorized,
)
from homeassistant.helpers import device_registry as dr, entity_registry as er
from simulator.world.doors import Door

from .conftest import Running
from .test_doors import BUTTON, HOLD, LOCK, _actions, _call, door

__all__ = ["door"]


def _doors(running: Running) -> list[Door]:
    return list(running.account.world.doors.values())


def _entity_of(running: Running, door: Door, domain: str) -> str:
    return next(
        one.entity_id
        for one in er.async_get(running.hass).entities.values()
        if one.domain == domain and f"_{door.id}_" in one.unique_id
    )


async def _page(running: Running, *steps: dict[str, Any]) -> ConfigFlowResult:
    options = running.hass.config_entries.options
    result: ConfigFlowResult = await options.async_init(running.entry.entry_id)
    for step in steps:
        result = await options.async_configure(result["flow_id"], step)
    await running.hass.async_block_till_done(wait_background_tasks=True)
    return result


async def _set(running: Running, door: Door, **changes: Any) -> ConfigFlowResult:
    asked = {"controls": "both", "relock_seconds": 5, "hold": True, **changes}
    return await _page(running, {"next_step_id": "doors"}, {"door": door.id}, asked)


async def _control(running: Running, *targets: str, **data: Any) -> Any:
    answer = await running.hass.services.async_call(
        DOMAIN,
        "control_door",
        {"entity_id": list(targets), "command": "open", **data},
        blocking=True,
        return_response=True,
    )
    await running.hass.async_block_till_done()
    return answer


@pytest.mark.parametrize(
    ("controls", "there"),
    [("lock", {LOCK}), ("button", {BUTTON}), ("both", {LOCK, BUTTON})],
)
async def test_shown_as(
    running: Running, door: Door, controls: str, there: set[str]
) -> None:
    """A door is a lock, a button or both, without a restart; the rest leaves no trace."""
    runtime = running.entry.runtime_data
    await _set(running, door, controls=controls)

    registry = er.async_get(running.hass)
    for entity_id in (LOCK, BUTTON):
        assert (registry.async_get(entity_id) is not None) == (entity_id in there)
        assert (running.hass.states.get(entity_id) is not None) == (entity_id in there)

    await _set(running, door, controls="both")
    for domain in ("lock", "button"):
        state = running.hass.states.get(_entity_of(running, door, domain))
        assert state.state != "unavailable"
    assert running.entry.runtime_data is runtime


async def test_changed_while_not_running(running: Running, door: Door) -> None:
    """What is not wanted at the next start is forgotten then."""
    entries = running.hass.config_entries
    await entries.async_unload(running.entry.entry_id)
    stored = {door.id: {"controls": "lock", "hold": False}}
    entries.async_update_entry(running.entry, options={"doors": stored})
    await entries.async_setup(running.entry.entry_id)
    await running.hass.async_block_till_done(wait_background_tasks=True)

    registry = er.async_get(running.hass)
    assert registry.async_get(LOCK) is not None
    assert registry.async_get(BUTTON) is None
    assert registry.async_get(HOLD) is None


async def test_relock_time_of_each_door(
    running: Running, door: Door, freezer: FrozenDateTimeFactory
) -> None:
    """Each door has its own relock time, which counts without a restart."""
    runtime = running.entry.runtime_data
    await _set(running, door, relock_seconds=20)
    assert running.entry.runtime_data is runtime
    other = _entity_of(running, _doors(running)[1], "lock")
    await _call(running, "lock.unlock", LOCK)
    await _call(running, "lock.unlock", other)

    freezer.tick(timedelta(seconds=6))
    async_fire_time_changed(running.hass)
    await running.hass.async_block_till_done()
    assert running.hass.states.get(other).state == LockState.LOCKED
    assert running.hass.states.get(LOCK).state == LockState.UNLOCKED

    freezer.tick(timedelta(seconds=15))
    async_fire_time_changed(running.hass)
    await running.hass.async_block_till_done()
    assert running.hass.states.get(LOCK).state == LockState.LOCKED


async def test_hold_forbidden(running: Running, door: Door) -> None:
    """A door that may not be held has no hold, and the action refuses one."""
    await _set(running, door, hold=False)

    assert er.async_get(running.hass).async_get(HOLD) is None
    with pytest.raises(ServiceValidationError) as failure:
        await _control(running, LOCK, command="hold_open")
    assert failure.value.translation_key == "hold_forbidden"
    assert not _actions(door)


async def test_hold_allowed_again(running: Running, door: Door) -> None:
    """A hold that ended while it was not shown does not come back with the select."""
    await _control(running, LOCK, command="hold_open")
    assert running.hass.states.get(HOLD).state == "open"
    await _set(running, door, hold=False)
    assert running.hass.states.get(LOCK).state == LockState.UNLOCKED
    await _call(running, "lock.lock", LOCK)

    await _set(running, door, hold=True)

    assert running.hass.states.get(HOLD).state == "normal"
    assert running.hass.states.get(LOCK).state == LockState.LOCKED


async def test_pin(running: Running, door: Door) -> None:
    """Opening needs the PIN, locking does not; the PIN never leaves."""
    await _set(running, door, pin="2468")
    state = running.hass.states.get(LOCK)
    assert state.attributes["code_format"]

    for code, key in (({}, "pin_missing"), ({"code": "2469"}, "pin_wrong")):
        for action in ("lock.unlock", "lock.open"):
            with pytest.raises(ServiceValidationError) as failure:
                await _call(running, action, LOCK, **code)
            assert failure.value.translation_key == key
        with pytest.raises(ServiceValidationError) as failure:
            await _control(running, LOCK, BUTTON, **code)
        assert failure.value.translation_key == key
    assert not _actions(door)

    await _call(running, "lock.lock", LOCK)
    await _call(running, "lock.unlock", LOCK, code="2468")
    await _control(running, LOCK, code="2468")
    assert _actions(door) == ["close", "open", "open"]
    # By chance a time has these digits, among others.
    assert not re.search(r"(?<!\d)2468(?!\d)", str(running.hass.states.async_all()))
    assert "2468" not in repr(running.entry.runtime_data.options.door(door.id))


async def test_pin_page(running: Running, door: Door) -> None:
    """A PIN that is none is refused; one is kept until replaced or removed."""
    result = await _set(running, door, pin="12ab")
    assert result["errors"] == {"pin": "pin_invalid"}
    await _set(running, door, pin="2468")

    form = await _page(running, {"next_step_id": "doors"}, {"door": door.id})
    assert "2468" not in str(form["data_schema"].schema)
    stored = running.entry.options["doors"]
    await _set(running, door, no_pin=False)
    assert running.entry.options["doors"] == stored
    await _set(running, door, no_pin=True)
    assert "pin" not in running.entry.options["doors"][door.id]
    assert running.hass.states.get(LOCK).attributes.get("code_format") is None


async def test_no_doors(running: Running) -> None:
    """Without a door the page says so."""
    running.account.world.doors.clear()
    for subentry in list(running.entry.subentries):
        running.hass.config_entries.async_remove_subentry(running.entry, subentry)
    await running.hass.async_block_till_done(wait_background_tasks=True)
    await running.entry.runtime_data.inventory.async_refresh()

    result = await _page(running, {"next_step_id": "doors"})

    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "no_doors"


async def test_account_that_does_not_run(running: Running) -> None:
    """The options of an account that is not set up say so."""
    await running.hass.config_entries.async_unload(running.entry.entry_id)

    result = await _page(running)

    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "not_running"


async def test_control_doors(running: Running, door: Door) -> None:
    """Each door gets one command, by however many of its entities it is named."""
    garage = next(one for one in _doors(running) if one.name == "Garage door")
    device = er.async_get(running.hass).async_get(LOCK).device_id

    answer = await running.hass.services.async_call(
        DOMAIN,
        "control_door",
        {
            "entity_id": [LOCK, BUTTON, HOLD, _entity_of(running, garage, "button")],
            "device_id": device,
            "command": "hold_open",
        },
        blocking=True,
        return_response=True,
    )

    assert {one["name"]: one["hold"] for one in answer["doors"]} == {
        "Front door": "open",
        "Garage door": "open",
    }
    assert _actions(door) == _actions(garage) == ["remainOpen"]
    assert not next(
        one for one in _doors(running) if one.name == "Workshop door"
    ).commands


async def test_some_doors_fail(running: Running, door: Door) -> None:
    """The message names the door that failed and why; the others obey."""
    garage = next(one for one in _doors(running) if one.name == "Garage door")
    garage.connected = False

    with pytest.raises(HomeAssistantError) as failure:
        await _control(running, LOCK, _entity_of(running, garage, "lock"))

    assert failure.value.translation_key == "doors_failed"
    assert "Garage door: The device is offline" in str(failure.value)
    assert _actions(door) == ["open"]
    assert len(running.sim.record.calls("*/remote/control")) == 2

    with pytest.raises(HomeAssistantError) as failure:
        await _control(running, _entity_of(running, garage, "lock"))
    assert failure.value.translation_key == "device_offline"


async def test_no_door_named(running: Running, door: Door) -> None:
    """Naming no door is a mistake, and nothing is sent."""
    with pytest.raises(ServiceValidationError) as failure:
        await _control(running, "binary_sensor.house_recorder_connectivity")

    assert failure.value.translation_key == "no_door_named"
    assert not running.sim.record.calls("*/remote/control")


async def test_users_without_the_right(running: Running, door: Door) -> None:
    """Who may not control a door may not do so by the action either."""
    hass = running.hass
    await hass.auth.async_create_user("Owner")
    guest = await hass.auth.async_create_user("Guest", group_ids=["system-read-only"])
    member = await hass.auth.async_create_user("Member", group_ids=["system-users"])

    async def control(user_id: str) -> None:
        await hass.services.async_call(
            DOMAIN,
            "control_door",
            {"entity_id": LOCK, "command": "open"},
            blocking=True,
            context=Context(user_id=user_id),
        )

    with pytest.raises(Unauthorized):
        await control(guest.id)
    assert not _actions(door)
    await control(member.id)
    assert _actions(door) == ["open"]


@pytest.mark.parametrize("action", ["lock.unlock", "button.press", "control_door"])
async def test_who_did_it(running: Running, door: Door, action: str) -> None:
    """The change of the lock carries who asked for it, however it was asked."""
    user = await running.hass.auth.async_create_user("Ada", group_ids=["system-admin"])
    context = Context(user_id=user.id)
    domain, _, service = action.rpartition(".")
    data = {"entity_id": BUTTON if action == "button.press" else LOCK}
    if not domain:
        data["command"] = "open"

    await running.hass.services.async_call(
        domain or DOMAIN, service, data, blocking=True, context=context
    )
    await running.hass.async_block_till_done()

    state = running.hass.states.get(LOCK)
    assert state.state == LockState.UNLOCKED
    assert state.context.user_id == user.id


async def test_press_while_the_first_caller_left(running: Running, door: Door) -> None:
    """A command goes on when its caller leaves, and is not sent again meanwhile."""
    running.sim.faults.add("latency", path="*/remote/control", seconds=0.3)
    first = asyncio.create_task(_call(running, "lock.unlock", LOCK))
    await asyncio.sleep(0.1)
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)

    await _call(running, "button.press", BUTTON)

    assert _actions(door) == ["open"]
    assert running.hass.states.get(LOCK).state == LockState.UNLOCKED


async def test_all_who_pressed_hear_of_the_failure(
    running: Running, door: Door
) -> None:
    """Presses while the first is on its way share its outcome, also a bad one."""
    door.connected = False
    running.sim.faults.add("latency", path="*/remote/control", seconds=0.2)

    outcomes = await asyncio.gather(
        _call(running, "lock.unlock", LOCK),
        _call(running, "button.press", BUTTON),
        return_exceptions=True,
    )

    assert [one.translation_key for one in outcomes] == ["device_offline"] * 2  # type: ignore[attr-defined]
    assert len(running.sim.record.calls("*/remote/control")) == 1


async def test_restart_while_a_command_is_on_its_way(
    running: Running, door: Door
) -> None:
    """A restart neither repeats a command nor leaves a timer behind."""
    running.sim.faults.add("latency", path="*/remote/control", seconds=0.3)
    first = asyncio.create_task(_call(running, "lock.unlock", LOCK))
    await asyncio.sleep(0.1)

    await running.hass.config_entries.async_reload(running.entry.entry_id)
    await asyncio.gather(first, return_exceptions=True)
    await running.hass.async_block_till_done(wait_background_tasks=True)

    assert _actions(door) == ["open"]


async def test_devices_keep_their_doors(running: Running, door: Door) -> None:
    """Options of a door do not touch its device."""
    device = er.async_get(running.hass).async_get(HOLD).device_id
    await _set(running, door, controls="lock", hold=False, pin="1234")

    assert dr.async_get(running.hass).async_get(device) is not None
    assert er.async_get(running.hass).async_get(LOCK).device_id == device
