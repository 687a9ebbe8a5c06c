"""The codes of the guide (A.4) for people, and for names."""

from collections.abc import Iterator
from contextlib import contextmanager

from simulator.contract import Refusal
from simulator.world.people import Broken, Rule

PARAMETER = "CCF000001"
NO_GROUP = "CCF038009"
NO_PERSON = "CCF038023"
NO_LEVEL = "VMS040016"
NO_RESOURCE = "VMS000003"

CODES = {
    Rule.NO_GROUP: NO_GROUP,
    Rule.ROOT_STAYS: PARAMETER,
    Rule.CIRCLE: PARAMETER,
    Rule.NO_PERSON: NO_PERSON,
    Rule.TOO_MANY: "CCF038029",
    Rule.CODE_TAKEN: "CCF038024",
    Rule.CARD_TAKEN: "CCF038034",
    Rule.PIN_TAKEN: "CCF038055",
}
SPECIAL = frozenset('\\/:*?"<>|')
"""Which characters names may not have; the guide has codes but no list."""


@contextmanager
def rules() -> Iterator[None]:
    """Refuse what breaks a rule, with the guide's code."""
    try:
        yield
    except Broken as broken:
        raise Refusal(CODES[broken.rule]) from None


def check_name(name: str | None, too_long: str, special: str) -> None:
    """Refuse a name of more than 64 characters or with special ones."""
    if name and len(name) > 64:
        raise Refusal(too_long)
    if name and SPECIAL & set(name):
        raise Refusal(special)
