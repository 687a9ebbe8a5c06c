"""Redaction keeps shapes, codes and references, and nothing else."""

from base64 import b64decode, b64encode
import json
from typing import Any

from hypothesis import example, given, strategies as st
import pytest

from custom_components.hikcentral_connect.api.call import Page
from custom_components.hikcentral_connect.api.redaction.redactor import Json, Redactor
from custom_components.hikcentral_connect.api.row import Row
from probe.ask import READING
from tests.contract.row import ContractRow
from tests.contract.table import OPERATIONS, ROWS

WEEKS = 100
CALLS = [
    (
        OPERATIONS[row.operation].builder(row.dialect)(
            *(() if row.page is None else (row.page,)), **row.arguments
        ),
        row,
    )
    for row in ROWS
]
READ = [(call, row) for call, row in CALLS if call.kind in READING]
PRIVATE = (
    *("Ann", "Gray", "John Smith", "Ada Doe", "Owner", "Mike Johnson", "Gate", "Yard"),
    *("+1234567890", "CARD123456", "ann@example.com", "110,", "3452", "90AB"),
    *("F00000001", "K00000001", "G00000001", "ABC123", "ABC-1234", "AB 12", "CD 34"),
    *("19.4326", "-99.1332", "50.331554", "6.943345", "America/Mexico_City"),
    *("://pictures", "://p/", "ezviz", "://bucket", "signed", "abcd1234", "at.x"),
    *("2026-01-01", "2024-01-15", "2026/01/05", "1767222000000"),
)


def redacted(*values: Json) -> list[Json]:
    """Redact several answers of one account."""
    redactor = Redactor(values, WEEKS)
    return [redactor.answer(value) for value in values]


def hidden(key: str, value: Json) -> Json:
    """Redact one field that stands alone."""
    return redacted({key: value})[0][key]


def _shape(value: Json) -> Any:
    if isinstance(value, dict):
        return {key: _shape(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_shape(one) for one in value]
    return type(value).__name__


@pytest.mark.parametrize("row", [row for _, row in READ], ids=str)
def test_shape_of_every_answer_stays(row: ContractRow) -> None:
    """Fields, types and lengths of lists are those of the answer."""
    assert _shape(redacted(row.data)[0]) == _shape(row.data)


@pytest.mark.parametrize(("call", "row"), READ, ids=lambda one: str(one)[:60])
def test_every_answer_can_still_be_read(call: Any, row: ContractRow) -> None:
    """The client reads a redacted answer as it read the true one."""
    answer = Row(redacted(row.data)[0])
    result = call.read(answer)
    assert answer.skipped == []
    if isinstance(result, Page):
        assert len(result.items) == len(row.read)


def test_nothing_private_of_the_contracts() -> None:
    """What the examples of both contracts tell of people and places is gone."""
    shown = json.dumps(redacted(*(row.data for _, row in CALLS)), ensure_ascii=False)
    raw = json.dumps([row.data for _, row in CALLS], ensure_ascii=False)
    assert not [one for one in PRIVATE if one in shown]
    assert sum(one in raw for one in PRIVATE) > len(PRIVATE) / 2


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("errorCode", "OPEN000016"),
        ("onlineStatus", 1),
        ("online", "0"),
        ("category", "encodingDevice"),
        ("type", "DS-7608NI-K2/8P"),
        ("version", "V4.62.210 build 221118"),
        ("abilitySet", "1,21,2002"),
        ("eventType", "10002"),
        ("msgType", "Msg110013"),
        ("totalCount", 12345),
        ("usage", 3),
        ("offlineDuration", 17_459_610),
        ("no", "13"),
        ("beginTime", "09:30:00"),
        ("areaID", "-1"),
        ("flag", True),
        ("nothing", None),
        ("empty", ""),
        ("message", "AK_NOT_FOUND{OPEN000001}"),
        ("message", "validated failed argument [secretKey]{OPEN000010}"),
    ],
)
def test_kept(key: str, value: Json) -> None:
    """Codes, kinds, counts and times of day are what a report is for."""
    assert hidden(key, value) == value


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("deviceSerial", "F12345678", "X00001001"),
        ("id", "9c1f" * 8, f"{1001:032x}"),
        ("personId", 501, 1001),
        ("personId", "501,502", "1001,1002"),
        ("areaId", "yard", "id1001"),
        ("name", "22", "name 1001"),
        ("pinCode", "3452", "pinCode 1001"),
        ("pinCode", 3452, 0),
        ("cardNo", 666, 0),
        ("phoneNumber", 491701234567, 0),
        ("unheardOf", 491701234567, 1001),
        ("phone", 1_790_000_000, 0),
        ("latitude", 19.4326, 0.0),
        ("lat", "50.331554", "0.0"),
        ("somewhere", 48.2082, 0.0),
        ("mainAccount", "Ada Doe", "mainAccount 1001"),
        ("model", "Kamera Löwe", "model 1001"),
        ("captureUrl", "https://h.example/a?sign=b", "https://redacted.invalid/1001"),
        ("url", "ezopen://x@open.example/F1/1.live", "ezopen://redacted.invalid/1001"),
        ("anything", "see http://home.example/", "x://redacted.invalid/1001"),
        ("host", "home.example", "host 1001"),
        ("accessToken", "hcc.abc", "accessToken 1001"),
        ("startTime", "2026-01-08T10:00:00+01:00", "2024-02-08T10:00:00+01:00"),
        ("occurTime", "2026-01-08 10:00:00", "2024-02-08 10:00:00"),
        ("date", "2026/01/08", "2024/02/08"),
        ("note", "2026-01-08 Ann was here", "2024-02-08   "),
        ("note", "2026-13-08 Ann was here", "note 1001"),
        ("expireTime", 1_767_225_600, 1_767_225_600 - WEEKS * 604_800),
        ("endDate", "1767225600000", str(1_767_225_600_000 - WEEKS * 604_800_000)),
        ("message", "device Garage is offline", "redacted"),
        ("data", "<a><b id='F1'>Ann</b>Bob</a>Cyd", "<a><b></b></a>"),
        ("data", "<a><![CDATA[Ann]]></a>", "data 1001"),
        ("data", '{"name": "Ann", "status": 1}', '{"name": "name 1001", "status": 1}'),
        ("name", "[Ann", "name 1001"),
        ("qrCodeData", f"data:image/png;base64,{'QUJD' * 9}", None),
        ("code", b64encode(b"a picture, really").decode(), None),
    ],
)
def test_hidden(key: str, value: Json, shown: Json) -> None:
    """The kind of a value stays, its content does not."""
    result = hidden(key, value)
    if shown is not None:
        assert result == shown
    else:
        assert b64decode(result.rpartition(",")[2]) == b"redacted"


def test_one_stand_in_everywhere() -> None:
    """The same id is the same wherever it stands, and known by its value too."""
    devices, camera = redacted(
        {"device": [{"id": "a" * 32, "serialNo": "F12345678", "name": "Garage"}]},
        {"devID": "a" * 32, "sn": "F12345678", "fullName": "Garage", "F12345678": 1},
    )
    device = devices["device"][0]
    assert camera["devID"] == device["id"]
    assert camera["sn"] == device["serialNo"]
    assert camera["fullName"] == device["name"]
    assert list(camera)[3] == device["serialNo"]


def test_private_within_what_is_kept() -> None:
    """A kind that holds a serial number told elsewhere is hidden, before or after."""
    first, _ = redacted({"type": "DS-2CD2043-F12345678"}, {"serialNo": "F12345678"})
    assert "F12345678" not in first["type"]


def test_requests_keep_the_constants_of_the_contract() -> None:
    """What the client itself put into a body stays, what it was told does not."""
    redactor = Redactor([{"id": "c" * 32, "areaId": "1"}], WEEKS)
    body = {
        "filter": {"areaID": "-1", "includeSubArea": "1"},
        "cameraID": ["c" * 32],
        "format": "jpg",
        "pageSize": 500,
        "beginTime": "2026-01-08 10:00:00",
        "secretKey": "hush",
    }
    assert redactor.request(body) == {
        **body,
        "cameraID": [f"{1001:032x}"],
        "beginTime": "2024-02-08 10:00:00",
        "secretKey": "secretKey 1003",
    }
    path = redactor.path("a/v1/person/1/detail", ["1"])
    assert path == "a/v1/person/1002/detail"


@given(
    st.dictionaries(
        st.text("abcdefghIDNoSt", min_size=1, max_size=8),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
            max_leaves=8,
        ),
        max_size=4,
    ),
    st.from_regex(r"[A-Z]\d{8}", fullmatch=True),
)
@example(answer={"ID": -2}, serial="A12345678")
def test_whatever_comes(answer: dict[str, Any], serial: str) -> None:
    """No answer breaks the redaction, and a serial number is found everywhere."""
    around = {"x": answer, "name": f"at {serial}", "list": [serial, {serial: serial}]}
    first, second = redacted(around, {"serialNo": serial})
    assert serial not in json.dumps(first) or serial.startswith("X0000")
    assert second["serialNo"].startswith("X")
    json.dumps(first)
