"""Person groups, also called departments (guide 5.8.1 to 5.8.4).

The root group is "1" on every account. An empty ``groupIdList`` breaks the search,
as on live servers; the simulator says so with CCF038064. What the guide leaves
open: paths are joined by "/", names need not be unique, and deleting a group also
deletes those below it, while its people move to the root.
"""

from typing import Any

from simulator.contract import Flag, Json, ListOf, Refusal, Request, Text, may, need
from simulator.world import World
from simulator.world.people import People, PersonGroup

from .api import api
from .resources import ROOT
from .rules import check_name, rules

NO_MATCH = "CCF038064"
NAME_CODES = ("CCF038002", "CCF038005")


@api.post(
    "person/v1/groups/search",
    may("parentGroupId", Text()),
    may("groupName", Text(64), ""),
    may("depthTraversal", Flag(), default=False),
    may("groupIdList", ListOf(Text())),
)
def search(request: Request) -> Json:
    """List the groups with some ids, or those in and below a group."""
    people, body = request.account.world.people, request.body
    if (ids := body["groupIdList"]) is not None:
        if not ids:
            raise Refusal(NO_MATCH)
        found = [one for one in people.groups.values() if one.id in ids]
        return {"personGroupList": [group_row(people, one) for one in found]}
    with rules():
        parent = people.group(body["parentGroupId"] or people.root)
    inside = people.below(parent.id)
    if not body["depthTraversal"]:
        inside = {parent.id} | {one.id for one in people.children(parent.id)}
    found = [
        one
        for one in people.groups.values()
        if one.id in inside and body["groupName"].lower() in one.name.lower()
    ]
    return {"personGroupList": [group_row(people, one) for one in found]}


@api.post(
    "person/v1/groups/add",
    need("groupName", Text()),
    may("description", Text(128), ""),
    may("areaId", Text(64)),
)
def add(request: Request) -> Json:
    """Add a group below the root."""
    world, body = request.account.world, request.body
    check_name(body["groupName"], *NAME_CODES)
    _check_area(world, body["areaId"])
    group = world.people.add_group(
        body["groupName"], description=body["description"], area=body["areaId"]
    )
    return {"groupId": group.id}


@api.post(
    "person/v1/groups/update",
    need("groupId", Text()),
    may("groupName", Text()),
    may("description", Text(128)),
    may("areaId", Text(64)),
    may("parentId", Text()),
)
def update(request: Request) -> Json:
    """Change what is given of a group; an empty text changes nothing."""
    world, body = request.account.world, request.body
    check_name(body["groupName"], *NAME_CODES)
    _check_area(world, body["areaId"])
    fields = {
        "name": body["groupName"],
        "description": body["description"],
        "area": body["areaId"],
        "parent": body["parentId"],
    }
    given = {name: value for name, value in fields.items() if value is not None}
    with rules():
        world.people.change_group(body["groupId"], **given)
    return None


@api.post("person/v1/groups/delete", need("groupId", Text()))
def delete(request: Request) -> Json:
    """Delete a group, but never the root."""
    with rules():
        request.account.world.people.remove_group(request.body["groupId"])
    return None


def group_row(people: People, group: PersonGroup) -> dict[str, Any]:
    """Return a PersonGroup (A.3.124)."""
    return {
        "groupId": group.id,
        "groupName": group.name,
        "parentId": group.parent or "",
        "childNodeExist": bool(people.children(group.id)),
        "permissionState": True,
        "description": group.description,
        "areaList": [{"areaId": group.area}] if group.area else [],
        "groupFullPath": people.path(group.id),
    }


def _check_area(world: World, area: str | None) -> None:
    if area not in (None, ROOT) and area not in world.areas:
        raise Refusal("OPEN000031")
