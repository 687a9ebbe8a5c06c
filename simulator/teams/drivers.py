"""Drivers, their groups, and their faces on the devices of vehicles (guide 5.9).

Where the guide leaves something open, the simulator decides as follows:

* The fields of a licence are optional (A.3.87 does not say), and so is ``photoData``
  of an update (the table wants it, the example has none); without it the photo stays.
* What the codes OPEN010001, 2, 4, 5 and 7 say no more about is: unknown group, taken
  driver code or group name, unknown driver or group, data that is not base64.
* Unknown ids to delete are VMS000003 and nothing is deleted; a group with drivers is
  VMS022553.
* One task is one driver and one vehicle; drivers without any vehicle are OPEN010007.
"""

from base64 import b64decode
import binascii
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from simulator.contract import (
    Json,
    ListOf,
    Mistake,
    Problem,
    Refusal,
    Request,
    Text,
    Whole,
    group,
    may,
    need,
)
from simulator.world import World
from simulator.world.fleet import Driver, DriverGroup, Fleet, Licence
from simulator.world.places import Area

from .api import PAGING, api, number
from .driver_rows import driver_row, failure, group_row
from .fields import LocalTime, OrNull, at_most, some
from .resources import ROOT
from .vehicles import NO_VEHICLE

ADD, UPDATE, ADD_GROUP, UPDATE_GROUP, APPLY = (
    "OPEN010001",
    "OPEN010002",
    "OPEN010004",
    "OPEN010005",
    "OPEN010007",
)
UNKNOWN, IN_USE, OFFLINE, NO_AREA = "VMS000003", "VMS022553", "VMS022543", "OPEN000031"
MOST_VEHICLES = 100
LARGEST = 5 * 2**20
ANY, UNLINKED, LINKED = -1, 1, 2

FIELDS = (
    may("firstName", Text(), ""),
    may("lastName", Text(), ""),
    need("driverCode", Text()),
    need("gender", number(0, 2)),
    need("groupId", Text()),
    need("phone", Text()),
    need("email", Text()),
    need("description", Text()),
    need("relateVehicleIds", ListOf(Text())),
    need(
        "driverLicenseInfo",
        group(
            may("licenseNo", Text(), ""),
            may("validTime", LocalTime(), ""),
            may("imageData", Text(), ""),
        ),
    ),
)


@api.post("vehicle/v1/driver/add", *FIELDS, need("photoData", Text()))
def add(request: Request) -> Json:
    """Add a driver."""
    fleet = request.account.world.fleet
    driver = Driver(
        id=request.account.world.ids.make("driver"), **_fields(request, None, ADD)
    )
    fleet.drivers[driver.id] = driver
    return {"driverId": driver.id}


@api.post(
    "vehicle/v1/driver/update",
    need("driverId", Text()),
    *FIELDS,
    may("photoData", Text(), ""),
)
def update(request: Request) -> Json:
    """Change a driver."""
    drivers = request.account.world.fleet.drivers
    if not (driver := drivers.get(request.body["driverId"])):
        raise Refusal(UPDATE)
    drivers[driver.id] = replace(driver, **_fields(request, driver, UPDATE))
    return None


@api.post("vehicle/v1/driver/batchdel", need("driverIdList", ListOf(Text())))
def delete(request: Request) -> Json:
    """Delete drivers: all that are named, or none."""
    drivers, ids = request.account.world.fleet.drivers, request.body["driverIdList"]
    _check_known("driverIdList", ids, drivers)
    for one in set(ids):
        del drivers[one]
    return None


@api.post(
    "vehicle/v1/driver/batchquery",
    may("groupId", Text()),
    may("driverIds", OrNull(ListOf(Text()))),
    may("distributionStatus", OrNull(number(-1, 3))),
    may("fuzzySearch", Text(), ""),
    may("relatedVehicle", OrNull(Whole(choices=(ANY, UNLINKED, LINKED), digits=True))),
    *PAGING,
)
def drivers(request: Request) -> Json:
    """List drivers; the answer has no total."""
    fleet, body = request.account.world.fleet, request.body
    tests = _tests(fleet, body)
    found = [one for one in fleet.drivers.values() if all(test(one) for test in tests)]
    index, size = body["pageIndex"], body["pageSize"]
    rows = found[(index - 1) * size : index * size]
    return {"drivers": [driver_row(request.services, fleet, one) for one in rows]}


@api.post(
    "vehicle/v1/driverGroup/add",
    need("driverGroupName", Text()),
    need("relatedAreaId", Text()),
)
def add_group(request: Request) -> Json:
    """Add a driver group; its name is its own."""
    fleet, area = request.account.world.fleet, _area(request)
    _check_name(fleet, request, None, ADD_GROUP)
    return {"id": fleet.add_group(request.body["driverGroupName"], area).id}


@api.post(
    "vehicle/v1/driverGroup/update",
    need("id", Text()),
    need("driverGroupName", Text()),
    need("relatedAreaId", Text()),
)
def update_group(request: Request) -> Json:
    """Change a driver group."""
    fleet, area = request.account.world.fleet, _area(request)
    if not (found := fleet.groups.get(request.body["id"])):
        raise Refusal(UPDATE_GROUP)
    _check_name(fleet, request, found, UPDATE_GROUP)
    found.name, found.area = request.body["driverGroupName"], area
    return None


@api.post("vehicle/v1/driverGroup/batchdel", need("driverGroupIdList", ListOf(Text())))
def delete_groups(request: Request) -> Json:
    """Delete driver groups: all that are named, or none."""
    fleet, ids = request.account.world.fleet, request.body["driverGroupIdList"]
    _check_known("driverGroupIdList", ids, fleet.groups)
    if any(one.group and one.group.id in ids for one in fleet.drivers.values()):
        raise Refusal(IN_USE)
    for one in set(ids):
        del fleet.groups[one]
    return None


@api.post(
    "vehicle/v1/driverGroup/batchquery",
    may("driverGroupIdList", OrNull(ListOf(Text()))),
)
def groups(request: Request) -> Json:
    """List driver groups; the data is the list itself."""
    fleet, ids = request.account.world.fleet, request.body["driverGroupIdList"]
    return [
        group_row(fleet, one)
        for one in fleet.groups.values()
        if ids is None or one.id in ids
    ]


@api.post("vehicle/v1/driverFace/distribution", need("driverIds", ListOf(Text())))
def apply(request: Request) -> Json:
    """Start to carry faces to devices."""
    fleet, ids = request.account.world.fleet, request.body["driverIds"]
    some("driverIds", ids)
    if not fleet.drivers.keys() >= set(ids):
        raise Refusal(APPLY)
    chosen = [fleet.drivers[one] for one in dict.fromkeys(ids)]
    if not any(one.vehicles for one in chosen):
        raise Refusal(APPLY)
    return {"guid": fleet.apply(chosen, OFFLINE).id}


@api.post("vehicle/v1/driverFace/status/query", need("guid", Text()))
def applied(request: Request) -> Json:
    """Tell how far the carrying is."""
    fleet = request.account.world.fleet
    if not (task := fleet.applications.get(request.body["guid"])):
        raise Refusal(UNKNOWN)
    failed = [failure(fleet, who, one) for who, one in task.failed]
    return {
        "totalCount": len(task.tasks),
        "successCount": task.succeeded,
        "distributionFailedStatus": failed,
    }


def _fields(request: Request, old: Driver | None, code: str) -> dict[str, Any]:
    """Return what a request says about a driver, or refuse with ``code``."""
    fleet, body = request.account.world.fleet, request.body
    if not body["firstName"] and not body["lastName"]:
        raise Mistake(Problem.MISSING, "firstName")
    same = [one for one in fleet.drivers.values() if one.code == body["driverCode"]]
    if body["groupId"] not in fleet.groups or any(one is not old for one in same):
        raise Refusal(code)
    at_most(MOST_VEHICLES, body["relateVehicleIds"])
    if not fleet.vehicles.keys() >= set(body["relateVehicleIds"]):
        raise Refusal(NO_VEHICLE)
    licence = body["driverLicenseInfo"]
    image, photo = (
        _decoded(text, code) for text in (licence["imageData"], body["photoData"])
    )
    return {
        "first_name": body["firstName"],
        "last_name": body["lastName"],
        "code": body["driverCode"],
        "gender": body["gender"],
        "group": fleet.groups[body["groupId"]],
        "phone": body["phone"],
        "email": body["email"],
        "note": body["description"],
        "vehicles": tuple(dict.fromkeys(body["relateVehicleIds"])),
        "licence": Licence(licence["licenseNo"], licence["validTime"], image),
        "photo": photo or (old.photo if old else b""),
    }


def _decoded(text: str, code: str) -> bytes:
    try:
        content = b64decode(text, validate=True)
    except binascii.Error, ValueError:
        raise Refusal(code) from None
    if len(content) > LARGEST:
        raise Refusal(code)
    return content


def _tests(fleet: Fleet, body: dict[str, Any]) -> list[Callable[[Driver], bool]]:
    tests: list[Callable[[Driver], bool]] = []
    if group_id := body["groupId"]:
        tests.append(lambda one: one.group is not None and one.group.id == group_id)
    if ids := body["driverIds"]:
        tests.append(lambda one: one.id in ids)
    if body["distributionStatus"] not in (None, ANY):
        tests.append(lambda one: one.applied == body["distributionStatus"])
    if text := body["fuzzySearch"].lower():
        tests.append(lambda one: text in _searchable(fleet, one))
    if body["relatedVehicle"] not in (None, ANY):
        tests.append(
            lambda one: bool(one.vehicles) is (body["relatedVehicle"] == LINKED)
        )
    return tests


def _searchable(fleet: Fleet, driver: Driver) -> str:
    plates = (fleet.vehicles[one].plate for one in driver.vehicles)
    return " ".join((driver.name, driver.code, *plates)).lower()


def _area(request: Request) -> Area | None:
    world: World = request.account.world
    area_id = request.body["relatedAreaId"]
    if area_id != ROOT and area_id not in world.areas:
        raise Refusal(NO_AREA)
    return world.areas.get(area_id)


def _check_name(
    fleet: Fleet, request: Request, own: DriverGroup | None, code: str
) -> None:
    name = request.body["driverGroupName"]
    if any(one.name == name and one is not own for one in fleet.groups.values()):
        raise Refusal(code)


def _check_known(name: str, ids: list[str], known: dict[str, Any]) -> None:
    some(name, ids)
    if not known.keys() >= set(ids):
        raise Refusal(UNKNOWN)
