"""Shops whose customers are counted."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

HOUR = timedelta(hours=1)
OPENS, CLOSES = 9, 19


@dataclass(frozen=True, slots=True)
class Flow:
    """How many people came in, went out and passed by."""

    entered: int = 0
    left: int = 0
    passed: int = 0

    def __add__(self, other: Flow) -> Flow:
        """Add the people of two spans of time."""
        return Flow(
            self.entered + other.entered,
            self.left + other.left,
            self.passed + other.passed,
        )


@dataclass(frozen=True, slots=True)
class Store:
    """A shop: an area, the ids of its counting cameras and of its entrances."""

    area_id: str
    cameras: tuple[str, ...]
    entrances: tuple[str, ...]

    def flow(self, counter: str, start: datetime, end: datetime) -> Flow:
        """Count people in whole hours of local time, always the same ones."""
        total, hour = Flow(), start
        while hour + HOUR <= end:
            total += _customers(counter, hour)
            hour += HOUR
        return total


def _customers(counter: str, hour: datetime) -> Flow:
    if not OPENS <= hour.hour < CLOSES:
        return Flow()
    random = Random(f"{counter}{hour:%Y%m%d%H}")
    entered = random.randrange(2, 30)
    return Flow(entered, random.randrange(2, entered + 2), random.randrange(5, 80))
