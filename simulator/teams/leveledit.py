"""Making and changing access levels (guide 5.14).

A level without doors cannot be: it is refused when added, and deleted when the last
door is taken from it. A batch deletion without ids deletes EVERY level. The two
headers of ``template/list`` that the guide calls required are not asked for.
"""

from dataclasses import replace
from datetime import time
from typing import Any

from simulator.contract import Json, ListOf, Refusal, Request, Text, group, may, need
from simulator.world import World
from simulator.world.levels import MOST, AccessLevel, Template

from .api import api, number
from .levels import level_row
from .rules import NO_LEVEL, NO_RESOURCE, check_name

NAME_TAKEN = "VMS040002"
NAME_CODES = ("VMS040003", "VMS040005")
TOO_MANY = "VMS040013"
NO_DOOR = "VMS040015"
RESOURCES = ListOf(group(need("id", Text(64))))


@api.post(
    "acspm/v1/template/list",
    may("pageIndex", number(), 1),
    may("pageSize", number()),
)
def templates(request: Request) -> Json:
    """List schedule templates: all of them without a sensible page size."""
    found = list(request.account.world.levels.templates.values())
    index, size = max(1, request.body["pageIndex"]), request.body["pageSize"] or 0
    if size < 1:
        index, size = 1, len(found)
    rows = found[(index - 1) * size : index * size]
    return {
        "templateResponse": {
            "pageIndex": index,
            "pageSize": size,
            "totalNum": len(found),
            "templateList": [template_row(one) for one in rows],
        }
    }


@api.post(
    "acspm/v1/access/level/add",
    need(
        "accessLevel",
        group(
            need("name", Text()),
            may("remark", Text(128), ""),
            need("timeSchedule", group(need("id", Text(18)))),
            need("associateResList", RESOURCES),
        ),
    ),
)
def add(request: Request) -> Json:
    """Add a level for some doors."""
    world, body = request.account.world, request.body["accessLevel"]
    if len(world.levels) >= MOST:
        raise Refusal(TOO_MANY)
    _check_name(world, body["name"], "")
    doors = _doors(world, body["associateResList"])
    if not doors:
        raise Refusal(NO_DOOR)
    template = _template(world, body)
    level = world.levels.add(body["name"], doors, template, body["remark"])
    return {"accessLevel": level_row(world, level)}


@api.post(
    "acspm/v1/access/level/update",
    need(
        "accessLevel",
        group(
            need("id", Text()),
            may("name", Text()),
            may("remark", Text(128), ""),
            need("timeSchedule", group(need("id", Text(18)))),
            need("associateResList", RESOURCES),
        ),
    ),
)
def update(request: Request) -> Json:
    """Set everything about a level; without doors it is deleted."""
    world, body = request.account.world, request.body["accessLevel"]
    level = _level(world, body["id"])
    name = body["name"] or level.name
    _check_name(world, name, level.id)
    doors, template = _doors(world, body["associateResList"]), _template(world, body)
    changed = replace(
        level, name=name, remark=body["remark"], template=template, doors=doors
    )
    _put(world, changed)
    return None


@api.post("acspm/v1/access/level/delete", may("accessLevelIdList", ListOf(Text()), []))
def delete_many(request: Request) -> Json:
    """Delete levels, EVERY one if none is named; unknown ids change nothing."""
    world = request.account.world
    for one in request.body["accessLevelIdList"] or list(world.levels):
        if one in world.levels:
            world.remove_level(one)
    return {"accessLevelFailedList": []}


@api.post("acspm/v1/access/level/{id}/delete")
def delete(request: Request) -> Json:
    """Delete a level."""
    world = request.account.world
    world.remove_level(_level(world, request.path["id"]).id)
    return None


@api.post("acspm/v1/access/level/{id}/res/add", need("associateResList", RESOURCES))
def add_doors(request: Request) -> Json:
    """Add doors to a level; an unknown one becomes a row."""
    world = request.account.world
    level = _level(world, request.path["id"])
    ids = [one["id"] for one in request.body["associateResList"]]
    known = (one for one in ids if one in world.doors)
    _put(world, replace(level, doors=tuple(dict.fromkeys((*level.doors, *known)))))
    failed = [
        {"id": one, "name": "", "errorCode": NO_RESOURCE}
        for one in ids
        if one not in world.doors
    ]
    return {"resFailedList": failed}


@api.post("acspm/v1/access/level/{id}/res/delete", need("associateResList", RESOURCES))
def remove_doors(request: Request) -> Json:
    """Take doors from a level; unknown ones change nothing."""
    world = request.account.world
    level = _level(world, request.path["id"])
    gone = {one["id"] for one in request.body["associateResList"]}
    doors = tuple(one for one in level.doors if one not in gone)
    _put(world, replace(level, doors=doors))
    return {"resFailedList": []}


def template_row(template: Template) -> dict[str, Any]:
    """Return a schedule template, each day with its spans."""
    days = sorted({one.day for one in template.spans})
    return {
        "id": template.id,
        "name": template.name,
        "remark": template.remark,
        "weekSchedule": {
            "timeSettingList": [
                {
                    "dayIndex": day,
                    "timeSpanList": [
                        {"beginTime": _clock(one.begin), "endTime": _clock(one.end)}
                        for one in template.spans
                        if one.day == day
                    ],
                }
                for day in days
            ]
        },
        "holidayScheduleList": [],
    }


def _clock(moment: time) -> str:
    return moment.isoformat(timespec="seconds")


def _level(world: World, level_id: str) -> AccessLevel:
    if level_id not in world.levels:
        raise Refusal(NO_LEVEL)
    return world.levels[level_id]


def _put(world: World, level: AccessLevel) -> None:
    if level.doors:
        world.levels.put(level)
    else:
        world.remove_level(level.id)


def _check_name(world: World, name: str, level_id: str) -> None:
    check_name(name, *NAME_CODES)
    if any(one.name == name for one in world.levels.values() if one.id != level_id):
        raise Refusal(NAME_TAKEN)


def _doors(world: World, rows: list[dict[str, str]]) -> tuple[str, ...]:
    ids = tuple(dict.fromkeys(one["id"] for one in rows))
    if not world.doors.keys() >= set(ids):
        raise Refusal(NO_RESOURCE)
    return ids


def _template(world: World, body: dict[str, Any]) -> Template:
    template_id = body["timeSchedule"]["id"]
    if template_id not in world.levels.templates:
        raise Refusal(NO_RESOURCE)
    return world.levels.templates[template_id]
