"""Buildings and rooms to be called (guide 5.6.1).

Both are made in the portal only. A building directly in the root area has the area
"-1" without a name. The table of A.3.147 types names as numbers; they are strings,
as in the example. The numbers of a filter may be empty strings, as in the example.
"""

from collections.abc import Iterable
from typing import Any

from simulator.contract import Field, Json, Refusal, Request, Text, group, may, need
from simulator.world import World
from simulator.world.homes import Room
from simulator.world.passes import Building

from .api import api, number
from .resources import ROOT

PAGING = (need("pageNum", number(1)), need("pageSize", number(1, 500)))
DIGITS = Text(number=True)
WHERE: tuple[Field, ...] = (
    need("areaId", Text(64)),
    may("isContainSubArea", number(0, 1), 0),
)


@api.post(
    "vims/v1/build/search",
    *PAGING,
    need("searchCriteria", group(*WHERE, may("filterName", Text(), ""))),
)
def buildings(request: Request) -> Json:
    """List buildings."""
    world, wanted = request.account.world, request.body["searchCriteria"]
    name = wanted["filterName"].lower()
    found = [one for one in buildings_in(world, wanted) if name in one.name.lower()]
    rows = [_building_row(world, one) for one in found]
    return numbered("buildList", rows, request.body)


@api.post(
    "vims/v1/room/search",
    *PAGING,
    need(
        "searchCriteria",
        group(
            *WHERE,
            may("buildId", Text(64)),
            may(
                "filter",
                group(
                    may("roomNum", DIGITS),
                    may("roomName", Text(), ""),
                    may("personAmount", DIGITS),
                    may("email", Text(), ""),
                    may("mainAccount", Text(), ""),
                ),
            ),
        ),
    ),
)
def rooms(request: Request) -> Json:
    """List rooms."""
    world, wanted = request.account.world, request.body["searchCriteria"]
    ids = {one.id for one in buildings_in(world, wanted)}
    rows = [
        _room_row(world, one)
        for one in world.homes.rooms.values()
        if one.building.id in ids and wanted["buildId"] in (None, one.building.id)
    ]
    if wanted["filter"]:
        rows = [one for one in rows if _fits(one, wanted["filter"])]
    return numbered("roomList", rows, request.body)


def numbered(
    name: str, found: list[dict[str, Any]], body: dict[str, Any]
) -> dict[str, Any]:
    """Return one page of what was found, as the intercom's lists do."""
    index, size = body["pageNum"], body["pageSize"]
    return {
        "pageNum": index,
        "pageSize": size,
        "totalNum": len(found),
        name: found[(index - 1) * size : index * size],
    }


def buildings_in(world: World, wanted: dict[str, Any]) -> Iterable[Building]:
    """Return the buildings of an area, with those below if wanted."""
    area = None if wanted["areaId"] == ROOT else wanted["areaId"]
    if area is not None and area not in world.areas:
        raise Refusal("OPEN000031")
    places: set[str | None] = {area}
    if wanted["isContainSubArea"]:
        places |= world.below(area)
    return (one for one in world.buildings.values() if _area_of(one)[0] in places)


def place_row(room: Room) -> dict[str, Any]:
    """Return what a room and the residents in it tell of its place."""
    area, name = _area_of(room.building)
    return {
        "roomId": room.id,
        "roomName": room.name,
        "roomNum": room.number,
        "buildId": room.building.id,
        "buildName": room.building.name,
        "areaId": area or ROOT,
        "areaName": name,
    }


def _area_of(building: Building) -> tuple[str | None, str]:
    return (building.area.id, building.area.name) if building.area else (None, "")


def _building_row(world: World, building: Building) -> dict[str, Any]:
    """Return a Building (A.3.45)."""
    homes = world.homes
    ids = {one.id for one in homes.rooms.values() if one.building.id == building.id}
    area, name = _area_of(building)
    people = [one for one in homes.residents if ids & homes.rooms_of(one.id).keys()]
    return {
        "buildId": building.id,
        "buildName": building.name,
        "areaId": area or ROOT,
        "areaName": name,
        "totalRoom": len(ids),
        "totalPerson": len(people),
        "deviceNames": "",
    }


def _room_row(world: World, room: Room) -> dict[str, Any]:
    """Return a RoomVO (A.3.147)."""
    owner = world.homes.householder(room.id)
    return place_row(room) | {
        "personAmount": len(world.homes.living_in(room.id)),
        "mainAccount": owner.name if owner else "",
        "email": owner.email if owner else "",
        "phone": owner.phone if owner else "",
    }


def _fits(row: dict[str, Any], wanted: dict[str, Any]) -> bool:
    exact = all(
        wanted[key] in (None, str(row[key])) for key in ("roomNum", "personAmount")
    )
    parts = ("roomName", "email", "mainAccount")
    return exact and all(wanted[key].lower() in row[key].lower() for key in parts)
