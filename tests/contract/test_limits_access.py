"""Limits of access levels and records: refused before anything is sent."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from custom_components.hikcentral_connect.api.call import Call, Kind
from custom_components.hikcentral_connect.api.dialects.reference import (
    access as ref_access,
)
from custom_components.hikcentral_connect.api.dialects.teams import (
    access,
    access_levels,
    access_records,
)
from custom_components.hikcentral_connect.api.errors import (
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
from custom_components.hikcentral_connect.api.row import Row

STARTS = datetime(2026, 1, 1, tzinfo=UTC)
ENDS = datetime(2026, 1, 2, tzinfo=UTC)
NAIVE = datetime(2026, 1, 1)
LEVEL = LevelRequest("Yard", "1", ("e1",))
SEARCH = RecordSearch(STARTS, ENDS)
REFUSED: list[tuple[str, Callable[[], object]]] = [
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
    ("name", lambda: access_levels.add_level(replace(LEVEL, name="a" * 65))),
    ("remark", lambda: access_levels.add_level(replace(LEVEL, remark="a" * 129))),
    (
        "schedule_id",
        lambda: access_levels.add_level(replace(LEVEL, schedule_id="1" * 19)),
    ),
    ("resource_ids", lambda: access_levels.add_level(replace(LEVEL, resource_ids=()))),
    (
        "resource_ids",
        lambda: access_levels.add_level(replace(LEVEL, resource_ids=("e" * 65,))),
    ),
    (
        "resource_ids",
        lambda: access_levels.update_level("801", replace(LEVEL, resource_ids=())),
    ),
    ("level_id", lambda: access_levels.update_level("", LEVEL)),
    ("level_id", lambda: access_levels.delete_level("801/../802")),
    ("level_ids", lambda: access_levels.delete_levels(())),
    ("level_ids", lambda: access_levels.delete_levels((" ",))),
    ("resource_ids", lambda: access_levels.add_resources("801", ())),
    ("resource_ids", lambda: access_levels.remove_resources("801", ())),
    ("level_id", lambda: access_levels.remove_resources("", ("e1",))),
    ("starts", lambda: access_records.records(1, replace(SEARCH, starts=NAIVE))),
    ("ends", lambda: access_records.records(1, replace(SEARCH, ends=NAIVE))),
    ("ends", lambda: access_records.records(1, replace(SEARCH, ends=STARTS))),
    ("temperature", lambda: access_records.records(1, replace(SEARCH, temperature=4))),
    ("mask", lambda: access_records.records(1, replace(SEARCH, mask=-1))),
    (
        "door_ids",
        lambda: access_records.records(1, replace(SEARCH, door_ids=("e1,e2",))),
    ),
    (
        "event_types",
        lambda: access_records.records(1, replace(SEARCH, event_types=("",))),
    ),
    (
        "person_name",
        lambda: access_records.records(
            1, replace(SEARCH, person_ids=("501",), person_name="Ann")
        ),
    ),
    (
        "card_number",
        lambda: access_records.records(
            1, replace(SEARCH, person_name="A", card_number="1")
        ),
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
    assert access.assign("5" * 18, ("8" * 18,)).body
    assert access_levels.add_level(
        LevelRequest("a" * 64, "1" * 18, ("e" * 64,), "a" * 128)
    ).body


def test_writers_are_never_repeated() -> None:
    """Only calls that change nothing may be sent again after a lost answer."""
    changing: list[Call[Any]] = [
        access.assign("501", ("801",)),
        access.remove("501", ("801",)),
        access.remove_all("501"),
        access.replace("501", ("801",)),
        access_levels.add_level(LEVEL),
        access_levels.update_level("801", LEVEL),
        access_levels.delete_level("801"),
        access_levels.delete_levels(("801",)),
        access_levels.add_resources("801", ("e1",)),
        access_levels.remove_resources("801", ("e1",)),
        ref_access.assign("person_001", ("level_001",)),
    ]
    assert not any(call.kind.repeatable for call in changing)
    assert access_records.records(1, SEARCH).kind is Kind.READ


def test_failure_of_the_only_one_is_raised() -> None:
    """An inner failure of a single level or door is an error, not a result."""
    level = {"accessLevelFailed": [{"accessLevelId": 1, "errorCode": "VMS040017"}]}
    with pytest.raises(LimitReached):
        access.assign("501", ("801",)).read(Row(level))
    door = {"resFailedList": [{"id": "e1", "errorCode": "VMS000003"}]}
    with pytest.raises(NotFound):
        access_levels.add_resources("801", ("e1",)).read(Row(door))


def test_unknown_codes_are_kept() -> None:
    """A new value of a service is no error, and its code stays readable."""
    credential = CredentialStatus("1", "9", "9", None)
    assert credential.kind is CredentialKind.UNKNOWN
    assert credential.state is ApplyState.UNKNOWN
    assert credential.state_code == "9"
    record = AccessRecord("1", None, None, None, direction_code="7")
    assert record.direction is Direction.UNKNOWN


def test_nothing_personal_in_repr() -> None:
    """What may reach a log names no person and no secret."""
    encryption = EncryptInfo("CANARY", "CANARY", "CANARY", "CANARY", 7777)
    search = RecordSearch(STARTS, ENDS, person_name="CANARY", card_number="7777")
    shown = repr((encryption, search))
    assert "CANARY" not in shown
    assert "7777" not in shown
