"""Cards, fingerprints and PINs of persons (guide 5.8.8 to 5.8.12).

An update holds everything that shall stay: a row with an id changes that card or
fingerprint, one without adds it, what is not listed is gone. A row that cannot be
taken is told inside an answer with the outer code "0"; the card or fingerprint it
meant to change stays as it was.
"""

from collections.abc import Sequence
import re
import secrets
from typing import Any

from simulator.contract import (
    Json,
    ListOf,
    Mistake,
    Problem,
    Refusal,
    Request,
    Text,
    group,
    may,
    need,
)
from simulator.world.people import CARDS, FINGERS, Card, Finger, Person
from simulator.world.places import Category

from .api import api
from .people import PERSON
from .rules import rules

NO_DEVICE = "CCF038065"
UNSUPPORTED = "CCF021008"
NO_COLLECTED_CARD = "CCF038084"
NO_COLLECTED_FINGER = "CCF038085"
COLLECTORS = (Category.ACCESS, Category.INTERCOM)

TOO_MANY_CARDS = "CCF038032"
CARD_TAKEN = "CCF038034"
NO_CARD = "CCF038035"
LONG_CARD = "CCF038036"
BAD_CARD = "CCF038038"
CARDS_FAILED = "CCF038059"

TOO_MANY_FINGERS = "CCF038039"
NO_FINGER = "CCF038042"
FINGERS_FAILED = "CCF038060"
LONG_FINGER = "CCF038066"
FINGER_TAKEN = "CCF038067"

ROW_ID = may("id", Text(64))


@api.post("person/v1/persons/cardcollect", need("deviceSerial", Text()))
def collect_card(request: Request) -> Json:
    """Read a card at a device: somebody always holds a new one."""
    _check_collector(request, NO_COLLECTED_CARD)
    return {"cardNo": str(secrets.randbelow(9 * 10**9) + 10**9)}


@api.post("person/v1/persons/fingercollect", need("deviceSerial", Text()))
def collect_finger(request: Request) -> Json:
    """Read a finger at a device: somebody always holds out a new one."""
    _check_collector(request, NO_COLLECTED_FINGER)
    return {"fingerData": secrets.token_hex(256).upper(), "fingerQuality": 95}


@api.post(
    "person/v1/persons/updatecards",
    PERSON,
    may("cardList", ListOf(group(ROW_ID, need("cardNo", Text()))), []),
)
def update_cards(request: Request) -> Json:
    """Set somebody's cards."""
    people, rows = request.account.world.people, request.body["cardList"]
    with rules():
        person = people.find(request.body["personId"])
    if len(rows) > CARDS:
        raise Refusal(TOO_MANY_CARDS)
    taken = {card.number for one in people.others(person.id) for card in one.cards}
    cards: list[Card] = []
    failed = []
    for row in rows:
        number, old = row["cardNo"], _by_id(person.cards, row["id"], cards)
        if code := _card_problem(row, old, taken | {one.number for one in cards}):
            failed.append(
                {"cardId": row["id"] or "", "cardNo": number, "errorCode": code}
            )
            cards += [old] if old else []
        else:
            cards.append(Card(old.id, number) if old else people.new_card(number))
    people.change(person.id, cards=tuple(cards))
    return _failure("cardFailed", person, CARDS_FAILED, "cardList", failed)


@api.post(
    "person/v1/persons/updatefingers",
    PERSON,
    may(
        "fingerList",
        ListOf(group(ROW_ID, need("name", Text(32)), need("data", Text()))),
        [],
    ),
)
def update_fingers(request: Request) -> Json:
    """Set somebody's fingerprints."""
    people, rows = request.account.world.people, request.body["fingerList"]
    with rules():
        person = people.find(request.body["personId"])
    if len(rows) > FINGERS:
        raise Refusal(TOO_MANY_FINGERS)
    taken = {one.data for who in people.others(person.id) for one in who.fingers}
    fingers: list[Finger] = []
    failed = []
    for row in rows:
        name, data, old = (
            row["name"],
            row["data"],
            _by_id(person.fingers, row["id"], fingers),
        )
        if code := _finger_problem(row, old, taken | {one.data for one in fingers}):
            failed.append(
                {"id": row["id"] or "", "failedName": name, "errorCode": code}
            )
            fingers += [old] if old else []
        else:
            new = Finger(old.id, name, data) if old else people.new_finger(name, data)
            fingers.append(new)
    people.change(person.id, fingers=tuple(fingers))
    return _failure("fingerFailed", person, FINGERS_FAILED, "fingerList", failed)


@api.post("person/v1/persons/updatepincode", PERSON, may("pinCode", Text(), ""))
def update_pin(request: Request) -> Json:
    """Set somebody's PIN; without one it is deleted."""
    check_pin(request.body["pinCode"])
    with rules():
        people = request.account.world.people
        people.change(request.body["personId"], pin=request.body["pinCode"])
    return None


def check_pin(pin: str) -> None:
    """Refuse what is not four to eight digits; none at all is fine."""
    if pin and not re.fullmatch(r"\d{4,8}", pin, re.ASCII):
        raise Mistake(Problem.RANGE, "pinCode")


def _check_collector(request: Request, offline: str) -> None:
    device = request.account.world.device(request.body["deviceSerial"])
    if not device:
        raise Refusal(NO_DEVICE)
    if device.category not in COLLECTORS:
        raise Refusal(UNSUPPORTED)
    if not device.online:
        raise Refusal(offline)


def _by_id[T: Card | Finger](
    have: Sequence[T], wanted: str | None, done: Sequence[T]
) -> T | None:
    """Return what a row means, unless an earlier row meant it."""
    if any(one.id == wanted for one in done):
        return None
    return next((one for one in have if one.id == wanted), None)


def _card_problem(row: dict[str, Any], old: Card | None, taken: set[str]) -> str | None:
    if row["id"] and not old:
        return NO_CARD
    if len(row["cardNo"]) > 20:
        return LONG_CARD
    if not re.fullmatch(r"[A-Za-z0-9]+", row["cardNo"]):
        return BAD_CARD
    return CARD_TAKEN if row["cardNo"] in taken else None


def _finger_problem(
    row: dict[str, Any], old: Finger | None, taken: set[str]
) -> str | None:
    if row["id"] and not old:
        return NO_FINGER
    if len(row["data"]) > 1024:
        return LONG_FINGER
    if not re.fullmatch(r"[0-9A-Fa-f]+", row["data"]):
        return FINGERS_FAILED
    return FINGER_TAKEN if row["data"] in taken else None


def _failure(
    name: str, person: Person, code: str, rows: str, failed: list[dict[str, Any]]
) -> Json:
    """Return a CardFailed or FingerFailed (A.3.51, A.3.97), if anything failed."""
    if not failed:
        return None
    return {
        name: {
            "personId": person.id,
            "personName": person.name,
            "errorCode": code,
            rows: failed,
        }
    }
