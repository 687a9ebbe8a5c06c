"""Field types that only the calls about devices, vehicles and reports need."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from simulator.contract import Mistake, Problem, Refusal, Type


@dataclass(frozen=True, slots=True)
class OrNull:
    """A field that may also be null, as the guide says of some."""

    type: Type

    def read(self, name: str, value: object) -> Any:
        """Return None, or what the type reads."""
        return None if value is None else self.type.read(name, value)


@dataclass(frozen=True, slots=True)
class LocalTime:
    """``YYYY-MM-DDTHH:MM:SS`` without a zone (A.3.87); stays a text."""

    def read(self, name: str, value: object) -> str:
        """Return the text if it is such a time, or empty."""
        if not isinstance(value, str):
            raise Mistake(Problem.TYPE, name)
        if value:
            try:
                datetime.strptime(value, "%Y-%m-%dT%H:%M:%S")
            except ValueError:
                raise Mistake(Problem.FORMAT, name) from None
        return value


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a list, as an earlier answer gave it: a number and an id."""

    def read(self, name: str, value: object) -> tuple[int, str] | None:
        """Return the place, None for the beginning."""
        match value:
            case []:
                return None
            case [int() as number, str() as key]:
                return number, key
        raise Mistake(Problem.RANGE, name)


TOO_MANY = "OPEN000024"


def at_most(most: int, items: list[Any]) -> None:
    """Refuse a request for more items than the guide lets."""
    if len(items) > most:
        raise Refusal(TOO_MANY)


def some(name: str, items: list[Any]) -> None:
    """Want at least one item."""
    if not items:
        raise Mistake(Problem.MISSING, name)
