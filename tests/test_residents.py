"""Buildings, rooms and the people who live there."""

from typing import Any

import pytest

from custom_components.hikcentral_connect.const import DOMAIN
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import service

from .common import REFERENCE, TEAMS, call
from .conftest import Running


def _building(running: Running) -> Any:
    return next(iter(running.account.world.buildings.values()))


async def _options(running: Running, action: str, field: str) -> dict[str, str]:
    described = await service.async_get_all_descriptions(running.hass)
    select = described[DOMAIN][action]["fields"][field]["selector"]["select"]
    return {one["value"]: one["label"] for one in select["options"]}


async def test_buildings(running: Running) -> None:
    """Buildings are listed, and offered in the fields of actions."""
    (building,) = (await call(running, "list_buildings"))["buildings"]
    home = _building(running)
    assert (building["building_id"], building["name"]) == (home.id, home.name)
    assert await _options(running, "list_residents", "building_id") == {home.id: "Home"}


@REFERENCE
async def test_add_building(running: Running) -> None:
    """A building is added and offered at once; its number is its own."""
    response = await call(running, "add_building", name="Barn", number="7")
    await running.hass.async_block_till_done(wait_background_tasks=True)
    assert running.account.world.buildings[response["building_id"]].name == "Barn"
    assert "Barn" in (await _options(running, "add_resident", "building_id")).values()

    with pytest.raises(HomeAssistantError) as failure:
        await call(running, "add_building", name="Shed", number="7")
    assert failure.value.translation_key == "already_exists"


@TEAMS
async def test_add_building_in_the_portal(running: Running) -> None:
    """Teams makes buildings in its portal only."""
    with pytest.raises(HomeAssistantError) as failure:
        await call(running, "add_building", name="Barn", number="7")
    assert failure.value.translation_key == "not_offered"


@REFERENCE
async def test_residents_are_remembered(
    running: Running, hass_storage: dict[str, Any]
) -> None:
    """The reference lists no residents: those added here are remembered and offered."""
    home = _building(running)
    response = await call(
        running,
        "add_resident",
        first_name="Zoe",
        last_name="Young",
        phone="+49301",
        building_id=home.id,
        room_number="204",
    )
    resident = response["resident_id"]
    assert running.account.world.residents[resident].room == "204"

    await running.hass.config_entries.async_reload(running.entry.entry_id)
    await running.hass.async_block_till_done(wait_background_tasks=True)
    listed = {
        "residents": [
            {"resident_id": resident, "name": "Zoe Young", "homes": ["Home, 204"]}
        ]
    }
    assert await call(running, "list_residents") == listed
    assert await call(running, "list_residents", building_id=home.id) == listed
    none = await call(running, "list_residents", building_id="other")
    assert none == {"residents": []}

    offered = await _options(running, "issue_visitor_pass", "resident_id")
    assert offered == {resident: "Home, 204"}
    running.hass.config_entries.async_update_entry(
        running.entry, options={"personal_data": True}
    )
    await running.entry.runtime_data.people.async_refresh()
    await running.entry.runtime_data.passes.async_refresh()
    await running.hass.async_block_till_done(wait_background_tasks=True)
    offered = await _options(running, "issue_visitor_pass", "resident_id")
    assert offered == {resident: "Zoe Young (Home, 204)"}

    key = f"{DOMAIN}.{running.entry.entry_id}.residents"
    assert key in hass_storage
    await running.hass.config_entries.async_remove(running.entry.entry_id)
    assert key not in hass_storage


@REFERENCE
@pytest.mark.parametrize("missing", ["phone", "building_id", "room_number"])
async def test_what_the_reference_wants(running: Running, missing: str) -> None:
    """What is missing is named, and nothing is sent."""
    data = {
        "first_name": "Zoe",
        "phone": "1",
        "building_id": _building(running).id,
        "room_number": "2",
    }
    running.sim.record.clear()
    with pytest.raises(ServiceValidationError) as failure:
        await call(
            running,
            "add_resident",
            **{key: value for key, value in data.items() if key != missing},
        )
    assert failure.value.translation_placeholders["field"] == missing
    assert len(running.sim.record) == 0


@TEAMS
async def test_rooms_and_residents(running: Running) -> None:
    """Rooms and who lives there are listed, of one building or of all."""
    world = running.account.world
    home = _building(running)
    rooms = (await call(running, "list_rooms", building_id=home.id))["rooms"]
    assert {one["room_id"] for one in rooms} == world.homes.rooms.keys()
    assert (await _options(running, "add_resident", "rooms")).keys() == (
        world.homes.rooms.keys()
    )
    residents = (await call(running, "list_residents"))["residents"]
    assert {one["resident_id"] for one in residents} == {
        one.id for one in world.homes.residents
    }


@REFERENCE
async def test_no_rooms_in_the_reference(running: Running) -> None:
    """The reference has no list of rooms."""
    with pytest.raises(HomeAssistantError) as failure:
        await call(running, "list_rooms")
    assert failure.value.translation_key == "not_offered"


@TEAMS
async def test_add_resident(running: Running) -> None:
    """A resident moves into a room; an unknown room is not even asked for."""
    world = running.account.world
    new = world.homes.add_room(305, _building(running))
    data = {"first_name": "Zoe", "last_name": "Young", "email": "zoe@example.com"}

    response = await call(
        running, "add_resident", **data, rooms=[new.id], householder=True
    )
    assert world.homes.householder(new.id).id == response["resident_id"]
    assert response["full_rooms"] == []

    with pytest.raises(ServiceValidationError) as failure:
        await call(running, "add_resident", **data, rooms=["nowhere"])
    assert "“rooms” names no known room (nowhere)" in str(failure.value)
    with pytest.raises(ServiceValidationError) as failure:
        await call(running, "add_resident", **data)
    assert failure.value.translation_placeholders["field"] == "rooms"
    assert len(running.sim.record.calls("*vims/v1/person/add")) == 1
