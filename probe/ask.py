"""Asks the questions, one after the other, and keeps what went over the wire."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from inspect import signature
from time import monotonic
from traceback import extract_tb
from typing import Any, Final

import aiohttp

from custom_components.hikcentral_connect.api import Account, Client, DialectName
from custom_components.hikcentral_connect.api.call import Call, Kind, Page
from custom_components.hikcentral_connect.api.errors import (
    BadAnswer,
    HikError,
    ServiceUnreachable,
)
from custom_components.hikcentral_connect.api.limiter import Limiter
from custom_components.hikcentral_connect.api.operation import (
    Builders,
    Service,
    operations_of,
)
from custom_components.hikcentral_connect.api.paging import collect
from custom_components.hikcentral_connect.api.row import Row
from custom_components.hikcentral_connect.api.transport import Exchange

from .found import LOGIN, Found
from .questions import QUESTIONS, Arguments, Question

READING: Final = (Kind.READ, Kind.PICTURE, Kind.STREAM)
SILENCES_AT_MOST: Final = 3
"""Questions in a row without any answer, after which no more are asked."""

type Say = Callable[[str], None]


class NotReading(Exception):
    """A call would do more than read. It was not sent."""


class ReaderFailed(BadAnswer):
    """The client itself stumbled over an answer: a mistake of ours, worth an issue."""

    def __init__(self, error: Exception) -> None:
        """Tell where it happened, without the value it happened on."""
        place = extract_tb(error.__traceback__)[-1]
        super().__init__(f"{type(error).__name__} in {place.name}, line {place.lineno}")


@dataclass(slots=True)
class Asked:
    """One question put once: what was asked, sent, answered and made of it."""

    operation: str
    arguments: Arguments = field(default_factory=dict, repr=False)
    exchanges: list[Exchange] = field(default_factory=list, repr=False)
    models: list[Any] = field(default_factory=list, repr=False)
    skipped: list[str] = field(default_factory=list)
    error: HikError | None = None


@dataclass(slots=True)
class Interview:
    """Everything that was asked of an account; `unasked` tells what was not and why."""

    dialect: DialectName
    asked: list[Asked]
    unasked: dict[str, str]


class Probe:
    """Puts every question to one account."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        account: Account,
        now: datetime,
        say: Say,
        limiter: Limiter | None = None,
    ) -> None:
        """Ask `account`; `say` is told a line for each question."""
        self._client = Client(http, account, limiter, on_exchange=self._note)
        self._operations = operations(self._client)
        self._found = Found(now)
        self._say = say
        self._started = monotonic()
        self._asked = [Asked(LOGIN)]
        self._unasked: dict[str, str] = {}
        self._silences = 0

    async def run(self) -> Interview:
        """Ask everything. Raises the `HikError` of a login that fails."""
        dialect = await self._client.dialect()
        self._tell(f"logged in; the account speaks {dialect}")
        for number, question in enumerate(QUESTIONS, 1):
            builders = self._operations[question.operation]
            if builders.offered_by(dialect):
                await self._put(question, builders.builder(dialect), number)
        await self._client.close()
        return Interview(dialect, self._asked, self._unasked)

    async def _put(
        self, question: Question, build: Callable[..., Call[Any]], number: int
    ) -> None:
        label = f"{number:2}/{len(QUESTIONS)}  {question.operation}"
        things = self._found.every(question.needs) if question.needs else [None]
        if not things:
            self._leave_out(question, label, f"no {question.needs} is known")
        for thing in things if question.every else things[:1]:
            if self._silences >= SILENCES_AT_MOST:
                self._leave_out(question, label, "the service stopped answering")
                return
            asked = Asked(question.operation, question.arguments(thing, self._found))
            self._asked.append(asked)
            await self._read(asked, build, whole=question.whole)
            requests = len(asked.exchanges)
            more = f" ({requests} requests)" if requests > 1 else ""
            self._tell(f"{label}: {outcome(asked)}{more}")

    def _leave_out(self, question: Question, label: str, reason: str) -> None:
        self._unasked[question.operation] = reason
        self._tell(f"{label}: not asked, {reason}")

    async def _read(
        self, asked: Asked, build: Callable[..., Call[Any]], *, whole: bool
    ) -> None:
        try:
            models = await self._models(asked, build, whole=whole)
        except HikError as err:
            asked.error = err
            silent = isinstance(err, ServiceUnreachable)
            self._silences = self._silences + 1 if silent else 0
            return
        self._silences = 0
        asked.models = models
        self._found.note(asked.operation, models)

    async def _models(
        self, asked: Asked, build: Callable[..., Call[Any]], *, whole: bool
    ) -> list[Any]:
        if not _is_paged(build):
            return _listed(await self._send(asked, build(**asked.arguments)))

        def fetch(page: int) -> Awaitable[Page[Any]]:
            return self._send(asked, build(page, **asked.arguments))

        return await collect(fetch) if whole else (await fetch(1)).items

    async def _send[T](self, asked: Asked, call: Call[T]) -> T:
        """Send a call. Nothing but this sends, and it sends nothing but readers."""
        if call.kind not in READING:
            raise NotReading(f"{asked.operation} is {call.kind.name}")

        def read(answer: Row) -> T:
            try:
                return call.read(answer)
            except HikError:
                raise
            except Exception as err:
                raise ReaderFailed(err) from err
            finally:
                asked.skipped += answer.skipped

        return await self._client.session.send(replace(call, read=read))

    def _note(self, exchange: Exchange) -> None:
        self._asked[-1].exchanges.append(exchange)
        data = (exchange.envelope or {}).get("data")
        if exchange.call.kind is Kind.LOGIN and isinstance(data, dict):
            self._found.note(LOGIN, filter(None, [data.get("accessToken")]))

    def _tell(self, line: str) -> None:
        self._say(f"{monotonic() - self._started:6.1f} s  {line}")


def operations(client: Client) -> dict[str, Builders[Any, Any]]:
    """Return the operations of a client by their full name."""
    return {
        operation.name: operation
        for service in vars(client).values()
        if isinstance(service, Service)
        for operation in operations_of(type(service)).values()
    }


def outcome(asked: Asked) -> str:
    """Say in a few words what came of a question, without anything of the account."""
    if asked.error is not None:
        code = getattr(asked.error, "code", "")
        return f"{type(asked.error).__name__} {code}".strip()
    unread = f", {len(asked.skipped)} unreadable" if asked.skipped else ""
    return f"{len(asked.models)} read{unread}"


def _is_paged(build: Callable[..., Call[Any]]) -> bool:
    """Tell whether a builder makes calls of a list: those take the page first."""
    return next(iter(signature(build).parameters), None) == "page"


def _listed(model: Any) -> list[Any]:
    return list(model) if isinstance(model, list | tuple) else [model]
