"""Access levels and who has them (guide 5.7.4 to 5.7.8).

Levels that cannot be given or taken are told in rows, the outer code stays "0".
What the guide leaves open: the area of a level is that of its first door; how
levels are applied is computed when asked, so a door that is offline (VMS022543), or
a person without any credential (VMS040018), is "applying failed" until that changes.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from simulator.contract import (
    Flag,
    Json,
    ListOf,
    Mistake,
    Problem,
    Request,
    Text,
    group,
    may,
    need,
)
from simulator.world import World
from simulator.world.doors import Door
from simulator.world.levels import AccessLevel
from simulator.world.people import Person

from .access import OFFLINE
from .api import api, number
from .resources import ROOT
from .rules import NO_LEVEL, NO_PERSON, rules

NOT_ASSIGNED = "CCF038007"
NO_CREDENTIAL = "VMS040018"
APPLIED, FAILED = 0, 2
PERSON_CREDENTIAL = 3
DOOR = 0

type Change = Callable[[set[str], set[str]], set[str]]


@dataclass(frozen=True, slots=True)
class LongId:
    """A string of 1 to 18 digits."""

    def read(self, name: str, value: object) -> str:
        """Return the digits."""
        text = Text(18).read(name, value)
        if not (text.isascii() and text.isdigit()):
            raise Mistake(Problem.RANGE, name)
        return text


LEVEL_IDS = may("accessLevelIdList", ListOf(LongId()), [])
WANTED = (need("personId", LongId()), LEVEL_IDS)
ALL = may("deleteAll", Flag(), default=False)


@api.post(
    "acspm/v1/accesslevel/list",
    need(
        "accessLevelSearchRequest",
        group(
            may("pageIndex", number(0), 1),
            may("pageSize", number(1), 20),
            may(
                "searchCriteria",
                group(
                    may("accessLevelName", Text(), ""),
                    may("associateResInfoList", ListOf(group(need("resId", Text())))),
                    may("timeScheduleIdList", ListOf(Text())),
                    may("aresIdList", ListOf(Text())),
                    may("depthTraversal", number(0, 1), 0),
                    may("aresSubNode", number(0, 1), 0),
                ),
            ),
        ),
    ),
)
def search(request: Request) -> Json:
    """List access levels; an empty list of the criteria asks for nothing."""
    world = request.account.world
    body = request.body["accessLevelSearchRequest"]
    found = [
        one
        for one in world.levels.values()
        if _wanted(world, one, body["searchCriteria"] or {})
    ]
    index, size = max(1, body["pageIndex"]), body["pageSize"]
    rows = found[(index - 1) * size : index * size]
    return {
        "accessLevelResponse": {
            "pageIndex": index,
            "pageSize": size,
            "totalNum": len(found),
            "accessLevelList": [level_row(world, one) for one in rows],
        }
    }


@api.post("acspm/v1/accesslevel/person/add", need("personList", ListOf(group(*WANTED))))
def give(request: Request) -> Json:
    """Give people access levels."""
    return _change(request, lambda has, listed: has | listed, all_known)


@api.post(
    "acspm/v1/accesslevel/person/delete",
    need("personList", ListOf(group(*WANTED, ALL))),
)
def take(request: Request) -> Json:
    """Take access levels, or all of them, from people."""
    return _change(request, lambda has, listed: has - listed, _all_assigned)


@api.post(
    "acspm/v1/accesslevel/person/modify",
    need("personList", ListOf(group(*WANTED, ALL))),
)
def replace(request: Request) -> Json:
    """Give people these access levels and no others."""
    return _change(request, lambda _, listed: listed, all_known)


@api.post(
    "acspm/v1/maintain/overview/person/{id}/elementdetail",
    may("returnSuccess", Flag(), default=False),
)
def applied(request: Request) -> Json:
    """Tell how somebody's levels got to the doors; what worked only if asked for."""
    world = request.account.world
    with rules():
        person = world.people.find(request.path["id"])
    ids = {door for one in person.levels for door in world.levels[one].doors}
    rows = [_element(person, world.doors[one]) for one in world.doors if one in ids]
    if not request.body["returnSuccess"]:
        rows = [row for row in rows if row["elementStatus"]["status"] != APPLIED]
    return {"elementDetailList": rows}


def all_known(world: World, person: Person | None, listed: Iterable[str]) -> list[Any]:
    """Return a row for every level that does not exist (A.3.2)."""
    return [
        failed_row(world, person, one, NO_LEVEL)
        for one in listed
        if one not in world.levels
    ]


def failed_row(
    world: World, person: Person | None, level_id: str, code: str
) -> dict[str, Any]:
    """Return an AccessLevelFailed (A.3.2), whose level id is a number."""
    level = world.levels.get(level_id)
    return {
        "personId": person.id if person else "",
        "personName": person.name if person else "",
        "accessLevelId": int(level_id),
        "accessLevelName": level.name if level else "",
        "errorCode": code,
    }


def level_row(world: World, level: AccessLevel) -> dict[str, Any]:
    """Return an AccessLevelInfo (A.3.3)."""
    doors = [world.doors[one] for one in level.doors if one in world.doors]
    return {
        "id": level.id,
        "name": level.name,
        "remark": level.remark,
        "usageType": 0,
        "areaInfo": _area(doors[0]) if doors else {"id": ROOT, "name": ""},
        "timeSchedule": {"id": level.template.id, "name": level.template.name},
        "associateResList": [
            {"id": one.id, "name": one.name, "type": 1, "areaInfo": _area(one)}
            for one in doors
        ],
    }


def _area(door: Door) -> dict[str, str]:
    return {"id": door.area.id, "name": door.area.name}


def _wanted(world: World, level: AccessLevel, criteria: dict[str, Any]) -> bool:
    if not criteria:
        return True
    doors = {one["resId"] for one in criteria["associateResInfoList"] or ()}
    areas = set(criteria["aresIdList"] or ())
    if areas and criteria["depthTraversal"]:
        roots = (None if one == ROOT else one for one in areas)
        areas = areas.union(*(world.below(one) for one in roots))
    templates = criteria["timeScheduleIdList"] or (level.template.id,)
    return (
        criteria["accessLevelName"].lower() in level.name.lower()
        and (not doors or not doors.isdisjoint(level.doors))
        and level.template.id in templates
        and (not areas or level_row(world, level)["areaInfo"]["id"] in areas)
    )


def _change(
    request: Request,
    change: Change,
    check: Callable[[World, Person | None, Iterable[str]], list[Any]],
) -> Json:
    """Change everybody's levels as far as possible and tell what was not."""
    world = request.account.world
    failed: list[dict[str, Any]] = []
    for row in request.body["personList"]:
        listed = row["accessLevelIdList"]
        if not (person := world.people.get(row["personId"])):
            unknown = (failed_row(world, None, one, NO_PERSON) for one in listed or "0")
            failed += [one | {"personId": row["personId"]} for one in unknown]
            continue
        if row.get("deleteAll"):
            world.people.change(person.id, levels=())
            continue
        failed += check(world, person, listed)
        new = change(set(person.levels), {one for one in listed if one in world.levels})
        in_order = tuple(one for one in world.levels if one in new)
        world.people.change(person.id, levels=in_order)
    return {"accessLevelFailed": failed} if failed else None


def _all_assigned(
    world: World, person: Person | None, listed: Iterable[str]
) -> list[Any]:
    has = person.levels if person else ()
    return [
        failed_row(
            world, person, one, NOT_ASSIGNED if one in world.levels else NO_LEVEL
        )
        for one in listed
        if one not in has
    ]


def _element(person: Person, door: Door) -> dict[str, Any]:
    """Return an ElementDetail (A.3.89)."""
    code = "" if door.online else OFFLINE
    if not person.has_credentials:
        code = NO_CREDENTIAL
    status = FAILED if code else APPLIED
    row: dict[str, Any] = {
        "id": door.id,
        "name": door.name,
        "type": DOOR,
        "elementStatus": {"errorCode": code, "status": status},
        "certificateStatusList": [],
    }
    if code:
        row["certificateStatusList"].append(
            {
                "id": person.id,
                "errorCode": code,
                "status": str(status),
                "type": PERSON_CREDENTIAL,
            }
        )
    return row
