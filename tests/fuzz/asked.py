"""JSON that grows while it is read: a reader that asks for a field is given one.

So every field of every reader is reached without anybody naming it here. What is given
is mostly of the kind that the reader wants, and often enough anything else.
"""

import sys
from typing import Any, Final, override

from hypothesis import strategies as st

from tests.api.damage import DAMAGE

WORDS: Final = (
    *("1", "0", "2", "-1", "a", "ringing", "Msg330001", "<a/>", "{}", "AAAA"),
    *("2026/10/01", "2026-10-01T09:00", "9:30:00", "2026-10-01"),
    *("https://a.hikcentralconnect.com/1", "ezopen://a/b/1.live", "12:30", "100"),
    *("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59Z", "2026-10-01T12:00:00Z"),
)
NUMBERS: Final = (0, 1, 2, 7, 90, 253_402_300_799, 1_790_000_000, 1_790_000_000_000)
MOMENTS: Final = (
    *("2026-10-01T12:30:15Z", "2026-10-01T14:30:15+02:00", "1790000000", 1790000000000),
    *("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", 253_402_300_799, 0),
)
OBJECT, LIST, TEXT, NUMBER, MOMENT, FLAG, NOTHING = range(7)
MOST_DEEP: Final = 6

_WANTED: Final = {
    "row": OBJECT,
    "fields": OBJECT,
    "list_of": LIST,
    "list_or_empty": LIST,
    "text": TEXT,
    "text_or_none": TEXT,
    "_unusual_text": TEXT,
    "integer_or_none": NUMBER,
    "number_or_none": NUMBER,
    "moment_or_none": MOMENT,
    "flag_or_none": FLAG,
}
_PLAIN: Final = {
    TEXT: st.sampled_from(WORDS),
    NUMBER: st.sampled_from(NUMBERS),
    MOMENT: st.sampled_from(MOMENTS),
    FLAG: st.sampled_from((True, False, 0, 1, "0", "1", "true")),
}
_KINDS: Final = (OBJECT, LIST, TEXT, NUMBER, MOMENT, FLAG)


class Asked(dict[str, Any]):
    """An object whose fields are made up when they are looked at."""

    def __init__(self, data: st.DataObject, spoilt: int, depth: int = 0) -> None:
        """Draw from `data`; one value in `spoilt` is not what is wanted."""
        super().__init__()
        self._data = data
        self._spoilt = spoilt
        self._depth = depth
        self._refused: set[object] = set()
        self._guessed: set[object] = set()

    @override
    def __contains__(self, key: object) -> bool:
        self._make(key, _wanted())
        return super().__contains__(key)

    @override
    def __getitem__(self, key: str) -> Any:
        self._make(key, _wanted())
        return super().__getitem__(key)

    @override
    def get(self, key: str, default: Any = None) -> Any:
        """Return what stands under a key, made up now if it is new."""
        self._make(key, _wanted())
        return super().get(key, default)

    def _make(self, key: object, wanted: int | None) -> None:
        if key in self._refused:
            return
        if super().__contains__(key) and not self._may_turn(key, wanted):
            return
        chance = self._data.draw(st.integers(0, self._spoilt))
        if chance == 0:
            self._refused.add(key)
            self.pop(str(key), None)
            return
        kind = None if chance == 1 else wanted
        value = made(self._data, kind, self._spoilt, self._depth + 1)
        super().__setitem__(str(key), value)
        if wanted is None:
            self._guessed.add(key)

    def _may_turn(self, key: object, wanted: int | None) -> bool:
        """Tell whether a field that was only looked for is now read as some kind."""
        if wanted is None or key not in self._guessed:
            return False
        self._guessed.discard(key)
        return dict.get(self, str(key)) is not None


def made(data: st.DataObject, wanted: int | None, spoilt: int, depth: int = 0) -> Any:
    """Return a value of a kind; anything at all for None."""
    if wanted is None:
        if data.draw(st.booleans()):
            return data.draw(DAMAGE)
        wanted = data.draw(st.sampled_from(_KINDS))
    if wanted in _PLAIN:
        return data.draw(_PLAIN[wanted])
    if depth > MOST_DEEP:
        return {} if wanted == OBJECT else []
    if wanted == OBJECT:
        return Asked(data, spoilt, depth)
    rows = data.draw(st.integers(0, 2))
    return [made(data, data.draw(_ROW), spoilt, depth + 1) for _ in range(rows)]


def plain(value: Any) -> Any:
    """Return a value as it would come over the wire, for a report or the corpus."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in dict.items(value)}
    return [plain(one) for one in value] if isinstance(value, list) else value


_ROW = st.sampled_from((OBJECT, OBJECT, OBJECT, OBJECT, TEXT, None))


def _wanted() -> int | None:
    """Return what the method of `Row` wants that looks at a field."""
    frame = sys._getframe(2)
    if frame.f_code.co_name in ("first", "<genexpr>") and frame.f_back:
        frame = frame.f_back
    return _WANTED.get(frame.f_code.co_name)
