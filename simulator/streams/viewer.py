"""One viewer of a stream: media goes out, commands for a recording come in."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from enum import Enum, auto
import json
from typing import Any

from aiohttp import ClientConnectionResetError, WSMsgType, web

from .admission import ERRORS, OFFLINE, Admission, Refused
from .service import Session
from .show import Show

SPEEDS = {3: 0.5, 1: 1.0, 2: 2.0, 4: 4.0, 6: 8.0, 8: 16.0, 10: 32.0}
"""Speeds by the number the player sends for them."""

DONE = {"statusCode": 1, "statusString": "OK"}
FAILED = {"statusCode": 4, "statusString": "Invalid Operation"}
END = {"errorCode": 1, "errorMsg": "end"}
"""What ends a recording: after any other code, or none, the player comes again."""


class Style(Enum):
    """How a viewer came, which decides the fields of what it is told."""

    PLAYER = auto()
    DIRECT = auto()

    @property
    def success(self) -> dict[str, Any]:
        """Return the message before the media."""
        return {"statusCode": 0, "errorMsg": "ok"} if self is Style.DIRECT else DONE

    def error(self, code: int) -> dict[str, Any]:
        """Return a message that tells the viewer of an error."""
        text = ERRORS.get(code, "stream error")
        if self is Style.DIRECT:
            return {"statusCode": code, "errorMsg": text}
        return {"errorCode": code, "statusString": text}


class Viewer:
    """Serves an open socket until its viewer leaves or the show is over."""

    def __init__(
        self,
        socket: web.WebSocketResponse,
        style: Style,
        admission: Admission,
        show: Show,
    ) -> None:
        """Be ready to send ``show``."""
        self.socket = socket
        self._style = style
        self._admission = admission
        self._show = show

    async def watch(self, session: Session, *, silent: bool) -> None:
        """Send media, or nothing if ``silent``, and obey commands."""
        sender = None if silent else asyncio.create_task(self._send(session))
        try:
            async for message in self.socket:
                if message.type is WSMsgType.TEXT:
                    await self.socket.send_json(self._obey(message.data))
        finally:
            if sender:
                sender.cancel()
                with suppress(asyncio.CancelledError, ClientConnectionResetError):
                    await sender

    async def _send(self, session: Session) -> None:
        async for message in self._show.messages():
            if not session.camera.online:
                error = self._style.error(OFFLINE)
                return await self._finish(session, "offline", error)
            await self.socket.send_bytes(message)
            session.messages += 1
        return await self._finish(session, "over", END)

    async def _finish(self, session: Session, why: str, last: dict[str, Any]) -> None:
        session.ended = why
        await self.socket.send_json(last)
        await self.socket.close()

    def _obey(self, text: str) -> dict[str, Any]:
        try:
            command = json.loads(text)
            self._commands[command["cmd"]](command)
        except ValueError, KeyError, TypeError, Refused:
            return FAILED
        return DONE

    @property
    def _commands(self) -> dict[str, Callable[[dict[str, Any]], None]]:
        if self._admission.span is None:
            return {}
        return {
            "pause": lambda _: self._show.pause(),
            "resume": lambda _: self._show.resume(),
            "seek": self._seek,
            "changespeed": self._change_speed,
        }

    def _seek(self, command: dict[str, Any]) -> None:
        begin, end = (
            self._admission.moment(command[name].replace("-", "").replace(":", ""))
            for name in ("startTime", "endTime")
        )
        self._show.seek(self._admission.recorded(begin, end))

    def _change_speed(self, command: dict[str, Any]) -> None:
        self._show.speed = SPEEDS[int(command["speed"])]
