"""Ids of messages that were handed over already."""

from collections import OrderedDict
from typing import Final

REMEMBERED: Final = 20_000


class Seen:
    """Remembers the newest ids, up to a fixed number."""

    def __init__(self, size: int = REMEMBERED) -> None:
        """Forget the oldest when there are more than `size`."""
        self._size = size
        self._ids: OrderedDict[str, None] = OrderedDict()

    def add(self, key: str) -> bool:
        """Remember an id; tell whether it was new."""
        if key in self._ids:
            self._ids.move_to_end(key)
            return False
        self._ids[key] = None
        if len(self._ids) > self._size:
            self._ids.popitem(last=False)
        return True

    def ids(self) -> list[str]:
        """Return the remembered ids, the oldest first."""
        return list(self._ids)
