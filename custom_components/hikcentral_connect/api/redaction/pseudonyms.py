"""Stand-ins for what must not be told: the same value gets the same one everywhere."""

from collections.abc import Callable
from itertools import count
import re
from typing import Final

from . import keys

HOST: Final = "redacted.invalid"
SHORTEST_KNOWN: Final = 5
"""Characters from which on a value is recognised wherever it stands."""
_HEX: Final = re.compile(r"[0-9a-fA-F]{32}")
_SCHEME: Final = re.compile(r"[a-z]{2,8}(?=://)")
_LABEL: Final = re.compile(r"[A-Za-z]{1,48}")


class Pseudonyms:
    """Gives out stand-ins in the form of what they stand for."""

    def __init__(self) -> None:
        """Start knowing nobody."""
        self._given: dict[str, str] = {}
        self._held: dict[str, bool] = {}
        self._next = count(1001)

    def known(self, value: str) -> str | None:
        """Return the stand-in of a value that has one."""
        return self._given.get(value)

    def hold(self, text: str) -> bool:
        """Tell whether a value that has a stand-in is part of the text."""
        if text not in self._held:
            long = (value for value in self._given if len(value) >= SHORTEST_KNOWN)
            self._held[text] = any(value in text for value in long)
        return self._held[text]

    def id(self, key: str, value: str) -> str:
        """Return the stand-in of an id or serial number."""
        return self._stand_in(value, _id_form(key, value))

    def text(self, key: str, value: str) -> str:
        """Return the stand-in of a name or any other text."""
        label = key if _LABEL.fullmatch(key) else "text"
        return self._stand_in(value, lambda number: f"{label} {number}")

    def address(self, value: str) -> str:
        """Return the stand-in of an address; its scheme is kept."""
        found = _SCHEME.match(value)
        scheme = found[0] if found else "x"
        return self._stand_in(value, lambda number: f"{scheme}://{HOST}/{number}")

    def _stand_in(self, value: str, make: Callable[[int], str]) -> str:
        if value not in self._given:
            self._given[value] = make(next(self._next))
            self._held.clear()
        return self._given[value]


def _id_form(key: str, value: str) -> Callable[[int], str]:
    if keys.is_serial(key):
        return "X{:08d}".format
    if value.isdecimal():
        return str
    return ("{:032x}" if _HEX.fullmatch(value) else "id{}").format
