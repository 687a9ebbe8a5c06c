"""Person groups and persons of the teams dialect."""

from base64 import b64encode
from io import BytesIO
from typing import Any

from PIL import Image
import pytest

from simulator import Simulator
from simulator.photos import LIMIT

from .conftest import Api

GROUPS = "person/v1/groups/"
PERSONS = "person/v1/persons/"


def person(**more: object) -> dict[str, Any]:
    """Return the body of a new person."""
    return {
        "groupId": "1",
        "personCode": "odhdf888",
        "firstName": "Hanna",
        "lastName": "Iversen",
        "gender": 2,
        "startDate": "2022-02-21T20:12:45+08:00",
        "endDate": "2032-02-21T20:12:45+08:00",
    } | more


def picture(size: tuple[int, int], kind: str = "PNG") -> str:
    """Return a picture full of noise, as base64."""
    out = BytesIO()
    Image.effect_noise(size, 120).save(out, kind)
    return b64encode(out.getvalue()).decode()


async def test_groups(teams: Api) -> None:
    """The root is "1"; groups are added below it, moved, renamed and deleted."""
    root, *others = (await teams.data(GROUPS + "search"))["personGroupList"]
    assert (root["groupId"], root["parentId"]) == ("1", "")
    assert root["childNodeExist"] is True
    assert [one["groupName"] for one in others] == ["Family", "Workshop"]
    added = (await teams.data(GROUPS + "add", {"groupName": "Attic"}))["groupId"]
    cellar = (await teams.data(GROUPS + "add", {"groupName": "Cellar"}))["groupId"]
    change = {"groupId": cellar, "groupName": "", "parentId": added, "areaId": "-1"}
    assert await teams.code(GROUPS + "update", change) == "0"
    found = await teams.data(GROUPS + "search", {"groupIdList": [cellar]})
    assert found["personGroupList"] == [
        {
            "groupId": cellar,
            "groupName": "Cellar",
            "parentId": added,
            "childNodeExist": False,
            "permissionState": True,
            "description": "",
            "areaList": [{"areaId": "-1"}],
            "groupFullPath": "Home/Attic/Cellar",
        }
    ]
    for body, count in (
        ({}, 4),
        ({"depthTraversal": True}, 5),
        ({"parentGroupId": added}, 2),
        ({"groupName": "cell"}, 0),
        ({"groupName": "cell", "depthTraversal": True}, 1),
    ):
        found = await teams.data(GROUPS + "search", body)
        assert len(found["personGroupList"]) == count, body
    somebody = (await teams.data(PERSONS + "add", person(groupId=cellar)))["personId"]
    assert await teams.code(GROUPS + "delete", {"groupId": added}) == "0"
    assert await teams.code(GROUPS + "delete", {"groupId": cellar}) == "CCF038009"
    got = await teams.data(PERSONS + "get", {"personId": somebody})
    assert got["personInfo"]["groupId"] == "1"


@pytest.mark.parametrize(
    ("call", "body", "code"),
    [
        ("search", {"groupIdList": []}, "CCF038064"),
        ("search", {"parentGroupId": "9"}, "CCF038009"),
        ("search", {"depthTraversal": 1}, "OPEN000008"),
        ("search", {"pageIndex": 1}, "OPEN000010"),
        ("add", {}, "OPEN000010"),
        ("add", {"groupName": "x" * 65}, "CCF038002"),
        ("add", {"groupName": "a/b"}, "CCF038005"),
        ("add", {"groupName": "a", "areaId": "nowhere"}, "OPEN000031"),
        ("add", {"groupName": "a", "description": "x" * 129}, "OPEN000010"),
        ("update", {"groupId": "9", "groupName": "a"}, "CCF038009"),
        ("update", {"groupId": "1", "parentId": "1"}, "CCF000001"),
        ("delete", {"groupId": "1"}, "CCF000001"),
        ("delete", {}, "OPEN000010"),
    ],
)
async def test_bad_groups(teams: Api, call: str, body: object, code: str) -> None:
    """Each mistake has its code."""
    assert await teams.code(GROUPS + call, body) == code


async def test_no_circle_of_groups(teams: Api) -> None:
    """A group cannot be below itself."""
    group = (await teams.data(GROUPS + "add", {"groupName": "Attic"}))["groupId"]
    body = {"groupId": group, "parentId": group}
    assert await teams.code(GROUPS + "update", body) == "CCF000001"


async def test_life_of_a_person(teams: Api) -> None:
    """Add, find, change, delete."""
    body = person(phone="+49 30 1", email="h@example.com")
    added = await teams.data(PERSONS + "add", body)
    assert added["personCode"] == "odhdf888"
    assert len(added["personId"]) == 18 and added["personId"].isdigit()
    one = {"personId": added["personId"]}
    got = await teams.data(PERSONS + "get", one)
    assert got == {
        "personInfo": {
            "personId": added["personId"],
            "groupId": "1",
            "firstName": "Hanna",
            "lastName": "Iversen",
            "gender": 2,
            "phone": "+49 30 1",
            "email": "h@example.com",
            "description": "",
            "startDate": 1645445565000,
            "endDate": 1960978365000,
            "personCode": "odhdf888",
            "headPicUrl": "",
        },
        "cardList": [],
        "fingerList": [],
        "pinCode": "",
    }
    assert got == await teams.data(PERSONS + "get", {"Id": added["personId"]})
    change = person(lastName="Jansen", accessLevelIds=["1"], **one)
    assert await teams.code(PERSONS + "update", change) == "0"
    assert await teams.code(PERSONS + "update", change | {"cardNo": "1"}) == (
        "OPEN000010"
    )
    for wanted, count in (
        ({}, 6),
        ({"name": "jans"}, 1),
        ({"name": "iversen"}, 0),
        ({"email": "H@"}, 1),
        ({"phone": "30"}, 1),
        ({"name": "jans", "phone": "31"}, 0),
    ):
        page = {"pageIndex": 1, "pageSize": 100, "filter": wanted}
        found = await teams.data(PERSONS + "list", page)
        assert (found["totalNum"], len(found["personList"])) == (count, count), wanted
    assert await teams.code(PERSONS + "delete", one) == "0"
    assert await teams.code(PERSONS + "get", one) == "CCF038023"
    assert await teams.code(PERSONS + "delete", one) == "CCF038023"


async def test_list_by_page(teams: Api) -> None:
    """Pages do not overlap; several people are deleted at once, or none."""
    ids = []
    for index in (1, 2, 3):
        body = {"pageIndex": index, "pageSize": 2}
        page = await teams.data(PERSONS + "list", body)
        ids += [one["personInfo"]["personId"] for one in page["personList"]]
    assert len(set(ids)) == page["totalNum"] == 5
    spoiled = {"personId": f"{ids[0]},9"}
    assert await teams.code(PERSONS + "delete", spoiled) == "CCF038023"
    both = {"personId": f"{ids[0]}, {ids[1]}"}
    assert await teams.code(PERSONS + "delete", both) == "0"
    page = await teams.data(PERSONS + "list", {"pageIndex": 1, "pageSize": 1})
    assert page["totalNum"] == 3


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"groupId": "2"}, "CCF038009"),
        ({"personCode": "x" * 17}, "CCF038016"),
        ({"personCode": "a-b"}, "CCF038016"),
        ({"personCode": "1001"}, "CCF038024"),
        ({"personCode": ""}, "OPEN000010"),
        ({"lastName": ""}, "OPEN000010"),
        ({"firstName": "x" * 256}, "OPEN000010"),
        ({"firstName": "x" * 250}, "CCF038017"),
        ({"gender": 3}, "OPEN000010"),
        ({"gender": "female"}, "OPEN000008"),
        ({"phone": "call me"}, "CCF038020"),
        ({"phone": "1" * 33}, "OPEN000010"),
        ({"email": "nobody"}, "CCF038019"),
        ({"startDate": "2022-02-21"}, "OPEN000026"),
        ({"endDate": "2021-02-21T00:00:00Z"}, "CCF038022"),
        ({"endDate": "2038-01-01T00:00:00Z"}, "CCF038022"),
        ({"personName": "Hanna"}, "OPEN000010"),
        ({"cardNo": "1"}, "OPEN000010"),
    ],
)
async def test_bad_person(teams: Api, more: dict[str, Any], code: str) -> None:
    """Each mistake has its code, and nobody is added."""
    assert await teams.code(PERSONS + "add", person(**more)) == code
    page = await teams.data(PERSONS + "list", {"pageIndex": 1, "pageSize": 1})
    assert page["totalNum"] == 5


async def test_person_code_is_for_good(teams: Api) -> None:
    """Contacts are unique, and an update cannot change the code."""
    body = person(email="h@example.com", phone="1")
    one = await teams.data(PERSONS + "add", body)
    change = body | {"personId": one["personId"]}
    assert await teams.code(PERSONS + "update", change) == "0"
    assert await teams.code(PERSONS + "update", change | {"personCode": "1"}) == (
        "CCF000001"
    )
    other = person(personCode="2")
    assert await teams.code(PERSONS + "add", other | {"phone": "1"}) == "CCF038089"
    assert await teams.code(PERSONS + "add", other | {"email": "H@example.com"}) == (
        "CCF038052"
    )
    assert await teams.code(PERSONS + "update", change | {"personId": "9"}) == (
        "CCF038023"
    )


async def test_limits(sim: Simulator, teams: Api) -> None:
    """A full account takes nobody, and a page has at most 100 people."""
    sim.account("teams").world.people.limit = 5
    assert await teams.code(PERSONS + "add", person()) == "CCF038029"
    for body, code in (
        ({"pageIndex": 1, "pageSize": 101}, "OPEN000025"),
        ({"pageIndex": 0, "pageSize": 1}, "OPEN000010"),
        ({"pageSize": 1}, "OPEN000010"),
        ({"pageIndex": 1, "pageSize": 1, "filter": []}, "OPEN000008"),
        ({"pageIndex": 1, "pageSize": 1, "filter": {"card": "1"}}, "OPEN000010"),
    ):
        assert await teams.code(PERSONS + "list", body) == code, body


async def test_photo(sim: Simulator, teams: Api) -> None:
    """A face picture can be fetched; a big one was made smaller, no other is taken."""
    one = next(iter(sim.account("teams").world.people))
    for size, kind in (((64, 48), "JPEG"), ((900, 700), "PNG")):
        body = {"personId": one, "photoData": picture(size, kind)}
        assert await teams.code(PERSONS + "photo", body) == "0"
        got = await teams.data(PERSONS + "get", {"personId": one})
        jpeg = await teams.fetch(got["personInfo"]["headPicUrl"])
        assert Image.open(BytesIO(jpeg)).format == "JPEG"
        assert len(jpeg) <= LIMIT
    for more, code in (
        ({"photoData": b64encode(b"no picture").decode()}, "CCF038062"),
        ({"photoData": "ddd"}, "CCF038062"),
        ({"photoData": picture((64, 48), "BMP")}, "CCF038062"),
        ({"photoData": ""}, "OPEN000010"),
        ({"photoBase64": picture((64, 48))}, "OPEN000010"),
        ({"personId": "9"}, "CCF038023"),
    ):
        assert await teams.code(PERSONS + "photo", body | more) == code, code
    without = {"personId": one, "photoBase64": picture((64, 48))}
    assert await teams.code(PERSONS + "photo", without) == "OPEN000010"


async def test_quick_add(sim: Simulator, teams: Api) -> None:
    """What is wrong beside the basic facts is told beside the new id."""
    level = next(iter(sim.account("teams").world.levels))
    path = PERSONS + "quick/add"
    body = {
        "personInfo": person(),
        "pinCode": "4711",
        "photoData": picture((64, 48)),
        "aceessLevelList": [level],
    }
    assert (await teams.data(path, body)).keys() == {"personId"}
    body |= {
        "personInfo": person(personCode="2"),
        "photoData": "ddd",
        "aceessLevelList": [level, "9"],
    }
    added = await teams.data(path, body)
    who = added["personId"]
    assert added["pinCodeFailed"]["errorCode"] == "CCF038055"
    assert added["photoFailed"]["errorCode"] == "CCF038062"
    assert added["accessLevelFailed"] == {
        "errorCode": "0",
        "personAccessLevelFailedList": [
            {
                "personId": who,
                "personName": "Hanna Iversen",
                "accessLevelId": 9,
                "accessLevelName": "",
                "errorCode": "VMS040016",
            }
        ],
    }
    assert sim.account("teams").world.people[who].levels == (level,)
    body["personInfo"] = person(personCode="3")
    for more, code in (
        ({"pinCode": "123"}, "OPEN000010"),
        ({"accessLevelList": [level]}, "OPEN000010"),
        ({"aceessLevelList": ["level"]}, "OPEN000010"),
        ({"personInfo": person()}, "CCF038024"),
    ):
        assert await teams.code(path, body | more) == code, code
