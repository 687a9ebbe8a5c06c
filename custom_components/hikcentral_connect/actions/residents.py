"""Actions on buildings, rooms and residents: for administrators."""

from collections.abc import Mapping
from typing import Any, Final

import voluptuous as vol

from homeassistant.const import ATTR_CONFIG_ENTRY_ID, ATTR_NAME
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers import config_validation as cv, service
from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util

from ..api.errors import FieldInvalid
from ..api.models.intercom import Home, ResidentRequest, Room
from ..const import DOMAIN
from ..exceptions import told_to_owner
from ..people.directory import Dweller, dweller_of
from ..runtime import HikConfigEntry
from .common import entry_of, future, is_teams
from .people import LAST_DAY, VALID_FOR

ATTR_BUILDING_ID: Final = "building_id"
ATTR_ROOM_NUMBER: Final = "room_number"
ATTR_ROOMS: Final = "rooms"
ATTR_ACCESS_LEVELS: Final = "access_levels"

_ACCOUNT: Final[VolDictType] = {vol.Optional(ATTR_CONFIG_ENTRY_ID): cv.string}
_IDS: Final = vol.All(cv.ensure_list, [cv.string])
_IN_BUILDING: Final[VolDictType] = {
    **_ACCOUNT,
    vol.Optional(ATTR_BUILDING_ID): cv.string,
}
_BUILDING: Final[VolDictType] = {
    **_ACCOUNT,
    vol.Required(ATTR_NAME): cv.string,
    vol.Required("number"): cv.string,
    vol.Optional("address"): cv.string,
}
_RESIDENT: Final[VolDictType] = {
    **_ACCOUNT,
    vol.Required("first_name"): cv.string,
    vol.Optional("last_name", default=""): cv.string,
    vol.Optional("phone"): cv.string,
    vol.Optional("email"): cv.string,
    vol.Optional(ATTR_BUILDING_ID): cv.string,
    vol.Optional(ATTR_ROOM_NUMBER): cv.string,
    vol.Optional(ATTR_ROOMS, default=list): _IDS,
    vol.Optional("householder", default=False): cv.boolean,
    vol.Optional("valid_until"): cv.datetime,
    vol.Optional(ATTR_ACCESS_LEVELS, default=list): _IDS,
}


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register the actions on residents."""
    optional, only = SupportsResponse.OPTIONAL, SupportsResponse.ONLY
    for name, function, schema, response in (
        ("list_buildings", _async_buildings, _ACCOUNT, only),
        ("add_building", _async_add_building, _BUILDING, optional),
        ("list_rooms", _async_rooms, _IN_BUILDING, only),
        ("list_residents", _async_residents, _IN_BUILDING, only),
        ("add_resident", _async_add_resident, _RESIDENT, optional),
    ):
        service.async_register_admin_service(
            hass, DOMAIN, name, function, vol.Schema(schema), response
        )


async def _async_buildings(call: ServiceCall) -> ServiceResponse:
    """Return the buildings."""
    client = entry_of(call).runtime_data.client
    with told_to_owner():
        buildings = await client.intercom.buildings()
    return {
        "buildings": [
            {
                ATTR_BUILDING_ID: one.id,
                ATTR_NAME: one.name,
                "number": one.number,
                "address": one.address,
            }
            for one in buildings
        ]
    }


async def _async_add_building(call: ServiceCall) -> ServiceResponse:
    """Add a building and return its id."""
    runtime = entry_of(call).runtime_data
    with told_to_owner():
        building_id = await runtime.client.intercom.add_building(
            call.data[ATTR_NAME], call.data["number"], call.data.get("address")
        )
    await runtime.people.async_refresh()
    return {ATTR_BUILDING_ID: building_id}


async def _async_rooms(call: ServiceCall) -> ServiceResponse:
    """Return the rooms, of one building or of all."""
    client = entry_of(call).runtime_data.client
    with told_to_owner():
        rooms = await client.intercom.rooms(call.data.get(ATTR_BUILDING_ID))
    return {"rooms": [_room(one) for one in rooms]}


async def _async_residents(call: ServiceCall) -> ServiceResponse:
    """Return the residents; where the service has no list, those added here."""
    entry = entry_of(call)
    runtime = entry.runtime_data
    building_id = call.data.get(ATTR_BUILDING_ID)
    if is_teams(entry):
        with told_to_owner():
            found = await runtime.client.intercom.residents(building_id)
        return {"residents": [_dweller(dweller_of(one)) for one in found]}
    if building_id is not None:
        building = runtime.people.data.buildings.get(building_id)
        place = building.name if building else building_id
        remembered = [
            one
            for one in runtime.people.data.residents.values()
            if any(home.startswith(f"{place}, ") for home in one.homes)
        ]
        return {"residents": [_dweller(one) for one in remembered]}
    return {
        "residents": [_dweller(one) for one in runtime.people.data.residents.values()]
    }


async def _async_add_resident(call: ServiceCall) -> ServiceResponse:
    """Add a resident and return the id."""
    entry = entry_of(call)
    runtime = entry.runtime_data
    with told_to_owner():
        request = await _request(entry, call.data)
        added = await runtime.client.intercom.add_resident(request)
    if not is_teams(entry):
        building = runtime.people.data.buildings.get(request.building_id or "")
        place = building.name if building else request.building_id
        name = f"{request.first_name} {request.last_name}".strip()
        home = f"{place}, {request.room_number}"
        await runtime.people.async_remember(Dweller(added.id, name, (home,)))
    else:
        await runtime.people.async_refresh()
    return {
        "resident_id": added.id,
        "full_rooms": [
            {"building": one.building_name, "room": one.name or one.number}
            for one in added.full_rooms
        ],
    }


async def _request(entry: HikConfigEntry, data: Mapping[str, Any]) -> ResidentRequest:
    """Return the resident; teams wants rooms by id and a validity."""
    who = {
        name: data[name]
        for name in ("first_name", "last_name", "phone", "email")
        if name in data
    }
    if not is_teams(entry):
        return ResidentRequest(
            **who,
            building_id=data.get(ATTR_BUILDING_ID),
            room_number=data.get(ATTR_ROOM_NUMBER),
        )
    starts = dt_util.now()
    last = LAST_DAY.replace(tzinfo=starts.tzinfo)
    ends = min(starts + VALID_FOR, last)
    if "valid_until" in data:
        ends = future("valid_until", data["valid_until"])
    return ResidentRequest(
        **who,
        starts=starts,
        ends=ends,
        homes=await _homes(entry, data),
        access_levels=tuple(data[ATTR_ACCESS_LEVELS]),
    )


async def _homes(entry: HikConfigEntry, data: Mapping[str, Any]) -> tuple[Home, ...]:
    """Return the rooms by their ids; raise `FieldInvalid` for unknown ones."""
    people = entry.runtime_data.people
    wanted: list[str] = data[ATTR_ROOMS]
    if not wanted:
        raise FieldInvalid(ATTR_ROOMS, "must name at least one")
    if not people.data.rooms.keys() >= set(wanted):
        await people.async_refresh()
    rooms = people.data.rooms
    if unknown := [one for one in wanted if one not in rooms]:
        raise FieldInvalid(ATTR_ROOMS, f"names no known room ({', '.join(unknown)})")
    return tuple(
        Home(
            room_id=room.id,
            building_id=room.building_id or "",
            area_id=room.area_id or "",
            householder=data["householder"],
        )
        for room in (rooms[one] for one in wanted)
    )


def _room(one: Room) -> dict[str, Any]:
    return {
        "room_id": one.id,
        ATTR_NAME: one.name,
        "number": one.number,
        ATTR_BUILDING_ID: one.building_id,
        "building": one.building_name,
        "residents": one.residents,
    }


def _dweller(one: Dweller) -> dict[str, Any]:
    return {"resident_id": one.id, ATTR_NAME: one.name, "homes": list(one.homes)}
