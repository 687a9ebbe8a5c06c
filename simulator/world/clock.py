"""The time the simulated world lives by."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
import heapq
from itertools import count
import time

type Action = Callable[[datetime], None]


class Clock:
    """A wall clock that can run faster than the real one and be moved by hand.

    It follows ``time.time()``, so it also follows a test that freezes time.
    """

    def __init__(self, speed: float = 1.0) -> None:
        """Start at the present; ``speed`` is simulated seconds per real second."""
        self.speed = speed
        self._started = time.time()
        self._offset = timedelta()

    def now(self) -> datetime:
        """Return the simulated time, in UTC."""
        elapsed = (time.time() - self._started) * self.speed
        return datetime.fromtimestamp(self._started + elapsed, UTC) + self._offset

    def paced(self) -> datetime:
        """Return the time that film runs by: moved by hand, but never sped up."""
        return datetime.fromtimestamp(time.time(), UTC) + self._offset

    def shift(self, seconds: float) -> None:
        """Move the time forward, or backward with a negative number."""
        self._offset += timedelta(seconds=seconds)


class Agenda:
    """What will happen, by time. Nothing happens until somebody looks.

    There is no background task: every request first settles what fell due, each
    action with its own due time, so a shifted clock plays its past in order.
    """

    def __init__(self) -> None:
        """Start empty."""
        self._entries: list[tuple[datetime, int, Action]] = []
        self._numbers = count()

    def add(self, due: datetime, action: Action) -> None:
        """Plan ``action``; it is called with ``due``."""
        heapq.heappush(self._entries, (due, next(self._numbers), action))

    def settle(self, now: datetime) -> None:
        """Do everything due up to ``now``, oldest first."""
        while self._entries and self._entries[0][0] <= now:
            due, _, action = heapq.heappop(self._entries)
            action(due)
