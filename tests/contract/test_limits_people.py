"""Limits of persons: refused before anything is sent."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from custom_components.hikcentral_connect.api.call import Call
from custom_components.hikcentral_connect.api.dialects.reference import (
    credentials as ref_credentials,
    people as ref_people,
)
from custom_components.hikcentral_connect.api.dialects.teams import (
    credentials,
    people,
    person_groups,
)
from custom_components.hikcentral_connect.api.errors import (
    AlreadyExists,
    FieldInvalid,
    NotFound,
)
from custom_components.hikcentral_connect.api.models.people import (
    PHOTO_AT_MOST,
    Card,
    Fingerprint,
    Gender,
    PersonRequest,
    PersonSearch,
    Photo,
    QuickPersonRequest,
)
from custom_components.hikcentral_connect.api.row import Row

from .rows_people import ANN, ANN_ANSWER, ANN_READ, JANE, JOHN

STARTS = datetime(2026, 1, 1, tzinfo=UTC)
ENDS = datetime(2026, 1, 2, tzinfo=UTC)
NAIVE = datetime(2026, 1, 1)
PNG = b"\x89PNG\r\n\x1a\n"


def person(build: Callable[[PersonRequest], Any], **changes: Any) -> Any:
    """Build with a good person changed in one way."""
    base = JOHN if build is ref_people.add else ANN
    return build(replace(base, **changes))


TEAMS_PERSON = [
    ("group_id", {"group_id": " "}),
    ("group_id", {"group_id": "g/1"}),
    ("first_name", {"first_name": ""}),
    ("first_name", {"first_name": "a" * 256}),
    ("last_name", {"last_name": " "}),
    ("last_name", {"first_name": "a" * 128, "last_name": "b" * 128}),
    ("code", {"code": None}),
    ("code", {"code": "a" * 17}),
    ("code", {"code": "a-1"}),
    ("code", {"code": "é"}),
    ("phone", {"phone": "1" * 33}),
    ("email", {"email": "a" * 65}),
    ("description", {"description": "a" * 129}),
    ("card", {"card": "892"}),
    ("valid_from", {"valid_from": None}),
    ("valid_from", {"valid_from": NAIVE}),
    ("valid_until", {"valid_until": None}),
    ("valid_until", {"valid_until": NAIVE}),
    ("valid_until", {"valid_until": datetime(2025, 1, 1, tzinfo=UTC)}),
    ("valid_until", {"valid_until": datetime(2038, 1, 1, tzinfo=UTC)}),
]
REFERENCE_PERSON = [
    ("group_id", {"group_id": ""}),
    ("first_name", {"first_name": " "}),
    ("code", {"code": "12"}),
    ("gender", {"gender": Gender.FEMALE}),
    ("description", {"description": "Shop"}),
    ("valid_from", {"valid_from": STARTS}),
    ("valid_until", {"valid_until": ENDS}),
]


@pytest.mark.parametrize(("field", "changes"), TEAMS_PERSON)
@pytest.mark.parametrize(
    "build",
    [
        people.add,
        lambda one: people.update("501", one),
        lambda one: people.quick_add(QuickPersonRequest(one)),
    ],
    ids=["add", "update", "quick_add"],
)
def test_person_of_teams(
    build: Callable[[PersonRequest], Any], field: str, changes: dict[str, Any]
) -> None:
    """Every way to write a person checks every field of it."""
    with pytest.raises(FieldInvalid) as raised:
        person(build, **changes)
    assert raised.value.field == field


@pytest.mark.parametrize(("field", "changes"), REFERENCE_PERSON)
def test_person_of_the_reference(field: str, changes: dict[str, Any]) -> None:
    """What the reference cannot keep is refused, not dropped."""
    with pytest.raises(FieldInvalid) as raised:
        person(ref_people.add, **changes)
    assert raised.value.field == field


def test_longest_person_passes() -> None:
    """The limits themselves are allowed."""
    body = person(
        people.add,
        first_name="a" * 127,
        last_name="b" * 128,
        code="A1" * 8,
        phone="1" * 32,
        email="e" * 64,
        description="d" * 128,
        valid_until=datetime(2037, 12, 31, tzinfo=UTC),
    ).body
    assert body["personCode"] == "A1" * 8
    assert body["endDate"] == "2037-12-31T00:00:00+00:00"


REFUSED: list[tuple[str, Callable[[], object]]] = [
    ("photo", lambda: Photo(b"GIF89a")),
    ("photo", lambda: Photo(b"")),
    ("photo", lambda: Photo(PNG.ljust(PHOTO_AT_MOST + 1, b"\0"))),
    ("photo", lambda: ref_credentials.set_photo("1", Photo(PNG.ljust(153_601, b"0")))),
    ("person_id", lambda: credentials.set_photo("", Photo(PNG))),
    ("person_id", lambda: ref_credentials.set_photo(" ", Photo(PNG))),
    ("pin", lambda: credentials.set_pin("501", "123")),
    ("pin", lambda: credentials.set_pin("501", "123456789")),
    ("pin", lambda: credentials.set_pin("501", "12a4")),
    ("pin", lambda: credentials.set_pin("501", "")),
    ("pin", lambda: credentials.set_pin("501", "٣٤٥٢")),
    ("pin", lambda: people.quick_add(QuickPersonRequest(ANN, pin="12"))),
    ("pin", lambda: ref_people.quick_add(replace(JANE, pin="1234"))),
    ("phone", lambda: ref_people.quick_add(QuickPersonRequest(JOHN))),
    (
        "email",
        lambda: ref_people.quick_add(
            QuickPersonRequest(PersonRequest("Jane", "group_001", email="a@b"))
        ),
    ),
    ("level_ids", lambda: ref_people.quick_add(replace(JANE, level_ids=("",)))),
    ("level_ids", lambda: people.quick_add(QuickPersonRequest(ANN, level_ids=("",)))),
    ("cards", lambda: credentials.set_cards("501", (Card("1"), Card("2"), Card("3")))),
    ("cards", lambda: credentials.set_cards("501", (Card("1" * 21),))),
    ("cards", lambda: credentials.set_cards("501", (Card(""),))),
    (
        "fingerprints",
        lambda: credentials.set_fingerprints("501", (Fingerprint("thumb", "AB"),) * 3),
    ),
    (
        "fingerprints",
        lambda: credentials.set_fingerprints("501", (Fingerprint("t" * 33, "AB"),)),
    ),
    (
        "fingerprints",
        lambda: credentials.set_fingerprints(
            "501", (Fingerprint("thumb", "A" * 1025),)
        ),
    ),
    (
        "fingerprints",
        lambda: credentials.set_fingerprints("501", (Fingerprint("thumb", "xyz"),)),
    ),
    ("person_ids", lambda: people.delete(())),
    ("person_ids", lambda: people.delete(("501,502",))),
    ("person_id", lambda: people.get("")),
    ("now", lambda: credentials.qr_code("501", NAIVE)),
    ("device_serial", lambda: credentials.collect_card(" ")),
    ("device_serial", lambda: credentials.collect_fingerprint("")),
    ("group_id", lambda: people.search(1, PersonSearch(group_id="301"))),
    ("email", lambda: ref_people.search(1, PersonSearch(email="a@b"))),
    ("phone", lambda: ref_people.search(1, PersonSearch(phone="1"))),
    ("keyword", lambda: person_groups.groups(1, "a" * 65)),
    ("parent_id", lambda: person_groups.subgroups("")),
    ("group_ids", lambda: person_groups.groups_by_id(())),
    ("name", lambda: person_groups.add_group("")),
    ("name", lambda: person_groups.add_group("a" * 65)),
    ("description", lambda: person_groups.add_group("Shop", "a" * 129)),
    ("area_id", lambda: person_groups.add_group("Shop", area_id="a" * 65)),
    ("group_id", lambda: person_groups.update_group("")),
    ("name", lambda: person_groups.update_group("301", "a" * 65)),
    ("group_id", lambda: person_groups.delete_group("1")),
    ("group_id", lambda: person_groups.delete_group(" 1 ")),
]


@pytest.mark.parametrize(
    ("field", "build"),
    REFUSED,
    ids=[f"{field}-{number}" for number, (field, _) in enumerate(REFUSED)],
)
def test_refused(field: str, build: Callable[[], object]) -> None:
    """The error names the parameter that breaks the limit."""
    with pytest.raises(FieldInvalid) as raised:
        build()
    assert raised.value.field == field


def test_limits_themselves_pass() -> None:
    """A value at its limit is sent."""
    assert Photo(PNG.ljust(PHOTO_AT_MOST, b"\0")).base64
    assert credentials.set_pin("501", "12345678").body["pinCode"] == "12345678"
    assert credentials.set_cards("501", (Card("1" * 20), Card("2" * 20))).body
    assert credentials.set_fingerprints(
        "501", (Fingerprint("t" * 32, "A" * 1024),)
    ).body


def test_writers_are_never_repeated() -> None:
    """Only calls that change nothing may be sent again after a lost answer."""
    changing: list[Call[Any]] = [
        people.add(ANN),
        people.update("501", ANN),
        people.quick_add(QuickPersonRequest(ANN)),
        people.delete(("501",)),
        credentials.set_photo("501", Photo(PNG)),
        credentials.set_cards("501", ()),
        credentials.set_fingerprints("501", ()),
        credentials.set_pin("501", None),
        credentials.collect_card("K1"),
        credentials.collect_fingerprint("K1"),
        person_groups.add_group("Shop"),
        person_groups.update_group("301"),
        person_groups.delete_group("301"),
        ref_people.add(JOHN),
        ref_people.quick_add(JANE),
        ref_credentials.set_photo("person_001", Photo(PNG)),
    ]
    assert not any(call.kind.repeatable for call in changing)


def test_failure_of_the_only_one_is_raised() -> None:
    """An inner failure of a single card is an error, not a result."""
    card = {"cardFailed": {"cardList": [{"cardNo": "1", "errorCode": "CCF038034"}]}}
    with pytest.raises(AlreadyExists):
        credentials.set_cards("501", (Card("1"),)).read(Row(card))


@pytest.mark.parametrize("count", [0, 2])
def test_failure_of_the_person_is_raised(count: int) -> None:
    """Without single rows the whole request failed."""
    answer = Row({"cardFailed": {"errorCode": "CCF038023", "cardList": []}})
    with pytest.raises(NotFound):
        credentials.set_cards("501", (Card("1"), Card("2"))[:count]).read(answer)


def test_unknown_gender_is_no_error() -> None:
    """A new value of a service does not make a person unreadable."""
    answer = {**ANN_ANSWER, "personInfo": {"personId": "501", "gender": 7}}
    assert people.get("501").read(Row(answer)).gender is Gender.UNKNOWN


def test_nothing_personal_in_repr() -> None:
    """What may reach a log names no person and no secret."""
    shown = repr((ANN, ANN_READ, JANE, Card("CANARY")))
    for secret in ("CANARY", "Ann", "Gray", "110", "@", "892", "3452", "90AB"):
        assert secret not in shown
