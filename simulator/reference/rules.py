"""The reference's codes for people."""

from collections.abc import Iterator
from contextlib import contextmanager

from simulator.contract import Refusal
from simulator.world.people import Broken, Rule

NOT_FOUND = "0x3001"
EXISTS = "0x3002"
INVALID = "0x1001"

CODES = {
    Rule.NO_GROUP: NOT_FOUND,
    Rule.ROOT_STAYS: INVALID,
    Rule.CIRCLE: INVALID,
    Rule.NO_PERSON: NOT_FOUND,
    Rule.TOO_MANY: "0x3003",
    Rule.CODE_TAKEN: EXISTS,
    Rule.CARD_TAKEN: "0x6002",
    Rule.PIN_TAKEN: EXISTS,
}


@contextmanager
def rules() -> Iterator[None]:
    """Refuse what breaks a rule, with the reference's code."""
    try:
        yield
    except Broken as broken:
        raise Refusal(CODES[broken.rule]) from None
