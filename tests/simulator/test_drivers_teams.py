"""Drivers, their groups and faces."""

from base64 import b64encode
from typing import Any

import pytest

from simulator import Simulator

from .conftest import Api

FACE = b64encode(b"a face").decode()


def example(sim: Simulator, **more: Any) -> dict[str, Any]:
    """Return a body like the guide's example, for the demo's van and group."""
    fleet = sim.account("teams").world.fleet
    return {
        "firstName": "Mike",
        "lastName": "Johnson",
        "driverCode": "D1",
        "groupId": next(iter(fleet.groups)),
        "gender": 1,
        "phone": "+1",
        "email": "mike@example.com",
        "description": "night shift",
        "relateVehicleIds": [fleet.with_plate("B-VN 1207").id],
        "driverLicenseInfo": {
            "licenseNo": "L1",
            "validTime": "2030-01-01T00:00:00",
            "imageData": "",
        },
        "photoData": FACE,
    } | more


async def found(teams: Api, **wanted: Any) -> list[Any]:
    """Search for drivers."""
    body = {"pageIndex": 1, "pageSize": 10} | wanted
    return (await teams.data("vehicle/v1/driver/batchquery", body))["drivers"]


async def test_drivers(sim: Simulator, teams: Api) -> None:
    """Added, found, changed, deleted."""
    body = example(sim)
    driver = (await teams.data("vehicle/v1/driver/add", body))["driverId"]
    assert await teams.code("vehicle/v1/driver/add", body) == "OPEN010001"
    (row,) = await found(teams, fuzzySearch="vn 1207", relatedVehicle=None)
    assert row["driverId"] == driver
    assert row["driverName"] == "Mike Johnson"
    assert row["gender"] == "1"
    assert row["relatedVehicles"][0]["plateLicense"] == "B-VN 1207"
    assert row["driverLicenseInfo"]["licenseNo"] == "L1"
    assert await teams.fetch(row["facepicUrl"]) == b"a face"
    assert await found(teams, relatedVehicle=1) == []
    assert await found(teams, distributionStatus=2) == []
    assert len(await found(teams, driverIds=None, distributionStatus=-1)) == 1

    del body["photoData"]
    change = body | {"driverId": driver, "lastName": "Miller"}
    await teams.data("vehicle/v1/driver/update", change)
    (row,) = await found(teams, driverIds=[driver])
    assert row["driverName"] == "Mike Miller"
    assert await teams.fetch(row["facepicUrl"]) == b"a face"
    change["driverId"] = "nothing"
    assert await teams.code("vehicle/v1/driver/update", change) == "OPEN010002"

    path = "vehicle/v1/driver/batchdel"
    both = {"driverIdList": [driver, "nothing"]}
    assert await teams.code(path, both) == "VMS000003"
    await teams.data(path, {"driverIdList": [driver]})
    assert await found(teams) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"firstName": "", "lastName": ""}, "OPEN000010"),
        ({"groupId": "nothing"}, "OPEN010001"),
        ({"gender": 3}, "OPEN000010"),
        ({"phone": ""}, "OPEN000010"),
        ({"relateVehicleIds": ["nothing"]}, "VMS021110"),
        ({"relateVehicleIds": ["x"] * 101}, "OPEN000024"),
        ({"photoData": "not base64!"}, "OPEN010001"),
        ({"driverLicenseInfo": {"validTime": "2030-01-01"}}, "OPEN000026"),
        ({"plate": "x"}, "OPEN000010"),
    ],
)
async def test_refused_drivers(
    sim: Simulator, teams: Api, change: dict[str, Any], code: str
) -> None:
    """A refused one is not there."""
    body = example(sim, **change)
    assert await teams.code("vehicle/v1/driver/add", body) == code
    assert await found(teams) == []


async def test_groups(sim: Simulator, teams: Api) -> None:
    """The list is the data itself; names are unique; used ones stay."""
    body = {"driverGroupName": "Nights", "relatedAreaId": "-1"}
    group = (await teams.data("vehicle/v1/driverGroup/add", body))["id"]
    assert await teams.code("vehicle/v1/driverGroup/add", body) == "OPEN010004"
    change = body | {"id": group, "driverGroupName": "Drivers"}
    path = "vehicle/v1/driverGroup/update"
    assert await teams.code(path, change) == "OPEN010005"
    await teams.data(path, change | {"driverGroupName": "Days"})
    driver = example(sim, groupId=group)
    await teams.data("vehicle/v1/driver/add", driver)
    path = "vehicle/v1/driverGroup/batchquery"
    assert [one["groupName"] for one in await teams.data(path, {})] == [
        "Drivers",
        "Days",
    ]
    (row,) = await teams.data(path, {"driverGroupIdList": [group]})
    assert row["peopleCount"] == 1
    assert len(await teams.data(path, {"driverGroupIdList": None})) == 2
    path = "vehicle/v1/driverGroup/batchdel"
    assert await teams.code(path, {"driverGroupIdList": [group]}) == "VMS022553"
    assert await teams.code(path, {"driverGroupIdList": ["nothing"]}) == "VMS000003"


@pytest.mark.parametrize(("online", "state"), [(True, 2), (False, 3)])
async def test_faces(sim: Simulator, teams: Api, online: bool, state: int) -> None:
    """Carrying takes a moment, and fails where a device is offline."""
    body = example(sim)
    driver = (await teams.data("vehicle/v1/driver/add", body))["driverId"]
    van = sim.account("teams").world.fleet.with_plate("B-VN 1207")
    van.device.online = online
    path = "vehicle/v1/driverFace/distribution"
    task = await teams.data(path, {"driverIds": [driver]})
    assert (await found(teams))[0]["distributionStatus"] == 1
    sim.clock.shift(2)
    data = await teams.data("vehicle/v1/driverFace/status/query", task)
    assert (data["totalCount"], data["successCount"]) == (1, int(online))
    failed = [one["licensePlate"] for one in data["distributionFailedStatus"]]
    assert failed == ([] if online else ["B-VN 1207"])
    (row,) = await found(teams)
    assert row["distributionStatus"] == state
    assert len(row["distributionInfo"]["errorInfo"]) == (not online)
    assert await teams.code(path, {"driverIds": ["nothing"]}) == "OPEN010007"
    path = "vehicle/v1/driverFace/status/query"
    assert await teams.code(path, {"guid": "nothing"}) == "VMS000003"
