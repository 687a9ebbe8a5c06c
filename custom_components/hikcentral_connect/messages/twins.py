"""Recognising what two sources tell of the same thing under different ids."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from itertools import count
from typing import Any, Final

TOLERANCE: Final = 2.0
"""Seconds by which two sources may differ in the time of the same thing."""


class Source(StrEnum):
    """Where a message was read."""

    QUEUE = "queue"
    LOG = "log"


@dataclass(frozen=True, slots=True)
class Trace:
    """By what a thing can be known again.

    `about` tells what happened where, and to whom; `moment` when, in seconds.
    `number` is a number that both sources give it, or None.
    """

    about: str
    moment: float
    number: str | None = None

    def is_same(self, other: Trace) -> bool:
        """Tell whether both can be traces of the same thing."""
        if self.number is not None and other.number is not None:
            return self.number == other.number
        near = abs(self.moment - other.moment) <= TOLERANCE
        return near and self.about == other.about


class Twins:
    """Pairs what came from one source with what came from the other.

    Each has one twin at most: where the queue told of one alarm and the log tells of
    two alike, the second is news.
    """

    def __init__(self, size: int) -> None:
        """Let the newest `size` wait for a twin."""
        self._size = size
        self._numbers = count()
        self._waiting: OrderedDict[int, tuple[Source, Trace]] = OrderedDict()
        self._index: dict[str, list[int]] = {}

    def note(self, source: Source, trace: Trace) -> None:
        """Let a trace wait for a twin from the other source."""
        number = next(self._numbers)
        self._waiting[number] = source, trace
        for key in _homes(trace):
            self._index.setdefault(key, []).append(number)
        if len(self._waiting) > self._size:
            self._forget(next(iter(self._waiting)))

    def met(self, source: Source, trace: Trace) -> bool:
        """Tell whether the other source told of this; if not, it may yet."""
        for key in _places(trace):
            for number in self._index.get(key, ()):
                known, other = self._waiting[number]
                if known is not source and other.is_same(trace):
                    self._forget(number)
                    return True
        self.note(source, trace)
        return False

    def dump(self, most: int) -> list[dict[str, Any]]:
        """Return the newest that wait, for `load`."""
        newest = list(self._waiting.values())[-most:]
        return [{"source": source, **asdict(trace)} for source, trace in newest]

    def load(self, rows: list[dict[str, Any]]) -> None:
        """Let wait what `dump` returned."""
        for row in rows:
            trace = Trace(row["about"], row["moment"], row["number"])
            self.note(Source(row["source"]), trace)

    def _forget(self, number: int) -> None:
        _, trace = self._waiting.pop(number)
        for key in _homes(trace):
            self._index[key].remove(number)
            if not self._index[key]:
                del self._index[key]


def _homes(trace: Trace) -> Iterator[str]:
    """Return the keys under which a trace is kept."""
    if trace.number is not None:
        yield trace.number
    yield _slot(trace, 0)


def _places(trace: Trace) -> Iterator[str]:
    """Return the keys under which a twin can be, the surest first."""
    if trace.number is not None:
        yield trace.number
    yield from (_slot(trace, step) for step in (0, -1, 1))


def _slot(trace: Trace, step: int) -> str:
    return f"{trace.about}@{int(trace.moment // TOLERANCE) + step}"
