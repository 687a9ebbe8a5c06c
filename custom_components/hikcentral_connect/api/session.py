"""The login of one account and everything sent under it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
import logging
from time import monotonic
from typing import Any, Final

import aiohttp
from yarl import URL

from .call import Call, Kind
from .errors import (
    BadAnswer,
    HikError,
    LoginRefused,
    NotConnected,
    OutcomeUnknown,
    RateLimited,
    ServiceRefused,
    ServiceUnreachable,
    TokenRejected,
)
from .hosts import may_hold_token, read_url
from .limiter import Limiter
from .row import JsonValue, Row
from .transport import Observer, Transport

_LOGGER = logging.getLogger(__name__)

DAY: Final = 86_400.0
TOKEN_LIFE: Final = 7 * DAY
"""Longest life of a token (reference "Get Access Token"; guide section 2.1)."""
UNREADABLE_LIFE: Final = 6 * DAY
RENEW_BEFORE_END: Final = DAY / 2
LOGIN_PAUSE: Final = 60.0
"""Seconds before a token that was never accepted is followed by another login."""
FAILED_PAUSE: Final = 2.0
"""Seconds after a login that failed; twice as many after each more that fails."""
DOUBLINGS_AT_MOST: Final = 10
HOUR: Final = 3600.0
REFUSALS_AN_HOUR: Final = 12
"""Refused tokens that are replaced in an hour, two in a minute at most; after that
there is a longer pause before each."""
REFUSED_PAUSE: Final = 600.0
READ_ATTEMPTS: Final = 2
RETRY_PAUSE: Final = 0.5


class DialectName(StrEnum):
    """The two contracts that share the paths of this service."""

    REFERENCE = "reference"
    TEAMS = "teams"


@dataclass(frozen=True, slots=True)
class Account:
    """What an owner types to reach the account."""

    url: URL
    app_key: str
    secret_key: str

    def __repr__(self) -> str:
        """Show the address only: the keys are secret."""
        return f"Account({self.url})"


@dataclass(slots=True)
class Token:
    """A login that lasts until `ends` (monotonic seconds)."""

    value: str
    dialect: DialectName
    base: URL
    born: float
    ends: float
    accepted: bool = False

    def __repr__(self) -> str:
        """Show no secret."""
        return f"Token({self.dialect}, {self.base})"


class Session:
    """Keeps one token for all callers, renews it, and sends calls with it."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        account: Account,
        limiter: Limiter | None = None,
        clock: Callable[[], float] = monotonic,
        on_exchange: Observer | None = None,
    ) -> None:
        """Log in to `account` when the first call is made.

        `on_exchange` is told of everything that is sent.
        """
        self.account = account
        self.http = http
        self.limiter = limiter or Limiter()
        self._transport = Transport(http, account.url, self.limiter, on_exchange)
        self._clock = clock
        self._token: Token | None = None
        self._login: asyncio.Task[Token] | None = None
        self._noted: set[str] = set()
        self._refusals: list[float] = []
        self._closed = False
        self._failure: HikError | None = None
        self._failures = 0
        self._rests_until = 0.0

    @property
    def clock_offset(self) -> timedelta:
        """Return how far the service's clock is ahead of ours."""
        return self._transport.clock_offset

    @property
    def token_age(self) -> timedelta | None:
        """Return how long ago the login was; None before the first."""
        if self._token is None:
            return None
        return timedelta(seconds=self._clock() - self._token.born)

    @property
    def token_left(self) -> timedelta | None:
        """Return how long the login will last; None before the first."""
        if self._token is None:
            return None
        return timedelta(seconds=self._token.ends - self._clock())

    @property
    def secrets(self) -> tuple[str, ...]:
        """Return what must stand nowhere: the keys, and the token if there is one."""
        keys = (self.account.app_key, self.account.secret_key)
        return (*keys, self._token.value) if self._token else keys

    async def dialect(self, *, urgent: bool = False) -> DialectName:
        """Return the dialect of the account, logging in if that is unknown."""
        kind = Kind.COMMAND if urgent else Kind.READ
        return (await self._valid_token(kind)).dialect

    async def send[T](self, call: Call[T]) -> T:
        """Send a call and read its answer.

        A read is sent a second time when the first got no answer. A call of any kind is
        sent a second time when the service plainly refused the token of the first.
        """
        token = await self._valid_token(call.kind)
        try:
            data = await self._attempts(call, token)
        except TokenRejected as refusal:
            token = await self._successor(token, refusal, call.kind)
            data = await self._attempts(call, token)
        answer = Row(data)
        result = self._read(call, answer)
        self._note_skipped(call.path, answer.skipped)
        return result

    @staticmethod
    def _read[T](call: Call[T], answer: Row) -> T:
        try:
            return call.read(answer)
        except BadAnswer as err:
            if call.kind is Kind.COMMAND:
                raise OutcomeUnknown("the answer to a command is unreadable") from err
            raise

    async def close(self) -> None:
        """Stop a login under way; who waits for it is told that nothing was sent."""
        self._closed = True
        if self._login is not None:
            self._login.cancel()
            self._login = None

    async def _attempts(self, call: Call[Any], token: Token) -> JsonValue:
        for attempt in range(1, READ_ATTEMPTS + 1):
            try:
                data = await self._transport.exchange(call, token.base, token.value)
            except ServiceUnreachable, RateLimited:
                if attempt == READ_ATTEMPTS or not call.kind.repeatable:
                    raise
                await asyncio.sleep(RETRY_PAUSE)
            else:
                token.accepted = True
                return data
        raise AssertionError  # the last attempt returned or raised

    async def _valid_token(self, kind: Kind = Kind.READ) -> Token:
        token = self._token
        if token is not None and self._clock() < token.ends - RENEW_BEFORE_END:
            return token
        try:
            return await self._log_in(kind)
        except LoginRefused:
            raise
        except HikError:
            if token is not None and self._clock() < token.ends:
                return token
            raise

    async def _successor(
        self, refused: Token, refusal: TokenRejected, kind: Kind
    ) -> Token:
        """Return the token that follows a refused one.

        One that was never accepted is given time, and of the others only so many are
        replaced: a service that refuses tokens must not be asked for new ones for ever.
        """
        if self._token is refused:
            now = self._clock()
            fresh = not refused.accepted and now < refused.born + LOGIN_PAUSE
            self._refusals = [at for at in self._refusals if now < at + HOUR]
            if fresh or self._is_often(now):
                raise refusal
            self._refusals.append(now)
            self._token = None
        return await self._valid_token(kind)

    def _is_often(self, now: float) -> bool:
        """Tell whether tokens were refused too often to ask for yet another one."""
        if len([at for at in self._refusals if now < at + LOGIN_PAUSE]) > 1:
            return True
        many = len(self._refusals) >= REFUSALS_AN_HOUR
        return many and now < self._refusals[-1] + REFUSED_PAUSE

    async def _log_in(self, kind: Kind) -> Token:
        """Log in once, however many callers wait for it.

        After a login that failed there is a pause, in which only commands try again:
        somebody stands at the door.
        """
        if self._login is None or self._login.done():
            if self._failure and kind is not Kind.COMMAND:
                if self._clock() < self._rests_until:
                    raise self._failure.with_traceback(None)
            self._login = asyncio.create_task(self._renew_token())
            self._login.add_done_callback(_retrieve)
        try:
            return await asyncio.shield(self._login)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if not self._closed or (task is not None and task.cancelling()):
                raise
            raise NotConnected("the account was unloaded") from None

    async def _renew_token(self) -> Token:
        try:
            self._token = await self._fetch_token()
        except HikError as err:
            self._failures = min(self._failures + 1, DOUBLINGS_AT_MOST)
            self._failure = err
            pause = min(FAILED_PAUSE * 2.0 ** (self._failures - 1), LOGIN_PAUSE)
            self._rests_until = self._clock() + pause
            raise
        self._failure, self._failures = None, 0
        return self._token

    async def _fetch_token(self) -> Token:
        if (token := await self._refreshed_token()) is not None:
            return token
        keys = {
            "appKey": self.account.app_key,
            "secretKey": self.account.secret_key,
        }
        call = Call("platform/v1/token/get", self._read_token, keys, Kind.LOGIN)
        data = await self._transport.exchange(call, self.account.url)
        token = self._read_token(Row(data))
        _LOGGER.debug("Logged in at %s (%s)", token.base.host, token.dialect)
        return token

    async def _refreshed_token(self) -> Token | None:
        """Extend a token that is still good (reference "Refresh Access Token")."""
        token = self._token
        if token is None or token.dialect is not DialectName.REFERENCE:
            return None
        body = {"accessToken": token.value}
        call = Call("platform/v1/token/refresh", self._read_token, body, Kind.LOGIN)
        try:
            data = await self._transport.exchange(call, token.base, token.value)
            return self._read_token(Row(data))
        except ServiceRefused, BadAnswer:
            return None

    def _read_token(self, answer: Row) -> Token:
        now = self._clock()
        return Token(
            value=answer.text("accessToken"),
            dialect=_dialect_of(answer),
            base=self._base_of(answer),
            born=now,
            ends=now + _life_of(answer),
        )

    def _base_of(self, answer: Row) -> URL:
        """Return where the account lives; a stranger's address is not followed."""
        domain = answer.text_or_none("areaDomain")
        if domain is None:
            return self.account.url
        try:
            base = read_url(domain)
        except ValueError:
            base = URL()
        if base.is_absolute() and may_hold_token(base, self.account.url):
            return base.origin()
        _LOGGER.warning("The login names a server that is not the vendor's; ignored")
        return self.account.url

    def _note_skipped(self, path: str, skipped: list[str]) -> None:
        if not skipped or path in self._noted:
            return
        self._noted.add(path)
        _LOGGER.warning(
            "%d unreadable rows in the answer of %s were left out (%s)",
            len(skipped),
            path,
            skipped[0],
        )


def _dialect_of(answer: Row) -> DialectName:
    expiry = answer.first("expireTime")
    numeric = isinstance(expiry, int) or (isinstance(expiry, str) and expiry.isdigit())
    if answer.text_or_none("areaDomain") or numeric:
        return DialectName.TEAMS
    return DialectName.REFERENCE


def _life_of(answer: Row) -> float:
    """Return the seconds a token lives; a wrong local clock must not end it early."""
    try:
        expiry = answer.moment_or_none("expireTime")
    except BadAnswer:
        expiry = None
    if expiry is None:
        return UNREADABLE_LIFE
    life = (expiry - datetime.now(UTC)).total_seconds()
    return life if DAY < life <= TOKEN_LIFE else UNREADABLE_LIFE


def _retrieve(task: asyncio.Task[Token]) -> None:
    if not task.cancelled():
        task.exception()
