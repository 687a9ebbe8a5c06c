"""Faults on demand: what can go wrong, where, and how often."""

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Any


class FaultKind(StrEnum):
    """What can go wrong. "Served" means the call took effect all the same."""

    LATENCY = "latency"
    """Served after ``seconds`` (1)."""
    HANG = "hang"
    """Never answered, not served."""
    RESET = "reset"
    """Connection reset, not served."""
    LOST = "lost"
    """Served, but the connection is reset before the answer."""
    CUT = "cut"
    """Served; the connection is reset in the middle of the answer."""
    HTTP_ERROR = "http_error"
    """HTTP ``status`` (503), not served."""
    HTML = "html"
    """HTTP 200 with a web page, not served."""
    REDIRECT = "redirect"
    """HTTP 302 to the same path at ``to``, not served."""
    HUGE = "huge"
    """A JSON answer of ``megabytes`` (50), not served."""
    RAW = "raw"
    """HTTP 200 with ``body`` (bytes) and ``headers`` as they are, not served."""
    BAD_JSON = "bad_json"
    """Served; the answer is not JSON."""
    TRUNCATED = "truncated"
    """Served; the answer is JSON that stops half way."""
    BAD_GZIP = "bad_gzip"
    """Served; the answer is said to be gzip and stops half way through it."""
    WRONG_DATE = "wrong_date"
    """Served; the header of the answer's date is ``seconds`` (86400) ahead."""
    STRANGER = "stranger"
    """Served; a login names ``to`` as the server of the account."""
    NO_DATA = "no_data"
    """Served; the answer has no data."""
    NULL_LISTS = "null_lists"
    """Served; every list of the answer is null."""
    WRONG_TYPES = "wrong_types"
    """Served; numbers are strings, strings numbers and lists objects."""
    REPEAT_PAGE = "repeat_page"
    """Served; whatever page is asked for, the first one comes."""
    ENDLESS_PAGES = "endless_pages"
    """Served; every page is full and the total never reached."""
    DUPLICATES = "duplicates"
    """Served; every message of a queue comes twice."""
    REORDER = "reorder"
    """Served; the messages of a queue come newest first."""
    RATE_LIMIT = "rate_limit"
    """Refused as too fast."""
    TOKEN_EXPIRED = "token_expired"
    """Refused as if the token had expired."""
    LOST_SUBSCRIPTION = "lost_subscription"
    """The account's subscriptions are gone before the call is served."""
    REFUSE = "refuse"
    """Refused with ``code``."""


@dataclass(slots=True)
class Fault:
    """One fault. ``times`` counts down; None means for ever."""

    kind: FaultKind
    path: str = "*"
    times: int | None = None
    options: dict[str, Any] = field(default_factory=dict)

    def option[T](self, name: str, default: T) -> T:
        """Return an option of the fault."""
        value = self.options.get(name, default)
        return type(default)(value)  # type: ignore[call-arg]


class Faults:
    """The faults that wait for their call."""

    def __init__(self) -> None:
        """Start without any."""
        self._faults: list[Fault] = []

    def add(
        self,
        kind: FaultKind | str,
        *,
        path: str = "*",
        times: int | None = None,
        **options: Any,
    ) -> Fault:
        """Let ``kind`` happen to calls whose path fits, ``times`` often.

        ``path`` is a pattern such as ``*/capturePic`` or ``/pictures/*`` (pictures
        know the faults that are not served); what other options a kind
        knows stands with `FaultKind`.
        """
        fault = Fault(FaultKind(kind), path, times, options)
        self._faults.append(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        """Take a fault away before it is used up."""
        self._faults.remove(fault)

    def clear(self) -> None:
        """Take all faults away."""
        self._faults.clear()

    def take(self, path: str) -> list[Fault]:
        """Return the faults that befall a call, counting them down."""
        befall = [one for one in self._faults if fnmatchcase(path, one.path)]
        for fault in befall:
            if fault.times is not None:
                fault.times -= 1
        self._faults = [one for one in self._faults if one.times != 0]
        return befall

    def as_json(self) -> list[dict[str, Any]]:
        """Return what waits."""
        return [asdict(fault) for fault in self._faults]
