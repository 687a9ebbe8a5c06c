"""What a contract says, as data: calls, their fields, and what fits a field.

A service module declares a call with one decorator that reads like the row of
the contract, above the function that answers it::

    @api.post("platform/v1/users/get", need("pageIndex", Whole(1)))
    def users_get(request: Request) -> Json: ...

Whatever a body has beyond its declaration, lacks or holds in the wrong type is a
`Mistake`; each dialect has its own code for each `Problem`.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
import re
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from .account import Account
    from .services import Services

type Json = dict[str, Any] | list[Any] | str | bool | None


class Problem(Enum):
    """What can be wrong with a field."""

    MISSING = auto()
    UNKNOWN = auto()
    TYPE = auto()
    RANGE = auto()
    FORMAT = auto()
    PAGE_SIZE = auto()
    VOLUME = auto()


class Mistake(Exception):
    """A body that breaks its contract at ``argument``."""

    def __init__(self, problem: Problem, argument: str) -> None:
        """Name the problem and the field."""
        super().__init__(f"{problem.name}: {argument}")
        self.problem = problem
        self.argument = argument


class Refusal(Exception):
    """The contract's answer for a request that was understood but not served."""

    def __init__(self, code: str) -> None:
        """Carry the dialect's own code."""
        super().__init__(code)
        self.code = code


class Type(Protocol):
    """What fits a field."""

    def read(self, name: str, value: object) -> Any:
        """Return the value as Python sees it, or raise `Mistake`."""


@dataclass(frozen=True, slots=True)
class Text:
    """A string. ``number`` also lets a number stand for its digits."""

    longest: int | None = None
    choices: Sequence[str] = ()
    number: bool = False

    def read(self, name: str, value: object) -> str:
        """Return the string."""
        if self.number and isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            raise Mistake(Problem.TYPE, name)
        if self.longest is not None and len(value) > self.longest:
            raise Mistake(Problem.RANGE, name)
        if self.choices and value not in self.choices:
            raise Mistake(Problem.RANGE, name)
        return value


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number. ``digits`` also lets a string of digits stand for it."""

    low: int | None = None
    high: int | None = None
    choices: Sequence[int] = ()
    digits: bool = False
    problem: Problem = Problem.RANGE

    def read(self, name: str, value: object) -> int:
        """Return the number."""
        if self.digits and isinstance(value, str) and re.fullmatch(r"-?\d+", value):
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise Mistake(Problem.TYPE, name)
        if (
            (self.low is not None and value < self.low)
            or (self.high is not None and value > self.high)
            or (self.choices and value not in self.choices)
        ):
            raise Mistake(self.problem, name)
        return value


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""

    def read(self, name: str, value: object) -> bool:
        """Return the value."""
        if not isinstance(value, bool):
            raise Mistake(Problem.TYPE, name)
        return value


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list whose items all fit ``item``."""

    item: Type
    longest: int | None = None

    def read(self, name: str, value: object) -> list[Any]:
        """Return the items."""
        if not isinstance(value, list):
            raise Mistake(Problem.TYPE, name)
        if self.longest is not None and len(value) > self.longest:
            raise Mistake(Problem.RANGE, name)
        return [self.item.read(name, one) for one in value]


@dataclass(frozen=True, slots=True)
class IsoTime:
    """An ISO 8601 time with a zone; becomes an aware datetime."""

    def read(self, name: str, value: object) -> datetime:
        """Return the time."""
        if not isinstance(value, str):
            raise Mistake(Problem.TYPE, name)
        try:
            time = datetime.fromisoformat(value)
        except ValueError:
            raise Mistake(Problem.FORMAT, name) from None
        if time.tzinfo is None:
            raise Mistake(Problem.FORMAT, name)
        return time


@dataclass(frozen=True, slots=True)
class PlainTime:
    """``YYYY-MM-DD HH:MM:SS`` without zone; becomes a naive datetime."""

    def read(self, name: str, value: object) -> datetime:
        """Return the time."""
        if not isinstance(value, str):
            raise Mistake(Problem.TYPE, name)
        try:
            return datetime.strptime(value, "%Y-%m-%d %H:%M:%S")
        except ValueError:
            raise Mistake(Problem.FORMAT, name) from None


@dataclass(frozen=True, slots=True)
class ClockTime:
    """``HH:MM``, a time of the day; stays a string."""

    def read(self, name: str, value: object) -> str:
        """Return the time."""
        if not isinstance(value, str):
            raise Mistake(Problem.TYPE, name)
        if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
            raise Mistake(Problem.FORMAT, name)
        return value


@dataclass(frozen=True, slots=True)
class Field:
    """One row of a contract's parameter table."""

    name: str
    type: Type
    required: bool
    default: Any = None


def need(name: str, type_: Type) -> Field:
    """Declare a required field; an empty text counts as missing."""
    return Field(name, type_, required=True)


def may(name: str, type_: Type, default: Any = None) -> Field:
    """Declare an optional field; an empty text counts as not given."""
    return Field(name, type_, required=False, default=default)


@dataclass(frozen=True, slots=True)
class Group:
    """An object with its own fields."""

    fields: tuple[Field, ...]

    def read(self, name: str, value: object) -> dict[str, Any]:
        """Return the object with defaults filled in."""
        if not isinstance(value, dict):
            raise Mistake(Problem.TYPE, name)
        for key in value.keys() - {one.name for one in self.fields}:
            raise Mistake(Problem.UNKNOWN, key)
        return {one.name: self._one(one, value) for one in self.fields}

    def _one(self, row: Field, body: Mapping[str, object]) -> Any:
        empty = isinstance(row.type, Text) and body.get(row.name) == ""
        if row.name not in body or empty:
            if row.required:
                raise Mistake(Problem.MISSING, row.name)
            return row.default
        return row.type.read(row.name, body[row.name])


def group(*fields: Field) -> Group:
    """Declare an object."""
    return Group(fields)


@dataclass(frozen=True, slots=True)
class Request:
    """An accepted call as its handler sees it.

    ``body`` holds every declared field, defaults filled in; ``path`` the values of
    the path's placeholders.
    """

    account: Account
    services: Services
    body: dict[str, Any]
    path: dict[str, str] = field(default_factory=dict)


type Handler = Callable[[Request], Json | Awaitable[Json]]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One call of a contract. ``needs_token`` is false for the login only."""

    method: str
    path: str
    body: Group
    handler: Handler
    needs_token: bool = True


class Contract:
    """The calls of one dialect."""

    def __init__(self) -> None:
        """Start empty; service modules fill it."""
        self._exact: dict[str, list[Endpoint]] = {}
        self._templates: list[tuple[re.Pattern[str], Endpoint]] = []

    def get(self, path: str) -> Callable[[Handler], Handler]:
        """Declare a GET call."""
        return self._declare("GET", path, (), needs_token=True)

    def post(
        self, path: str, *fields: Field, needs_token: bool = True
    ) -> Callable[[Handler], Handler]:
        """Declare a POST call with the fields of its body.

        A path may have placeholders, as in ``device/{deviceId}/refresh``.
        """
        return self._declare("POST", path, fields, needs_token=needs_token)

    def find(self, path: str) -> list[tuple[Endpoint, dict[str, str]]]:
        """Return the calls at a path (one per method) with placeholder values."""
        if path in self._exact:
            return [(endpoint, {}) for endpoint in self._exact[path]]
        return [
            (endpoint, match.groupdict())
            for pattern, endpoint in self._templates
            if (match := pattern.fullmatch(path))
        ]

    def _declare(
        self, method: str, path: str, fields: tuple[Field, ...], *, needs_token: bool
    ) -> Callable[[Handler], Handler]:
        def declare(handler: Handler) -> Handler:
            endpoint = Endpoint(method, path, Group(fields), handler, needs_token)
            if "{" in path:
                pattern = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path))
                self._templates.append((pattern, endpoint))
            else:
                self._exact.setdefault(path, []).append(endpoint)
            return handler

        return declare
