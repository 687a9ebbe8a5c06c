"""Person Management Services of the reference.

The contract shows one field of a row, ``groupName``, in an example. Our assumption:
rows have the names of the requests, ``groupId`` and ``groupName``; ``personId``,
``personName``, ``groupId``, ``phoneNo``, ``email``, ``cardNo`` and
``accessLevelIds``. A keyword is looked for in names, and of people also in phone
number, e-mail address and card number; a group includes those below it. Of a photo
the contract wants a JPEG or PNG of 640x480 (either way up) in 200 KB of base64; the
simulator finds a face in any picture, so 0x6003 never comes.
"""

from typing import Any

from simulator.contract import Json, ListOf, Refusal, Request, Text, may, need
from simulator.photos import LIMIT, NotAPicture, read_photo
from simulator.world.people import Person, PersonGroup

from .api import ID, PAGING, api, page
from .levels import known_levels
from .rules import rules

BAD_PHOTO = "0x6001"
SMALLEST = (480, 640)
NAME = need("personName", Text())
GROUP = need("groupId", ID)
CARD = may("cardNo", Text(), "")


@api.post("person/v1/groups/search", may("keyword", Text(), ""), *PAGING)
def groups(request: Request) -> Json:
    """List groups."""
    keyword = request.body["keyword"].lower()
    found = request.account.world.people.groups.values()
    return page(
        (one for one in found if keyword in one.name.lower()), group_row, request.body
    )


@api.post(
    "person/v1/persons/add",
    NAME,
    GROUP,
    may("phoneNo", Text(), ""),
    may("email", Text(), ""),
    CARD,
)
def add(request: Request) -> Json:
    """Add somebody."""
    body = request.body
    more = {"phone": body["phoneNo"], "email": body["email"]}
    return {"personId": _add(request, **more).id}


@api.post("person/v1/persons/photo", need("personId", ID), need("photoBase64", Text()))
def photo(request: Request) -> Json:
    """Take a face picture."""
    people, body = request.account.world.people, request.body
    with rules():
        people.find(body["personId"])
        people.change(body["personId"], photo=_read_photo(body["photoBase64"]))
    return None


@api.post(
    "person/v1/persons/quick/add",
    NAME,
    GROUP,
    may("photoBase64", Text()),
    CARD,
    may("accessLevelIds", ListOf(Text()), []),
)
def quick_add(request: Request) -> Json:
    """Add somebody with picture and access levels: all of it or nothing."""
    body = request.body
    levels = known_levels(request.account.world, body["accessLevelIds"])
    picture = _read_photo(body["photoBase64"]) if body["photoBase64"] else b""
    return {"personId": _add(request, levels=levels, photo=picture).id}


@api.post(
    "person/v1/persons/search",
    may("keyword", Text(), ""),
    may("groupId", ID),
    *PAGING,
)
def search(request: Request) -> Json:
    """List people."""
    keyword = request.body["keyword"].lower()
    found = (
        one for one in in_group(request) if any(keyword in text for text in _texts(one))
    )
    return page(found, person_row, request.body)


def in_group(request: Request) -> list[Person]:
    """Return everybody, or those in the group of the body and below it."""
    people, group = request.account.world.people, request.body["groupId"]
    if not group:
        return list(people.values())
    with rules():
        people.group(group)
    inside = people.below(group)
    return [one for one in people.values() if one.group in inside]


def group_row(group: PersonGroup) -> dict[str, Any]:
    """Return a row of Search Person Groups."""
    return {"groupId": group.id, "groupName": group.name}


def person_row(person: Person) -> dict[str, Any]:
    """Return a row of Search Persons."""
    return {
        "personId": person.id,
        "personName": person.name,
        "groupId": person.group,
        "phoneNo": person.phone,
        "email": person.email,
        "cardNo": person.card,
        "accessLevelIds": list(person.levels),
    }


def _add(request: Request, **more: Any) -> Person:
    body = request.body
    first, _, last = body["personName"].partition(" ")
    with rules():
        return request.account.world.people.add(
            first_name=first,
            last_name=last,
            group=body["groupId"],
            cards=(body["cardNo"],) if body["cardNo"] else (),
            **more,
        )


def _texts(person: Person) -> tuple[str, ...]:
    texts = (person.name, person.phone, person.email, person.card)
    return tuple(one.lower() for one in texts)


def _read_photo(text: str) -> bytes:
    if len(text) > LIMIT:
        raise Refusal(BAD_PHOTO)
    try:
        picture = read_photo(text)
    except NotAPicture:
        raise Refusal(BAD_PHOTO) from None
    short, long = sorted((picture.width, picture.height))
    if short < SMALLEST[0] or long < SMALLEST[1]:
        raise Refusal(BAD_PHOTO)
    return picture.jpeg
