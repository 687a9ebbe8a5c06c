"""Persons of the reference ("Person Management Services")."""

from ... import checks
from ...call import Call, Kind, Page, page_reader, without_empty
from ...errors import FieldInvalid
from ...models.people import (
    AddedPerson,
    Card,
    Gender,
    Person,
    PersonRequest,
    PersonSearch,
    QuickPersonRequest,
)
from ...row import Row
from .credentials import encoded
from .platform import PAGE_SIZE


def add(person: PersonRequest) -> Call[AddedPerson]:
    """Add a person ("Add Person").

    Raises `AlreadyExists` for a card number that somebody has, `NotFound` for an
    unknown group.
    """
    _refuse_unkept(person)
    return Call(
        "person/v1/persons/add",
        _read_added,
        without_empty(
            personName=_name(person),
            groupId=checks.text("group_id", person.group_id, 64),
            phoneNo=person.phone,
            email=person.email,
            cardNo=person.card,
        ),
        Kind.WRITE,
    )


def quick_add(request: QuickPersonRequest) -> Call[AddedPerson]:
    """Add a person with photo, card and access levels ("Quick Add Person").

    Phone, email and PIN have no place here and are refused. Raises `PhotoRefused`,
    `AlreadyExists`.
    """
    person = request.person
    _refuse_unkept(person)
    _refuse("phone", person.phone)
    _refuse("email", person.email)
    _refuse("pin", request.pin)
    levels = [checks.text("level_ids", level, 64) for level in request.level_ids]
    return Call(
        "person/v1/persons/quick/add",
        _read_added,
        without_empty(
            personName=_name(person),
            groupId=checks.text("group_id", person.group_id, 64),
            photoBase64=encoded(request.photo) if request.photo else None,
            cardNo=person.card,
            accessLevelIds=levels,
        ),
        Kind.WRITE,
    )


def search(page: int, search: PersonSearch | None = None) -> Call[Page[Person]]:
    """List the persons with a name, of a group, or all ("Search Persons")."""
    wanted = search or PersonSearch()
    _refuse("email", wanted.email)
    _refuse("phone", wanted.phone)
    return Call(
        "person/v1/persons/search",
        page_reader(_read_person, "list", size=PAGE_SIZE, total="total"),
        without_empty(
            keyword=wanted.name,
            groupId=wanted.group_id,
            pageNo=page,
            pageSize=PAGE_SIZE,
        ),
    )


def _name(person: PersonRequest) -> str:
    first_name = checks.text("first_name", person.first_name, 255)
    return f"{first_name} {person.last_name}".strip()


def _refuse_unkept(person: PersonRequest) -> None:
    _refuse("code", person.code)
    _refuse("gender", None if person.gender is Gender.UNKNOWN else person.gender)
    _refuse("description", person.description)
    _refuse("valid_from", person.valid_from)
    _refuse("valid_until", person.valid_until)


def _refuse(field: str, value: object) -> None:
    if value:
        raise FieldInvalid(field, "is not taken by this service")


def _read_added(answer: Row) -> AddedPerson:
    return AddedPerson(answer.text("personId"))


def _read_person(row: Row) -> Person:
    card = row.text_or_none("cardNo")
    return Person(
        id=row.text("personId", "id"),
        name=row.text_or_none("personName", "name") or "",
        group_id=row.text_or_none("groupId"),
        phone=row.text_or_none("phoneNo", "phone"),
        email=row.text_or_none("email"),
        cards=(Card(card),) if card else (),
    )
