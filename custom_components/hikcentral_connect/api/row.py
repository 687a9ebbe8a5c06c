"""A tolerant reader of JSON objects.

Servers spell keys in several ways, send numbers as strings and times in five forms
(guide section 3.2). A `Row` hides that: it takes the spellings in the order of trust
and returns plain Python values, or raises `BadAnswer` naming the field.
"""

from collections.abc import Callable
from datetime import UTC, datetime
import re
from typing import Any, Final

from .errors import BadAnswer

type JsonValue = Any
type JsonObject = dict[str, Any]

_FLAGS: Final = {
    **dict.fromkeys(("1", "true", "online", "yes", "on", "enabled"), True),
    **dict.fromkeys(("0", "false", "offline", "no", "off", "disabled"), False),
}
_MILLISECONDS_FROM: Final = 100_000_000_000
_LATEST_SECOND: Final = 253_402_300_799
TEXT_AT_MOST: Final = 8192
"""Characters; signed addresses are the longest texts in use."""
PICTURE_AT_MOST: Final = 1024 * 1024
"""Characters of a small picture in base64."""
# A name must not begin a line of a log, nor turn the direction of what follows it.
_UNSAFE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
ROWS_AT_MOST: Final = 5000
"""Rows of a list; no contract has pages of more than 1000."""
# Services say "for ever" with days that only some zones can show.
_EARLIEST: Final = datetime(1, 1, 3, tzinfo=UTC)
_LATEST: Final = datetime(9999, 12, 29, tzinfo=UTC)


class Row:
    """One object of an answer, or the answer itself.

    Rows of one answer share `skipped`: a line for each row that could not be read.
    """

    __slots__ = ("raw", "skipped")

    def __init__(self, raw: JsonValue, skipped: list[str] | None = None) -> None:
        """Wrap a decoded JSON value."""
        self.raw = raw
        self.skipped: list[str] = [] if skipped is None else skipped

    @property
    def fields(self) -> JsonObject:
        """The object itself; null counts as an object without fields."""
        if self.raw is None:
            return {}
        if not isinstance(self.raw, dict):
            raise BadAnswer(f"an object was expected, not {_kind(self.raw)}")
        return self.raw

    def first(self, *keys: str) -> JsonValue:
        """Return the first of `keys` that has a value, else None."""
        fields = self.raw if type(self.raw) is dict else self.fields
        for key in keys:
            if (value := fields.get(key)) is not None:
                return value
        return None

    def text(self, *keys: str, most: int = TEXT_AT_MOST) -> str:
        """Return a text or id that must be there; numbers become text."""
        if value := self.text_or_none(*keys, most=most):
            return value
        raise BadAnswer(f"{keys[0]} is missing")

    def text_or_none(
        self, key: str, *others: str, most: int = TEXT_AT_MOST
    ) -> str | None:
        """Return a text or id, or None when it is missing or empty.

        One of more than `most` characters is a `BadAnswer`: names and ids end up in
        registries, states and logs.
        """
        # The usual case first: this is asked fifteen times for each message.
        if type(raw := self.raw) is dict:
            value = raw.get(key)
            if type(value) is str and len(value) <= most and value.isprintable():
                return value.strip() or None
        return self._unusual_text((key, *others), most)

    def _unusual_text(self, keys: tuple[str, ...], most: int) -> str | None:
        value = self.first(*keys)
        if value is None or isinstance(value, bool):
            return None
        if isinstance(value, int | float):
            return str(value)
        if not isinstance(value, str):
            raise BadAnswer(f"{keys[0]} is {_kind(value)}, not a text")
        if len(value) > most:
            raise BadAnswer(f"{keys[0]} has {len(value)} characters")
        return _UNSAFE.sub(" ", value).strip() or None

    def integer(self, *keys: str) -> int:
        """Return a whole number that must be there."""
        value = self.integer_or_none(*keys)
        if value is None:
            raise BadAnswer(f"{keys[0]} is missing")
        return value

    def integer_or_none(self, *keys: str) -> int | None:
        """Return a whole number, also when sent as text, or None."""
        value = self.number_or_none(*keys)
        return None if value is None else int(value)

    def number_or_none(self, *keys: str) -> float | None:
        """Return a finite number, also when sent as text, or None."""
        value = self.first(*keys)
        if value is None or value == "" or isinstance(value, bool):
            return None
        try:
            number = float(value)
        except TypeError, ValueError:
            raise BadAnswer(f"{keys[0]} is not a number") from None
        if not -1e18 < number < 1e18:
            raise BadAnswer(f"{keys[0]} is out of range")
        return number

    def flag_or_none(self, *keys: str) -> bool | None:
        """Return a yes or no, sent as bool, number or word, or None if unclear."""
        value = self.first(*keys)
        if isinstance(value, bool):
            return value
        return _FLAGS.get(str(value).strip().lower())

    def moment_or_none(self, *keys: str) -> datetime | None:
        """Return an aware time, or None when missing or sent without a zone."""
        value = self.first(*keys)
        if value is None or isinstance(value, bool):
            return None
        if isinstance(value, str) and not value.strip().isdigit():
            return _from_iso(value, keys[0])
        return _from_epoch(value, keys[0])

    def moment(self, *keys: str) -> datetime:
        """Return an aware time that must be there."""
        if value := self.moment_or_none(*keys):
            return value
        raise BadAnswer(f"{keys[0]} is missing or has no time zone")

    def row(self, *keys: str) -> Row:
        """Return a nested object; one without fields when it is missing."""
        return Row(self.first(*keys), self.skipped)

    def list_of[T](self, read: Callable[[Row], T], *keys: str) -> list[T]:
        """Return the rows that can be read under the first key present.

        A row that cannot is left out and noted in `skipped`. Null is an empty list;
        no key at all, or anything but a list, is a `BadAnswer`.
        """
        fields = self.fields
        for key in keys:
            if key in fields:
                return self._read_list(read, key, fields[key])
        raise BadAnswer(f"{keys[0]} is missing")

    def list_or_empty[T](self, read: Callable[[Row], T], *keys: str) -> list[T]:
        """Return the rows as `list_of` does, or none when the key is missing."""
        return self.list_of(read, *keys) if self.first(*keys) is not None else []

    def _read_list[T](
        self, read: Callable[[Row], T], key: str, values: JsonValue
    ) -> list[T]:
        if values is None:
            return []
        if not isinstance(values, list):
            raise BadAnswer(f"{key} is {_kind(values)}, not a list")
        if len(values) > ROWS_AT_MOST:
            raise BadAnswer(f"{key} has {len(values)} rows")
        rows: list[T] = []
        for value in values:
            try:
                rows.append(read(Row(value, self.skipped)))
            except BadAnswer as err:
                self.skipped.append(f"{key}: {err}")
        return rows


def _from_iso(value: str, field: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        raise BadAnswer(f"{field} is not a time") from None
    return showable(moment) if moment.tzinfo else None


def _from_epoch(value: JsonValue, field: str) -> datetime:
    try:
        seconds = float(value)
    except TypeError, ValueError:
        raise BadAnswer(f"{field} is not a time") from None
    if abs(seconds) >= _MILLISECONDS_FROM:
        seconds /= 1000
    if not 0 <= seconds <= _LATEST_SECOND:
        raise BadAnswer(f"{field} is not a time")
    return showable(datetime.fromtimestamp(seconds, UTC))


def showable(moment: datetime) -> datetime:
    """Return an aware time, moved to where every zone can show it if need be."""
    if _EARLIEST.year < moment.year < _LATEST.year:
        return moment
    return max(_EARLIEST, min(moment, _LATEST))


def _kind(value: JsonValue) -> str:
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    return "a text" if isinstance(value, str) else "a number"
