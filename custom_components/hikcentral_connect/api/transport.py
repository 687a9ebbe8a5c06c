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

from .call import ROOT, Call, Kind
from .errors import (
    SUCCESS,
    BadAnswer,
    HikError,
    NotConnected,
    OutcomeUnknown,
    RateLimited,
    ServiceUnreachable,
    TokenRejected,
    error_for,
)
from .hosts import may_hold_token
from .limiter import Limiter
from .row import JsonObject, JsonValue

ANSWER_AT_MOST: Final = 16 * 1024 * 1024
REDIRECTS_AT_MOST: Final = 3
TIMEOUT: Final = aiohttp.ClientTimeout(total=20, sock_connect=8)
BACK_OFF_SECONDS: Final = 2.0
CLOCK_TOLERANCE: Final = timedelta(seconds=10)
_CHUNK: Final = 64 * 1024


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
        place = await self._limiter.place(call.kind)
        try:
            return _open(
                await self._observed(call, base.join(URL(ROOT + call.path)), token)
            )
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
            body = orjson.dumps(call.body)
        for _ in range(REDIRECTS_AT_MOST + 1):
            async with self._http.request(
                call.method,
                url,
                data=body,
                headers=headers,
                allow_redirects=False,
                timeout=TIMEOUT,
            ) as response:
                if (target := self._redirect(response)) is None:
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

    def _redirect(self, response: aiohttp.ClientResponse) -> URL | None:
        if response.status not in (301, 302, 303, 307, 308):
            return None
        try:
            target = response.url.join(URL(response.headers.get("Location", "")))
        except ValueError:
            raise BadAnswer("redirect to a broken address") from None
        if not may_hold_token(target, self._home):
            raise BadAnswer(f"redirect to a foreign host ({target.host})")
        return target


async def _envelope(response: aiohttp.ClientResponse) -> JsonObject:
    """Return the decoded envelope, or raise what the HTTP status stands for."""
    if response.status >= 500:
        raise ServiceUnreachable(f"HTTP {response.status}")
    if response.status == HTTPStatus.TOO_MANY_REQUESTS:
        raise RateLimited("HTTP 429")
    content = await _content(response)
    try:
        envelope = await _decode(content)
    except orjson.JSONDecodeError:
        _raise_for_status(response.status)
        raise BadAnswer("the answer is not JSON") from None
    if not isinstance(envelope, dict) or not _is_code(envelope.get("errorCode")):
        _raise_for_status(response.status)
        raise BadAnswer("the answer has no errorCode")
    return envelope


async def _content(response: aiohttp.ClientResponse) -> bytes:
    if (response.content_length or 0) > ANSWER_AT_MOST:
        raise BadAnswer("the answer is too large")
    content = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        content += chunk
        if len(content) > ANSWER_AT_MOST:
            raise BadAnswer("the answer is too large")
    return bytes(content)


async def _decode(content: bytes) -> JsonValue:
    # Large answers would hold up the event loop for many milliseconds.
    if len(content) > 8 * _CHUNK:
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


def _open(envelope: JsonObject) -> JsonValue:
    code = str(envelope["errorCode"])
    if code == SUCCESS:
        return envelope.get("data")
    raise error_for(code, _text(envelope, code))


def _text(envelope: JsonObject, code: str) -> str:
    for key in ("message", "errorMsg", "msg"):
        if isinstance(text := envelope.get(key), str) and text:
            return text.replace(f"{{{code}}}", "").strip()[:200]
    return ""
