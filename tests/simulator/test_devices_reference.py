"""Devices, areas, vehicles and drivers that come and go, in the reference's words."""

from itertools import pairwise
from typing import Any

import pytest

from simulator import Simulator
from simulator.world.routes import distance

from .conftest import Api

ADD = "resource/v1/devices/add"
EXAMPLE = {
    "deviceName": "Front Door Camera",
    "deviceSerial": "DS-2CD2143G2-I-ABC123",
    "validateCode": "ABCDEF",
}


async def test_device_life(sim: Simulator, reference: Api) -> None:
    """The examples, one after the other."""
    body = {"areaName": "Building A - Floor 1", "parentAreaId": "root_area"}
    area = (await reference.data("resource/v1/areas/add", body))["areaId"]
    assert await reference.code("resource/v1/areas/add", body) == "0x3002"
    device = (await reference.data(ADD, EXAMPLE | {"areaId": area}))["deviceId"]
    path = "resource/v1/areas/cameras/get"
    cameras = await reference.data(path, {"areaId": area})
    assert [one["cameraName"] for one in cameras["list"]] == ["Front Door Camera"]
    assert await reference.code(ADD, EXAMPLE) == "0x3002"

    garden = next(
        one.id
        for one in sim.account("reference").world.areas.values()
        if one.name == "Garden"
    )
    body = {"deviceId": device, "deviceName": "Updated", "areaId": garden}
    await reference.data("resource/v1/devices/update", body)
    assert (await reference.data(path, {"areaId": area}))["total"] == 0
    assert (await reference.data(path, {"areaId": garden}))["total"] == 4

    both = {"deviceIds": [device, "device_999"]}
    assert await reference.code("resource/v1/devices/delete", both) == "0x3001"
    await reference.data("resource/v1/devices/delete", {"deviceIds": [device]})
    assert (await reference.data(path, {"areaId": garden}))["total"] == 3
    gone = {"deviceId": device}
    assert await reference.code("resource/v1/devices/update", gone) == "0x3001"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"deviceSerial": "X"}, "0x3006"),
        ({"deviceSerial": "Q10000006", "validateCode": "ELSEWH"}, "0x3006"),
        ({"deviceSerial": "Q10000007", "validateCode": "NOPOWR"}, "0x3004"),
        ({"validateCode": "WRONGX"}, "0x3007"),
        ({"areaId": "nowhere"}, "0x3001"),
        ({"deviceName": ""}, "0x1001"),
        ({"deviceName": 5}, "0x1002"),
        ({"name": "x"}, "0x1001"),
    ],
)
async def test_refused_devices(
    reference: Api, change: dict[str, Any], code: str
) -> None:
    """Each mistake has its code."""
    assert await reference.code(ADD, EXAMPLE | change) == code


async def test_device_limit(sim: Simulator, reference: Api) -> None:
    """The package's limit is one."""
    world = sim.account("reference").world
    while len(world.devices) < 1000:
        world.add_device("Filler")
    assert await reference.code(ADD, EXAMPLE) == "0x3003"


async def test_device_without_area(sim: Simulator, reference: Api) -> None:
    """It gets an area of its name."""
    await reference.data(ADD, EXAMPLE)
    camera = sim.account("reference").world.camera_at(EXAMPLE["deviceSerial"], 1)
    assert camera.area.name == "Front Door Camera"


async def test_vehicles(sim: Simulator, reference: Api) -> None:
    """Added ones are listed, plates are unique, areas are not littered."""
    device = next(iter(sim.account("reference").world.devices))
    body = {"plateNo": "ABC-1234", "vehicleName": "Truck 1", "deviceId": device}
    vehicle = (await reference.data("obd/v1/vehicles/add", body))["vehicleId"]
    assert await reference.code("obd/v1/vehicles/add", body) == "0x3002"
    other = body | {"plateNo": "X", "deviceId": "device_999"}
    assert await reference.code("obd/v1/vehicles/add", other) == "0x3001"
    found = await reference.data("obd/v1/vehicles/get", {"plateNo": "abc"})
    assert found["total"] == 1
    assert found["list"][0] == {
        "vehicleId": vehicle,
        "plateNo": "ABC-1234",
        "vehicleName": "Truck 1",
        "deviceId": device,
        "status": "online",
    }
    areas = await reference.data("resource/v1/areas/get", {})
    assert len(areas["list"]) == 5


async def test_location(sim: Simulator, reference: Api) -> None:
    """A vehicle moves as fast as it says, by the world's clock."""
    world = sim.account("reference").world
    van = world.fleet.with_plate("B-VN 1207")
    path, body = "obd/v1/vehicles/location", {"vehicleId": van.id}
    steps, moved = [], 0.0
    for _ in range(120):
        steps.append(await reference.data(path, body))
        sim.clock.shift(10)
    for one, two in pairwise(steps):
        places = [(at["latitude"], at["longitude"]) for at in (one, two)]
        moved = max(moved, distance(*places))
        assert distance(*places) <= van.route.speed * 11 / 3600
    assert moved > van.route.speed * 9 / 3600
    assert {one["speed"] for one in steps} == {0.0, round(van.route.speed, 1)}
    van.device.online = False
    assert await reference.code(path, body) == "0x3004"
    trailer = {"vehicleId": world.fleet.with_plate("B-TR 88").id}
    assert await reference.code(path, trailer) == "0x3001"
    assert await reference.code(path, {"vehicleId": 5}) == "0x1002"


async def test_drivers(reference: Api) -> None:
    """A licence belongs to one driver."""
    body = {"driverName": "Mike Johnson", "licenseNo": "DL1", "phoneNo": "+1"}
    assert (await reference.data("obd/v1/drivers/add", body))["driverId"]
    assert await reference.code("obd/v1/drivers/add", body) == "0x3002"
    assert await reference.code("obd/v1/drivers/add", {"driverName": "x"}) == "0x1001"
