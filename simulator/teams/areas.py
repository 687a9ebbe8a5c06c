"""Making areas, and what goes into and out of them (guide 5.2.2).

A taken name is OPEN000510; two areas may have the same name below different ones. The
guide has codes for too many areas or levels, but no numbers, so there is no limit.
"""

from typing import Any

from simulator.contract import Json, ListOf, Refusal, Request, Text, group, need
from simulator.world import World
from simulator.world.channels import Kind

from .api import api
from .fields import some
from .resources import ROOT

NO_AREA, AREA_TAKEN = "OPEN000031", "OPEN000510"
NO_CHANNEL, CHANNEL_TAKEN = "VMS000003", "OPEN000511"


@api.post(
    "resource/v1/areas/add", need("parentAreaID", Text(32)), need("areaName", Text(64))
)
def add(request: Request) -> Json:
    """Add an area."""
    world, body = request.account.world, request.body
    parent_id = None if body["parentAreaID"] == ROOT else body["parentAreaID"]
    if parent_id and parent_id not in world.areas:
        raise Refusal(NO_AREA)
    beside = (world.areas[one] for one in world.children(parent_id))
    if any(one.name == body["areaName"] for one in beside):
        raise Refusal(AREA_TAKEN)
    parent = world.areas[parent_id] if parent_id else None
    return {"areaID": world.add_area(body["areaName"], parent).id}


@api.post(
    "resource/v1/areas/resources/add",
    need("areaID", Text(32)),
    need(
        "devChannel",
        ListOf(
            group(
                need("resourceName", Text(64)),
                need("resourceType", Text(64, tuple(Kind))),
                need("channelID", Text(32)),
            )
        ),
    ),
)
def add_resources(request: Request) -> Json:
    """Import channels; a failure is a row. Rows as in the example (A.3.143)."""
    world, body = request.account.world, request.body
    if body["areaID"] not in world.areas:
        raise Refusal(NO_AREA)
    some("devChannel", body["devChannel"])
    rows = [_take_in(world, body["areaID"], one) for one in body["devChannel"]]
    return {"areaID": body["areaID"], "devChannel": rows}


@api.post("resource/v1/areas/resources/delete", need("ids", ListOf(Text(32))))
def delete_resources(request: Request) -> Json:
    """Take resources out of their areas, delete vehicles: all named ones, or none."""
    world, ids = request.account.world, request.body["ids"]
    some("ids", ids)
    resources = {one.id: one for one in world.channels.resources()}
    if not resources.keys() | world.fleet.vehicles.keys() >= set(ids):
        raise Refusal(NO_CHANNEL)
    for one in dict.fromkeys(ids):
        if one in resources:
            world.channels.take_out(resources[one])
    for one in dict.fromkeys(ids):
        if vehicle := world.fleet.vehicles.get(one):
            world.fleet.remove(vehicle)
    return None


def _take_in(world: World, area_id: str, wanted: dict[str, Any]) -> dict[str, Any]:
    row = {
        "id": "",
        "name": wanted["resourceName"],
        "channelID": wanted["channelID"],
        "resourceType": wanted["resourceType"],
    }
    channel = world.channels.free.get(wanted["channelID"])
    if not channel or channel.kind != wanted["resourceType"]:
        taken = world.channels.imported(wanted["channelID"])
        return row | {"errorCode": CHANNEL_TAKEN if taken else NO_CHANNEL}
    area, name = world.areas[area_id], wanted["resourceName"]
    resource = world.channels.take_in(channel, area, name)
    return row | {"id": resource.id, "errorCode": "0"}
