"""Maintenance, ISAPI, traffic and stores."""

from datetime import datetime
import json
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest

from simulator import Simulator
from simulator.world.disks import DiskState
from simulator.world.places import Category

from .conftest import Api

OFFLINE = "maintain/v1/offline/info/list"
DETAIL = "maintenance/v1/list/device/detail"
NS = "{http://www.isapi.org/ver20/XMLSchema}"


def span(now: datetime, hours: float, **more: Any) -> dict[str, Any]:
    """Return a search for the last hours."""
    end = round(now.timestamp() * 1000)
    return {
        "startTime": end - round(hours * 3_600_000),
        "endTime": end,
        "pageSize": 50,
        "page": 1,
        "queryType": 0,
    } | more


async def test_outages(sim: Simulator, teams: Api) -> None:
    """Counted and measured within the asked time."""
    account = sim.account("teams")
    recorder, yard = list(account.world.devices.values())[:2]
    for pause in (600, 60):
        account.happen.connect(recorder.id, online=False)
        sim.clock.shift(pause)
        account.happen.connect(recorder.id, online=True)
        sim.clock.shift(3600)
    account.happen.connect(yard.id, online=False)
    sim.clock.shift(1800)
    body = span(sim.clock.now(), 24, orderBy=1)
    rows = (await teams.data(OFFLINE, body))["rows"]
    assert [one["name"] for one in rows][0] == "House recorder"
    assert {one["name"]: one["offlineCount"] for one in rows} == {
        "House recorder": 2,
        "Yard recorder": 1,
        "Shed camera": 1,
    }
    seconds = {one["name"]: one["offlineDuration"] / 1000 for one in rows}
    assert seconds["House recorder"] == pytest.approx(660, abs=5)
    assert seconds["Yard recorder"] == pytest.approx(1800, abs=5)
    assert seconds["Shed camera"] == pytest.approx(24 * 3600, abs=5)
    body = span(sim.clock.now(), 0.25, orderBy=2)
    names = [one["name"] for one in (await teams.data(OFFLINE, body))["rows"]]
    assert sorted(names) == ["Shed camera", "Yard recorder"]

    body = span(sim.clock.now(), 24, queryType=1)
    rows = (await teams.data(OFFLINE, body))["rows"]
    kinds = {one["name"]: (one["resourceType"], one["offlineCount"]) for one in rows}
    assert kinds["Driveway"] == (1001, 2)
    assert kinds["Smoke detector"] == (1003, 2)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"pageSize": 101}, "OPEN000025"),
        ({"page": 0}, "OPEN000010"),
        ({"queryType": 2}, "OPEN000010"),
        ({"areaId": "nowhere"}, "OPEN000031"),
        ({"startTime": 10**18}, "OPEN000010"),
        ({"endTime": 0}, "OPEN000030"),
        ({"pageIndex": 1}, "OPEN000010"),
    ],
)
async def test_refused_outages(
    sim: Simulator, teams: Api, change: dict[str, Any], code: str
) -> None:
    """Wrong searches."""
    assert await teams.code(OFFLINE, span(sim.clock.now(), 1) | change) == code


async def test_device_details(sim: Simulator, teams: Api) -> None:
    """Disks, recording and what is wrong."""
    world = sim.account("teams").world
    body: dict[str, Any] = {"page": 1, "deviceCategory": 2001}
    assert (await teams.data(DETAIL, body))["totalNum"] == 0
    body["includeSubArea"] = "1"
    data = await teams.data(DETAIL, body | {"pageSize": 3})
    devices = world.devices.values()
    encoders = sum(one.category is Category.ENCODING for one in devices)
    assert (data["totalNum"], data["totalPage"], data["hasNext"]) == (encoders, 2, True)
    house, yard, koi = data["devices"]
    assert house["diskStatus"]["num"] == 2
    assert house["diskStatus"]["status"] == 1
    assert house["diskStatus"]["freeCapacity"] == 2_480_000
    assert koi["diskStatus"]["status"] == 2
    assert koi["deviceRecordStatus"]["overallRecordStatus"] == -1

    async def names(*exceptions: int, **more: Any) -> list[str]:
        wanted = body | {"exceptions": list(exceptions)} | more
        rows = (await teams.data(DETAIL, wanted))["devices"]
        return [one["baseStatus"]["deviceName"] for one in rows]

    assert await names(0) == await names(1) == ["Shed camera"]
    world.disks.of(yard["baseStatus"]["id"])[0].state = DiskState.ERROR
    assert await names(2) == await names(3) == ["Yard recorder"]
    assert await names(filterName="house") == ["House recorder"]
    for wrong in ({"deviceCategory": 2002}, {"exceptions": [4]}, {"pageIndex": 1}):
        assert await teams.code(DETAIL, body | wrong) == "OPEN000010"


async def ask(teams: Api, device_id: str, url: str, **more: Any) -> str:
    """Send a request through to a device."""
    body = {
        "method": "GET",
        "url": url,
        "id": device_id,
        "contentType": "application/xml",
    }
    one, two = [
        await teams.data(f"{service}/v1/isapi/proxypass", body | more)
        for service in ("video", "proxy")
    ]
    assert one == two
    return one


def xml(text: str) -> Element:
    """Read a device's answer."""
    assert text.startswith("<?xml")
    return fromstring(text)  # noqa: S314 - the simulator's own answer


async def test_isapi(sim: Simulator, teams: Api) -> None:
    """Description, disks and call state of the devices themselves."""
    account = sim.account("teams")
    devices = {one.name: one for one in account.world.devices.values()}
    house, bell = devices["House recorder"], devices["Door station"]
    info = xml(await ask(teams, house.id, "/ISAPI/System/deviceInfo"))
    assert info.findtext(f"{NS}deviceName") == "House recorder"
    assert info.findtext(f"{NS}serialNumber").endswith(house.serial)
    storage = xml(await ask(teams, house.id, "/ISAPI/ContentMgmt/Storage"))
    disks = storage.findall(f"{NS}hddList/{NS}hdd")
    assert [one.findtext(f"{NS}freeSpace") for one in disks] == ["380000", "2100000"]
    url = "/ISAPI/VideoIntercom/callStatus?format=json"
    assert json.loads(await ask(teams, bell.id, url)) == {
        "CallStatus": {"status": "idle"}
    }
    account.happen.ring()
    status = json.loads(await ask(teams, bell.id, url))
    assert status["CallStatus"]["status"] == "ring"
    sim.clock.shift(60)
    status = json.loads(await ask(teams, bell.id, url))
    assert status["CallStatus"]["status"] == "idle"


async def test_isapi_refusals(sim: Simulator, teams: Api) -> None:
    """A device's refusal is inside; the platform's is outside."""
    devices = {one.name: one for one in sim.account("teams").world.devices.values()}
    house, shed = devices["House recorder"], devices["Shed camera"]
    refusals: tuple[tuple[str, dict[str, str], str], ...] = (
        ("/ISAPI/PTZCtrl/channels/2/presets/1", {}, "notSupport"),
        ("/ISAPI/VideoIntercom/callStatus", {}, "notSupport"),
        (
            "/ISAPI/System/deviceInfo",
            {"method": "PUT", "body": "x"},
            "methodNotAllowed",
        ),
    )
    for url, more, reason in refusals:
        answer = xml(await ask(teams, house.id, url, **more))
        assert answer.tag == f"{NS}ResponseStatus"
        assert answer.findtext(f"{NS}requestURL") == url
        assert answer.findtext(f"{NS}statusCode") == "4"
        assert answer.findtext(f"{NS}subStatusCode") == reason
    body = {
        "method": "GET",
        "url": "/ISAPI/System/deviceInfo",
        "id": shed.id,
        "contentType": "application/xml",
    }
    path = "video/v1/isapi/proxypass"
    assert await teams.code(path, body) == "OPEN000554"
    assert await teams.code(path, body | {"id": "nothing"}) == "OPEN000501"
    for wrong in ({"method": "get"}, {"contentType": "text/xml"}, {"url": ""}):
        assert await teams.code(path, body | wrong) == "OPEN000010"
    serial = body | {"deviceSerial": shed.serial}
    assert await teams.code(path, serial) == "OPEN000010"
