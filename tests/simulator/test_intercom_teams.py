"""Buildings, rooms, residents and calls of the teams dialect."""

from typing import Any

import pytest

from simulator import Simulator
from simulator.world.homes import MOST_IN_A_ROOM, Role, Room
from simulator.world.people import Person

from .conftest import Api

PAGE = {"pageNum": 1, "pageSize": 64}
ROOT = {"areaId": "-1", "isContainSubArea": 1}


def rooms(sim: Simulator) -> list[Room]:
    """Return the rooms of the demo house: one with two people, an empty one."""
    return list(sim.account("teams").world.homes.rooms.values())


def place(room: Room, role: int) -> dict[str, Any]:
    """Return a room as a resident's row names it."""
    return {
        "roomId": room.id,
        "buildId": room.building.id,
        "areaId": "-1",
        "accountType": role,
    }


def resident(
    room: Room, role: int = 1, levels: object = None, **more: object
) -> dict[str, Any]:
    """Return the body of a new resident."""
    person = {
        "firstName": "Ivy",
        "lastName": "Jensen",
        "gender": 0,
        "email": "ivy@example.com",
        "startDate": "2026-01-01T00:00:00+01:00",
        "endDate": "2036-01-01T00:00:00+01:00",
    }
    body = {"personBaseInfo": person | more, "roomList": [place(room, role)]}
    return body if levels is None else body | {"alIds": levels}


async def residents(api: Api, name: str = "searchCriteria", **wanted: object) -> Any:
    """Search residents."""
    body = PAGE | {name: ROOT | wanted}
    return (await api.data("vims/v1/person/search", body))["personList"]


async def test_buildings(sim: Simulator, teams: Api) -> None:
    """Buildings by area and name, with how many live there."""
    world = sim.account("teams").world
    garden = next(one for one in world.areas.values() if one.name == "Garden")
    pond = next(one for one in world.areas.values() if one.name == "Pond")
    world.add_building("Summer house", "2", area=pond)

    async def ask(**more: object) -> Any:
        body = PAGE | {"searchCriteria": ROOT | more}
        return await teams.data("vims/v1/build/search", body)

    data = await ask()
    assert data["totalNum"] == 2
    home, summer = data["buildList"]
    assert home == {
        "buildId": next(iter(world.buildings)),
        "buildName": "Home",
        "areaId": "-1",
        "areaName": "",
        "totalRoom": 2,
        "totalPerson": 2,
        "deviceNames": "",
    }
    assert (summer["areaName"], summer["totalRoom"]) == ("Pond", 0)
    assert (await ask(isContainSubArea=0))["buildList"] == [home]
    assert (await ask(areaId=garden.id))["buildList"] == [summer]
    assert (await ask(areaId=garden.id, isContainSubArea=0))["totalNum"] == 0
    assert (await ask(filterName="summer"))["buildList"] == [summer]
    page = {"pageNum": 2, "pageSize": 1, "searchCriteria": ROOT}
    data = await teams.data("vims/v1/build/search", page)
    assert (data["totalNum"], data["buildList"]) == (2, [summer])
    path = "vims/v1/build/search"
    assert await teams.code(path, PAGE) == "OPEN000010"
    nowhere = PAGE | {"searchCriteria": {"areaId": "no"}}
    assert await teams.code(path, nowhere) == "OPEN000031"


async def test_rooms(sim: Simulator, teams: Api) -> None:
    """Rooms with their householder."""

    async def ask(**more: object) -> Any:
        body = PAGE | {"searchCriteria": ROOT | more}
        return (await teams.data("vims/v1/room/search", body))["roomList"]

    first, second = await ask()
    assert (first["roomNum"], first["personAmount"]) == (101, 2)
    assert first["mainAccount"] == "Ada Berg"
    assert (second["personAmount"], second["mainAccount"]) == (0, "")
    blank = dict.fromkeys(("roomNum", "roomName", "email", "mainAccount"), "")
    assert len(await ask(buildId="", filter=blank | {"personAmount": ""})) == 2
    assert await ask(filter={"roomNum": 102}) == [second]
    assert await ask(filter={"roomNum": "102"}) == [second]
    assert await ask(filter={"mainAccount": "ada"}) == [first]
    assert await ask(buildId="no") == []


async def test_a_resident(sim: Simulator, teams: Api) -> None:
    """Add, search, update, delete; the person stays."""
    world = sim.account("teams").world
    room, empty = rooms(sim)
    level = next(iter(world.levels))
    added = await teams.data("vims/v1/person/add", resident(empty, 1, [level]))
    assert added.keys() == {"personId"}
    person = world.people[added["personId"]]
    assert (person.name, person.email) == ("Ivy Jensen", "ivy@example.com")
    assert person.levels == (level,)
    (row,) = await residents(teams, filter={"name": "ivy"})
    assert row["personId"] == person.id
    assert row["isExpired"] == 0
    assert row["roomList"] == [
        {
            "roomId": empty.id,
            "roomName": "Room 102",
            "roomNum": 102,
            "buildId": empty.building.id,
            "buildName": "Home",
            "areaId": "-1",
            "areaName": "",
            "accountType": 1,
        }
    ]
    changed = resident(room, 0, id=person.id, lastName="Jones", phone="+45")
    assert await teams.post("vims/v1/person/update", changed) == {"errorCode": "0"}
    (row,) = await residents(teams, "searchRequest", filter={"phone": "+45"})
    assert row["lastName"] == "Jones"
    assert [one["roomNum"] for one in row["roomList"]] == [101]
    assert world.people[person.id].levels == (level,)
    gone = {"deleteList": [person.id]}
    assert await teams.code("vims/v1/person/delete", gone) == "0"
    assert await teams.code("vims/v1/person/delete", gone) == "VMS038028"
    assert await teams.code("vims/v1/person/update", changed) == "VMS038028"
    assert person.id in world.people
    assert len(await residents(teams)) == 2


async def test_search(sim: Simulator, teams: Api) -> None:
    """Every condition narrows the search."""
    assert len(await residents(teams, filter={"roomNum": 101})) == 2
    assert len(await residents(teams, filter={"roomNum": 101, "type": 1})) == 1
    assert await residents(teams, filter={"roomNum": 102}) == []
    assert await residents(teams, filter={"isExpired": 1}) == []
    assert await residents(teams, buildId="no") == []
    path = "vims/v1/person/search"
    assert await teams.code(path, PAGE) == "OPEN000010"
    both = PAGE | {"searchCriteria": ROOT, "searchRequest": ROOT}
    assert await teams.code(path, both) == "OPEN000010"


async def test_known_person(sim: Simulator, teams: Api) -> None:
    """A known person moves in with its id and its code."""
    world = sim.account("teams").world
    room, empty = rooms(sim)
    guest = list(world.people.values())[2]
    names = {"firstName": guest.first_name, "lastName": guest.last_name}
    who = names | {"id": guest.id, "personCode": guest.code}
    path = "vims/v1/person/add"
    assert await teams.code(path, resident(room, 0, **who | {"id": "no"})) == (
        "CCF038023"
    )
    wrong = resident(room, 0, **who | {"personCode": "?"})
    assert await teams.code(path, wrong) == "CCF038025"
    data = await teams.data(path, resident(room, 0, **who))
    assert data == {"personId": guest.id}
    assert await teams.code(path, resident(room, 0, **who)) == "VMS038014"
    await teams.data(path, resident(empty, 1, **who))
    (row,) = await residents(teams, filter={"name": guest.name})
    assert {one["roomNum"]: one["accountType"] for one in row["roomList"]} == {
        101: 0,
        102: 1,
    }
    world.remove_people({guest.id})
    assert len(await residents(teams)) == 2


async def test_full_room(sim: Simulator, teams: Api) -> None:
    """A full room fails alone, or the call if there is no other."""
    world = sim.account("teams").world
    room, empty = rooms(sim)
    for number in range(MOST_IN_A_ROOM - 2):
        person: Person = world.people.add(first_name=f"Child {number}")
        world.homes.settle(person.id, {room.id: Role.FAMILY})
    path = "vims/v1/person/add"
    assert await teams.code(path, resident(room, 0)) == "VMS038005"
    body = resident(room, 0)
    body["roomList"].append(place(empty, 1))
    data = await teams.data(path, body)
    assert data["failedResultList"] == [
        {
            "buildName": "Home",
            "roomNum": 101,
            "roomName": "Room 101",
            "errorCode": "VMS038005",
        }
    ]
    assert world.homes.rooms_of(data["personId"]) == {empty.id: Role.HOUSEHOLDER}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"firstName": ""}, "OPEN000010"),
        ({"lastName": "x" * 129}, "OPEN000010"),
        ({"gender": 3}, "OPEN000010"),
        ({"email": "nowhere"}, "CCF038019"),
        ({"startDate": "2026-01-01"}, "OPEN000026"),
        ({"startDate": "2036-01-02T00:00:00+01:00"}, "CCF038022"),
        ({"endDate": "2038-01-01T00:00:00+01:00"}, "CCF038022"),
        ({"personCode": "1"}, "CCF038016"),
        ({"groupId": "no"}, "CCF038009"),
        ({"levels": ["no"]}, "VMS040016"),
        ({"age": 7}, "OPEN000010"),
        ({"role": 0}, "VMS038011"),
        ({"role": 2}, "OPEN000010"),
    ],
)
async def test_refused(
    sim: Simulator, teams: Api, more: dict[str, Any], code: str
) -> None:
    """Wrong residents are refused, and nobody is added."""
    world = sim.account("teams").world
    before = len(world.people)
    _, empty = rooms(sim)
    body = resident(empty, **{"role": 1} | more)
    assert await teams.code("vims/v1/person/add", body) == code
    assert len(world.people) == before


async def test_refused_rooms(sim: Simulator, teams: Api) -> None:
    """Rooms must exist, in their building, once, and have one householder."""
    room, empty = rooms(sim)
    for rows, code in (
        ([], "OPEN000010"),
        ([place(room, 1)], "VMS038011"),
        ([place(room, 0), place(room, 0)], "VMS038014"),
        ([place(room, 0) | {"roomId": "no"}], "VMS000003"),
        ([place(room, 0) | {"buildId": "no"}], "VMS000003"),
        ([place(room, 0) | {"areaId": 1}], "OPEN000008"),
    ):
        body = resident(room) | {"roomList": rows}
        assert await teams.code("vims/v1/person/add", body) == code
    await teams.data("vims/v1/person/add", resident(empty))
    twin = resident(room, 0, firstName="Ida")
    assert await teams.code("vims/v1/person/add", twin) == "VMS038026"
    nameless = resident(room, 0)
    assert await teams.code("vims/v1/person/update", nameless) == "OPEN000010"


async def phases(api: Api) -> list[int]:
    """Take the phases of calls from the raw message queue."""
    batch = await api.data("rawmsg/v1/mq/messages")
    await api.code("rawmsg/v1/mq/messages/complete", {"batchId": batch["batchId"]})
    return [one["data"]["deviceTalkInfo"]["msgType"] for one in batch["event"]]


async def test_calls(sim: Simulator, teams: Api) -> None:
    """Answer, hang up, decline; each has its effect and is told."""
    account = sim.account("teams")
    calls = {"subscribeType": 1, "msgType": ["Msg140001"]}
    await teams.data("rawmsg/v1/mq/subscribe", calls)
    users = await teams.data("platform/v1/users/get", {"pageIndex": 1, "pageSize": 9})
    user = users["user"][0]["id"]

    async def respond(call: str, status: object, **more: object) -> str:
        body = {"recordId": call, "status": status, "userId": user} | more
        return await teams.code("devcall/v1/call/receive", body)

    first = account.happen.ring()
    assert await respond(first, 3) == "VMS022553"
    assert await respond(first, 1, userId="no") == "VMS003002"
    assert await respond(first, 1) == "0"
    assert await respond(first, 1) == await respond(first, 2) == "VMS038027"
    sim.clock.shift(60)
    assert await phases(teams) == [0, 1]
    assert await respond(first, "3") == "0"
    assert await respond(first, 3) == "VMS038029"
    assert await phases(teams) == [2]

    second = account.happen.ring()
    assert await respond(second, "2", userId=account.user_id) == "0"
    assert await respond(second, 1) == "VMS038029"
    third = account.happen.ring()
    sim.clock.shift(31)
    assert await respond(third, 1) == "VMS038029"
    assert await phases(teams) == [0, 3, 0, 3]

    assert await respond("no", 1) == "VMS038019"
    assert await respond(first, 4) == "OPEN000010"
    assert await respond(first, 1, userId="") == "OPEN000010"
