"""Visitor passes of both dialects; their QR codes are read, not believed."""

from base64 import b64decode
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from PIL import Image
import pytest

from simulator import Simulator

from .conftest import Api

zxingcpp = pytest.importorskip("zxingcpp")

NOW = datetime.now(UTC).replace(microsecond=0)
TIMES = {
    "startTime": NOW.isoformat(),
    "endTime": (NOW + timedelta(hours=8)).isoformat(),
    "clientLocalTime": NOW.isoformat(),
}


def read_qr(png: bytes) -> str:
    """Return what a QR code says."""
    image = Image.open(BytesIO(png))
    assert image.format == "PNG"
    (found,) = zxingcpp.read_barcodes(image.convert("L"))
    return str(found.text)


def body(**more: object) -> dict[str, Any]:
    """Return the body of a new pass."""
    return {"name": "Parcel", "openCount": 2} | TIMES | more


async def test_teams_pass(sim: Simulator, teams: Api) -> None:
    """Add, get, list, update, delete."""
    account = sim.account("teams")
    level = next(iter(account.world.levels))
    added = await teams.data("vims/v1/tempauth/add", body(alIds=[level]))
    assert added["startTime"] == int(NOW.timestamp()) * 1000
    assert added["endTime"] - added["startTime"] == 8 * 3600 * 1000
    assert added["accessLevelList"] == [
        {"accessLevelId": level, "accessLevelName": "All doors"}
    ]
    assert added["expiredStatus"] == 0
    assert len(added["password"]) == 6
    text = read_qr(b64decode(added["code"]))
    assert text == f"HCC-PASS:{added['id']}:{added['password']}"

    one = {"id": added["id"], "clientLocalTime": TIMES["clientLocalTime"]}
    got = await teams.data("vims/v1/tempauth/get", one)
    assert got == {key: value for key, value in added.items() if key != "id"}

    page = {"pageNum": 1, "pageSize": 10}
    found = await teams.data("vims/v1/tempauth/list", page)
    assert found["totalNum"] == 1
    assert "code" not in found["tempAuthList"][0]
    search = page | {"searchRequest": {"filter": {"name": "Nobody"}}}
    assert (await teams.data("vims/v1/tempauth/list", search))["totalNum"] == 0

    changed = body(id=added["id"], name="Post")
    assert await teams.code("vims/v1/tempauth/update", changed) == "0"
    got = await teams.data("vims/v1/tempauth/get", one)
    assert (got["name"], got["password"]) == ("Post", added["password"])
    assert got["accessLevelList"] == []

    sim.clock.shift(9 * 3600)
    got = await teams.data("vims/v1/tempauth/get", one)
    assert got["expiredStatus"] == 1
    delete = {"deleteList": [added["id"]]}
    assert await teams.code("vims/v1/tempauth/delete", delete) == "0"
    assert await teams.code("vims/v1/tempauth/delete", delete) == "VMS000003"
    assert await teams.code("vims/v1/tempauth/get", one) == "VMS000003"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"name": ""}, "OPEN000010"),
        ({"name": "x" * 33}, "OPEN000010"),
        ({"openCount": 0}, "OPEN000010"),
        ({"openCount": 201}, "OPEN000010"),
        ({"startTime": "2026-01-01T00:00:00"}, "OPEN000026"),
        ({"startTime": "tomorrow"}, "OPEN000026"),
        ({"startTime": 0}, "OPEN000008"),
        ({"endTime": TIMES["startTime"]}, "OPEN000030"),
        ({"alIds": ["no"]}, "VMS040016"),
    ],
)
async def test_teams_bad_pass(teams: Api, more: dict[str, Any], code: str) -> None:
    """Wrong fields are refused."""
    assert await teams.code("vims/v1/tempauth/add", body(**more)) == code


async def test_reference_pass(sim: Simulator, reference: Api) -> None:
    """From a new building to a QR code that can be read."""
    building = {"buildingName": "Main Building", "buildingNo": "A1"}
    added = await reference.data("visp/v1/buildings/add", building)
    assert await reference.code("visp/v1/buildings/add", building) == "0x3002"
    listed = await reference.data("visp/v1/buildings/get", {"pageNo": 1})
    names = [row["buildingName"] for row in listed["list"]]
    assert (listed["total"], names) == (2, ["Home", "Main Building"])
    resident = {
        "residentName": "John Doe",
        "phoneNo": "+1234567890",
        "buildingId": added["buildingId"],
        "roomNo": "101",
    }
    made = await reference.data("visp/v1/residents/add", resident)
    nowhere = resident | {"buildingId": "building_999"}
    assert await reference.code("visp/v1/residents/add", nowhere) == "0x3001"
    issue = {
        "residentId": made["residentId"],
        "visitorName": "Jane Smith",
        "validFrom": "2026-01-20T09:00:00Z",
        "validTo": "2026-01-20T18:00:00Z",
    }
    data = await reference.data("visp/v1/passes/issue", issue)
    assert data.keys() == {"passCode", "qrCode"}
    text = read_qr(await reference.fetch(data["qrCode"]))
    (issued,) = sim.account("reference").world.passes.values()
    assert text == f"HCC-PASS:{issued.id}:{data['passCode']}"
    assert issued.name == "Jane Smith"
    for more, code in (
        ({"residentId": "resident_999"}, "0x3001"),
        ({"validFrom": "20.1.2026"}, "0x1001"),
        ({"validTo": "2026-01-20T08:00:00Z"}, "0x1003"),
        ({"visitorName": 5}, "0x1002"),
    ):
        assert await reference.code("visp/v1/passes/issue", issue | more) == code
