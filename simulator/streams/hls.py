"""Serving HLS: plain H.264, live, at addresses that expire.

As seen on live servers, an H.265 camera gets a playlist whose only segment is an error
picture, ``ErrCode/9053_0.ts``. A wrong or expired address is HTTP 403, a camera that is
not there or offline 404.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import chain

from aiohttp import web

from simulator.account import Account
from simulator.faults import Fault
from simulator.world import World
from simulator.world.places import Camera, Codec

from . import playlist
from .films import Quality
from .service import Streams

PATH = "/v3/openlive"
NOT_H264 = "9053"
QUALITIES = {"1": Quality.MAIN, "2": Quality.SUB}
SECOND = timedelta(seconds=1)
_HEADERS = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache"}


def address(streams: Streams, camera: Camera, quality: str, until: datetime) -> str:
    """Return path and query of a camera's playlist."""
    name = f"{camera.device.serial}_{camera.channel_no}_{quality}"
    expire = str(int(until.timestamp()))
    seal = streams.seal(f"{name} {expire}")
    query = f"expire={expire}&c={seal[:10]}&t={seal}&ev=100"
    return f"{PATH}/{name}.m3u8?{query}"


class Hls:
    """The handlers of playlists and segments."""

    def __init__(self, streams: Streams, accounts: Iterable[Account]) -> None:
        """Serve the cameras of some accounts."""
        self._streams = streams
        self._accounts = accounts

    async def playlist(self, request: web.Request, __: list[Fault]) -> web.Response:
        """Serve the playlist of the moment."""
        _, camera = self._find(request)
        folder, query = f"{PATH}/{request.match_info['name']}", request.query_string
        if camera.codec is Codec.H264:
            now = self._streams.clock.paced().timestamp()
            text = playlist.live(now, folder, query)
        else:
            text = playlist.refused(f"{folder}/ErrCode/{NOT_H264}_0.ts", query)
        kind = "application/vnd.apple.mpegurl"
        return web.Response(text=text, content_type=kind, headers=_HEADERS)

    async def segment(self, request: web.Request, _: list[Fault]) -> web.Response:
        """Serve a segment that has been filmed."""
        world, camera = self._find(request)
        start = int(request.match_info["number"]) * playlist.SECONDS
        films = self._streams.films
        if camera.codec is not Codec.H264 or not self._filmed(start):
            raise web.HTTPNotFound
        quality = QUALITIES[request.match_info["name"].rsplit("_")[-1]]
        at = datetime.fromtimestamp(start, world.zone)
        moments = [at + number * SECOND for number in range(playlist.SECONDS)]
        frames = [await films.second(camera, quality, one) for one in moments]
        return _media(playlist.segment(chain.from_iterable(frames), start))

    async def error(self, request: web.Request, _: list[Fault]) -> web.Response:
        """Serve the error picture."""
        self._find(request)
        text = f"Error {NOT_H264}: only H.264 can be shown"
        return _media(playlist.segment(await self._streams.films.notice(text), 0))

    def _find(self, request: web.Request) -> tuple[World, Camera]:
        name = request.match_info["name"]
        expire = request.query.get("expire", "")
        seal = self._streams.seal(f"{name} {expire}")
        if request.query.get("t") != seal:
            raise web.HTTPForbidden
        if int(expire) <= self._streams.clock.now().timestamp():
            raise web.HTTPForbidden(text="Expired")
        serial, channel, _ = name.split("_")
        for account in self._accounts:
            camera = account.world.camera_at(serial, int(channel))
            if camera and camera.online:
                return account.world, camera
        raise web.HTTPNotFound

    def _filmed(self, start: int) -> bool:
        now = self._streams.clock.paced().timestamp()
        oldest = now - (playlist.WINDOW + 5) * playlist.SECONDS
        return oldest <= start <= now - playlist.SECONDS


def _media(body: bytes) -> web.Response:
    return web.Response(body=body, content_type="video/mp2t", headers=_HEADERS)
