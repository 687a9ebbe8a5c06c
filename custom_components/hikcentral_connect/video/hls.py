"""HLS of the service, fetched by us and handed to players on this machine.

A player that is given an address follows it anywhere: a playlist may name any host, and
the player's own reading checks no certificates. So players get addresses of our own,
playlists are put together anew, and every address in them is looked at when it is
opened, be it that of a segment or of another playlist.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import partial
from hashlib import blake2b
import logging
from time import monotonic
from typing import Final

import aiohttp
from aiohttp import web
from yarl import URL

from ..api.body import CHUNK, read_at_most
from ..api.errors import BadAnswer, HikError, ServiceUnreachable, StreamFailed
from ..api.hosts import may_hold_media, may_hold_stream, read_url
from .loopback import KEY, Loopback
from .playlist import START, error_in, rebuilt

_LOGGER = logging.getLogger(__name__)

PLAYLIST_AT_MOST: Final = 256 * 1024
SEGMENT_AT_MOST: Final = 64 * 1024 * 1024
KNOWN_AT_MOST: Final = 4000
"""Addresses of a stream that are remembered: two playlists of the largest kind."""
IDLE_SECONDS: Final = 900.0
"""After this a stream that nobody reads is forgotten; addresses live for less."""
TIMEOUT: Final = aiohttp.ClientTimeout(total=60, sock_connect=5, sock_read=8)

_PLAYLIST: Final = "application/vnd.apple.mpegurl"
_SEGMENT: Final = "video/mp2t"
_SCHEMES: Final = ("http", "https")
_SYNC: Final = b"\x47"
"""What a transport stream begins with."""
_FIRST: Final = "live.m3u8"
_UNSEEN: Final = {"Cache-Control": "no-store"}


async def async_error_at(
    http: aiohttp.ClientSession, address: str, home: URL
) -> str | None:
    """Read the playlist at an address of the service and return `error_in` it.

    For H.265 and other cameras the service gives an address whose playlist holds an
    error picture (guide section 2.5). Raises `BadAnswer`, also for a playlist that
    leads to foreign hosts, `StreamFailed` if it is refused, and `ServiceUnreachable`.
    No error names the address, which lets anybody watch.
    """
    url = _first(address, home)
    async with _opened(http, url) as response:
        text = await _text(response)
    if (error := error_in(text)) is None:
        rebuilt(text, lambda one: str(_next(one, url, home)))
    return error


class HlsStreams:
    """The streams of one account that are handed on."""

    def __init__(
        self, http: aiohttp.ClientSession, home: URL, loopback: Loopback
    ) -> None:
        """Serve on `loopback` what lies with the service, or at `home`."""
        self._http = http
        self._home = home
        self._loopback = loopback
        self._streams: list[HlsStream] = []

    async def async_address(self, address: str) -> str:
        """Return where a stream of the service can be played from now on."""
        self._forget_idle()
        stream = HlsStream(self._http, self._home, _first(address, self._home))
        local, stream.key = await self._loopback.async_open(_FIRST, stream.async_serve)
        self._streams.append(stream)
        return local

    def _forget_idle(self) -> None:
        oldest = monotonic() - IDLE_SECONDS
        for stream in tuple(self._streams):
            if stream.used < oldest:
                self._streams.remove(stream)
                self._loopback.forget(stream.key)


class HlsStream:
    """One stream: its first playlist, and the addresses that followed from it."""

    def __init__(self, http: aiohttp.ClientSession, home: URL, first: URL) -> None:
        """Know the first playlist."""
        self._http = http
        self._home = home
        self._first = first
        self._known: dict[str, URL] = {}
        self.key = ""
        self.used = monotonic()

    async def async_serve(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer a player."""
        self.used = monotonic()
        name = request.path.removeprefix("/")
        url = self._first if name == _FIRST else self._known.get(name)
        if url is None:
            return web.Response(status=404)
        try:
            async with _opened(self._http, url) as response:
                return await self._hand_on(request, url, response)
        except HikError as err:
            _LOGGER.debug("A part of a stream could not be handed on: %s", err)
            return web.Response(status=502)

    async def _hand_on(
        self, request: web.BaseRequest, url: URL, response: aiohttp.ClientResponse
    ) -> web.StreamResponse:
        start = await _start(response)
        if start == START.encode():
            text = rebuilt(await _text(response, start), partial(self._place, url))
            return web.Response(text=text, content_type=_PLAYLIST, headers=_UNSEEN)
        if not start.startswith(_SYNC):
            raise BadAnswer("what came is neither a playlist nor a segment")
        return await _segment(request, start, response)

    def _place(self, base: URL, address: str) -> str:
        """Return our address for one of a playlist."""
        url = _next(address, base, self._home)
        suffix = ".m3u8" if url.path.endswith(".m3u8") else ".ts"
        name = blake2b(str(url).encode(), digest_size=16).hexdigest() + suffix
        self._known.pop(name, None)
        self._known[name] = url
        if len(self._known) > KNOWN_AT_MOST:
            del self._known[next(iter(self._known))]
        return f"{name}?{KEY}={self.key}"


def _first(address: str, home: URL) -> URL:
    """Return the address of a stream if it may be opened."""
    url = _read(address)
    if url.scheme not in _SCHEMES or not may_hold_stream(url, home):
        raise _foreign(url)
    return url


def _next(address: str, base: URL, home: URL) -> URL:
    """Return an address that was read in the playlist at `base` if it may be opened."""
    url = _read(str(base.join(_read(address))))
    if not may_hold_media(url, home):
        raise _foreign(url)
    return url


def _read(address: str) -> URL:
    try:
        return read_url(address)
    except ValueError:
        raise BadAnswer("the address of the stream is broken") from None


def _foreign(url: URL) -> BadAnswer:
    return BadAnswer(f"the stream lies on a foreign host ({url.host})")


@asynccontextmanager
async def _opened(
    http: aiohttp.ClientSession, url: URL
) -> AsyncGenerator[aiohttp.ClientResponse]:
    try:
        async with http.get(url, allow_redirects=False, timeout=TIMEOUT) as response:
            if response.status != 200:
                raise StreamFailed(f"HTTP {response.status}")
            yield response
    except aiohttp.ClientError, TimeoutError:
        raise ServiceUnreachable("the stream could not be read") from None


async def _start(response: aiohttp.ClientResponse) -> bytes:
    try:
        return await response.content.readexactly(len(START))
    except EOFError:
        raise BadAnswer("what came is neither a playlist nor a segment") from None


async def _text(response: aiohttp.ClientResponse, start: bytes = b"") -> str:
    rest = await read_at_most(response, PLAYLIST_AT_MOST, "the playlist")
    return (start + rest).decode(errors="replace")


async def _segment(
    request: web.BaseRequest, start: bytes, source: aiohttp.ClientResponse
) -> web.StreamResponse:
    """Pass a segment on as it comes."""
    response = web.StreamResponse(headers={"Content-Type": _SEGMENT, **_UNSEEN})
    try:
        await response.prepare(request)
        await response.write(start)
        async for chunk in _chunks(source):
            await response.write(chunk)
        await response.write_eof()
    except aiohttp.ClientError, TimeoutError, BadAnswer:
        # The answer has begun: only the end of the connection tells that it is not whole.
        if request.transport is not None:
            request.transport.abort()
    return response


async def _chunks(source: aiohttp.ClientResponse) -> AsyncGenerator[bytes]:
    passed = 0
    async for chunk in source.content.iter_chunked(CHUNK):
        passed += len(chunk)
        if passed > SEGMENT_AT_MOST:
            raise BadAnswer("the segment is too large")
        yield chunk
