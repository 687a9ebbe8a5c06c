"""What was called, when, by whom and with what outcome."""

from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One call. ``tick`` is real monotonic time in seconds, ``at`` simulated time.

    ``code`` is the contract's code and None if no whole answer went out.
    ``body`` is what the client sent, without its secrets.
    """

    tick: float
    at: datetime
    method: str
    path: str
    key: str | None
    body: Any
    status: int
    code: str | None
    seconds: float
    fault: str | None


class Record:
    """The latest calls, oldest first."""

    def __init__(self, size: int = 100_000) -> None:
        """Keep up to ``size`` calls."""
        self._entries: deque[Entry] = deque(maxlen=size)

    def __iter__(self) -> Iterator[Entry]:
        """Go through all calls."""
        return iter(self._entries)

    def __len__(self) -> int:
        """Return how many calls are kept."""
        return len(self._entries)

    def add(self, entry: Entry) -> None:
        """Note a call."""
        self._entries.append(entry)

    def clear(self) -> None:
        """Forget all calls."""
        self._entries.clear()

    def calls(
        self, path: str = "*", *, key: str | None = None, code: str | None = None
    ) -> list[Entry]:
        """Return the calls whose path fits a pattern such as ``*/capturePic``."""
        return [
            entry
            for entry in self._entries
            if fnmatchcase(entry.path, path)
            and key in (None, entry.key)
            and code in (None, entry.code)
        ]

    def max_per_second(self, key: str | None = None) -> int:
        """Return the most API calls of an account within any one second."""
        window: deque[float] = deque()
        most = 0
        for tick in sorted(entry.tick for entry in self.calls("/api/*", key=key)):
            window.append(tick)
            while tick - window[0] >= 1:
                window.popleft()
            most = max(most, len(window))
        return most

    def as_json(
        self,
        path: str = "*",
        *,
        key: str | None = None,
        code: str | None = None,
        last: int = 200,
    ) -> list[dict[str, Any]]:
        """Return the latest calls that fit, newest first."""
        rows = [asdict(one) for one in self.calls(path, key=key, code=code)[-last:]]
        for row in rows:
            row["at"] = row["at"].isoformat()
        return rows[::-1]
