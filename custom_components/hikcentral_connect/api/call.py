"""One request to the service as plain data."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, Literal

from .row import JsonObject, Row

ROOT: Final = "/api/hccgw/"


class Kind(Enum):
    """What a request is, and so how it is queued and whether it may be repeated.

    The value is the rank in the queue for the rate limit: the lower goes first.
    """

    COMMAND = 0
    """Acts on the world at once (opens a door). Sent once, ever."""
    LOGIN = 1
    """Everything else waits for it."""
    STREAM = 2
    """Somebody pressed play and waits."""
    PICTURE = 3
    """Somebody looks at a screen; a crowd of them fills it."""
    READ = 4
    """Changes nothing, so it may be sent again."""
    WRITE = 5
    """Changes the account. Sent once."""
    POLL = 6
    """Asks for news, again and again; everything else goes first."""

    @property
    def urgent(self) -> bool:
        """Tell whether it may take the place in each second that is kept free."""
        return self in (Kind.COMMAND, Kind.LOGIN)

    @property
    def repeatable(self) -> bool:
        """Tell whether a lost answer may be followed by a second request."""
        return self not in (Kind.COMMAND, Kind.WRITE)


@dataclass(frozen=True, slots=True)
class Call[T]:
    """A request and the reader of its answer. Making one sends nothing.

    `path` follows `/api/hccgw/`. `read` turns the answer's `data` into a model; it is
    pure and raises only `HikError`.
    """

    path: str
    read: Callable[[Row], T]
    body: JsonObject | None = field(default_factory=dict)
    kind: Kind = Kind.READ
    method: Literal["GET", "POST"] = "POST"


@dataclass(frozen=True, slots=True)
class Page[T]:
    """One page of a list.

    `rows` counts what the service sent, readable or not; `total` is its own count
    (records, or pages: some calls mean one, some the other); `more` is set by calls
    that say outright whether another page follows.
    """

    items: list[T]
    rows: int
    size: int
    total: int | None = None
    more: bool | None = None


def nothing(answer: Row) -> None:
    """Read an answer that carries nothing but its success."""


def without_empty(**fields: object) -> JsonObject:
    """Return a body with only the fields that are given; the order is kept."""
    return {key: value for key, value in fields.items() if value not in (None, [], "")}


def page_reader[T](
    read: Callable[[Row], T],
    *keys: str,
    size: int,
    total: str | None = None,
    more: str | None = None,
) -> Callable[[Row], Page[T]]:
    """Return a reader of a page whose rows lie under the first of `keys` present."""

    def read_page(answer: Row) -> Page[T]:
        items = answer.list_of(read, *keys)
        sent = next(answer.raw[key] for key in keys if key in answer.raw)
        return Page(
            items,
            rows=len(sent or ()),
            size=size,
            total=answer.integer_or_none(total) if total else None,
            more=answer.flag_or_none(more) if more else None,
        )

    return read_page
