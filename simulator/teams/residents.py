"""Residents: people who live in rooms (guide 5.6.3, 4.14, 4.15).

What the guide leaves open, and the simulator's choice:

* A search has ``searchCriteria`` in the table and ``searchRequest`` in the example:
  one of them is taken. ``language`` stands in the example of the update only; it is
  taken. Areas are strings, as in the examples.
* A new resident becomes a person of the root group unless a group is named; deleting
  a resident leaves the person, as the guide says.
* A room that is full becomes a row of ``failedResultList``; if there is no other room
  the call is refused. Anything else that is wrong refuses the whole call: VMS000003
  for an unknown room, VMS038011 for a second householder or a family member in a room
  without one, VMS038014 for somebody who lives there already.
* E-mail addresses of residents are their own (VMS038026).
"""

from typing import Any

from simulator.contract import (
    IsoTime,
    Json,
    ListOf,
    Mistake,
    Problem,
    Refusal,
    Request,
    Text,
    group,
    may,
    need,
)
from simulator.world import World
from simulator.world.homes import MOST_IN_A_ROOM, Role, Room
from simulator.world.people import Broken, Person, Rule

from .api import api, number, spelled
from .rooms import DIGITS, PAGING, WHERE, buildings_in, numbered, place_row

LANGUAGES = (
    *("en", "it", "es", "de", "fr", "pl", "nl", "pt", "ru", "tr", "ko", "zh_TW"),
    *("zh_CN", "th", "vi", "ja", "pt_BR", "ar", "id"),
)
LAST_YEAR = 2037
NO_ROOM = "VMS000003"
FULL = "VMS038005"
WRONG_ROLE = "VMS038011"
LIVES_THERE = "VMS038014"
EMAIL_TAKEN = "VMS038026"
NO_RESIDENT = "VMS038028"
NO_LEVEL = "VMS040016"
WRONG_CODE = "CCF038025"
BROKEN = {
    Rule.NO_GROUP: "CCF038009",
    Rule.NO_PERSON: "CCF038023",
    Rule.TOO_MANY: "CCF038029",
}

PERSON = group(
    may("id", Text()),
    may("personCode", Text()),
    may("groupId", Text()),
    need("firstName", Text(128)),
    need("lastName", Text(128)),
    need("gender", number(0, 2)),
    may("phone", Text(), ""),
    need("email", Text()),
    may("description", Text(), ""),
    need("startDate", IsoTime()),
    need("endDate", IsoTime()),
)
ROOM = group(
    need("roomId", Text()),
    may("roomName", Text()),
    may("roomNum", number()),
    need("buildId", Text()),
    may("buildName", Text()),
    need("areaId", Text()),
    may("areaName", Text()),
    need("accountType", number(0, 1)),
)
FIELDS = (
    need("personBaseInfo", PERSON),
    may("alIds", ListOf(Text())),
    need("roomList", ListOf(ROOM)),
    may("language", Text(choices=LANGUAGES), "en"),
)
CRITERIA = group(
    *WHERE,
    may("buildId", Text(64)),
    may(
        "filter",
        group(
            may("name", Text(), ""),
            may("roomNum", DIGITS),
            may("email", Text(), ""),
            may("phone", Text(), ""),
            may("type", number(0, 1)),
            may("isExpired", number(0, 1)),
        ),
    ),
)


@api.post(
    "vims/v1/person/search",
    *PAGING,
    may("searchCriteria", CRITERIA),
    may("searchRequest", CRITERIA),
)
def search(request: Request) -> Json:
    """List residents."""
    homes = request.account.world.homes
    wanted = spelled(request.body, "searchCriteria", "searchRequest")
    ids = {one.id for one in buildings_in(request.account.world, wanted)}
    if wanted["buildId"]:
        ids &= {wanted["buildId"]}
    there = {one.id for one in homes.rooms.values() if one.building.id in ids}
    rows = [
        resident_row(request, one)
        for one in homes.residents
        if there & homes.rooms_of(one.id).keys()
    ]
    if wanted["filter"]:
        rows = [one for one in rows if _fits(one, wanted["filter"])]
    return numbered("personList", rows, request.body)


@api.post("vims/v1/person/add", *FIELDS)
def add(request: Request) -> Json:
    """Let a new or a known person live in rooms."""
    world, who = request.account.world, request.body["personBaseInfo"]
    known = _known(world, who)
    mine = world.homes.rooms_of(known.id) if known else {}
    wanted = _rooms(world, request.body["roomList"], known)
    if wanted.keys() & mine.keys():
        raise Refusal(LIVES_THERE)
    full = {one for one in wanted if len(world.homes.living_in(one)) >= MOST_IN_A_ROOM}
    if full == wanted.keys():
        raise Refusal(FULL)
    person = _save(request, known)
    free = {key: role for key, role in wanted.items() if key not in full}
    world.homes.settle(person.id, mine | free)
    answer: dict[str, Any] = {"personId": person.id}
    if full:
        rooms = (world.homes.rooms[one] for one in wanted if one in full)
        answer["failedResultList"] = [_full_row(one) for one in rooms]
    return answer


@api.post("vims/v1/person/update", *FIELDS)
def update(request: Request) -> Json:
    """Change a resident; rooms that are not named are left."""
    world, who = request.account.world, request.body["personBaseInfo"]
    if not who["id"]:
        raise Mistake(Problem.MISSING, "id")
    if who["personCode"]:
        raise Refusal("CCF038016")
    if not (mine := world.homes.rooms_of(who["id"])) or who["id"] not in world.people:
        raise Refusal(NO_RESIDENT)
    person = world.people[who["id"]]
    wanted = _rooms(world, request.body["roomList"], person)
    for one in wanted.keys() - mine.keys():
        if len(world.homes.living_in(one)) >= MOST_IN_A_ROOM:
            raise Refusal(FULL)
    _save(request, person)
    world.homes.settle(person.id, wanted)
    return None


@api.post("vims/v1/person/delete", need("deleteList", ListOf(Text())))
def delete(request: Request) -> Json:
    """Let residents leave their rooms; an unknown one spoils the whole call."""
    homes, ids = request.account.world.homes, request.body["deleteList"]
    if not {one.id for one in homes.residents} >= set(ids):
        raise Refusal(NO_RESIDENT)
    for one in ids:
        homes.settle(one, {})
    return None


def resident_row(request: Request, person: Person) -> dict[str, Any]:
    """Return a Person (A.3.120)."""
    homes = request.account.world.homes
    rooms = homes.rooms_of(person.id)
    return {
        "personId": person.id,
        "firstName": person.first_name,
        "lastName": person.last_name,
        "phone": person.phone,
        "email": person.email,
        "isExpired": int(request.services.clock.now() > person.ends),
        "photoUrl": "",
        "headPicUrl": "",
        "roomList": [
            place_row(homes.rooms[key]) | {"accountType": int(role)}
            for key, role in rooms.items()
        ],
    }


def _known(world: World, who: dict[str, Any]) -> Person | None:
    """Return the person to be a resident, None for a new one."""
    if not who["id"]:
        if who["personCode"]:
            raise Refusal("CCF038016")
        return None
    if who["id"] not in world.people:
        raise Refusal("CCF038023")
    person = world.people[who["id"]]
    if who["personCode"] != person.code:
        raise Refusal(WRONG_CODE)
    return person


def _rooms(
    world: World, rows: list[dict[str, Any]], person: Person | None
) -> dict[str, Role]:
    """Return the roles by room, all of them possible."""
    if not rows:
        raise Mistake(Problem.MISSING, "roomList")
    wanted: dict[str, Role] = {}
    for row in rows:
        room = world.homes.rooms.get(row["roomId"])
        if not room or room.building.id != row["buildId"]:
            raise Refusal(NO_ROOM)
        if room.id in wanted:
            raise Refusal(LIVES_THERE)
        role = Role(row["accountType"])
        owner = world.homes.householder(room.id)
        others = owner is not None and (person is None or owner.id != person.id)
        if others is (role is Role.HOUSEHOLDER):
            raise Refusal(WRONG_ROLE)
        wanted[room.id] = role
    return wanted


def _save(request: Request, known: Person | None) -> Person:
    """Keep what was sent about the person."""
    world, who = request.account.world, request.body["personBaseInfo"]
    levels = tuple(request.body["alIds"] or ())
    if who["startDate"] >= who["endDate"] or who["endDate"].year > LAST_YEAR:
        raise Refusal("CCF038022")
    if not world.levels.keys() >= set(levels):
        raise Refusal(NO_LEVEL)
    if "@" not in who["email"]:
        raise Refusal("CCF038019")
    residents = (one for one in world.homes.residents if one is not known)
    if any(one.email == who["email"] for one in residents):
        raise Refusal(EMAIL_TAKEN)
    fields = {
        "first_name": who["firstName"],
        "last_name": who["lastName"],
        "gender": who["gender"],
        "phone": who["phone"],
        "email": who["email"],
        "description": who["description"],
        "starts": who["startDate"],
        "ends": who["endDate"],
    }
    if who["groupId"]:
        fields["group"] = who["groupId"]
    if request.body["alIds"] is not None:
        fields["levels"] = levels
    try:
        if known:
            return world.people.change(known.id, **fields)
        return world.people.add(**fields)
    except Broken as broken:
        raise Refusal(BROKEN.get(broken.rule, "CCF038031")) from None


def _full_row(room: Room) -> dict[str, Any]:
    """Return a FailedResult (A.3.94)."""
    return {
        "buildName": room.building.name,
        "roomNum": room.number,
        "roomName": room.name,
        "errorCode": FULL,
    }


def _fits(row: dict[str, Any], wanted: dict[str, Any]) -> bool:
    name = f"{row['firstName']} {row['lastName']}".lower()
    rooms = row["roomList"]
    return (
        wanted["name"].lower() in name
        and wanted["email"].lower() in row["email"].lower()
        and wanted["phone"] in row["phone"]
        and wanted["isExpired"] in (None, row["isExpired"])
        and any(
            wanted["roomNum"] in (None, str(one["roomNum"]))
            and wanted["type"] in (None, one["accountType"])
            for one in rooms
        )
    )
