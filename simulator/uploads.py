"""Files that clients upload to an address they were given."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex

from .shelf import Expired
from .world.clock import Clock


@dataclass(slots=True)
class _Place:
    until: datetime
    content: bytes = b""


class Uploads:
    """Keeps uploaded files by their key."""

    def __init__(self, clock: Clock) -> None:
        """Start empty."""
        self._clock = clock
        self._places: dict[str, _Place] = {}

    def offer(self, folder: str, suffix: str, life: timedelta) -> str:
        """Make a place for one file and return its key; it takes one for a while."""
        day = self._clock.now().date().isoformat()
        key = f"{folder}/{day}/{token_hex(16)}.{suffix}"
        self._places[key] = _Place(self._clock.now() + life)
        return key

    def __contains__(self, key: object) -> bool:
        """Return whether a key was given, with or without a file."""
        return key in self._places

    def store(self, key: str, content: bytes) -> None:
        """Take a file in; raise KeyError if unknown, Expired if too late."""
        place = self._places[key]
        if self._clock.now() > place.until:
            raise Expired(key)
        place.content = content

    def fetch(self, key: str) -> bytes:
        """Return a file, empty if none came."""
        return self._places[key].content
