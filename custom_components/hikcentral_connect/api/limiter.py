"""The rate limit of one key: at most so many requests in any second.

Requests wait in the order of their `Kind`. Where there is a door, one place in each
second is kept for what is urgent: it opens at once however much else is waiting.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import count
from time import monotonic
from typing import Final

from .call import Kind
from .errors import RateLimited

RATE: Final = 5
"""Requests a second that both contracts allow."""
# A little more than the second, because clocks do not run alike.
WINDOW: Final = 1.005
CONNECTING_AT_MOST: Final = 1.0
WAITING_AT_MOST: Final = 1000
MINUTE: Final = 60.0


@dataclass(slots=True)
class Place:
    """A request that may be sent: when it got its place, and when its answer came."""

    given: float
    answered: float | None = None

    def counts_from(self, now: float) -> float:
        """Return when the request can have reached the service at the latest.

        Connecting takes time, so that requests sent one after another may arrive
        together; it is over when the answer comes.
        """
        latest = now if self.answered is None else self.answered
        return min(latest, self.given + CONNECTING_AT_MOST)


class Limiter:
    """Gives out places in a sliding window of one second."""

    def __init__(
        self,
        rate: int = RATE,
        window: float = WINDOW,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """Allow `rate` requests in any `window` seconds."""
        self._rate = rate
        self._window = window
        self._clock = clock
        self._sent: list[Place] = []
        self._minute: deque[float] = deque()
        self._waiting: list[tuple[int, int, Kind, int, asyncio.Future[Place]]] = []
        self._order = count()
        self._closed_until = 0.0
        self._may_be_urgent: Callable[[], bool] = _never
        self._timer: asyncio.TimerHandle | None = None

    @property
    def waiting(self) -> int:
        """Number of requests that wait for a place."""
        return len(self._waiting)

    @property
    def last_minute(self) -> int:
        """Number of requests sent in the last 60 seconds."""
        self._forget(self._clock())
        return len(self._minute)

    @property
    def share(self) -> float:
        """What part of the requests allowed in a minute was sent in the last one."""
        return self.last_minute * self._window / (self._rate * MINUTE)

    async def place(self, kind: Kind, sendings: int = 1) -> Place:
        """Wait for a place; raise `RateLimited` when far too many wait already.

        A request that may be sent again at once takes room for so many `sendings`.
        """
        if len(self._waiting) >= WAITING_AT_MOST and not kind.urgent:
            raise RateLimited("busy", "too many requests are waiting")
        place: asyncio.Future[Place] = asyncio.get_running_loop().create_future()
        order = next(self._order)
        heappush(self._waiting, (kind.value, order, kind, sendings, place))
        self._serve()
        try:
            return await place
        except asyncio.CancelledError:
            self._waiting = [one for one in self._waiting if one[4] is not place]
            heapify(self._waiting)
            self._serve()
            raise

    def answered(self, place: Place) -> None:
        """Note that the answer to a request came, or that none will come."""
        place.answered = self._clock()

    def hold(self, seconds: float) -> None:
        """Give out no place for a while: the service said that we are too fast."""
        self._closed_until = max(self._closed_until, self._clock() + seconds)

    def keep_place(self, may_be_urgent: Callable[[], bool]) -> Callable[[], None]:
        """Keep a place as long as `may_be_urgent()` tells that there is need of it.

        Returns what ends that: then, as at first, all places are for everybody.
        """
        self._may_be_urgent = may_be_urgent

        def end() -> None:
            self._may_be_urgent = _never

        return end

    def _serve(self) -> None:
        now = self._clock()
        begins = now - self._window
        self._sent = [one for one in self._sent if one.counts_from(now) > begins]
        while self._waiting:
            _, _, kind, sendings, place = self._waiting[0]
            if place.done():
                heappop(self._waiting)
                continue
            if (wait := self._wait_for(kind, sendings, now)) > 0:
                self._serve_again_in(wait)
                return
            heappop(self._waiting)
            given = Place(now)
            self._sent += [given] * sendings
            self._minute.append(now)
            self._forget(now)
            place.set_result(given)
        self._stop_timer()

    def _forget(self, now: float) -> None:
        while self._minute and self._minute[0] <= now - MINUTE:
            self._minute.popleft()

    def _wait_for(self, kind: Kind, sendings: int, now: float) -> float:
        if now < self._closed_until:
            return self._closed_until - now
        divided = not kind.urgent and self._may_be_urgent()
        allowed = max(1, self._rate - 1) if divided else self._rate
        lacking = len(self._sent) + min(sendings, allowed) - allowed
        if lacking <= 0:
            return 0
        times = sorted(place.counts_from(now) for place in self._sent)
        return times[lacking - 1] + self._window - now

    def _serve_again_in(self, seconds: float) -> None:
        self._stop_timer()
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(seconds, self._serve)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def _never() -> bool:
    return False
