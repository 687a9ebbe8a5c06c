"""Cards, fingerprints, PINs and QR codes of persons of the teams dialect."""

from base64 import b64decode
from io import BytesIO
from typing import Any

from PIL import Image
import pytest

from simulator import Simulator

from .conftest import Api

PERSONS = "person/v1/persons/"


@pytest.fixture
def ids(sim: Simulator) -> list[str]:
    """Return the ids of the demo people."""
    return list(sim.account("teams").world.people)


async def cards_of(teams: Api, person: str) -> list[dict[str, str]]:
    """Return somebody's cards."""
    got = await teams.data(PERSONS + "get", {"personId": person})
    cards: list[dict[str, str]] = got["cardList"]
    return cards


async def test_cards(teams: Api, ids: list[str]) -> None:
    """A row with an id changes a card, one without adds it, the rest is gone."""
    path, me = PERSONS + "updatecards", {"personId": ids[0]}
    (old,) = await cards_of(teams, ids[0])
    rows: list[dict[str, str]] = [{"id": old["id"], "cardNo": "A1"}, {"cardNo": "B2"}]
    assert await teams.data(path, me | {"cardList": rows}) is None
    cards = await cards_of(teams, ids[0])
    assert [one["cardNo"] for one in cards] == ["A1", "B2"]
    assert cards[0]["id"] == old["id"]
    assert await teams.data(path, me | {"cardList": cards[1:]}) is None
    assert await cards_of(teams, ids[0]) == cards[1:]
    assert await teams.data(path, me) is None
    assert await cards_of(teams, ids[0]) == []


async def test_failed_cards(teams: Api, ids: list[str]) -> None:
    """A card that cannot be is told in a row; the others are taken."""
    path, me = PERSONS + "updatecards", {"personId": ids[0]}
    (mine,) = await cards_of(teams, ids[0])
    (theirs,) = await cards_of(teams, ids[1])
    rows: list[dict[str, str]] = [
        {"id": mine["id"], "cardNo": theirs["cardNo"]},
        {"cardNo": "B2"},
    ]
    data = await teams.data(path, me | {"cardList": rows})
    assert data["cardFailed"]["errorCode"] == "CCF038059"
    assert data["cardFailed"]["cardList"] == [
        {"cardId": mine["id"], "cardNo": theirs["cardNo"], "errorCode": "CCF038034"}
    ]
    cards = await cards_of(teams, ids[0])
    assert [one["cardNo"] for one in cards] == [mine["cardNo"], "B2"]
    for row, code in (
        ({"id": "9", "cardNo": "1"}, "CCF038035"),
        ({"cardNo": "1" * 21}, "CCF038036"),
        ({"cardNo": "1 2"}, "CCF038038"),
        ({"cardNo": "one"}, None),
    ):
        data = await teams.data(path, me | {"cardList": [row]})
        codes = [
            one["errorCode"]
            for one in (data or {}).get("cardFailed", {}).get("cardList", [])
        ]
        assert codes == ([code] if code else [])
    (mine,) = await cards_of(teams, ids[0])
    twice = {"cardList": [mine, mine | {"cardNo": "2"}]}
    data = await teams.data(path, me | twice)
    assert data["cardFailed"]["cardList"][0]["errorCode"] == "CCF038035"
    assert await cards_of(teams, ids[0]) == [mine]
    rows = [{"cardNo": str(one)} for one in range(3)]
    for body, code in (
        (me | {"cardList": rows}, "CCF038032"),
        (me | {"cardList": [{"id": "1"}]}, "OPEN000010"),
        (me | {"cardList": "1"}, "OPEN000008"),
        ({"personId": "9"}, "CCF038023"),
    ):
        assert await teams.code(path, body) == code


async def test_fingers(teams: Api, ids: list[str]) -> None:
    """Fingerprints are set like cards."""
    path, me = PERSONS + "updatefingers", {"personId": ids[0]}
    thumb = {"name": "thumb", "data": "90030500A3B1"}
    assert await teams.data(path, me | {"fingerList": [thumb]}) is None
    got = (await teams.data(PERSONS + "get", me))["fingerList"]
    assert [one | {"id": ""} for one in got] == [thumb | {"id": ""}]
    data = await teams.data(path, {"personId": ids[1], "fingerList": [thumb]})
    assert data["fingerFailed"]["fingerList"] == [
        {"id": "", "failedName": "thumb", "errorCode": "CCF038067"}
    ]
    for row, code in (
        ({"data": "A" * 1025}, "CCF038066"),
        ({"data": "hello"}, "CCF038060"),
        ({"id": "9"}, "CCF038042"),
    ):
        data = await teams.data(path, me | {"fingerList": [thumb | row]})
        assert data["fingerFailed"]["fingerList"][0]["errorCode"] == code
    for rows, code in (
        ([thumb] * 3, "CCF038039"),
        ([thumb | {"name": "x" * 33}], "OPEN000010"),
        ([{"name": "thumb"}], "OPEN000010"),
    ):
        assert await teams.code(path, me | {"fingerList": rows}) == code
    assert await teams.data(path, me) is None
    assert (await teams.data(PERSONS + "get", me))["fingerList"] == []


async def test_pin(teams: Api, ids: list[str]) -> None:
    """A PIN has four to eight digits and one owner; without it, it is deleted."""
    path = PERSONS + "updatepincode"
    for person, pin, code in (
        (ids[0], "3452", "0"),
        (ids[1], "3452", "CCF038055"),
        (ids[0], "345", "OPEN000010"),
        (ids[0], "345234523", "OPEN000010"),
        (ids[0], "34x2", "OPEN000010"),
        (ids[0], 3452, "OPEN000008"),
        ("9", "1234", "CCF038023"),
    ):
        body: dict[str, Any] = {"personId": person, "pinCode": pin}
        assert await teams.code(path, body) == code, body
    me = {"personId": ids[0]}
    assert (await teams.data(PERSONS + "get", me))["pinCode"] == "3452"
    assert await teams.code(path, me) == "0"
    assert (await teams.data(PERSONS + "get", me))["pinCode"] == ""


async def test_collect(sim: Simulator, teams: Api, ids: list[str]) -> None:
    """What a terminal reads can be given to somebody."""
    devices = list(sim.account("teams").world.devices.values())
    terminal = next(one for one in devices if one.name == "Access terminal")
    serial = {"deviceSerial": terminal.serial}
    card = await teams.data(PERSONS + "cardcollect", serial)
    finger = await teams.data(PERSONS + "fingercollect", serial)
    assert 1 <= finger["fingerQuality"] <= 100
    rows = {"cardList": [card]}
    assert (
        await teams.data(PERSONS + "updatecards", {"personId": ids[0]} | rows) is None
    )
    one = {"name": "index", "data": finger["fingerData"]}
    body = {"personId": ids[0], "fingerList": [one]}
    assert await teams.data(PERSONS + "updatefingers", body) is None
    recorder = {"deviceSerial": devices[0].serial}
    for call, offline in (("cardcollect", "CCF038084"), ("fingercollect", "CCF038085")):
        terminal.online = False
        assert await teams.code(PERSONS + call, serial) == offline
        assert await teams.code(PERSONS + call, recorder) == "CCF021008"
        assert await teams.code(PERSONS + call, {"deviceSerial": "9"}) == "CCF038065"
        assert await teams.code(PERSONS + call) == "OPEN000010"


async def test_qr_code(sim: Simulator, teams: Api, ids: list[str]) -> None:
    """Somebody's QR code is a picture; without access levels there is none."""
    path = PERSONS + "qrcode"
    body = {"personId": ids[0], "clientLocalTime": "2026-10-20T12:21:30+08:00"}
    data = await teams.data(path, body)
    png = b64decode(data["qrCodeData"])
    assert Image.open(BytesIO(png)).format == "PNG"
    sim.account("teams").world.people.change(ids[0], levels=())
    assert await teams.code(path, body) == "CCF038007"
    assert await teams.code(path, body | {"personId": "9"}) == "CCF038023"
    assert await teams.code(path, {"personId": ids[0]}) == "OPEN000010"
    bare = body | {"clientLocalTime": "2026-10-20T12:21:30"}
    assert await teams.code(path, bare) == "OPEN000026"
