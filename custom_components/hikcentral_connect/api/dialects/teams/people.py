"""Person services of teams (guide section 2.7)."""

from base64 import b64decode
import binascii
from datetime import datetime
import re
from typing import Final

from ... import checks
from ...call import Call, Kind, Page, nothing, page_reader, without_empty
from ...errors import BadAnswer, FieldInvalid
from ...models.access import Failure
from ...models.people import (
    AddedPerson,
    Card,
    Fingerprint,
    FingerprintSample,
    Gender,
    Person,
    PersonGroup,
    PersonRequest,
    PersonSearch,
    Photo,
    QuickPersonRequest,
)
from ...row import JsonObject, Row
from .access import identities, identity, read_failures, told
from .inner import code_of, raise_failed

PERSONS_AT_MOST: Final = 100
ROOT_GROUP: Final = "1"
"""Id of the group at the root of every account."""

LAST_YEAR: Final = 2037
CREDENTIALS_AT_MOST: Final = 2
_NAMES_AT_MOST: Final = 255
_CODE: Final = re.compile(r"[A-Za-z0-9]{1,16}")
_PIN: Final = re.compile(r"[0-9]{4,8}")
_HEX: Final = re.compile(r"[0-9A-Fa-f]{1,1024}")


def groups(page: int, keyword: str | None = None) -> Call[Page[PersonGroup]]:
    """List all person groups, or those with `keyword` in their name (section 2.7).

    The keyword has at most 64 characters. The service has no pages here: there is one.
    """

    def read(answer: Row) -> Page[PersonGroup]:
        found = _read_groups(answer)
        return Page(found, rows=len(found), size=len(found), more=False)

    name = checks.text("keyword", keyword, 64) if keyword else None
    body = without_empty(groupName=name, depthTraversal=True)
    return Call("person/v1/groups/search", read, body)


def subgroups(parent_id: str, deep: bool = False) -> Call[list[PersonGroup]]:
    """List a group and those below it, one level or all with `deep` (section 2.7)."""
    return Call(
        "person/v1/groups/search",
        _read_groups,
        {"parentGroupId": identity("parent_id", parent_id), "depthTraversal": deep},
    )


def groups_by_id(group_ids: tuple[str, ...]) -> Call[list[PersonGroup]]:
    """Read the groups with these ids, one at least (section 2.7)."""
    return Call(
        "person/v1/groups/search",
        _read_groups,
        {"groupIdList": identities("group_ids", group_ids)},
    )


def add_group(
    name: str, description: str | None = None, area_id: str | None = None
) -> Call[str]:
    """Make a person group and return its id (guide section 2.7).

    The name has at most 64 characters, the description 128.
    """
    return Call(
        "person/v1/groups/add",
        lambda answer: answer.text("groupId"),
        without_empty(
            description=_optional("description", description, 128),
            groupName=checks.text("name", name, 64),
            areaId=_optional("area_id", area_id, 64),
        ),
        Kind.WRITE,
    )


def update_group(
    group_id: str,
    name: str | None = None,
    description: str | None = None,
    area_id: str | None = None,
    parent_id: str | None = None,
) -> Call[None]:
    """Change what is given of a group; the rest stays (section 2.7)."""
    return Call(
        "person/v1/groups/update",
        nothing,
        without_empty(
            groupId=identity("group_id", group_id),
            groupName=_optional("name", name, 64),
            description=_optional("description", description, 128),
            areaId=_optional("area_id", area_id, 64),
            parentId=_optional("parent_id", parent_id, 64),
        ),
        Kind.WRITE,
    )


def delete_group(group_id: str) -> Call[None]:
    """Delete a group (section 2.7).

    The root is refused here: deleting it would delete every group.
    """
    group = identity("group_id", group_id)
    if group == ROOT_GROUP:
        raise FieldInvalid("group_id", "is the root group, which cannot be deleted")
    return Call("person/v1/groups/delete", nothing, {"groupId": group}, Kind.WRITE)


def add(person: PersonRequest) -> Call[AddedPerson]:
    """Add a person (section 2.7).

    Raises `NotFound` for a foreign group, `AlreadyExists` for a code that somebody
    has, `LimitReached`.
    """
    body = {**_identity(person), "personCode": _code(person), **_details(person)}
    return Call("person/v1/persons/add", _read_added, body, Kind.WRITE)


def update(person_id: str, person: PersonRequest) -> Call[None]:
    """Change a person (section 2.7); the code must be the one that the person has.

    Raises `NotFound`, and `InvalidRequest` for another code.
    """
    body = {
        **_identity(person),
        **_details(person),
        "personCode": _code(person),
        "personId": identity("person_id", person_id),
    }
    return Call("person/v1/persons/update", nothing, body, Kind.WRITE)


def set_photo(person_id: str, photo: Photo) -> Call[None]:
    """Set the face picture (section 2.7). Raises `PhotoRefused`, `NotFound`."""
    return Call(
        "person/v1/persons/photo",
        nothing,
        {"personId": identity("person_id", person_id), "photoData": photo.base64},
        Kind.WRITE,
    )


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
        pinCode=_pin(request.pin) if request.pin else None,
        photoData=request.photo.base64 if request.photo else None,
        aceessLevelList=identities("level_ids", levels) if levels else None,
    )
    return Call("person/v1/persons/quick/add", _read_added, body, Kind.WRITE)


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
    return Call("person/v1/persons/get", _read_person, _person(person_id))


def delete(person_ids: tuple[str, ...]) -> Call[None]:
    """Delete persons, here and on the devices (section 2.7)."""
    persons = ",".join(identities("person_ids", person_ids))
    return Call("person/v1/persons/delete", nothing, {"personId": persons}, Kind.WRITE)


def qr_code(person_id: str, now: datetime) -> Call[bytes]:
    """Read the picture of a person's QR code (guide section 2.7).

    `now` is the present in the zone of the site. A dynamic code dies after 60 seconds
    or when the next one is used.
    """
    return Call(
        "person/v1/persons/qrcode",
        _read_qr_code,
        {**_person(person_id), "clientLocalTime": checks.iso("now", now)},
        Kind.PICTURE,
    )


def set_cards(person_id: str, cards: tuple[Card, ...]) -> Call[tuple[Failure, ...]]:
    """Let a person have exactly these cards, 2 at most, or none (section 2.7).

    A number has at most 20 characters. Returns the cards that failed; the failure of
    the only one is raised: `AlreadyExists`, `InvalidRequest`.
    """
    checks.within("cards", len(cards), 0, CREDENTIALS_AT_MOST)
    rows = [
        without_empty(id=card.id, cardNo=checks.text("cards", card.number, 20))
        for card in cards
    ]
    return Call(
        "person/v1/persons/updatecards",
        lambda answer: told(_read_failed_cards(answer), len(cards)),
        without_empty(**_person(person_id), cardList=rows),
        Kind.WRITE,
    )


def set_fingerprints(
    person_id: str, fingerprints: tuple[Fingerprint, ...]
) -> Call[tuple[Failure, ...]]:
    """Let a person have exactly these fingerprints, 2 at most, or none (section 2.7).

    A name has at most 32 characters, the data 1024 hexadecimal ones. Returns the
    fingerprints that failed; the failure of the only one is raised.
    """
    checks.within("fingerprints", len(fingerprints), 0, CREDENTIALS_AT_MOST)
    return Call(
        "person/v1/persons/updatefingers",
        lambda answer: told(_read_failed_fingers(answer), len(fingerprints)),
        without_empty(
            **_person(person_id), fingerList=[_finger(one) for one in fingerprints]
        ),
        Kind.WRITE,
    )


def set_pin(person_id: str, pin: str | None) -> Call[None]:
    """Set the PIN that opens doors, 4 to 8 digits, or take it away (section 2.7)."""
    return Call(
        "person/v1/persons/updatepincode",
        nothing,
        without_empty(**_person(person_id), pinCode=None if pin is None else _pin(pin)),
        Kind.WRITE,
    )


def collect_card(device_serial: str) -> Call[str]:
    """Let a device read a card and return its number (section 2.7).

    Raises `DeviceBusy` when nobody shows a card, `DeviceRefused`, `NotFound`.
    """
    return Call(
        "person/v1/persons/cardcollect",
        lambda answer: answer.text("cardNo"),
        _collector(device_serial),
        Kind.COMMAND,
    )


def collect_fingerprint(device_serial: str) -> Call[FingerprintSample]:
    """Let a device read a fingerprint (section 2.7).

    Raises `DeviceBusy` when nobody shows a finger, `DeviceRefused`, `NotFound`.
    """
    return Call(
        "person/v1/persons/fingercollect",
        lambda answer: FingerprintSample(
            answer.text("fingerData"), answer.integer_or_none("fingerQuality")
        ),
        _collector(device_serial),
        Kind.COMMAND,
    )


def _optional(field: str, value: str | None, longest: int) -> str | None:
    return checks.text(field, value, longest) if value else None


def _person(person_id: str) -> JsonObject:
    return {"personId": identity("person_id", person_id)}


def _collector(device_serial: str) -> JsonObject:
    return {"deviceSerial": checks.text("device_serial", device_serial, 64)}


def _identity(person: PersonRequest) -> JsonObject:
    first = checks.text("first_name", person.first_name, _NAMES_AT_MOST)
    last = checks.text("last_name", person.last_name, _NAMES_AT_MOST)
    if len(first) + len(last) > _NAMES_AT_MOST:
        raise FieldInvalid(
            "last_name", f"and first name have at most {_NAMES_AT_MOST} characters"
        )
    return {
        "groupId": identity("group_id", person.group_id),
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
        phone=_optional("phone", person.phone, 32),
        email=_optional("email", person.email, 64),
        description=_optional("description", person.description, 128),
        startDate=starts,
        endDate=ends,
    )


def _code(person: PersonRequest) -> str:
    if person.code is None or not _CODE.fullmatch(person.code):
        raise FieldInvalid("code", "must be 1 to 16 letters and digits")
    return person.code


def _pin(pin: str) -> str:
    if not _PIN.fullmatch(pin):
        raise FieldInvalid("pin", "must be 4 to 8 digits")
    return pin


def _finger(finger: Fingerprint) -> JsonObject:
    if not _HEX.fullmatch(finger.data):
        raise FieldInvalid("fingerprints", "must be 1 to 1024 hexadecimal characters")
    return without_empty(
        id=finger.id,
        data=finger.data,
        name=checks.text("fingerprints", finger.name, 32),
    )


def _read_groups(answer: Row) -> list[PersonGroup]:
    return answer.list_or_empty(_read_group, "personGroupList", "list")


def _read_group(row: Row) -> PersonGroup:
    own_id = row.text("groupId")
    return PersonGroup(
        id=own_id,
        name=row.text_or_none("groupName") or own_id,
        parent_id=row.text_or_none("parentId"),
        description=row.text_or_none("description"),
        path=row.text_or_none("groupFullPath"),
        has_children=row.flag_or_none("childNodeExist"),
        permitted=row.flag_or_none("permissionState"),
        area_ids=tuple(row.list_or_empty(lambda area: area.text("areaId"), "areaList")),
    )


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


def _read_failed_cards(answer: Row) -> tuple[Failure, ...]:
    failed = answer.row("cardFailed")
    rows = read_failures(failed, "card", "cardList", "cardId", "cardNo")
    if not rows:
        raise_failed(failed)
    return rows


def _read_failed_fingers(answer: Row) -> tuple[Failure, ...]:
    failed = answer.row("fingerFailed")
    rows = read_failures(failed, "fingerprint", "fingerList", "id", "failedName")
    if not rows:
        raise_failed(failed)
    return rows


def _read_qr_code(answer: Row) -> bytes:
    encoded = answer.text("qrCodeData")
    try:
        return b64decode(encoded.rpartition(",")[2], validate=True)
    except binascii.Error:
        raise BadAnswer("qrCodeData is not base64") from None


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
