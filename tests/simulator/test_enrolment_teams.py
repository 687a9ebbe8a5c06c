"""Devices, areas and channels that come and go, in the guide's words."""

from typing import Any

import pytest

from simulator import Simulator
from simulator.world.stock import STOCK

from .conftest import Api

ADD = "resource/v1/devices/add"
DETAIL = "resource/v1/devicedetail/get"
ALL = {"pageIndex": 1, "pageSize": 500, "filter": {"includeSubArea": "1"}}
CAMERA, RECORDER, ENCRYPTED, TERMINAL, MOBILE, TAKEN, OFFLINE, _ = STOCK


def device(boxed: Any, name: str = "New", **more: Any) -> dict[str, Any]:
    """Return a body like the guide's example."""
    return {
        "deviceCategory": boxed.category.value,
        "deviceInfo": {
            "name": name,
            "ezvizSerialNo": boxed.serial,
            "ezvizVerifyCode": boxed.code,
            "userName": "",
            "password": "",
            "streamSecretKey": "",
        },
        "importToArea": {"areaID": "", "enable": "1"},
        "timeZone": {"id": "26", "applyToDevice": "1"},
    } | more


async def row(teams: Api, body: dict[str, Any]) -> dict[str, Any]:
    """Add a device and return its row."""
    data = (await teams.data(ADD, body))["addDeviceResponse"]
    (only,) = data["deviceList"]
    failed = only["errorCode"] != "0"
    assert (data["failed"], data["succeeded"], data["total"]) == (failed, not failed, 1)
    return only


async def test_add_update_delete(teams: Api) -> None:
    """A recorder brings cameras into an area of its name; deleted, all is gone."""
    added = await row(teams, device(RECORDER, "Cellar"))
    cameras = await teams.data("resource/v1/areas/cameras/get", ALL)
    mine = [one for one in cameras["camera"] if one["area"]["name"] == "Cellar"]
    assert [one["name"] for one in mine] == [f"Cellar {n}" for n in range(1, 5)]
    found = await teams.data(DETAIL, {"deviceSerialNo": RECORDER.serial})
    assert found["device"]["timeZoneID"] == "26"
    assert len(found["device"]["alarmOutputChannel"]) == 1

    change = {"id": added["deviceId"], "name": "House recorder"}
    path = "resource/v1/devices/update"
    assert await teams.code(path, {"deviceInfo": change}) == "VMS021305"
    change["name"] = "Basement"
    zone = {"id": "19", "applyToDevice": "0"}
    await teams.data(path, {"deviceInfo": change, "timeZone": zone})
    found = await teams.data(DETAIL, {"deviceSerialNo": RECORDER.serial})
    assert found["device"]["baseInfo"]["name"] == "Basement"
    assert found["device"]["timeZoneID"] == "19"

    gone = {"deviceID": [added["deviceId"]], "deviceCategory": "alarmDevice"}
    path = "resource/v1/devices/delete"
    assert await teams.code(path, gone) == "VMS021309"
    gone["deviceCategory"] = "encodingDevice"
    await teams.data(path, gone)
    assert await teams.code(path, gone) == "OPEN000501"
    after = await teams.data("resource/v1/areas/cameras/get", ALL)
    assert after["totalCount"] == cameras["totalCount"] - 4
    assert (await row(teams, device(RECORDER, "Cellar")))["errorCode"] == "0"


@pytest.mark.parametrize(
    ("boxed", "change", "code"),
    [
        (CAMERA, {"ezvizVerifyCode": "hcc12345"}, "EVZ20010"),
        (CAMERA, {"ezvizSerialNo": "G81652987"}, "EVZ20014"),
        (CAMERA, {"name": "Yard recorder"}, "VMS021305"),
        (TAKEN, {}, "EVZ20013"),
        (OFFLINE, {}, "EVZ20007"),
    ],
)
async def test_failed_rows(
    teams: Api, boxed: Any, change: dict[str, str], code: str
) -> None:
    """The outer code stays "0"."""
    body = device(boxed)
    body["deviceInfo"] |= change
    assert (await row(teams, body))["errorCode"] == code


async def test_added_twice_or_otherwise(sim: Simulator, teams: Api) -> None:
    """By oneself, as another category, encrypted."""
    await row(teams, device(ENCRYPTED))
    assert (await row(teams, device(ENCRYPTED)))["errorCode"] == "EVZ20017"
    assert sim.account("teams").world.device(ENCRYPTED.serial).encrypted
    wrong = device(CAMERA, "Other", deviceCategory="alarmDevice")
    assert (await row(teams, wrong))["errorCode"] == "VMS021309"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"deviceCategory": "toaster"}, "OPEN000010"),
        ({"timeZone": {"id": "999", "applyToDevice": "1"}}, "OPEN000010"),
        ({"timeZone": {"id": 26, "applyToDevice": "1"}}, "OPEN000008"),
        ({"importToArea": {"areaID": "nowhere", "enable": "1"}}, "OPEN000031"),
        ({"deviceName": "x"}, "OPEN000010"),
    ],
)
async def test_wrong_bodies(teams: Api, change: dict[str, Any], code: str) -> None:
    """What the contract does not know is refused as a whole."""
    assert await teams.code(ADD, device(CAMERA) | change) == code
    assert await teams.code("resource/v1/devices/update", {"deviceInfo": {}}) != "0"


async def test_mobile_device(sim: Simulator, teams: Api) -> None:
    """It wants a vehicle, and its cameras go into the vehicle's area."""
    world = sim.account("teams").world
    assert await teams.code(ADD, device(MOBILE)) == "OPEN000010"
    taken = device(MOBILE, vehicleInfo={"licensePlateNo": "B-VN 1207"})
    assert (await row(teams, taken))["errorCode"] == "VMS021108"
    assert world.device(MOBILE.serial) is None
    trailer = world.fleet.with_plate("B-TR 88")
    body = device(MOBILE, vehicleInfo={"vehicleID": trailer.id})
    added = await row(teams, body)
    assert trailer.device.id == added["deviceId"]
    inside = [one for one in world.cameras.values() if one.area.id == trailer.id]
    assert len(inside) == 2
    gone = {
        "deviceID": [added["deviceId"]],
        "deviceCategory": "mobileDevice",
        "deleteVehicle": 1,
    }
    await teams.data("resource/v1/devices/delete", gone)
    assert trailer.id not in world.fleet.vehicles
    assert trailer.id not in world.areas


async def test_refresh(sim: Simulator, teams: Api) -> None:
    """Online, offline, and an inner code for what is not there."""
    for one in sim.account("teams").world.devices.values():
        data = await teams.data(f"resource/v1/device/{one.id}/refresh")
        assert data == {"deviceId": one.id, "status": int(one.online)}
    data = await teams.data("resource/v1/device/nothing/refresh")
    assert data == {"deviceId": "nothing", "errorCode": "CCF021307"}


async def test_areas_and_channels(sim: Simulator, teams: Api) -> None:
    """Channels that were not imported wait until they are put into an area."""
    body: dict[str, Any] = {"parentAreaID": "-1", "areaName": "Kitchen"}
    kitchen = (await teams.data("resource/v1/areas/add", body))["areaID"]
    assert await teams.code("resource/v1/areas/add", body) == "OPEN000510"
    nested = body | {"parentAreaID": kitchen}
    await teams.data("resource/v1/areas/add", nested)
    nowhere = body | {"parentAreaID": "nowhere"}
    assert await teams.code("resource/v1/areas/add", nowhere) == "OPEN000031"

    await row(teams, device(CAMERA, importToArea={"enable": 0}))
    found = await teams.data(DETAIL, {"deviceSerialNo": CAMERA.serial})
    (channel,) = found["device"]["cameraChannel"]
    assert channel["area"] == {"id": "", "name": ""}
    assert found["device"]["baseInfo"]["availableCameraChannelNum"] == "1"
    wanted = {
        "resourceName": "Stove",
        "resourceType": "camera",
        "channelID": channel["id"],
    }
    path = "resource/v1/areas/resources/add"
    body = {"areaID": kitchen, "devChannel": [wanted]}
    answer = await teams.data(path, body)
    assert answer["devChannel"][0]["errorCode"] == "0"
    again = await teams.data(path, body)
    assert again["devChannel"][0]["errorCode"] == "OPEN000511"
    wanted["channelID"] = "nothing"
    again = await teams.data(path, body)
    assert again["devChannel"][0]["errorCode"] == "VMS000003"

    camera = sim.account("teams").world.camera_at(CAMERA.serial, 1)
    assert (camera.name, camera.area.id) == ("Stove", kitchen)
    assert camera.channel_id == channel["id"]
    path = "resource/v1/areas/resources/delete"
    assert await teams.code(path, {"ids": [camera.id, "nothing"]}) == "VMS000003"
    await teams.data(path, {"ids": [camera.id]})
    assert await teams.code(path, {"ids": [camera.id]}) == "VMS000003"
    found = await teams.data(DETAIL, {"deviceSerialNo": CAMERA.serial})
    assert [one["id"] for one in found["device"]["cameraChannel"]] == [channel["id"]]


async def test_deleted_door_leaves_levels(sim: Simulator, teams: Api) -> None:
    """No access level names a door that is gone."""
    world = sim.account("teams").world
    door = next(iter(world.doors.values()))
    await teams.data("resource/v1/areas/resources/delete", {"ids": [door.id]})
    assert all(door.id not in level.doors for level in world.levels.values())
    assert door.id not in world.doors


async def test_time_zones(teams: Api) -> None:
    """The system's zone is among them."""
    data = await teams.data("resource/v1/timezone/get")
    zones = {one["id"]: one for one in data["timeZone"]}
    assert zones[data["systemTimeZoneID"]]["bias"] == -60
    assert zones["19"]["bias"] == -360
