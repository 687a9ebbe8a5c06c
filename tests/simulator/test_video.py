"""Stream addresses and the rules of code, protocol and time."""

from datetime import UTC, datetime
from typing import Any

import pytest

from simulator import Simulator
from simulator.world.places import Camera

from .conftest import Api

ADDRESS = "video/v1/live/address/get"
SPAN = {"startTime": "2026-01-15 10:00:00", "stopTime": "2026-01-15 11:00:00"}


def camera(sim: Simulator, dialect: str, name: str) -> Camera:
    """Return a camera by its name."""
    cameras = sim.account(dialect).world.cameras.values()
    return next(one for one in cameras if one.name == name)


def ask(one: Camera, **more: object) -> dict[str, Any]:
    """Return a body with the required fields."""
    body = {"resourceId": one.id, "deviceSerial": one.device.serial, "type": "1"}
    return body | more


async def test_teams_ezopen(sim: Simulator, teams: Api) -> None:
    """The default protocol; the code goes into the address."""
    plain, pond = camera(sim, "teams", "Terrace"), camera(sim, "teams", "Koi pond")
    data = await teams.data(ADDRESS, ask(plain))
    serial = plain.device.serial
    assert data["url"] == f"ezopen://open.ezviz.com/{serial}/2.live"
    assert "expireTime" not in data
    data = await teams.data(ADDRESS, ask(pond, code="ABCDEF", protocol=1))
    serial = pond.device.serial
    assert data["url"] == f"ezopen://ABCDEF@open.ezviz.com/{serial}/1.live"


async def test_teams_hls(sim: Simulator, teams: Api) -> None:
    """HLS comes from the simulator, with its end in milliseconds."""
    plain = camera(sim, "teams", "Terrace")
    body = ask(plain, protocol=2, quality=2, expireTime=600)
    data = await teams.data(ADDRESS, body)
    name = f"{plain.device.serial}_2_2.m3u8"
    assert data["url"].startswith(f"{sim.url}/v3/openlive/{name}?expire=")
    left = data["expireTime"] / 1000 - datetime.now(UTC).timestamp()
    assert 590 < left < 610
    rtmp = await teams.data(ADDRESS, ask(plain, protocol=3))
    assert rtmp["url"].startswith("rtmp://")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({}, "EVZ60019"),
        ({"protocol": 2}, "EVZ60019"),
        ({"protocol": 2, "code": "ABCDEF"}, "EVZ60019"),
        ({"code": "0"}, "EVZ10001"),
        ({"code": "1"}, "EVZ10001"),
        ({"code": "WRONGS"}, "0"),
        ({"code": "x" * 17}, "OPEN000010"),
        ({"type": 1, "code": "ABCDEF"}, "OPEN000008"),
        ({"type": "4"}, "OPEN000010"),
        ({"protocol": 4}, "OPEN000010"),
        ({"expireTime": 29}, "OPEN000010"),
        ({"streamType": "1"}, "OPEN000010"),
        ({"type": "2", "code": "ABCDEF"}, "OPEN000010"),
        ({"type": "2", "code": "ABCDEF", **SPAN}, "0"),
        ({"type": "2", "protocol": 2, **SPAN}, "OPEN000010"),
        (
            {"type": "2", "startTime": "2026-01-15T10:00:00", "stopTime": "x"},
            "OPEN000026",
        ),
    ],
)
async def test_teams_rules(
    sim: Simulator, teams: Api, more: dict[str, Any], code: str
) -> None:
    """What an encrypted camera answers."""
    body = ask(camera(sim, "teams", "Koi pond"), **more)
    assert await teams.code(ADDRESS, body) == code


async def test_teams_unknown_and_offline(sim: Simulator, teams: Api) -> None:
    """Camera and device must belong together and be there."""
    plain, shed = camera(sim, "teams", "Terrace"), camera(sim, "teams", "Shed")
    assert await teams.code(ADDRESS, ask(shed)) == "EVZ20007"
    assert await teams.code(ADDRESS, ask(plain, deviceSerial="X1")) == "EVZ20002"
    other = ask(plain, deviceSerial=shed.device.serial)
    assert await teams.code(ADDRESS, other) == "OPEN000503"


async def test_recordings_are_numbered_the_other_way(
    sim: Simulator, teams: Api, reference: Api
) -> None:
    """Type 2 is the device for the guide and the cloud for the reference."""
    span = "begin=20260115100000&end=20260115110000"
    for kind, teams_word, reference_word in (
        ("2", "rec", "cloud.rec"),
        ("3", "cloud.rec", "rec"),
    ):
        for api, dialect, word in (
            (teams, "teams", teams_word),
            (reference, "reference", reference_word),
        ):
            one = camera(sim, dialect, "Terrace")
            data = await api.data(ADDRESS, ask(one, type=kind, **SPAN))
            end = f"{one.device.serial}/2.{word}?{span}"
            assert data["url"] == f"ezopen://open.ezviz.com/{end}"


async def test_reference_rules(sim: Simulator, reference: Api) -> None:
    """The example of the reference, and its refusals."""
    plain = camera(sim, "reference", "Terrace")
    example = {"code": "0", "protocol": "1", "quality": "1"}
    data = await reference.data(ADDRESS, ask(plain, **example))
    assert data == {"url": f"ezopen://open.ezviz.com/{plain.device.serial}/2.live"}
    hls = await reference.data(ADDRESS, ask(plain, protocol="2"))
    assert hls["url"].startswith(f"{sim.url}/v3/openlive/")
    pond, shed = camera(sim, "reference", "Koi pond"), camera(sim, "reference", "Shed")
    assert await reference.code(ADDRESS, ask(pond, **example)) == "0"
    assert await reference.code(ADDRESS, ask(pond, protocol="2")) == "EVZ60019"
    assert await reference.code(ADDRESS, ask(shed)) == "0x3004"
    for more, code in (
        ({"type": "2"}, "0x1001"),
        ({"type": "5"}, "0x1003"),
        ({"protocol": 1}, "0x1002"),
        ({"protocol": "3"}, "0x1003"),
        ({"resourceId": "camera_999"}, "0x3001"),
        ({"expireTime": 600}, "0x1001"),
    ):
        assert await reference.code(ADDRESS, ask(plain, **more)) == code
