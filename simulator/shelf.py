"""Files under random names that are served for a while."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe

from .world.clock import Clock

type Render = Callable[[], bytes]


class Expired(Exception):
    """The file's time is over."""


@dataclass(frozen=True, slots=True)
class _Entry:
    render: Render
    until: datetime


class Shelf:
    """Keeps how to make each file; it is made when somebody fetches it."""

    def __init__(self, clock: Clock) -> None:
        """Start empty."""
        self._clock = clock
        self._entries: dict[str, _Entry] = {}

    def put(self, render: Render, suffix: str, life: timedelta) -> str:
        """Offer a file and return its name."""
        if len(self._entries) > 10_000:
            self._sweep()
        name = f"{token_urlsafe(24)}.{suffix}"
        self._entries[name] = _Entry(render, self._clock.now() + life)
        return name

    def fetch(self, name: str) -> bytes:
        """Return a file; raise KeyError if unknown, Expired if too late."""
        entry = self._entries[name]
        if self._clock.now() > entry.until:
            raise Expired(name)
        return entry.render()

    def _sweep(self) -> None:
        now = self._clock.now()
        self._entries = {k: v for k, v in self._entries.items() if v.until > now}
