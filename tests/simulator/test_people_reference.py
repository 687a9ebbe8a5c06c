"""Persons, access levels and attendance of the reference dialect."""

from base64 import b64encode
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from cryptography.hazmat.primitives.serialization import load_pem_public_key
from PIL import Image
import pytest

from simulator import Simulator
from simulator.world import World

from .conftest import Api

PERSONS = "person/v1/persons/"
ATTENDANCE = "attendance/v1/"
JOHN = {"personName": "John Smith", "groupId": "group_001"}


def picture(size: tuple[int, int], kind: str = "JPEG", *, noise: float = 0) -> str:
    """Return a picture as base64."""
    out = BytesIO()
    Image.effect_noise(size, noise).save(out, kind)
    return b64encode(out.getvalue()).decode()


def working_day(world: World) -> date:
    """Return a working day that is over."""
    day = world.clock.now().astimezone(world.zone).date() - timedelta(days=2)
    while day.isoweekday() > 5:
        day -= timedelta(days=1)
    return day


async def test_groups(reference: Api) -> None:
    """Groups are found by a part of their name."""
    data = await reference.data("person/v1/groups/search")
    assert data["list"][0] == {"groupId": "group_001", "groupName": "Home"}
    found = await reference.data("person/v1/groups/search", {"keyword": "WORK"})
    assert [one["groupName"] for one in found["list"]] == ["Workshop"]
    wrong = {"parentGroupId": "1"}
    assert await reference.code("person/v1/groups/search", wrong) == "0x1001"


async def test_person(sim: Simulator, reference: Api) -> None:
    """Add somebody and find them by any word."""
    body = JOHN | {"phoneNo": "+1234567890", "email": "j@x.org", "cardNo": "CARD1"}
    added = await reference.data(PERSONS + "add", body)
    for keyword in ("john", "Smith", "4567", "J@X", "card1"):
        found = await reference.data(PERSONS + "search", {"keyword": keyword})
        assert found == {
            "total": 1,
            "list": [body | {"personId": added["personId"], "accessLevelIds": []}],
        }
    for group, count in (("group_001", 6), ("group_002", 3)):
        wanted = {"groupId": group, "pageSize": 2}
        data = await reference.data(PERSONS + "search", wanted)
        assert (data["total"], len(data["list"])) == (count, 2)
    sim.account("reference").world.people.limit = 6
    assert await reference.code(PERSONS + "add", JOHN) == "0x3003"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"personName": ""}, "0x1001"),
        ({"personName": 5}, "0x1002"),
        ({"groupId": "group_999"}, "0x3001"),
        ({"firstName": "John"}, "0x1001"),
        ({"cardNo": 1}, "0x1002"),
    ],
)
async def test_bad_person(reference: Api, more: dict[str, Any], code: str) -> None:
    """Each mistake has its code."""
    assert await reference.code(PERSONS + "add", JOHN | more) == code


async def test_card_has_one_owner(reference: Api) -> None:
    """A card number that somebody has is refused, and nobody is added."""
    card = {"cardNo": "CARD1"}
    assert await reference.code(PERSONS + "add", JOHN | card) == "0"
    assert await reference.code(PERSONS + "add", JOHN | card) == "0x6002"
    assert await reference.code(PERSONS + "quick/add", JOHN | card) == "0x6002"
    assert (await reference.data(PERSONS + "search"))["total"] == 6


@pytest.mark.parametrize(
    ("photo", "code"),
    [
        (picture((640, 480)), "0"),
        (picture((480, 640), "PNG"), "0"),
        (picture((639, 480)), "0x6001"),
        (picture((640, 480), "BMP"), "0x6001"),
        (picture((1200, 900), "PNG", noise=120), "0x6001"),
        (b64encode(b"no picture").decode(), "0x6001"),
        ("data:image/jpeg;base64," + picture((640, 480)), "0x6001"),
        ("", "0x1001"),
    ],
)
async def test_photo(reference: Api, photo: str, code: str) -> None:
    """Only a JPEG or PNG of the right size is a photo."""
    body = {"personId": "person_001", "photoBase64": photo}
    assert await reference.code(PERSONS + "photo", body) == code


async def test_photo_of_nobody(reference: Api) -> None:
    """The person must exist, and the field has the reference's name."""
    body = {"personId": "person_999", "photoBase64": picture((640, 480))}
    assert await reference.code(PERSONS + "photo", body) == "0x3001"
    body = {"personId": "person_001", "photoData": picture((640, 480))}
    assert await reference.code(PERSONS + "photo", body) == "0x1001"


async def test_quick_add(sim: Simulator, reference: Api) -> None:
    """All of it is taken or nothing."""
    people = sim.account("reference").world.people
    body = JOHN | {
        "photoBase64": picture((640, 480)),
        "cardNo": "CARD2",
        "accessLevelIds": ["level_001"],
    }
    for more, code in (
        ({"photoBase64": "ddd"}, "0x6001"),
        ({"accessLevelIds": ["level_001", "level_999"]}, "0x3001"),
        ({"accessLevelIds": "level_001"}, "0x1002"),
    ):
        assert await reference.code(PERSONS + "quick/add", body | more) == code
    assert len(people) == 5
    added = people[(await reference.data(PERSONS + "quick/add", body))["personId"]]
    assert (added.name, added.card, added.levels) == (
        "John Smith",
        "CARD2",
        ("level_001",),
    )
    assert added.photo.startswith(b"\xff\xd8")


async def test_access_levels(sim: Simulator, reference: Api) -> None:
    """Who is given a level gets in."""
    account = sim.account("reference")
    listed = await reference.data("acspm/v1/accesslevel/list", {"pageNo": 1})
    assert listed == {
        "total": 1,
        "list": [{"accessLevelId": "level_001", "name": "All doors"}],
    }
    person_id = (await reference.data(PERSONS + "add", JOHN))["personId"]
    door, person = next(iter(account.world.doors)), account.world.people[person_id]
    assert not account.happen.access(door, person)
    path = "acspm/v1/personaccess/assign"
    body = {"personId": person_id, "accessLevelIds": ["level_001"]}
    for more, code in (
        ({"personId": "person_999"}, "0x3001"),
        ({"accessLevelIds": ["level_999"]}, "0x3001"),
        ({"accessLevelIds": None}, "0x1002"),
        ({}, "0"),
    ):
        assert await reference.code(path, body | more) == code
    assert account.happen.access(door, person)


async def test_bluetooth_key(reference: Api) -> None:
    """The key can be read as one."""
    data = (await reference.get("acs/v1/encryptinfo/get"))["data"]
    assert data["algorithm"] == "RSA"
    load_pem_public_key(data["publicKey"].encode())


async def test_attendance(sim: Simulator, reference: Api) -> None:
    """Records, report and summary of a day say the same."""
    day = working_day(sim.account("reference").world)
    summary = await reference.data(ATTENDANCE + "summary/get", {"date": f"{day}"})
    assert summary == {"totalPersons": 5, "checkedIn": 4, "absent": 1, "late": 1}
    times = {"startTime": f"{day}T00:00:00Z", "endTime": f"{day}T22:59:59Z"}
    data = await reference.data(ATTENDANCE + "records/get", times | {"pageSize": 50})
    assert data["total"] == 8
    kinds = [one["type"] for one in data["list"]]
    assert (kinds.count("checkIn"), kinds.count("checkOut")) == (4, 4)
    stamps = [one["timestamp"] for one in data["list"]]
    assert stamps == sorted(stamps)
    dates = {"startDate": f"{day}", "endDate": f"{day}"}
    report = (await reference.data(ATTENDANCE + "timecard/report", dates))["report"]
    assert len(report) == 5
    assert sum(one["daysPresent"] for one in report) == 4
    assert sum(one["daysLate"] for one in report) == 1
    (absent,) = (one for one in report if one["daysAbsent"])
    assert absent["totalHours"] == 0
    assert {one["personId"] for one in data["list"]} == {
        one["personId"] for one in report if one is not absent
    }
    assert all(7 < one["totalHours"] < 10 for one in report if one is not absent)


async def test_attendance_filters(sim: Simulator, reference: Api) -> None:
    """Groups and people narrow it down; a free day has nobody absent."""
    world = sim.account("reference").world
    day = working_day(world)
    dates = {"startDate": f"{day - timedelta(days=6)}", "endDate": f"{day}"}
    for more, count in (
        ({"groupId": "group_002"}, 3),
        ({"personIds": ["person_001", "person_004"]}, 2),
        ({"groupId": "group_002", "personIds": ["person_004"]}, 0),
    ):
        data = await reference.data(ATTENDANCE + "timecard/report", dates | more)
        assert len(data["report"]) == count, more
    week = await reference.data(ATTENDANCE + "timecard/report", dates)
    for one in week["report"]:
        assert one["daysPresent"] + one["daysAbsent"] == 5
    free = day
    while free.isoweekday() < 6:
        free -= timedelta(days=1)
    body = {"date": f"{free}", "groupId": "group_003"}
    assert await reference.data(ATTENDANCE + "summary/get", body) == {
        "totalPersons": 2,
        "checkedIn": 0,
        "absent": 0,
        "late": 0,
    }


@pytest.mark.parametrize(
    ("call", "body", "code"),
    [
        ("summary/get", {}, "0x1001"),
        ("summary/get", {"date": "15.1.2024"}, "0x1001"),
        ("summary/get", {"date": "2024-02-30"}, "0x1001"),
        ("summary/get", {"date": 20240115}, "0x1002"),
        ("summary/get", {"date": "2024-01-15", "groupId": "x"}, "0x3001"),
        (
            "timecard/report",
            {"startDate": "2024-01-31", "endDate": "2024-01-01"},
            "0x1003",
        ),
        (
            "timecard/report",
            {"startDate": "0001-01-01", "endDate": "9999-12-31"},
            "0",
        ),
        (
            "timecard/report",
            {"startDate": "2024-01-01T00:00:00Z", "endDate": "2024-01-01"},
            "0x1001",
        ),
        (
            "records/get",
            {
                "startTime": "2024-01-01T00:00:00Z",
                "endTime": "2024-01-02T00:00:00Z",
                "personIds": ["person_999"],
            },
            "0x3001",
        ),
        ("records/get", {"startTime": "2024-01-01", "endTime": "x"}, "0x1001"),
    ],
)
async def test_bad_attendance(
    reference: Api, call: str, body: dict[str, Any], code: str
) -> None:
    """Each mistake has its code."""
    assert await reference.code(ATTENDANCE + call, body) == code
