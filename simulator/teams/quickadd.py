"""Adding somebody with levels, PIN and picture in one call (guide 5.8.15).

The person is added whenever the basic facts are right; what else could not be taken
is told beside the id. The contract spells one field "aceessLevelList".
"""

from typing import Any

from simulator.contract import Json, ListOf, Refusal, Request, Text, group, may, need
from simulator.world import World
from simulator.world.people import Broken, Person

from .api import api
from .credentials import check_pin
from .levels import LongId, all_known
from .people import BASE, facts, read_jpeg
from .rules import CODES, rules


@api.post(
    "person/v1/persons/quick/add",
    need("personInfo", group(*BASE)),
    may("aceessLevelList", ListOf(LongId()), []),
    may("pinCode", Text(), ""),
    may("photoData", Text()),
)
def quick_add(request: Request) -> Json:
    """Add somebody, and as much of the rest as is right."""
    world, body = request.account.world, request.body
    check_pin(body["pinCode"])
    with rules():
        person = world.people.add(**facts(world.people, body["personInfo"], None))
    answer: dict[str, Any] = {"personId": person.id}
    answer |= _levels(world, person, body["aceessLevelList"])
    try:
        world.people.change(person.id, pin=body["pinCode"])
    except Broken as broken:
        answer["pinCodeFailed"] = _failed(person, CODES[broken.rule])
    if body["photoData"]:
        try:
            world.people.change(person.id, photo=read_jpeg(body["photoData"]))
        except Refusal as refusal:
            answer["photoFailed"] = _failed(person, refusal.code)
    return answer


def _levels(world: World, person: Person, listed: list[str]) -> dict[str, Any]:
    levels = tuple(one for one in world.levels if one in listed)
    world.people.change(person.id, levels=levels)
    if not (failed := all_known(world, person, listed)):
        return {}
    return {
        "accessLevelFailed": {"errorCode": "0", "personAccessLevelFailedList": failed}
    }


def _failed(person: Person, code: str) -> dict[str, str]:
    """Return a CommonFailed (A.3.63)."""
    return {"personId": person.id, "message": "failed", "errorCode": code}
