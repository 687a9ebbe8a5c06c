"""Video Intercom Services of the reference: buildings, residents, visitor passes."""

from datetime import timedelta
from functools import partial
from typing import Any

from simulator.contract import (
    IsoTime,
    Json,
    Mistake,
    Problem,
    Refusal,
    Request,
    Text,
    may,
    need,
)
from simulator.qr import qr_png
from simulator.world.passes import Building, Pass

from .api import ID, PAGING, api, page

QR_LIFE = timedelta(days=1)
"""At least how long a QR picture is served; until the pass ends if that is later."""


@api.post(
    "visp/v1/buildings/add",
    need("buildingName", Text()),
    need("buildingNo", Text()),
    may("address", Text(), ""),
)
def add_building(request: Request) -> Json:
    """Add a building; its number is its own."""
    world, body = request.account.world, request.body
    if any(one.number == body["buildingNo"] for one in world.buildings.values()):
        raise Refusal("0x3002")
    building = world.add_building(
        body["buildingName"], body["buildingNo"], body["address"]
    )
    return {"buildingId": building.id}


@api.post("visp/v1/buildings/get", *PAGING)
def buildings(request: Request) -> Json:
    """List buildings."""
    found = request.account.world.buildings.values()
    return page(found, building_row, request.body)


@api.post(
    "visp/v1/residents/add",
    need("residentName", Text()),
    need("phoneNo", Text()),
    need("buildingId", ID),
    need("roomNo", Text()),
)
def add_resident(request: Request) -> Json:
    """Add a resident to a known building."""
    world, body = request.account.world, request.body
    if not (building := world.buildings.get(body["buildingId"])):
        raise Refusal("0x3001")
    resident = world.add_resident(
        body["residentName"], body["phoneNo"], building, body["roomNo"]
    )
    return {"residentId": resident.id}


@api.post(
    "visp/v1/passes/issue",
    need("residentId", ID),
    need("visitorName", Text()),
    need("validFrom", IsoTime()),
    need("validTo", IsoTime()),
)
def issue_pass(request: Request) -> Json:
    """Issue a visitor pass and serve its QR code as a PNG."""
    world, body = request.account.world, request.body
    if not (resident := world.residents.get(body["residentId"])):
        raise Refusal("0x3001")
    if body["validFrom"] >= body["validTo"]:
        raise Mistake(Problem.RANGE, "validTo")
    new = Pass(
        id=world.ids.unique("pass"),
        name=body["visitorName"],
        starts=body["validFrom"],
        ends=body["validTo"],
        resident=resident,
    )
    world.passes[new.id] = new
    life = max(QR_LIFE, new.ends - request.services.clock.now())
    render = partial(qr_png, new.qr_text)
    return {
        "passCode": new.pin,
        "qrCode": request.services.publish(render, "png", life),
    }


def building_row(building: Building) -> dict[str, Any]:
    """Return a row of Get Buildings."""
    return {
        "buildingId": building.id,
        "buildingName": building.name,
        "buildingNo": building.number,
        "address": building.address,
    }
