"""EZOPEN over WebSockets, as the maker's player and direct clients open it.

The player comes to the root, is greeted with a key and asks with a command (`hello`); a
direct client opens the stream's own address. Both then get a text, success or an error,
and media in binary messages. Pings are not answered, as live servers do it.

Faults befall the path of a stream (``/live``, ``/playback``, ``/cloudplayback``):
``refuse`` answers with its ``code``, ``no_data`` opens the stream without media, ``cut``
resets it after ``seconds`` (3); those that are not served do the same as to a call.
"""

import asyncio
from urllib.parse import urlsplit

from aiohttp import web

from simulator import effects
from simulator.faults import Fault, FaultKind, Faults

from .admission import BROKEN, EXPIRED, TIMEOUT, Refused, admit
from .hello import BadHello
from .service import Session, Streams
from .viewer import Style, Viewer

HELLO_SECONDS = 10.0
STRIKES = (FaultKind.LATENCY, FaultKind.HANG, FaultKind.RESET)


class Sockets:
    """The handlers of both ways to a stream."""

    def __init__(self, streams: Streams, faults: Faults) -> None:
        """Serve what there are tickets for."""
        self._streams = streams
        self._faults = faults

    async def root(self, request: web.Request, _: list[Fault]) -> web.StreamResponse:
        """Greet a player and serve what it asks for."""
        socket = await _open(request)
        hello = self._streams.hello
        greeting = hello.greeting()
        await socket.send_json(greeting)
        try:
            text = await socket.receive_str(timeout=HELLO_SECONDS)
            url = hello.accept(text, greeting["rand"])
        except BadHello, TypeError, TimeoutError:
            await socket.send_json(Style.PLAYER.error(BROKEN))
            await socket.close()
            return socket
        faults = self._faults.take(urlsplit(url).path)
        for fault in faults:
            if fault.kind in STRIKES:
                await effects.BEFORE[fault.kind](fault, request)
        return await self._serve(request, socket, url, Style.PLAYER, faults)

    async def direct(
        self, request: web.Request, faults: list[Fault]
    ) -> web.StreamResponse:
        """Serve the stream of an address."""
        socket, url = await _open(request), request.path_qs
        return await self._serve(request, socket, url, Style.DIRECT, faults)

    async def _serve(
        self,
        request: web.Request,
        socket: web.WebSocketResponse,
        url: str,
        style: Style,
        faults: list[Fault],
    ) -> web.StreamResponse:
        try:
            _refuse(faults)
            admission = admit(self._streams, url)
            show = admission.show(self._streams)
        except Refused as refused:
            await socket.send_json(style.error(refused.code))
            await socket.close()
            return socket
        viewer = Viewer(socket, style, admission, show)
        session = self._streams.open(admission.camera, admission.path)
        try:
            await socket.send_json(style.success)
            await self._watch(request, viewer, session, faults)
        finally:
            session.ended = session.ended or "left"
        return socket

    async def _watch(
        self,
        request: web.Request,
        viewer: Viewer,
        session: Session,
        faults: list[Fault],
    ) -> None:
        cut = _of(faults, FaultKind.CUT)
        limit = cut.option("seconds", 3.0) if cut else self._streams.seconds
        silent = _of(faults, FaultKind.NO_DATA) is not None
        try:
            async with asyncio.timeout(limit):
                await viewer.watch(session, silent=silent)
        except TimeoutError:
            session.ended = "cut" if cut else "time"
        if cut:
            effects.reset(request)
        else:
            await viewer.socket.close()


async def _open(request: web.Request) -> web.WebSocketResponse:
    socket = web.WebSocketResponse(autoping=False)
    await socket.prepare(request)
    return socket


def _of(faults: list[Fault], kind: FaultKind) -> Fault | None:
    return next((one for one in faults if one.kind is kind), None)


def _refuse(faults: list[Fault]) -> None:
    if fault := _of(faults, FaultKind.REFUSE):
        raise Refused(fault.option("code", TIMEOUT))
    if _of(faults, FaultKind.TOKEN_EXPIRED):
        raise Refused(EXPIRED)
