"""Limits of attendance: refused before anything is sent."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from custom_components.hikcentral_connect.api.dialects.reference import (
    attendance as ref_attendance,
)
from custom_components.hikcentral_connect.api.dialects.teams import attendance
from custom_components.hikcentral_connect.api.errors import FieldInvalid
from custom_components.hikcentral_connect.api.models.attendance import (
    AttendanceQuery,
    AttendanceStatus,
    TimeCard,
)
from custom_components.hikcentral_connect.api.row import Row

STARTS = datetime(2026, 1, 1, tzinfo=UTC)
ENDS = datetime(2026, 1, 2, tzinfo=UTC)
NAIVE = datetime(2026, 1, 1)
QUERY = AttendanceQuery(STARTS, ENDS)
REFUSED: list[tuple[str, Callable[[], object]]] = [
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


def test_unknown_status_is_no_error() -> None:
    """A new value of a service does not make a time card unreadable."""
    assert TimeCard("Ann", status_code="8").status is AttendanceStatus.UNKNOWN


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
