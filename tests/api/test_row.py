"""The tolerant reader: every form of a value, and no value that breaks it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import example, given, settings, strategies as st
import pytest

from custom_components.hikcentral_connect.api.errors import BadAnswer, NotFound
from custom_components.hikcentral_connect.api.row import Row

from .damage import DAMAGE, DEEP

MOMENT = datetime(2026, 10, 1, 12, 30, 15, tzinfo=UTC)
SECONDS = int(MOMENT.timestamp())


def is_text(value: Any) -> bool:
    """Tell whether this is a text with something in it."""
    return isinstance(value, str) and value == value.strip() != ""


def is_moment(value: Any) -> bool:
    """Tell whether this is a time whose zone is known."""
    return isinstance(value, datetime) and value.utcoffset() is not None


READERS: dict[str, tuple[Callable[[Row], Any], Callable[[Any], bool]]] = {
    "text": (lambda row: row.text("k"), is_text),
    "text_or_none": (
        lambda row: row.text_or_none("k"),
        lambda value: value is None or is_text(value),
    ),
    "integer": (lambda row: row.integer("k"), lambda value: type(value) is int),
    "integer_or_none": (
        lambda row: row.integer_or_none("k"),
        lambda value: value is None or type(value) is int,
    ),
    "number_or_none": (
        lambda row: row.number_or_none("k"),
        lambda value: value is None or abs(value) < 1e18,
    ),
    "flag_or_none": (
        lambda row: row.flag_or_none("k"),
        lambda value: value in (None, True, False),
    ),
    "moment": (lambda row: row.moment("k"), is_moment),
    "moment_or_none": (
        lambda row: row.moment_or_none("k"),
        lambda value: value is None or is_moment(value),
    ),
    "row": (lambda row: row.row("k").fields, lambda value: isinstance(value, dict)),
    "list_of": (
        lambda row: row.list_of(lambda inner: inner.text("k"), "k"),
        lambda value: all(is_text(one) for one in value),
    ),
    "list_or_empty": (
        lambda row: row.list_or_empty(lambda inner: inner.integer("k"), "k"),
        lambda value: all(type(one) is int for one in value),
    ),
}


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=150, deadline=None)
@given(value=DAMAGE)
@example(value=DEEP)
def test_any_value(name: str, value: Any) -> None:
    """A reader returns what it promises or raises `BadAnswer`, and nothing else."""
    read, promised = READERS[name]
    for raw in ({"k": value}, value, [value], {"k": [{"k": value}]}):
        try:
            result = read(Row(raw))
        except BadAnswer:
            continue
        assert promised(result)


@pytest.mark.parametrize(
    ("value", "text"),
    [("a", "a"), (" a ", "a"), (7, "7"), (0, "0"), (2**63, str(2**63))],
)
def test_text(value: object, text: str) -> None:
    """Ids are text, however they are sent."""
    assert Row({"id": value}).text("id") == text


@pytest.mark.parametrize("value", [None, "", "  ", True, False])
def test_no_text(value: object) -> None:
    """What is empty is missing."""
    assert Row({"id": value}).text_or_none("id") is None
    with pytest.raises(BadAnswer, match="id is missing"):
        Row({"id": value}).text("id")


def test_spellings_go_by_trust() -> None:
    """The first spelling with a value counts, in the order of the reader."""
    row = Row({"deviceName": "b", "name": None, "title": "c"})
    assert row.text("name", "deviceName", "title") == "b"
    with pytest.raises(BadAnswer, match="serial is missing"):
        row.text("serial", "serialNo")


@given(st.integers(-(2**53), 2**53))
def test_integer(number: int) -> None:
    """A number comes as number or as text."""
    row = Row({"a": number, "b": str(number), "c": f" {number} "})
    assert [row.integer(key) for key in "abc"] == [number] * 3


@pytest.mark.parametrize(
    "value", ["x", "NaN", "inf", "-Infinity", "1e999", [], {}, 1e19]
)
def test_no_number(value: object) -> None:
    """What is no finite number is refused by name."""
    with pytest.raises(BadAnswer, match="count"):
        Row({"count": value}).integer_or_none("count")


@pytest.mark.parametrize(
    ("value", "flag"),
    [
        (True, True),
        (1, True),
        ("1", True),
        ("ONLINE", True),
        (" true ", True),
        (False, False),
        (0, False),
        ("0", False),
        ("offline", False),
        ("False", False),
        (2, None),
        ("", None),
        ("maybe", None),
        (None, None),
        ([], None),
        ({}, None),
    ],
)
def test_flag(value: object, flag: bool | None) -> None:
    """Yes and no come in many words; what is neither is unclear."""
    assert Row({"online": value}).flag_or_none("online") is flag


@pytest.mark.parametrize(
    "value",
    [
        SECONDS,
        SECONDS * 1000,
        float(SECONDS),
        str(SECONDS),
        f" {SECONDS * 1000} ",
        "2026-10-01T12:30:15Z",
        "2026-10-01T12:30:15+00:00",
        "2026-10-01T14:30:15+02:00",
        "2026-10-01T07:00:15-05:30",
        "2026-10-01 12:30:15+00:00",
        "20261001T123015Z",
    ],
)
def test_moment(value: object) -> None:
    """All forms of guide section 3.2 are the same moment."""
    assert Row({"time": value}).moment("time") == MOMENT


@given(st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1)))
def test_every_moment(moment: datetime) -> None:
    """Seconds, milliseconds and ISO of any time agree."""
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    seconds = int(moment.timestamp())
    row = Row({"s": seconds, "ms": seconds * 1000, "iso": moment.isoformat()})
    assert [row.moment(key) for key in ("s", "ms", "iso")] == [moment] * 3


@pytest.mark.parametrize("value", [None, "2026-10-01 12:30:15", "2026-10-01", True])
def test_no_moment(value: object) -> None:
    """A time without a zone could be any; it is not guessed."""
    assert Row({"time": value}).moment_or_none("time") is None
    with pytest.raises(BadAnswer, match="time is missing"):
        Row({"time": value}).moment("time")


@pytest.mark.parametrize("value", ["soon", "-5", -5, 1e300, "9" * 400, [], {}])
def test_broken_moment(value: object) -> None:
    """What is no time at all is refused by name."""
    with pytest.raises(BadAnswer, match="time is"):
        Row({"time": value}).moment_or_none("time")


def test_lists() -> None:
    """Null is an empty list, a missing key is not, and the first key present counts."""
    row = Row({"none": None, "some": [{"k": "a"}, {}, {"k": "b"}], "no": {}})

    def read(inner: Row) -> str:
        return inner.text("k")

    assert row.list_of(read, "none", "some") == []
    assert row.list_of(read, "missing", "some") == ["a", "b"]
    assert row.skipped == ["some: k is missing"]
    assert row.list_or_empty(read, "missing") == []
    assert row.list_or_empty(read, "none") == []
    with pytest.raises(BadAnswer, match="missing is missing"):
        row.list_of(read, "missing")
    with pytest.raises(BadAnswer, match="no is an object, not a list"):
        row.list_of(read, "no")


def test_only_unreadable_rows_are_skipped() -> None:
    """A refusal in a row is told, not skipped."""

    def refuse(_: Row) -> None:
        raise NotFound("0x3001")

    row = Row({"list": [{}]})
    with pytest.raises(NotFound):
        row.list_of(refuse, "list")
    assert row.skipped == []


def test_nested_rows_share_what_was_skipped() -> None:
    """However deep a bad row stands, the answer knows of it."""
    row = Row({"a": {"b": {"list": [{}, 5]}}})
    row.row("a").row("b").list_of(lambda inner: inner.text("k"), "list")
    assert len(row.skipped) == 2
    assert row.row("nowhere").row("at all").fields == {}


def test_offsets_are_kept() -> None:
    """An aware time keeps the zone it came in."""
    moment = Row({"t": "2026-10-01T14:30:15+02:00"}).moment("t")
    assert moment.utcoffset() == timedelta(hours=2)
