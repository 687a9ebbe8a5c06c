"""HTTP to the service: one request, its envelope, its typed errors."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from time import monotonic
from typing import Any, Final

import aiohttp
import orjson
from yarl import URL

from .body import CHUNK, read_at_most
from .call import ROOT, Call, Kind
from .errors import (
    SUCCESS,
    BadAnswer,
    FieldInvalid,
    HikError,
    NotConnected,
    OutcomeUnknown,
    RateLimited,
    ServiceUnreachable,
    TokenRejected,
    error_for,
)
from .hiding import without_secrets
from .hosts import may_hold_token, read_url
from .limiter import Limiter
from .row import JsonObject, JsonValue

ANSWER_AT_MOST: Final = 16 * 1024 * 1024
REDIRECTS_AT_MOST: Final = 3
TIMEOUT: Final = aiohttp.ClientTimeout(total=20, sock_connect=8)
BACK_OFF_SECONDS: Final = 2.0
CLOCK_TOLERANCE: Final = timedelta(seconds=10)
REDIRECTS: Final = (301, 302, 303, 307, 308)
REPEATS: Final = (307, 308)
"""Redirects that say outright that nothing was done and the same is to be sent."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and what came of it, secrets included: nothing for a log.

    `envelope` is the answer as the service sent it. It is None when no proper answer
    came: then `error` says why.
    """

    call: Call[Any] = field(repr=False)
    envelope: JsonObject | None = field(repr=False)
    error: HikError | None
    seconds: float


type Observer = Callable[[Exchange], None]


class Transport:
    """Sends calls within the rate limit and opens the envelopes of the answers."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        home: URL,
        limiter: Limiter,
        on_exchange: Observer | None = None,
    ) -> None:
        """Use `http`, which stays its owner's; `home` is the address chosen.

        `on_exchange` is told of every request sent, the logins included.
        """
        self._http = http
        self._home = home
        self._limiter = limiter
        self._on_exchange = on_exchange
        self.clock_offset = timedelta()
        """How far the service's clock is ahead of ours."""

    async def exchange(
        self, call: Call[Any], base: URL, token: str | None = None
    ) -> JsonValue:
        """Send the call once and return the answer's `data`.

        Raises `ServiceUnreachable`, `BadAnswer` or the `ServiceRefused` of the code.
        For a command whose answer was lost on the way: `OutcomeUnknown`.
        """
        # aiohttp sends a GET again by itself when a connection that was kept breaks.
        sendings = 2 if call.method == "GET" else 1
        place = await self._limiter.place(call.kind, sendings)
        try:
            url = base.join(URL(ROOT + call.path))
            return _open(await self._observed(call, url, token), call, token)
        except RateLimited:
            self._limiter.hold(BACK_OFF_SECONDS)
            raise
        except (ServiceUnreachable, BadAnswer) as err:
            if call.kind is Kind.COMMAND and not isinstance(err, NotConnected):
                raise OutcomeUnknown("the answer to a command was lost") from err
            raise
        finally:
            self._limiter.answered(place)

    async def _observed(
        self, call: Call[Any], url: URL, token: str | None
    ) -> JsonObject:
        if self._on_exchange is None:
            return await self._fetch(call, url, token)
        started = monotonic()
        try:
            envelope = await self._fetch(call, url, token)
        except HikError as err:
            self._on_exchange(Exchange(call, None, err, monotonic() - started))
            raise
        self._on_exchange(Exchange(call, envelope, None, monotonic() - started))
        return envelope

    async def _fetch(self, call: Call[Any], url: URL, token: str | None) -> JsonObject:
        try:
            return await self._request(call, url, token)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as err:
            raise NotConnected(f"no connection to {url.host}") from err
        except (aiohttp.ClientError, TimeoutError) as err:
            raise ServiceUnreachable(f"{url.host} did not answer") from err

    async def _request(
        self, call: Call[Any], url: URL, token: str | None
    ) -> JsonObject:
        headers = {"Token": token} if token else {}
        body = None
        if call.method == "POST":
            headers["Content-Type"] = "application/json"
            body = _encoded(call.body)
        for hop in range(REDIRECTS_AT_MOST + 1):
            if hop:
                # It reaches the service as a request of its own.
                self._limiter.answered(await self._limiter.place(call.kind))
            async with self._http.request(
                call.method,
                url,
                data=body,
                headers=headers,
                allow_redirects=False,
                timeout=TIMEOUT,
            ) as response:
                if (target := self._redirect(call, response)) is None:
                    self._compare_clocks(response)
                    return await _envelope(response)
                url = target
        raise BadAnswer("too many redirects")

    def _compare_clocks(self, response: aiohttp.ClientResponse) -> None:
        try:
            theirs = parsedate_to_datetime(response.headers["Date"])
        except KeyError, ValueError:
            return
        if theirs.tzinfo is None:
            return
        offset = theirs - datetime.now(UTC)
        # Less than this is the way of the answer and the header's full seconds.
        self.clock_offset = offset if abs(offset) > CLOCK_TOLERANCE else timedelta()

    def _redirect(
        self, call: Call[Any], response: aiohttp.ClientResponse
    ) -> URL | None:
        if response.status not in REDIRECTS:
            return None
        if call.kind is Kind.COMMAND and response.status not in REPEATS:
            raise BadAnswer("a command was answered with a redirect")
        try:
            target = read_url(
                str(response.url.join(URL(response.headers.get("Location", ""))))
            )
        except ValueError:
            raise BadAnswer("redirect to a broken address") from None
        if not may_hold_token(target, self._home):
            raise BadAnswer(f"redirect to a foreign host ({target.host})")
        return target


def _encoded(body: JsonObject | None) -> bytes:
    """Return the body as JSON; raise `FieldInvalid` for what JSON cannot carry."""
    try:
        return orjson.dumps(body)
    except orjson.JSONEncodeError as err:
        reason = "holds a number or a character that cannot be sent"
        raise FieldInvalid(_unfit(body or {}), reason) from err


def _unfit(body: JsonObject) -> str:
    """Return the name of the first field that cannot be encoded."""
    return next((name for name, value in body.items() if not _fits(value)), "body")


def _fits(value: Any) -> bool:
    try:
        orjson.dumps(value)
    except orjson.JSONEncodeError:
        return False
    return True


async def _envelope(response: aiohttp.ClientResponse) -> JsonObject:
    """Return the decoded envelope, or raise what the HTTP status stands for."""
    if response.status >= 500:
        raise ServiceUnreachable(f"HTTP {response.status}")
    if response.status == HTTPStatus.TOO_MANY_REQUESTS:
        raise RateLimited("HTTP 429")
    content = await read_at_most(response, ANSWER_AT_MOST)
    try:
        envelope = await _decode(content)
    except orjson.JSONDecodeError:
        _raise_for_status(response.status)
        raise BadAnswer("the answer is not JSON") from None
    if not isinstance(envelope, dict) or not _is_code(envelope.get("errorCode")):
        _raise_for_status(response.status)
        raise BadAnswer("the answer has no errorCode")
    return envelope


async def _decode(content: bytes) -> JsonValue:
    # Large answers would hold up the event loop for many milliseconds.
    if len(content) > 8 * CHUNK:
        return await asyncio.get_running_loop().run_in_executor(
            None, orjson.loads, content
        )
    return orjson.loads(content)


def _raise_for_status(status: int) -> None:
    if status in (401, 403):
        raise TokenRejected(f"HTTP {status}")
    if status >= 400:
        raise BadAnswer(f"HTTP {status}")


def _is_code(code: JsonValue) -> bool:
    return isinstance(code, str | int) and code != ""


def _open(envelope: JsonObject, call: Call[Any], token: str | None) -> JsonValue:
    code = str(envelope["errorCode"])
    if code == SUCCESS:
        return envelope.get("data")
    text = without_secrets(_text(envelope, code), call.body, token)
    raise error_for(code, text)


def _text(envelope: JsonObject, code: str) -> str:
    for key in ("message", "errorMsg", "msg"):
        if isinstance(text := envelope.get(key), str) and text:
            return " ".join(text[:400].replace(f"{{{code}}}", "").split())[:200]
    return ""
