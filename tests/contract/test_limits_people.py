"""Limits of persons, access and attendance: refused before anything is sent."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from custom_components.hikcentral_connect.api.call import Call, Kind
from custom_components.hikcentral_connect.api.dialects.reference import (
    access as ref_access,
    attendance as ref_attendance,
    people as ref_people,
)
from custom_components.hikcentral_connect.api.dialects.teams import (
    access,
    attendance,
    people,
)
from custom_components.hikcentral_connect.api.errors import (
    AlreadyExists,
    FieldInvalid,
    LimitReached,
    NotFound,
)
from custom_components.hikcentral_connect.api.models.access import (
    AccessRecord,
    ApplyState,
    CredentialKind,
    CredentialStatus,
    Direction,
    EncryptInfo,
    LevelRequest,
    RecordSearch,
)
from custom_components.hikcentral_connect.api.models.attendance import (
    AttendanceQuery,
    AttendanceStatus,
    TimeCard,
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
LEVEL = LevelRequest("Yard", "1", ("e1",))
SEARCH = RecordSearch(STARTS, ENDS)
QUERY = AttendanceQuery(STARTS, ENDS)
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
    ("person_id", lambda: people.set_photo("", Photo(PNG))),
    ("person_id", lambda: ref_people.set_photo(" ", Photo(PNG))),
    ("pin", lambda: people.set_pin("501", "123")),
    ("pin", lambda: people.set_pin("501", "123456789")),
    ("pin", lambda: people.set_pin("501", "12a4")),
    ("pin", lambda: people.set_pin("501", "")),
    ("pin", lambda: people.set_pin("501", "٣٤٥٢")),
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
    ("cards", lambda: people.set_cards("501", (Card("1"), Card("2"), Card("3")))),
    ("cards", lambda: people.set_cards("501", (Card("1" * 21),))),
    ("cards", lambda: people.set_cards("501", (Card(""),))),
    (
        "fingerprints",
        lambda: people.set_fingerprints("501", (Fingerprint("thumb", "AB"),) * 3),
    ),
    (
        "fingerprints",
        lambda: people.set_fingerprints("501", (Fingerprint("t" * 33, "AB"),)),
    ),
    (
        "fingerprints",
        lambda: people.set_fingerprints("501", (Fingerprint("thumb", "A" * 1025),)),
    ),
    (
        "fingerprints",
        lambda: people.set_fingerprints("501", (Fingerprint("thumb", "xyz"),)),
    ),
    ("person_ids", lambda: people.delete(())),
    ("person_ids", lambda: people.delete(("501,502",))),
    ("person_id", lambda: people.get("")),
    ("now", lambda: people.qr_code("501", NAIVE)),
    ("device_serial", lambda: people.collect_card(" ")),
    ("device_serial", lambda: people.collect_fingerprint("")),
    ("group_id", lambda: people.search(1, PersonSearch(group_id="301"))),
    ("email", lambda: ref_people.search(1, PersonSearch(email="a@b"))),
    ("phone", lambda: ref_people.search(1, PersonSearch(phone="1"))),
    ("keyword", lambda: people.groups(1, "a" * 65)),
    ("parent_id", lambda: people.subgroups("")),
    ("group_ids", lambda: people.groups_by_id(())),
    ("name", lambda: people.add_group("")),
    ("name", lambda: people.add_group("a" * 65)),
    ("description", lambda: people.add_group("Shop", "a" * 129)),
    ("area_id", lambda: people.add_group("Shop", area_id="a" * 65)),
    ("group_id", lambda: people.update_group("")),
    ("name", lambda: people.update_group("301", "a" * 65)),
    ("group_id", lambda: people.delete_group("1")),
    ("group_id", lambda: people.delete_group(" 1 ")),
    ("level_ids", lambda: ref_access.assign("person_001", ())),
    ("level_ids", lambda: ref_access.assign("person_001", ("",))),
    ("person_id", lambda: ref_access.assign("", ("level_001",))),
    ("level_ids", lambda: access.assign("501", ())),
    ("level_ids", lambda: access.assign("501", ("8" * 19,))),
    ("person_id", lambda: access.assign("5" * 19, ("801",))),
    ("level_ids", lambda: access.remove("501", ())),
    ("level_ids", lambda: access.replace("501", ())),
    ("person_id", lambda: access.remove_all("")),
    ("person_id", lambda: access.apply_status("../../x")),
    ("name", lambda: access.add_level(replace(LEVEL, name="a" * 65))),
    ("remark", lambda: access.add_level(replace(LEVEL, remark="a" * 129))),
    ("schedule_id", lambda: access.add_level(replace(LEVEL, schedule_id="1" * 19))),
    ("resource_ids", lambda: access.add_level(replace(LEVEL, resource_ids=()))),
    (
        "resource_ids",
        lambda: access.add_level(replace(LEVEL, resource_ids=("e" * 65,))),
    ),
    (
        "resource_ids",
        lambda: access.update_level("801", replace(LEVEL, resource_ids=())),
    ),
    ("level_id", lambda: access.update_level("", LEVEL)),
    ("level_id", lambda: access.delete_level("801/../802")),
    ("level_ids", lambda: access.delete_levels(())),
    ("level_ids", lambda: access.delete_levels((" ",))),
    ("resource_ids", lambda: access.add_resources("801", ())),
    ("resource_ids", lambda: access.remove_resources("801", ())),
    ("level_id", lambda: access.remove_resources("", ("e1",))),
    ("starts", lambda: access.records(1, replace(SEARCH, starts=NAIVE))),
    ("ends", lambda: access.records(1, replace(SEARCH, ends=NAIVE))),
    ("ends", lambda: access.records(1, replace(SEARCH, ends=STARTS))),
    ("temperature", lambda: access.records(1, replace(SEARCH, temperature=4))),
    ("mask", lambda: access.records(1, replace(SEARCH, mask=-1))),
    ("door_ids", lambda: access.records(1, replace(SEARCH, door_ids=("e1,e2",)))),
    ("event_types", lambda: access.records(1, replace(SEARCH, event_types=("",)))),
    (
        "person_name",
        lambda: access.records(
            1, replace(SEARCH, person_ids=("501",), person_name="Ann")
        ),
    ),
    (
        "card_number",
        lambda: access.records(1, replace(SEARCH, person_name="A", card_number="1")),
    ),
    ("person_ids", lambda: attendance.time_cards(1, replace(QUERY, person_ids=("5",)))),
    ("starts", lambda: attendance.time_cards(1, replace(QUERY, starts=NAIVE))),
    ("ends", lambda: attendance.time_cards(1, replace(QUERY, ends=STARTS))),
    ("ends", lambda: ref_attendance.records(1, replace(QUERY, ends=STARTS))),
    ("starts", lambda: ref_attendance.records(1, replace(QUERY, starts=NAIVE))),
    ("ends", lambda: ref_attendance.time_cards(1, replace(QUERY, ends=NAIVE))),
    ("person_ids", lambda: ref_attendance.records(1, replace(QUERY, person_ids=("",)))),
    ("person_name", lambda: ref_attendance.records(1, replace(QUERY, person_name="A"))),
    (
        "person_code",
        lambda: ref_attendance.time_cards(1, replace(QUERY, person_code="1")),
    ),
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
    assert people.set_pin("501", "12345678").body["pinCode"] == "12345678"  # type: ignore[index]
    assert people.set_cards("501", (Card("1" * 20), Card("2" * 20))).body
    assert people.set_fingerprints("501", (Fingerprint("t" * 32, "A" * 1024),)).body
    assert access.assign("5" * 18, ("8" * 18,)).body
    assert access.add_level(
        LevelRequest("a" * 64, "1" * 18, ("e" * 64,), "a" * 128)
    ).body


def test_writers_are_never_repeated() -> None:
    """Only calls that change nothing may be sent again after a lost answer."""
    changing: list[Call[Any]] = [
        people.add(ANN),
        people.update("501", ANN),
        people.quick_add(QuickPersonRequest(ANN)),
        people.delete(("501",)),
        people.set_photo("501", Photo(PNG)),
        people.set_cards("501", ()),
        people.set_fingerprints("501", ()),
        people.set_pin("501", None),
        people.collect_card("K1"),
        people.collect_fingerprint("K1"),
        people.add_group("Shop"),
        people.update_group("301"),
        people.delete_group("301"),
        access.assign("501", ("801",)),
        access.remove("501", ("801",)),
        access.remove_all("501"),
        access.replace("501", ("801",)),
        access.add_level(LEVEL),
        access.update_level("801", LEVEL),
        access.delete_level("801"),
        access.delete_levels(("801",)),
        access.add_resources("801", ("e1",)),
        access.remove_resources("801", ("e1",)),
        ref_people.add(JOHN),
        ref_people.quick_add(JANE),
        ref_people.set_photo("person_001", Photo(PNG)),
        ref_access.assign("person_001", ("level_001",)),
    ]
    assert not any(call.kind.repeatable for call in changing)
    assert access.records(1, SEARCH).kind is Kind.READ


def test_failure_of_the_only_one_is_raised() -> None:
    """An inner failure of a single card, level or door is an error, not a result."""
    card = {"cardFailed": {"cardList": [{"cardNo": "1", "errorCode": "CCF038034"}]}}
    with pytest.raises(AlreadyExists):
        people.set_cards("501", (Card("1"),)).read(Row(card))
    level = {"accessLevelFailed": [{"accessLevelId": 1, "errorCode": "VMS040017"}]}
    with pytest.raises(LimitReached):
        access.assign("501", ("801",)).read(Row(level))
    door = {"resFailedList": [{"id": "e1", "errorCode": "VMS000003"}]}
    with pytest.raises(NotFound):
        access.add_resources("801", ("e1",)).read(Row(door))


@pytest.mark.parametrize("count", [0, 2])
def test_failure_of_the_person_is_raised(count: int) -> None:
    """Without single rows the whole request failed."""
    answer = Row({"cardFailed": {"errorCode": "CCF038023", "cardList": []}})
    with pytest.raises(NotFound):
        people.set_cards("501", (Card("1"), Card("2"))[:count]).read(answer)


def test_unknown_codes_are_kept() -> None:
    """A new value of a service is no error, and its code stays readable."""
    credential = CredentialStatus("1", "9", "9", None)
    assert credential.kind is CredentialKind.UNKNOWN
    assert credential.state is ApplyState.UNKNOWN
    assert credential.state_code == "9"
    record = AccessRecord("1", None, None, None, direction_code="7")
    assert record.direction is Direction.UNKNOWN
    assert TimeCard("Ann", status_code="8").status is AttendanceStatus.UNKNOWN
    answer = {**ANN_ANSWER, "personInfo": {"personId": "501", "gender": 7}}
    assert people.get("501").read(Row(answer)).gender is Gender.UNKNOWN


def test_unreadable_rows_are_left_out() -> None:
    """One bad line of a time card does not cost the others."""
    answer = Row(
        {
            "moreData": 1,
            "reportDataList": [
                {"fullName": "Ann", "date": "2026/13/01"},
                {"fullName": "Bob", "workDuration": "8 hours"},
                {"fullName": "Cyd", "date": "2026/01/05"},
            ],
        }
    )
    page = attendance.time_cards(1, QUERY).read(answer)
    assert [card.person_name for card in page.items] == ["Cyd"]
    assert (page.rows, page.more, len(answer.skipped)) == (3, True, 2)


def test_records_without_an_id_stay_apart() -> None:
    """Records that the reference sends without an id are not taken for one."""
    rows = [{"who": "a"}, {"who": "b"}]
    page = ref_attendance.records(1, QUERY).read(Row({"total": 2, "list": rows}))
    assert len({record.id for record in page.items}) == 2


def test_nothing_personal_in_repr() -> None:
    """What may reach a log names no person and no secret."""
    encryption = EncryptInfo("CANARY", "CANARY", "CANARY", "CANARY", 7777)
    shown = repr((ANN, ANN_READ, JANE, encryption, Card("CANARY")))
    for secret in ("CANARY", "7777", "Ann", "Gray", "110", "@", "892", "3452", "90AB"):
        assert secret not in shown
    record = RecordSearch(
        STARTS, STARTS + timedelta(1), person_name="Ann", card_number="892"
    )
    assert "Ann" not in repr(record)
    assert "892" not in repr(record)
