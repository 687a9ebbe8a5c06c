"""Native streams of cameras that HLS cannot show: encrypted ones, and H.265.

The relay opens the EZOPEN stream of a camera, decrypts it with the code of its device
and serves it as MPEG transport stream on this machine only, at a path that cannot be
guessed. Nobody watches without opening the address; nothing is opened before that.

AAC sound comes with the pictures. G.711 and encrypted sound are left out: a transport
stream has no place for the one, and how the other is encrypted is not known.
"""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Final

from aiohttp import ClientConnectionResetError, web

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback

from ..api import Client
from ..api.errors import CodeWrong, HikError, StreamEncrypted, StreamTokenExpired
from ..api.models.resources import Camera
from ..api.models.video import StreamProtocol
from ..options import Options
from .budget import Budget, DailyLimitReached
from .ezopen.address import with_quality
from .ezopen.socket import Stream, async_ask_address, open_stream
from .feed import Feed, Viewer
from .loopback import Loopback
from .settings import Quality
from .tiers import Why
from .tokens import StreamTokens

CONTENT_TYPE: Final = "video/mp2t"


class Relay:
    """The feeds of one account's cameras."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        client: Client,
        tokens: StreamTokens,
        loopback: Loopback,
        note: Callable[[Camera, Why], None],
    ) -> None:
        """Open nothing yet. `note` is told what is found out about a camera's code."""
        self._hass = hass
        self._entry = entry
        self._client = client
        self._options = Options(entry)
        self._tokens = tokens
        self._loopback = loopback
        self._note = note
        self.budget = Budget(hass, entry)
        self._feeds: dict[str, Feed] = {}
        self._addresses: dict[str, str] = {}

    async def async_address(self, camera: Camera) -> str:
        """Return where a camera can be watched until the account is unloaded."""
        if camera.id not in self._addresses:
            feed = self._feeds.setdefault(camera.id, self._feed(camera))
            serve = partial(_serve, feed)
            address, _ = await self._loopback.async_open("live.ts", serve)
            self._addresses[camera.id] = address
        return self._addresses[camera.id]

    def is_running(self, camera_id: str) -> bool:
        """Tell whether a camera is being streamed from the cloud."""
        feed = self._feeds.get(camera_id)
        return feed is not None and feed.is_running

    @callback
    def async_close(self) -> None:
        """End all streams."""
        for feed in self._feeds.values():
            feed.async_close()
        self._feeds.clear()
        self._addresses.clear()

    def _feed(self, camera: Camera) -> Feed:
        return Feed(
            self._hass,
            self._entry,
            name=camera.name,
            open_stream=partial(self._open, camera),
            code=lambda: self._options.code(camera.device_serial),
            on_use=partial(self._on_use, camera.id),
            on_error=partial(self._on_error, camera),
        )

    @asynccontextmanager
    async def _open(self, camera: Camera) -> AsyncGenerator[Stream]:
        """Open the stream of a camera; raise `HikError`."""
        self._on_use(camera.id, 0)
        quality = self._options.video(camera.id).quality
        answer = await self._client.video.live_address(
            camera.id,
            camera.device_serial,
            StreamProtocol.EZOPEN,
            quality.stream,
            self._options.code(camera.device_serial),
        )
        ezopen = with_quality(answer.url, main=quality is Quality.MAIN)
        session = self._client.session
        token = await self._tokens.get()
        home = session.account.url
        try:
            address = await async_ask_address(session.http, token, ezopen, home)
        except StreamTokenExpired:
            token = await self._tokens.get(refused=token)
            address = await async_ask_address(session.http, token, ezopen, home)
        async with open_stream(session.http, address) as stream:
            yield stream

    @callback
    def _on_use(self, camera_id: str, seconds: float) -> None:
        self.budget.async_spend(camera_id, seconds)
        if self.budget.is_spent(camera_id):
            raise DailyLimitReached(self._feeds[camera_id].name)

    @callback
    def _on_error(self, camera: Camera, err: HikError) -> None:
        if isinstance(err, CodeWrong):
            self._note(camera, Why.CODE_WRONG)
        elif isinstance(err, StreamEncrypted):
            self._note(camera, Why.ENCRYPTED)


async def _serve(feed: Feed, request: web.BaseRequest) -> web.StreamResponse:
    viewer = feed.async_join()
    try:
        return await _stream(request, viewer)
    except HikError:
        return web.Response(status=503)
    finally:
        feed.async_leave(viewer)


async def _stream(request: web.BaseRequest, viewer: Viewer) -> web.StreamResponse:
    """Send what a viewer reads; nothing is answered before the first picture."""
    response = web.StreamResponse(
        headers={"Content-Type": CONTENT_TYPE, "Cache-Control": "no-store"}
    )
    first = await viewer.read()
    if first is None:
        return web.Response(status=503)
    try:
        await response.prepare(request)
        data: bytes | None = first
        while data is not None:
            await response.write(data)
            data = await viewer.read()
        await response.write_eof()
    except ClientConnectionResetError, HikError:
        # The one left, or the other did; the answer has begun and just ends.
        pass
    return response
