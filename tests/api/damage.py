"""Ways to spoil a JSON value: what replaces a part of it, and where."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
import orjson

type Path = tuple[str | int, ...]

DEEP = orjson.loads(b"[" * 400 + b"]" * 400)
"""Deeper than a writer of JSON goes, though a reader does."""

TEXTS = (
    "",
    " ",
    "0",
    "1",
    "-1",
    "1.5",
    "1e5",
    "1e999",
    "NaN",
    "Infinity",
    "true",
    "null",
    "x",
    "\x00",
    "\u00b2",
    "\u0663",
    "\U0001f6aa",
    "9" * 30,
    "9" * 5000,
    "x" * 5000,
    "->",
    ",",
    "::",
    "%",
    "{}",
    "[",
    "<",
    "<a/>",
    "<ResponseStatus><statusCode>x</statusCode></ResponseStatus>",
    '{"statusCode": []}',
    '{"ResponseStatus": 5}',
    "AAAA",
    "A",
    "data:image/png;base64,",
    "data:image/png;base64,AAAA",
    "http://",
    "https://[",
    "https://a/https://b",
    "12:00",
    "12:30:00",
    "9999999999999999:00",
    "2026/01/01",
    "25:61",
    "2026-01-01",
    "2026-01-01 10:00:00",
    "2026-13-01T00:00:00Z",
    "2026-01-01T00:00:00Z",
    "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59-23:59",
    "9999-12-31T24:00:00Z",
    "1790000000",
    "1790000000000",
)
NUMBERS = (
    0,
    1,
    -1,
    2,
    1.5,
    -0.0,
    99_999,
    1_790_000_000,
    1_790_000_000_000,
    253_402_300_799,
    253_402_300_800,
    2**31,
    2**63 - 1,
    -(2**63),
    2**64 - 1,
    9e17,
    1e18,
    1e308,
    -1e308,
    5e-324,
)
STRUCTURES: tuple[Any, ...] = (
    [],
    {},
    [None],
    [[]],
    [{}],
    ["x"],
    [0],
    {"": None},
    {"id": {}},
    {"id": []},
    {"errorCode": "VMS000003"},
    {"errorCode": ["VMS000003"]},
)
SPOILT: tuple[Any, ...] = (None, True, False, *NUMBERS, *TEXTS, *STRUCTURES, DEEP)
"""What a value may be replaced by: every type, and the edges of each."""

SIMPLE = (
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.text(max_size=20)
)
JSON = st.recursive(
    SIMPLE | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
DAMAGE = st.sampled_from(SPOILT[:-1]) | JSON
"""The same without `DEEP`, which nobody wants to see printed, and any other JSON."""


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    """Return the way to every part of a value, itself first."""
    yield path
    if isinstance(value, dict):
        for key in value:
            yield from places(value[key], (*path, key))
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from places(one, (*path, index))


def replaced(value: Any, path: Path, part: Any) -> Any:
    """Return the value with one part replaced; untouched where there is no such."""
    if not path:
        return part
    key, *rest = path
    if not _has(value, key):
        return value
    copy = value.copy()
    copy[key] = replaced(value[key], tuple(rest), part)
    return copy


def dropped(value: Any, path: Path) -> Any:
    """Return the value without one part; untouched where there is no such."""
    if not path:
        return None
    key, *rest = path
    if not _has(value, key):
        return value
    copy = value.copy()
    if rest:
        copy[key] = dropped(value[key], tuple(rest))
    else:
        del copy[key]
    return copy


def wrapped(value: Any, path: Path) -> Any:
    """Return the value with one part put into an object."""
    return _reshaped(value, path, lambda part: {"value": part})


def listed(value: Any, path: Path) -> Any:
    """Return the value with one part twice in a list."""
    return _reshaped(value, path, lambda part: [part, part])


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is spoilt; calling it spoils a value."""

    how: Callable[..., Any]
    path: Path
    parts: tuple[Any, ...] = ()

    def __call__(self, value: Any) -> Any:
        """Return the spoilt value; the one given stays as it is."""
        return self.how(value, self.path, *self.parts)


def changes_of(value: Any) -> list[Change]:
    """Return everything that one change can spoil in a value."""
    return [
        change
        for path in places(value)
        for change in (
            *(Change(replaced, path, (part,)) for part in SPOILT),
            *(Change(how, path) for how in (dropped, wrapped, listed)),
        )
    ]


def _reshaped(value: Any, path: Path, form: Callable[[Any], Any]) -> Any:
    part = value
    for key in path:
        if not _has(part, key):
            return value
        part = part[key]
    return replaced(value, path, form(part))


def _has(value: Any, key: str | int) -> bool:
    if isinstance(key, int):
        return isinstance(value, list) and key < len(value)
    return isinstance(value, dict) and key in value
