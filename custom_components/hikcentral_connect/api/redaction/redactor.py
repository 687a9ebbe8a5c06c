"""Turns what went over the wire into what may be shown, in the same shape.

Every value keeps its kind: a number stays a number, a time a time, an id an id that
still refers to the same thing. What it said is gone unless its field is known to hold a
code, a kind or a count.
"""

from base64 import b64encode
from collections.abc import Collection, Iterable
from datetime import date, timedelta
import json
import re
from typing import Any, Final

import orjson

from . import keys
from .pseudonyms import SHORTEST_KNOWN, Pseudonyms

type Json = Any

WEEK: Final = 7 * 24 * 3600
SMALL: Final = 10_000
"""Numbers below this are counts and codes, unless their field says otherwise."""
NO_PICTURE: Final = b64encode(b"redacted").decode()
HIDDEN: Final = "redacted"
DEEPEST: Final = 50
"""Objects and lists in one another; what lies deeper is left out."""

_DATE: Final = re.compile(r"(\d{4})([-/])(\d{2})[-/](\d{2})(?=$|[T ])")
_EPOCH: Final = re.compile(r"\d{10}|\d{13}")
_DECIMAL: Final = re.compile(r"-?\d+\.\d+")
_BASE64: Final = re.compile(r"(data:[\w/+.-]+;base64,)?[A-Za-z0-9+/\s]{8,}+={0,2}\s*")
_BASE64_KEYS: Final = frozenset({"code", "qrcodedata"})
_LONG: Final = 128
_FIELD_NAME: Final = re.compile(r" ?[A-Za-z_]\w{0,47}")
_ELEMENT: Final = re.compile(r"<(/?[A-Za-z_][\w.-]*+)([^<>]*+)>")
_ERROR_TEXT: Final = re.compile(
    r"([A-Z]+(_[A-Z]+)*|[Ss]uccess|validated failed argument \[[A-Za-z.]*\])?"
    r"(\{[A-Z][A-Z_0-9x]*+\})?"
)
_ERROR_KEYS: Final = frozenset({"message", "errorMsg", "msg"})
_ROOTS: Final = frozenset({"-1", "0", ""})
"""Ids that stand for the whole account or for nothing in every account."""


class Redactor:
    """Hides one account, all of whose answers it is given beforehand.

    Dates are moved back by `weeks`: the times between them, the days of the week and
    the times of day stay.
    """

    def __init__(self, answers: Iterable[Json], weeks: int) -> None:
        """Give everything in the answers its stand-in."""
        self._names = Pseudonyms()
        self._weeks = weeks
        self._learned = False
        everything = list(answers)
        self._learn_ids(everything)
        self.answer(everything)
        self._learned = True

    def answer(self, value: Json, key: str = "", depth: int = 0) -> Json:
        """Return an answer, or a part of it that stands under `key`, redacted."""
        if depth > DEEPEST:
            return HIDDEN
        if isinstance(value, dict):
            named = ((self._field(name), one) for name, one in value.items())
            return {name: self.answer(one, name, depth + 1) for name, one in named}
        if isinstance(value, list):
            return [self.answer(one, key, depth + 1) for one in value]
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return self._text(key, value, depth)
        if keys.is_kept(key):
            return value
        return 0.0 if isinstance(value, float) else self._whole(key, value)

    def request(self, value: Json, key: str = "", depth: int = 0) -> Json:
        """Return a body that the client made, redacted.

        It holds what earlier answers told, times, and constants of the contract.
        """
        if depth > DEEPEST:
            return HIDDEN
        if isinstance(value, dict):
            return {k: self.request(v, k, depth + 1) for k, v in value.items()}
        if isinstance(value, list):
            return [self.request(one, key, depth + 1) for one in value]
        if not isinstance(value, str) or keys.is_id(key) or keys.is_private(key):
            return self.answer(value, key)
        return self._shifted(value) or self._unless_private(key, value)

    def _learn_ids(self, value: Json, key: str = "", depth: int = 0) -> None:
        """Give ids their stand-ins first: they are known to be ids only where named."""
        if depth > DEEPEST:
            return
        if isinstance(value, dict):
            for name, one in value.items():
                self._learn_ids(one, name, depth + 1)
        elif isinstance(value, list):
            for one in value:
                self._learn_ids(one, key, depth + 1)
        elif keys.is_id(key) and isinstance(value, str):
            self._text(key, value)

    def path(self, path: str, asked: Collection[str]) -> str:
        """Return a path; what was asked for and stands in it is replaced."""
        parts = path.split("/")
        return "/".join(self._id("id", one) if one in asked else one for one in parts)

    def _text(self, key: str, value: str, depth: int = 0) -> str:
        if not value.strip():
            return value
        if key in _ERROR_KEYS:
            plain = _ERROR_TEXT.fullmatch(value)
            return self._unless_private(key, value) if plain else HIDDEN
        if keys.is_kept(key) and keys.is_plain(value):
            return self._unless_private(key, value)
        if value.lstrip()[0] in "<{[":
            return self._document(key, value, depth)
        if "://" in value:
            return self._names.address(value)
        if keys.is_id(key):
            return ",".join(self._id(key, one) for one in value.split(","))
        if _is_picture(key, value):
            return value[: value.find(",") + 1] + NO_PICTURE
        if _DECIMAL.fullmatch(value):
            return "0.0"
        if keys.is_private(key):
            return self._names.text(key, value)
        return self._other(key, value)

    def _other(self, key: str, value: str) -> str:
        if keys.says_nothing(value):
            return value
        if len(value) >= SHORTEST_KNOWN and (known := self._names.known(value)):
            return known
        if shifted := self._shifted(value):
            return shifted
        if keys.is_time(key) and _EPOCH.fullmatch(value):
            return str(self._epoch(int(value)))
        if value.isdecimal():
            return self._id(key, value)
        return self._names.text(key, value)

    def _id(self, key: str, value: str) -> str:
        return value if value in _ROOTS else self._names.id(key, value)

    def _whole(self, key: str, value: int) -> int:
        if keys.is_id(key):
            return int(self._id("id", str(abs(value))))
        if keys.is_private(key):
            return 0
        if keys.is_time(key) and _EPOCH.fullmatch(str(value)):
            return self._epoch(value)
        return value if abs(value) < SMALL else int(self._id("id", str(abs(value))))

    def _document(self, key: str, value: str, depth: int) -> str:
        """Redact a text that holds JSON; leave of XML the names of its elements."""
        try:
            return json.dumps(self.answer(orjson.loads(value), depth=depth + 1))
        except ValueError:
            elements = _ELEMENT.findall(value)
        if not elements or "<!" in value:
            return self._names.text(key, value)
        return "".join(
            f"<{name}{'/' if rest.endswith('/') else ''}>" for name, rest in elements
        )

    def _unless_private(self, key: str, value: str) -> str:
        if self._learned and self._names.hold(value):
            return self._names.text(key, value)
        return value

    def _field(self, name: str) -> str:
        """Return the name of a field; an id may stand where a name is expected."""
        digits = any(character.isdigit() for character in name)
        if not _FIELD_NAME.fullmatch(name) or (digits and self._names.known(name)):
            return self._names.text("field", name)
        return name

    def _shifted(self, value: str) -> str | None:
        """Return a text that starts with a date moved back, None for another text."""
        if not (found := _DATE.match(value)):
            return None
        year, dash, month, day = found.groups()
        try:
            moved = date(int(year), int(month), int(day)) - timedelta(weeks=self._weeks)
        except ValueError, OverflowError:
            return None
        clock = re.sub(r"[^\d:.TZ +-]", "", value[found.end() :])
        return moved.isoformat().replace("-", dash) + clock

    def _epoch(self, moment: int) -> int:
        milliseconds = moment >= 10**12
        return moment - self._weeks * WEEK * (1000 if milliseconds else 1)


def _is_picture(key: str, value: str) -> bool:
    if key.casefold() not in _BASE64_KEYS and len(value) < _LONG:
        return False
    return _BASE64.fullmatch(value) is not None
