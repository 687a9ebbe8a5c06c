"""Opening a live EZOPEN stream and receiving its messages.

A direct client connects to the stream's own address, is told in a text that all is
well, and gets media in binary messages. The servers do not answer pings.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import Any, Final

import aiohttp
import orjson
from yarl import URL

from ...api.body import read_at_most
from ...api.errors import BadAnswer, ServiceUnreachable, StreamFailed
from ...api.hosts import may_hold_stream, read_url
from ...api.models.platform import StreamToken
from .address import read_answer, read_text

ASK: Final = "/api/lapp/live/url/ezopen"
TIMEOUT: Final = aiohttp.ClientTimeout(total=15, sock_connect=8)
CONNECT_SECONDS: Final = 15.0
CLOSE_SECONDS: Final = 1.0
SILENCE_SECONDS: Final = 20.0
"""A battery camera takes long to wake; a stream that is silent for longer is dead."""
BATCH_SECONDS: Final = 0.1
BATCH_BYTES: Final = 64 * 1024
"""Once so much has come nobody waits for more."""
MESSAGE_AT_MOST: Final = 4 * 1024 * 1024
ADDRESS_AT_MOST: Final = 64 * 1024


async def async_ask_address(
    http: aiohttp.ClientSession, token: StreamToken, ezopen: str, home: URL
) -> URL:
    """Return the address of the stream server for an EZOPEN address.

    The address holds a key to this one stream. Raises `StreamTokenExpired`,
    `DeviceOffline` and others of the maker's API, `BadAnswer`, `ServiceUnreachable`.
    """
    url = _vetted(token.domain, home).with_path(ASK)
    fields = {
        "accessToken": token.app_token,
        "ezopen": ezopen,
        "isFlv": "false",
        "isHttp": "false",
        "needStreamToken": "1",
    }
    try:
        async with http.post(
            url, data=fields, allow_redirects=False, timeout=TIMEOUT
        ) as response:
            answer: Any = orjson.loads(await read_at_most(response, ADDRESS_AT_MOST))
    except aiohttp.ClientError, TimeoutError:
        raise ServiceUnreachable("the stream's address could not be read") from None
    except ValueError:
        raise BadAnswer("the stream's address is missing") from None
    return _vetted(str(read_answer(answer, token.app_token)), home)


class Stream:
    """An open stream."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Receive from `socket`."""
        self._socket = socket

    async def batch(self) -> list[bytes]:
        """Return the messages of a moment; none when the server has ended the stream.

        Taking messages apart pays in portions only. Raises `StreamFailed`,
        `DeviceOffline` and others of stream servers.
        """
        batch: list[bytes] = []
        size = 0
        message = await self._next()
        with suppress(TimeoutError):
            async with asyncio.timeout(BATCH_SECONDS):
                while message is not None:
                    batch.append(message)
                    size += len(message)
                    if size >= BATCH_BYTES:
                        break
                    message = await self._next()
        return batch

    async def _next(self) -> bytes | None:
        """Return the next message with media, None at the end of the stream."""
        while True:
            try:
                message = await self._socket.receive(SILENCE_SECONDS)
            except TimeoutError:
                raise StreamFailed("silent", "nothing came for a while") from None
            match message.type:
                case aiohttp.WSMsgType.BINARY:
                    return bytes(message.data)
                case aiohttp.WSMsgType.TEXT:
                    if read_text(message.data):
                        return None
                case _:
                    return None


@asynccontextmanager
async def open_stream(
    http: aiohttp.ClientSession, address: URL
) -> AsyncGenerator[Stream]:
    """Open the stream at an address; raise `ServiceUnreachable` if there is none."""
    async with _straight_session(http) as straight:
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                socket = await straight.ws_connect(
                    address, max_msg_size=MESSAGE_AT_MOST
                )
        except aiohttp.ClientError, TimeoutError:
            raise ServiceUnreachable("the stream server cannot be reached") from None
        try:
            yield Stream(socket)
        finally:
            with suppress(TimeoutError):
                async with asyncio.timeout(CLOSE_SECONDS):
                    await socket.close()


def _straight_session(http: aiohttp.ClientSession) -> aiohttp.ClientSession:
    """Return a session over the same connections that goes where it is sent only.

    A websocket is opened with redirects followed, be it into the owner's network.
    """
    return aiohttp.ClientSession(
        connector=http.connector, connector_owner=False, middlewares=(_refuse_redirect,)
    )


async def _refuse_redirect(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    response = await handler(request)
    if 300 <= response.status < 400:
        response.close()
        raise aiohttp.ClientError("redirected")
    return response


def _vetted(address: str, home: URL) -> URL:
    try:
        url = read_url(address)
    except ValueError:
        raise BadAnswer("the stream's address is broken") from None
    if not may_hold_stream(url, home):
        raise BadAnswer(f"the stream lies on a foreign host ({url.host})")
    return url
