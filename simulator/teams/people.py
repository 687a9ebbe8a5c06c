"""Persons (guide 5.8.5 to 5.8.7 and 5.8.13 to 5.8.17).

As live servers do: an empty last name is refused although the guide's example has
one, ``personCode`` cannot be changed, and ``accessLevelIds`` in an update is dropped
in silence. What the guide leaves open: an update keeps what is not given or empty,
``persons/get`` takes both the table's ``Id`` and the example's ``personId``, and
``persons/list`` answers ``personList`` with ``totalNum``, as clients read it.
"""

from base64 import b64encode
from datetime import timedelta
import re
from typing import Any

from simulator.contract import (
    IsoTime,
    Json,
    ListOf,
    Problem,
    Refusal,
    Request,
    Text,
    Whole,
    group,
    may,
    need,
)
from simulator.photos import NotAPicture, read_photo
from simulator.qr import qr_png
from simulator.world.people import People, Person

from .api import PAGE, api, milliseconds, number, spelled
from .rules import PARAMETER, rules

PHOTO_LIFE = timedelta(days=1)
LAST_YEAR = 2037
BAD_CODE = "CCF038016"
BAD_NAME = "CCF038017"
BAD_EMAIL = "CCF038019"
BAD_PHONE = "CCF038020"
BAD_VALIDITY = "CCF038022"
EMAIL_TAKEN = "CCF038052"
PHONE_TAKEN = "CCF038089"
BAD_PHOTO = "CCF038062"
NO_LEVEL = "CCF038007"

BASE = (
    need("groupId", Text()),
    need("personCode", Text()),
    need("firstName", Text(255)),
    need("lastName", Text(255)),
    need("gender", number(0, 2)),
    may("phone", Text(32)),
    may("email", Text(64)),
    may("description", Text(128)),
    need("startDate", IsoTime()),
    need("endDate", IsoTime()),
)
PERSON = need("personId", Text())


@api.post("person/v1/persons/add", *BASE)
def add(request: Request) -> Json:
    """Add somebody."""
    people = request.account.world.people
    with rules():
        person = people.add(**facts(people, request.body, None))
    return {"personId": person.id, "personCode": person.code}


@api.post(
    "person/v1/persons/update", PERSON, *BASE, may("accessLevelIds", ListOf(Text()))
)
def update(request: Request) -> Json:
    """Change the basic facts about somebody."""
    people, body = request.account.world.people, request.body
    with rules():
        person = people.find(body["personId"])
        if body["personCode"] != person.code:
            raise Refusal(PARAMETER)
        people.change(person.id, **facts(people, body, person))
    return None


@api.post("person/v1/persons/photo", PERSON, need("photoData", Text()))
def photo(request: Request) -> Json:
    """Take a face picture; a big one is made smaller."""
    people, body = request.account.world.people, request.body
    with rules():
        people.find(body["personId"])
        people.change(body["personId"], photo=read_jpeg(body["photoData"]))
    return None


@api.post("person/v1/persons/get", may("personId", Text()), may("Id", Text()))
def get(request: Request) -> Json:
    """Describe somebody with all credentials."""
    person_id = spelled(request.body, "personId", "Id")
    with rules():
        return person_row(request, request.account.world.people.find(person_id))


@api.post("person/v1/persons/delete", PERSON)
def delete(request: Request) -> Json:
    """Delete people by ids with commas between; an unknown one spoils it all."""
    ids = {one.strip() for one in request.body["personId"].split(",")}
    with rules():
        request.account.world.remove_people(ids)
    return None


@api.post(
    "person/v1/persons/list",
    PAGE,
    need("pageSize", Whole(1, 100, digits=True, problem=Problem.PAGE_SIZE)),
    may("filter", group(*(may(one, Text(), "") for one in ("name", "email", "phone")))),
)
def search(request: Request) -> Json:
    """List people whose name, e-mail address and phone number hold some texts."""
    body = request.body
    wanted = {name: text.lower() for name, text in (body["filter"] or {}).items()}
    found = [
        one
        for one in request.account.world.people.values()
        if all(text in getattr(one, name).lower() for name, text in wanted.items())
    ]
    index, size = body["pageIndex"], body["pageSize"]
    rows = found[(index - 1) * size : index * size]
    return {
        "totalNum": len(found),
        "pageIndex": index,
        "pageSize": size,
        "personList": [person_row(request, one) for one in rows],
    }


@api.post("person/v1/persons/qrcode", PERSON, need("clientLocalTime", IsoTime()))
def qrcode(request: Request) -> Json:
    """Give somebody's QR code as a PNG; without access levels there is none."""
    with rules():
        person = request.account.world.people.find(request.body["personId"])
    if not person.levels:
        raise Refusal(NO_LEVEL)
    moment = milliseconds(request.body["clientLocalTime"])
    code = qr_png(f"HCC-PERSON:{person.id}:{moment}")
    return {"qrCodeData": b64encode(code).decode()}


def facts(
    people: People, body: dict[str, Any], person: Person | None
) -> dict[str, Any]:
    """Return the fields of `Person` in a body, or refuse what is wrong with them."""
    if not re.fullmatch(r"[A-Za-z0-9]{1,16}", body["personCode"]):
        raise Refusal(BAD_CODE)
    if len(body["firstName"] + body["lastName"]) > 255:
        raise Refusal(BAD_NAME)
    if body["startDate"] >= body["endDate"] or body["endDate"].year > LAST_YEAR:
        raise Refusal(BAD_VALIDITY)
    _check_contact(people, body, person)
    names = {
        "group": "groupId",
        "code": "personCode",
        "first_name": "firstName",
        "last_name": "lastName",
        "gender": "gender",
        "phone": "phone",
        "email": "email",
        "description": "description",
        "starts": "startDate",
        "ends": "endDate",
    }
    fields = {name: body[field] for name, field in names.items()}
    return {name: value for name, value in fields.items() if value is not None}


def read_jpeg(text: str) -> bytes:
    """Return the JPEG to keep of a base64 picture."""
    try:
        return read_photo(text).jpeg
    except NotAPicture:
        raise Refusal(BAD_PHOTO) from None


def person_row(request: Request, person: Person) -> dict[str, Any]:
    """Return somebody as ``persons/get`` does (PersonInfo(1), Card(2), Finger(2))."""
    return {
        "personInfo": {
            "personId": person.id,
            "groupId": person.group,
            "firstName": person.first_name,
            "lastName": person.last_name,
            "gender": person.gender,
            "phone": person.phone,
            "email": person.email,
            "description": person.description,
            "startDate": milliseconds(person.starts),
            "endDate": milliseconds(person.ends),
            "personCode": person.code,
            "headPicUrl": photo_url(request, person),
        },
        "cardList": [{"id": one.id, "cardNo": one.number} for one in person.cards],
        "fingerList": [
            {"id": one.id, "name": one.name, "data": one.data} for one in person.fingers
        ],
        "pinCode": person.pin,
    }


def photo_url(request: Request, person: Person) -> str:
    """Return the URL of the face picture, empty if there is none."""
    if not person.photo:
        return ""
    return request.services.publish(lambda: person.photo, "jpeg", PHOTO_LIFE)


def _check_contact(people: People, body: dict[str, Any], person: Person | None) -> None:
    email, phone = body["email"], body["phone"]
    if email and not re.fullmatch(r"[^@\s]+@[^@\s]+", email):
        raise Refusal(BAD_EMAIL)
    if phone and not re.fullmatch(r"\+?[\d ()-]+", phone):
        raise Refusal(BAD_PHONE)
    others = people.others(person.id if person else "")
    if email and any(one.email.lower() == email.lower() for one in others):
        raise Refusal(EMAIL_TAKEN)
    if phone and any(one.phone == phone for one in others):
        raise Refusal(PHONE_TAKEN)
