"""Doors as locks, buttons and holds: commanded once, and honest about it."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta

from aiohttp import ClientTimeout
from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    async_fire_time_changed,
    mock_restore_cache,
)

from custom_components.hikcentral_connect.api import DialectName, transport
from custom_components.hikcentral_connect.api.limiter import RATE
from homeassistant.components.lock import LockState
from homeassistant.core import HomeAssistant, State
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
from simulator import Simulator
from simulator.account import Account
from simulator.world.doors import Door, DoorState
from simulator.world.places import Area, Device

from .conftest import Running, make_entry

LOCK = "lock.entrance_front_door"
BUTTON = "button.entrance_front_door_open"
HOLD = "select.entrance_front_door_hold"


@pytest.fixture
async def door(running: Running) -> Door:
    """Return the front door, whose entities are named above in both dialects."""
    hass, registry = running.hass, er.async_get(running.hass)
    door = next(
        one for one in running.account.world.doors.values() if one.name == "Front door"
    )
    for name in (LOCK, BUTTON, HOLD):
        domain, _, _ = name.partition(".")
        entity = next(
            one
            for one in registry.entities.values()
            if one.domain == domain and f"_{door.id}_" in one.unique_id
        )
        if entity.entity_id != name:
            registry.async_update_entity(entity.entity_id, new_entity_id=name)
    # A renamed entity is added anew.
    await hass.async_block_till_done()
    return door


async def _call(running: Running, action: str, entity_id: str, **data: str) -> None:
    domain, _, service = action.partition(".")
    await running.hass.services.async_call(
        domain, service, {"entity_id": entity_id, **data}, blocking=True
    )
    await running.hass.async_block_till_done()


def _actions(door: Door) -> list[str]:
    return [command.action.value for command in door.commands]


@pytest.mark.parametrize(
    ("action", "entity_id", "sent"),
    [
        ("lock.unlock", LOCK, "open"),
        ("lock.open", LOCK, "open"),
        ("lock.lock", LOCK, "close"),
        ("button.press", BUTTON, "open"),
    ],
)
async def test_command_is_sent_once(
    running: Running, door: Door, action: str, entity_id: str, sent: str
) -> None:
    """Each action is one command to this door and none to another."""
    await _call(running, action, entity_id)

    assert _actions(door) == [sent]
    others = [one for one in running.account.world.doors.values() if one is not door]
    assert not any(other.commands for other in others)


async def test_lock_relocks(
    running: Running, door: Door, freezer: FrozenDateTimeFactory
) -> None:
    """An opened door shows as locked again after the relock time."""
    await _call(running, "button.press", BUTTON)
    assert running.hass.states.get(LOCK).state == LockState.UNLOCKED

    freezer.tick(timedelta(seconds=6))
    async_fire_time_changed(running.hass)
    await running.hass.async_block_till_done()

    assert running.hass.states.get(LOCK).state == LockState.LOCKED


@pytest.mark.parametrize(
    ("option", "state", "lock"),
    [
        ("open", DoorState.HELD_OPEN, LockState.UNLOCKED),
        ("closed", DoorState.HELD_CLOSED, LockState.LOCKED),
        ("normal", DoorState.LOCKED, LockState.LOCKED),
    ],
)
async def test_hold(
    running: Running, door: Door, option: str, state: DoorState, lock: LockState
) -> None:
    """A door is held open or closed, and the lock shows what that means."""
    await _call(running, "select.select_option", HOLD, option=option)

    assert door.state is state
    assert running.hass.states.get(HOLD).state == option
    assert running.hass.states.get(LOCK).state == lock

    await _call(running, "lock.lock", LOCK)
    assert running.hass.states.get(HOLD).state == "normal"


async def test_double_press_sends_nothing_twice(running: Running, door: Door) -> None:
    """Presses while the first is on its way are the same press."""
    running.sim.faults.add("latency", path="*/remote/control", seconds=0.2)

    await asyncio.gather(
        *(_call(running, "lock.unlock", LOCK) for _ in range(3)),
        _call(running, "button.press", BUTTON),
    )

    assert _actions(door) == ["open"]


async def test_other_command_while_one_is_pending(running: Running, door: Door) -> None:
    """A different command is refused while the first is on its way."""
    running.sim.faults.add("latency", path="*/remote/control", seconds=0.2)
    first = asyncio.create_task(_call(running, "lock.unlock", LOCK))
    await asyncio.sleep(0.05)
    assert running.hass.states.get(LOCK).state == LockState.UNLOCKING

    with pytest.raises(HomeAssistantError) as failure:
        await _call(running, "lock.lock", LOCK)

    assert failure.value.translation_key == "command_pending"
    await first
    assert _actions(door) == ["open"]


async def test_offline_door(running: Running, door: Door) -> None:
    """A refusal is told, and the door is not shown as open."""
    door.connected = False

    with pytest.raises(HomeAssistantError) as failure:
        await _call(running, "lock.unlock", LOCK)

    assert failure.value.translation_key == "device_offline"
    assert running.hass.states.get(LOCK).state == LockState.LOCKED
    assert len(door.refused) == 1
    assert not door.commands


@pytest.mark.parametrize(
    ("fault", "effect"),
    [("lost", 1), ("cut", 1), ("bad_json", 1), ("html", 0), ("http_error", 0)],
)
async def test_lost_answer(
    running: Running, door: Door, fault: str, effect: int
) -> None:
    """A lost answer is told as such, and the command not repeated."""
    running.sim.faults.add(fault, path="*/remote/control")

    with pytest.raises(HomeAssistantError) as failure:
        await _call(running, "lock.unlock", LOCK)

    assert failure.value.translation_key == "outcome_unknown"
    assert len(_actions(door)) == effect
    assert len(running.sim.record.calls("*/remote/control")) == 1


async def test_time_out(
    running: Running, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A time-out is a lost answer too."""
    running.sim.faults.add("hang", path="*/remote/control")
    monkeypatch.setattr(transport, "TIMEOUT", ClientTimeout(total=0.2))

    with pytest.raises(HomeAssistantError) as failure:
        await _call(running, "button.press", BUTTON)
    await asyncio.sleep(0.1)

    assert failure.value.translation_key == "outcome_unknown"
    assert len(running.sim.record.calls("*/remote/control")) == 1


async def test_service_away(running: Running, door: Door) -> None:
    """A door whose cloud is away answers with an error; it is not dropped."""
    await running.sim.stop()
    await running.entry.runtime_data.inventory.async_refresh()
    assert running.hass.states.get(LOCK).state == LockState.LOCKED

    with pytest.raises(HomeAssistantError) as failure:
        await _call(running, "lock.unlock", LOCK)

    assert failure.value.translation_key in ("not_connected", "outcome_unknown")


async def test_revoked_token(running: Running, door: Door) -> None:
    """A revoked token costs one login and the door still opens once."""
    logins = running.account.logins
    running.account.revoke_tokens()

    await _call(running, "lock.unlock", LOCK)

    assert _actions(door) == ["open"]
    assert running.account.logins == logins + 1


async def test_hold_survives_restart(
    hass: HomeAssistant, sim: Simulator, account: Account
) -> None:
    """How a door is held is known after a restart: nobody else remembers."""
    entry = make_entry(sim, account)
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    registry = er.async_get(hass)
    hold = next(
        one.entity_id for one in registry.entities.values() if one.domain == "select"
    )
    assert await hass.config_entries.async_unload(entry.entry_id)
    mock_restore_cache(hass, [State(hold, "open")])

    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)

    assert hass.states.get(hold).state == "open"
    lock = next(
        one.entity_id
        for one in registry.entities.values()
        if one.domain == "lock" and one.device_id == registry.async_get(hold).device_id
    )
    assert hass.states.get(lock).state == LockState.UNLOCKED
    assert not any(door.commands for door in account.world.doors.values())
    assert await hass.config_entries.async_unload(entry.entry_id)


@pytest.mark.parametrize("dialect", [DialectName.REFERENCE])
async def test_declared_door(running: Running) -> None:
    """Where the service lists no doors, the owner adds, renames and removes them."""
    hass, entry = running.hass, running.entry
    area = ar.async_get(hass).async_get_or_create("Cellar")
    door = running.sim.account("reference").world.add_door(
        "Cellar door", *_place(running)
    )
    form = await hass.config_entries.subentries.async_init(
        (entry.entry_id, "door"), context={"source": "user"}
    )
    empty = {"door_id": " ", "name": "Cellar"}
    form = await hass.config_entries.subentries.async_configure(form["flow_id"], empty)
    assert form["errors"] == {"base": "door_incomplete"}
    typed = {"door_id": f" {door.id} ", "name": "Cellar", "area": area.id}
    result = await hass.config_entries.subentries.async_configure(
        form["flow_id"], typed
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    assert result["type"] == "create_entry"

    assert hass.states.get("lock.cellar_cellar").state == LockState.LOCKED
    device = dr.async_get(hass).async_get(
        er.async_get(hass).async_get("lock.cellar_cellar").device_id
    )
    assert device.area_id == area.id
    await _call(running, "lock.unlock", "lock.cellar_cellar")
    assert _actions(door) == ["open"]

    subentry = next(
        one for one in entry.subentries.values() if one.unique_id == door.id
    )
    taken = next(
        one.unique_id for one in entry.subentries.values() if one is not subentry
    )
    form = await entry.start_subentry_reconfigure_flow(  # type: ignore[assignment]
        hass, subentry.subentry_id
    )
    result = await hass.config_entries.subentries.async_configure(
        form["flow_id"], {"door_id": taken, "name": "Cellar"}
    )
    assert result["reason"] == "already_configured"
    form = await entry.start_subentry_reconfigure_flow(  # type: ignore[assignment]
        hass, subentry.subentry_id
    )
    form = await hass.config_entries.subentries.async_configure(
        form["flow_id"], {"door_id": " ", "name": "Cellar"}
    )
    assert form["errors"] == {"base": "door_incomplete"}
    result = await hass.config_entries.subentries.async_configure(
        form["flow_id"], {"door_id": door.id, "name": "Wine cellar"}
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    assert result["reason"] == "reconfigure_successful"
    assert hass.states.get("lock.cellar_cellar").name == "Wine cellar"

    hass.config_entries.async_remove_subentry(entry, subentry.subentry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert hass.states.get("lock.cellar_cellar") is None


def _place(running: Running) -> tuple[Area, Device]:
    world = running.account.world
    terminal = next(one for one in world.devices.values() if "terminal" in one.name)
    return next(iter(world.areas.values())), terminal


@pytest.mark.parametrize("dialect", [DialectName.TEAMS])
async def test_no_declared_doors_where_they_are_listed(running: Running) -> None:
    """Where the service lists the doors there is nothing to declare."""
    assert not running.entry.supported_subentry_types


@asynccontextmanager
async def _crowd(running: Running) -> AsyncGenerator[None]:
    client = running.entry.runtime_data.client
    tasks = [asyncio.create_task(client.resources.devices()) for _ in range(60)]
    await asyncio.sleep(2.5)
    yield
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@pytest.mark.parametrize("rate_limit", [RATE])
async def test_nobody_waits_at_a_door(running: Running, door: Door) -> None:
    """A place is kept for doors, however much else is waiting; without doors none is."""
    hass, sim = running.hass, running.sim
    sim.record.clear()
    async with _crowd(running):
        assert sim.record.max_per_second() == RATE - 1
        async with asyncio.timeout(0.5):
            await _call(running, "button.press", BUTTON)
    assert _actions(door) == ["open"]

    running.account.world.doors.clear()
    for subentry_id in list(running.entry.subentries):
        hass.config_entries.async_remove_subentry(running.entry, subentry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    await running.entry.runtime_data.inventory.async_refresh()
    sim.record.clear()
    async with _crowd(running):
        assert sim.record.max_per_second() == RATE
