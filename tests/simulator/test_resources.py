"""Devices, areas, cameras, doors, alarm inputs."""

from typing import Any

import pytest

from simulator import Simulator

from .conftest import Api

ALL = {"pageIndex": 1, "pageSize": 500, "filter": {"includeSubArea": "1"}}


async def test_teams_devices(sim: Simulator, teams: Api) -> None:
    """The guide's device rows, page by page."""
    first = await teams.data("resource/v1/devices/get", {"pageIndex": 1, "pageSize": 4})
    second = await teams.data(
        "resource/v1/devices/get", {"pageIndex": "2", "pageSize": "4"}
    )
    assert first["totalCount"] == second["totalCount"] == 7
    assert second["pageIndex"] == 2
    names = [row["name"] for row in first["device"] + second["device"]]
    assert names == [one.name for one in sim.account("teams").world.devices.values()]
    assert first["device"][0].keys() == {
        "id",
        "name",
        "category",
        "type",
        "serialNo",
        "version",
        "timeZone",
        "onlineStatus",
        "addTime",
    }
    assert [row["onlineStatus"] for row in first["device"]] == [1, 1, 1, 0]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"pageSize": 10}, "OPEN000010"),
        ({"pageIndex": 0, "pageSize": 10}, "OPEN000010"),
        ({"pageIndex": 1, "pageSize": 501}, "OPEN000025"),
        ({"pageIndex": 1, "pageSize": 0}, "OPEN000025"),
        ({"pageIndex": True, "pageSize": 10}, "OPEN000008"),
        ({"pageIndex": "one", "pageSize": 10}, "OPEN000008"),
        ({"pageIndex": 1.0, "pageSize": 10}, "OPEN000008"),
        ({"pageIndex": None, "pageSize": 10}, "OPEN000008"),
        ({"pageIndex": 1, "pageSize": 10, "pageNo": 1}, "OPEN000010"),
        ({"pageIndex": 1, "pageSize": 10, "filter": []}, "OPEN000008"),
        ({"pageIndex": 1, "pageSize": 10, "filter": {"x": 1}}, "OPEN000010"),
        ({"pageIndex": 1, "pageSize": 10, "filter": {"matchKey": "0"}}, "OPEN000010"),
    ],
)
async def test_teams_refuses_sloppy_paging(
    teams: Api, body: dict[str, Any], code: str
) -> None:
    """What the contract does not know is refused."""
    assert await teams.code("resource/v1/devices/get", body) == code


async def test_teams_device_filter(sim: Simulator, teams: Api) -> None:
    """Category and fuzzy search."""
    body = {"pageIndex": 1, "pageSize": 10, "deviceCategory": "encodingDevice"}
    data = await teams.data("resource/v1/devices/get", body)
    assert data["totalCount"] == 4
    body["filter"] = {"matchKey": "RECORDER"}
    data = await teams.data("resource/v1/devices/get", body)
    names = [row["name"] for row in data["device"]]
    assert names == ["House recorder", "Yard recorder"]


async def test_teams_device_detail(sim: Simulator, teams: Api) -> None:
    """Only the detail tells whether a device encrypts."""
    world = sim.account("teams").world
    for device in world.devices.values():
        data = await teams.data(
            "resource/v1/devicedetail/get", {"deviceSerialNo": f"{device.serial} "}
        )
        base = data["device"]["baseInfo"]
        assert base["streamEncryptEnable"] == ("1" if device.encrypted else "0")
        assert base["serialNo"] == device.serial
        cameras = [one for one in world.cameras.values() if one.device is device]
        numbers = [row["no"] for row in data["device"]["cameraChannel"]]
        assert numbers == [str(one.channel_no) for one in cameras]
    unknown = {"deviceSerialNo": "X00000000"}
    assert await teams.code("resource/v1/devicedetail/get", unknown) == "OPEN000501"


async def test_teams_areas(teams: Api) -> None:
    """All areas, top areas, areas below one; the guide's example body works."""
    everything = {"parentAreaID": "-1", "includeSubArea": 1}
    body = {"pageIndex": "1", "pageSize": "10", "filter": everything}
    data = await teams.data("resource/v1/areas/get", body)
    rows = {row["name"]: row for row in data["area"]}
    plain = [name for name, row in rows.items() if row["type"] != 2]
    assert plain == ["Entrance", "Garden", "Pond", "Garage", "Workshop"]
    assert list(rows)[5:] == ["B-VN 1207", "B-TR 88"]
    assert rows["Garden"]["existSubArea"] == "1"
    assert rows["Pond"]["parentAreaID"] == rows["Garden"]["id"]
    assert rows["Garden"]["parentAreaID"] == "-1"
    everything["includeSubArea"] = "0"
    data = await teams.data("resource/v1/areas/get", body)
    assert data["totalCount"] == 6
    body["filter"] = {"parentAreaID": rows["Garden"]["id"]}
    data = await teams.data("resource/v1/areas/get", body)
    assert [row["name"] for row in data["area"]] == ["Pond"]
    body["filter"] = {"parentAreaID": "nowhere"}
    assert await teams.code("resource/v1/areas/get", body) == "OPEN000031"


async def test_teams_area_detail(teams: Api) -> None:
    """An unknown area is a row with its own code."""
    data = await teams.data("resource/v1/areas/get", {"pageIndex": 1, "pageSize": 10})
    pond = next(row["id"] for row in data["area"] if row["name"] == "Pond")
    data = await teams.data("resource/v1/areadetail/get", {"areaID": [pond, "test"]})
    found, unknown = data["area"]
    assert found["areaPath"] == "Garden->Pond"
    assert found["existSubArea"] == 0
    assert unknown == {
        "id": "test",
        "message": "Area is not exist([id=test]){VMS021101}",
        "errorCode": "VMS021101",
    }


async def test_teams_cameras(sim: Simulator, teams: Api) -> None:
    """The whole account in one call, in the guide's shape."""
    body = {
        "pageIndex": "1",
        "pageSize": "10",
        "filter": {
            "areaID": "-1",
            "includeSubArea": "1",
            "deviceID": "",
            "deviceSerialNo": "",
            "cameraID": [],
        },
    }
    data = await teams.data("resource/v1/areas/cameras/get", body)
    assert data["totalCount"] == 8
    row = data["camera"][1]
    camera = list(sim.account("teams").world.cameras.values())[1]
    assert row == {
        "id": camera.id,
        "name": "Terrace",
        "online": "1",
        "abilitySet": "1,21,22,2001,2002,2004,2021,2022,2023,2024",
        "area": {"id": camera.area.id, "name": "Garden"},
        "device": {
            "devInfo": {
                "id": camera.device.id,
                "category": "0",
                "serialNo": camera.device.serial,
                "streamSecretKey": "",
            },
            "channelInfo": {"id": camera.channel_id, "no": "2"},
        },
    }
    online = {row["name"]: row["online"] for row in data["camera"]}
    assert online["Shed"] == "0"


async def test_teams_camera_filters(sim: Simulator, teams: Api) -> None:
    """Area with and without its children, device, ids."""
    world = sim.account("teams").world
    garden = next(one.id for one in world.areas.values() if one.name == "Garden")
    pond = next(one for one in world.cameras.values() if one.name == "Koi pond")

    async def names(**wanted: object) -> list[str]:
        body = {"pageIndex": 1, "pageSize": 50, "filter": wanted}
        data = await teams.data("resource/v1/areas/cameras/get", body)
        return [row["name"] for row in data["camera"]]

    below = ["Terrace", "Back gate", "Shed"]
    assert await names(areaID=garden, includeSubArea="0") == below
    assert await names(areaID=garden, includeSubArea="0") == await names(areaID=garden)
    deep = ["Terrace", "Back gate", "Koi pond", "Shed"]
    assert await names(areaID=garden, includeSubArea="1") == deep
    assert await names(areaID="-1", includeSubArea="0") == []
    assert len(await names()) == 8
    assert await names(deviceSerialNo=pond.device.serial) == ["Koi pond"]
    assert await names(cameraID=[pond.id]) == ["Koi pond"]
    paths = "resource/v1/areas/cameras/get"
    assert await teams.code(paths, {"pageIndex": 1, "pageSize": 5}) == "OPEN000010"


async def test_teams_doors_and_inputs(sim: Simulator, teams: Api) -> None:
    """The other resource lists want includeSubArea."""
    doors = await teams.data("resource/v1/areas/doors/get", ALL)
    names = [row["name"] for row in doors["door"]]
    assert names == ["Front door", "Garage door", "Workshop door"]
    assert "abilitySet" not in doors["door"][0]
    assert doors["door"][2]["device"]["channelInfo"]["no"] == "2"
    inputs = await teams.data("resource/v1/areas/alarminputs/get", ALL)
    assert inputs["alarmInput"][0]["abilitySet"] == ""
    assert inputs["totalCount"] == 2
    for path in ("doors", "alarminputs"):
        body = ALL | {"filter": {"areaID": "-1"}}
        assert await teams.code(f"resource/v1/areas/{path}/get", body) == "OPEN000010"


async def test_reference_lists(sim: Simulator, reference: Api) -> None:
    """The examples of the reference, field by field."""
    devices = await reference.data(
        "resource/v1/devices/get", {"pageNo": 1, "pageSize": 20}
    )
    assert devices["total"] == 7
    assert devices["list"][0]["deviceName"] == "House recorder"
    assert devices["list"][3]["status"] == "offline"
    found = await reference.data("resource/v1/devices/get", {"deviceName": "pond"})
    assert found["total"] == 1
    areas = await reference.data("resource/v1/areas/get", {})
    ids = {row["areaName"]: row["areaId"] for row in areas["list"]}
    top = await reference.data("resource/v1/areas/get", {"parentAreaId": "root_area"})
    assert len(areas["list"]) == 5
    assert len(top["list"]) == 4
    body = {"areaId": ids["Garden"], "pageNo": 2, "pageSize": 2}
    cameras = await reference.data("resource/v1/areas/cameras/get", body)
    assert cameras["total"] == 3
    assert [row["cameraName"] for row in cameras["list"]] == ["Shed"]
    gate = {"areaId": ids["Garage"]}
    there = await reference.data("resource/v1/devices/get", gate)
    names = [row["deviceName"] for row in there["list"]]
    assert names == ["Yard recorder", "Access terminal"]


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("resource/v1/devices/get", {"pageNo": "1"}, "0x1002"),
        ("resource/v1/devices/get", {"pageNo": 0}, "0x1003"),
        ("resource/v1/devices/get", {"pageSize": 1000}, "0x1003"),
        ("resource/v1/devices/get", {"pageIndex": 1}, "0x1001"),
        ("resource/v1/areas/cameras/get", {}, "0x1001"),
        ("resource/v1/areas/cameras/get", {"areaId": 5}, "0x1002"),
        ("resource/v1/areas/cameras/get", {"areaId": "nowhere"}, "0x3001"),
        ("resource/v1/areas/get", {"parentAreaId": "nowhere"}, "0x3001"),
        ("resource/v1/areas/get", [], "0x1002"),
    ],
)
async def test_reference_refusals(
    reference: Api, path: str, body: object, code: str
) -> None:
    """Wrong bodies have the reference's codes."""
    assert await reference.code(path, body) == code


async def test_dialects_do_not_mix(teams: Api, reference: Api) -> None:
    """A call of the other contract does not exist."""
    await teams.post("message/v1/rawmessage/get", {"queueId": "sub_001"})
    assert teams.status == 404
    await reference.post("resource/v1/areas/doors/get", ALL)
    assert reference.status == 404
