"""What the doors remember of people."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from .events import Access, Event
from .ids import Ids

MOST = 50_000


@dataclass(frozen=True, slots=True)
class AccessRecord:
    """One access as the cloud keeps it."""

    id: str
    access: Access


class AccessLog:
    """The latest accesses of an account, in the order of their times."""

    def __init__(self, ids: Ids) -> None:
        """Start empty."""
        self._ids = ids
        self._records: list[AccessRecord] = []
        self._count = 0

    @property
    def oldest(self) -> datetime | None:
        """Return how far back the memory goes."""
        return self._records[0].access.at if self._records else None

    def number(self) -> int:
        """Return the serial number of the next access."""
        self._count += 1
        return self._count

    def add(self, access: Access) -> None:
        """Remember an access; the oldest is forgotten when there are too many."""
        record = AccessRecord(self._ids.unique("record"), access)
        insort(self._records, record, key=_time)
        if len(self._records) > MOST:
            del self._records[0]

    def hear(self, event: Event) -> None:
        """Remember the accesses among the world's events."""
        if isinstance(event, Access):
            self.add(event)

    def between(
        self, begin: datetime | None, end: datetime | None
    ) -> Sequence[AccessRecord]:
        """Return the records from ``begin`` up to ``end``, both included."""
        start = bisect_left(self._records, begin, key=_time) if begin else 0
        stop = bisect_right(self._records, end, key=_time) if end else None
        return self._records[start:stop]


def _time(record: AccessRecord) -> datetime:
    return record.access.at
