"""Persons of teams (guide section 2.7)."""

import re
from typing import Final

from ... import checks
from ...call import Call, Kind, Page, nothing, page_reader, without_empty
from ...errors import FieldInvalid
from ...models.access import Failure
from ...models.people import (
    AddedPerson,
    Card,
    Fingerprint,
    Gender,
    Person,
    PersonRequest,
    PersonSearch,
    QuickPersonRequest,
)
from ...row import JsonObject, Row
from .. import ids
from .credentials import pin_code
from .inner import code_of, read_failures

PERSONS_AT_MOST: Final = 100
LAST_YEAR: Final = 2037
_NAMES_AT_MOST: Final = 255
_CODE: Final = re.compile(r"[A-Za-z0-9]{1,16}")


def search(page: int, search: PersonSearch | None = None) -> Call[Page[Person]]:
    """List the persons, or those who match, 100 to a page (section 2.7)."""
    wanted = search or PersonSearch()
    if wanted.group_id:
        raise FieldInvalid("group_id", "is no filter of this service")
    body: JsonObject = {"pageIndex": page, "pageSize": PERSONS_AT_MOST}
    if filters := without_empty(
        name=wanted.name, email=wanted.email, phone=wanted.phone
    ):
        body["filter"] = filters
    return Call("person/v1/persons/list", _read_persons, body)


def get(person_id: str) -> Call[Person]:
    """Read one person with cards, fingerprints and PIN (section 2.7).

    Raises `NotFound`.
    """
    return Call(
        "person/v1/persons/get",
        _read_person,
        {"personId": ids.plain("person_id", person_id)},
    )


def add(person: PersonRequest) -> Call[AddedPerson]:
    """Add a person (section 2.7).

    Raises `NotFound` for a foreign group, `AlreadyExists` for a code that somebody
    has, `LimitReached`.
    """
    body = {**_identity(person), "personCode": _code(person), **_details(person)}
    return Call("person/v1/persons/add", _read_added, body, Kind.WRITE)


def quick_add(request: QuickPersonRequest) -> Call[AddedPerson]:
    """Add a person with photo, PIN and access levels (section 2.7).

    The person may have been made although a part failed: see `failures`.
    """
    person, levels = request.person, request.level_ids
    body = without_empty(
        personInfo={
            **_identity(person),
            **_details(person),
            "personCode": _code(person),
        },
        pinCode=pin_code(request.pin) if request.pin else None,
        photoData=request.photo.base64 if request.photo else None,
        aceessLevelList=ids.some_plain("level_ids", levels) if levels else None,
    )
    return Call("person/v1/persons/quick/add", _read_added, body, Kind.WRITE)


def update(person_id: str, person: PersonRequest) -> Call[None]:
    """Change a person (section 2.7); the code must be the one that the person has.

    Raises `NotFound`, and `InvalidRequest` for another code.
    """
    body = {
        **_identity(person),
        **_details(person),
        "personCode": _code(person),
        "personId": ids.plain("person_id", person_id),
    }
    return Call("person/v1/persons/update", nothing, body, Kind.WRITE)


def delete(person_ids: tuple[str, ...]) -> Call[None]:
    """Delete persons, here and on the devices (section 2.7)."""
    persons = ",".join(ids.some_plain("person_ids", person_ids))
    return Call("person/v1/persons/delete", nothing, {"personId": persons}, Kind.WRITE)


def _identity(person: PersonRequest) -> JsonObject:
    first = checks.text("first_name", person.first_name, _NAMES_AT_MOST)
    last = checks.text("last_name", person.last_name, _NAMES_AT_MOST)
    if len(first) + len(last) > _NAMES_AT_MOST:
        raise FieldInvalid(
            "last_name", f"and first name have at most {_NAMES_AT_MOST} characters"
        )
    return {
        "groupId": ids.plain("group_id", person.group_id),
        "firstName": first,
        "lastName": last,
        "gender": int(person.gender),
    }


def _details(person: PersonRequest) -> JsonObject:
    if person.card:
        raise FieldInvalid("card", "is not taken here by this service; use set_cards")
    if person.valid_from is None:
        raise FieldInvalid("valid_from", "must be given")
    if person.valid_until is None:
        raise FieldInvalid("valid_until", "must be given")
    starts = checks.iso("valid_from", person.valid_from)
    ends = checks.iso("valid_until", person.valid_until)
    checks.order("valid_until", person.valid_from, person.valid_until)
    if person.valid_until.year > LAST_YEAR:
        raise FieldInvalid("valid_until", f"must end in {LAST_YEAR} at the latest")
    return without_empty(
        phone=checks.text_or_none("phone", person.phone, 32),
        email=checks.text_or_none("email", person.email, 64),
        description=checks.text_or_none("description", person.description, 128),
        startDate=starts,
        endDate=ends,
    )


def _code(person: PersonRequest) -> str:
    if person.code is None or not _CODE.fullmatch(person.code):
        raise FieldInvalid("code", "must be 1 to 16 letters and digits")
    return person.code


def _read_added(answer: Row) -> AddedPerson:
    levels = answer.row("accessLevelFailed")
    return AddedPerson(
        answer.text("personId"),
        answer.text_or_none("personCode"),
        (
            *_failed_part("access_level", levels),
            *read_failures(
                levels,
                "access_level",
                "personAccessLevelFailedList",
                "accessLevelId",
                "accessLevelName",
            ),
            *_failed_part("pin", answer.row("pinCodeFailed")),
            *_failed_part("photo", answer.row("photoFailed")),
        ),
    )


def _failed_part(part: str, row: Row) -> tuple[Failure, ...]:
    code = code_of(row)
    return (Failure(part, code),) if code else ()


def _read_person(row: Row) -> Person:
    info = row.row("personInfo") if row.first("personInfo") is not None else row
    names = (info.text_or_none("firstName"), info.text_or_none("lastName"))
    return Person(
        id=info.text("personId", "id"),
        name=" ".join(filter(None, names)),
        group_id=info.text_or_none("groupId"),
        first_name=names[0],
        last_name=names[1],
        code=info.text_or_none("personCode"),
        gender=Gender(info.text_or_none("gender") or ""),
        phone=info.text_or_none("phone"),
        email=info.text_or_none("email"),
        description=info.text_or_none("description"),
        valid_from=info.moment_or_none("startDate"),
        valid_until=info.moment_or_none("endDate"),
        photo_url=info.text_or_none("headPicUrl"),
        cards=tuple(row.list_or_empty(_read_card, "cardList")),
        fingerprints=tuple(row.list_or_empty(_read_finger, "fingerList")),
        pin=_read_pin(row),
    )


_read_listed: Final = page_reader(
    _read_person, "personList", "list", size=PERSONS_AT_MOST
)


def _read_persons(answer: Row) -> Page[Person]:
    """Read a page; without anybody the service leaves the list out."""
    return _read_listed(answer if answer.fields else Row({"personList": []}))


def _read_pin(row: Row) -> str | None:
    """Read the PIN; the guide draws it as a list where persons are listed."""
    pin = row.first("pinCode")
    return None if isinstance(pin, list) else row.text_or_none("pinCode")


def _read_card(row: Row) -> Card:
    return Card(number=row.text("cardNo"), id=row.text_or_none("id", "cardId"))


def _read_finger(row: Row) -> Fingerprint:
    return Fingerprint(
        name=row.text_or_none("name") or "",
        data=row.text_or_none("data") or "",
        id=row.text_or_none("id"),
    )
