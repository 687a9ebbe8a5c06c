"""One camera's stream from the cloud, shared by all who watch it."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager
import logging
from time import monotonic
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback

from ..api.errors import DeviceBusy, HikError, ServiceUnreachable, StreamFailed
from .ezopen.remuxer import Chunk, Remuxer
from .ezopen.socket import Stream

_LOGGER = logging.getLogger(__name__)

IDLE_SECONDS: Final = 20.0
"""How long a stream goes on for the next viewer."""
KEY_SECONDS: Final = 20.0
"""How long a stream may send without a picture to begin with."""
TRIES: Final = 3
RETRY_SECONDS: Final = 1.0
BEHIND_AT_MOST: Final = 600
"""Portions that a viewer may be behind: half a minute and more. One who reads no faster
is dropped."""
AT_ONCE: Final = 128 * 1024
"""Bytes that are taken apart where they came: a thread would cost more than the work."""
START_AT_MOST: Final = 16 * 1024 * 1024
"""Bytes since the last key picture with which a new viewer begins at once."""


async def async_taken_apart(remuxer: Remuxer, batch: list[bytes]) -> list[Chunk]:
    """Return what `remuxer` makes of a batch; a large one does not hold others up."""
    if sum(map(len, batch)) <= AT_ONCE:
        return remuxer.feed(batch)
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(None, remuxer.feed, batch)


class Viewer:
    """One who reads the stream, at his own pace."""

    def __init__(self) -> None:
        """Have nothing to read yet."""
        self._waiting: asyncio.Queue[bytes | None] = asyncio.Queue(BEHIND_AT_MOST)
        self._error: HikError | None = None

    async def read(self) -> bytes | None:
        """Return the next portion, None at the end; raise why it ended if it failed."""
        data = await self._waiting.get()
        if data is None and self._error is not None:
            raise self._error
        return data

    @callback
    def async_give(self, data: bytes) -> bool:
        """Add a portion; tell whether there was room for it."""
        if self._waiting.full():
            self.async_end(None)
            return False
        self._waiting.put_nowait(data)
        return True

    @callback
    def async_end(self, error: HikError | None) -> None:
        """End the stream; who is far behind loses what he has not read."""
        self._error = error
        if self._waiting.full():
            self._waiting.get_nowait()
        self._waiting.put_nowait(None)


class Feed:
    """Opens the stream for the first viewer and closes it some time after the last."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        *,
        name: str,
        open_stream: Callable[[], AbstractAsyncContextManager[Stream]],
        code: Callable[[], str | None],
        on_use: Callable[[float], None],
        on_error: Callable[[HikError], None],
    ) -> None:
        """Watch the camera of this `name`.

        `on_use` is told the seconds of use as they pass and may raise to end it;
        `on_error` is told what ended the stream.
        """
        self._hass = hass
        self._entry = entry
        self.name = name
        self._open_stream = open_stream
        self._code = code
        self._on_use = on_use
        self._on_error = on_error
        self._viewers: set[Viewer] = set()
        self._start: list[bytes] = []
        self._start_size = 0
        self._task: asyncio.Task[None] | None = None
        self._idle: asyncio.TimerHandle | None = None

    @property
    def is_running(self) -> bool:
        """Whether there is a session with the cloud."""
        return self._task is not None

    @callback
    def async_join(self) -> Viewer:
        """Return a new viewer, who sees from the last key picture on."""
        self._cancel_idle()
        viewer = Viewer()
        if self._start:
            viewer.async_give(b"".join(self._start))
        self._viewers.add(viewer)
        if self._task is None:
            self._task = self._entry.async_create_background_task(
                self._hass,
                self._run(),
                f"stream of {self.name}",
                eager_start=False,
            )
        return viewer

    @callback
    def async_leave(self, viewer: Viewer) -> None:
        """Take leave of a viewer; the last one leaves the stream on for a moment."""
        self._viewers.discard(viewer)
        if not self._viewers and self._task is not None:
            self._cancel_idle()
            self._idle = self._hass.loop.call_later(IDLE_SECONDS, self.async_close)

    @callback
    def async_close(self) -> None:
        """End the stream."""
        self._cancel_idle()
        task, self._task = self._task, None
        self._end(None)
        if task is not None:
            task.cancel()

    async def _run(self) -> None:
        error: HikError | None = None
        try:
            await self._relay()
        except HikError as err:
            error = err
            _LOGGER.debug("The stream of %s ended: %s", self.name, err)
            self._on_error(err)
        finally:
            # One who came after the end was asked for has a task of his own.
            if self._task is asyncio.current_task():
                self._cancel_idle()
                self._task = None
                self._end(error)

    async def _relay(self) -> None:
        """Pass pictures on, and open the stream again when the cloud ends it."""
        remuxer = Remuxer(self._code())
        failures = 0
        while True:
            came = False
            failure: HikError = StreamFailed("ended", "the service ended the stream")
            try:
                async for chunks in self._session(remuxer):
                    came = came or bool(chunks)
                    self._pass_on(chunks)
            except (StreamFailed, ServiceUnreachable, DeviceBusy) as err:
                failure = err
            failures = 0 if came else failures + 1
            if failures >= TRIES:
                raise failure
            await asyncio.sleep(RETRY_SECONDS * max(1, failures))

    async def _session(self, remuxer: Remuxer) -> AsyncGenerator[list[Chunk]]:
        """Open the stream and turn it into pictures until it ends."""
        began = last = monotonic()
        seen = False
        async with self._open_stream() as stream:
            while batch := await stream.batch():
                now = monotonic()
                self._on_use(now - last)
                last = now
                chunks = await async_taken_apart(remuxer, batch)
                seen = seen or bool(chunks)
                if not seen and now - began > KEY_SECONDS:
                    raise StreamFailed("no picture", "no key picture came")
                yield chunks

    @callback
    def _pass_on(self, chunks: list[Chunk]) -> None:
        if not chunks:
            return
        for chunk in chunks:
            if chunk.key or self._start_size > START_AT_MOST:
                self._start.clear()
                self._start_size = 0
            if chunk.key or self._start:
                self._start.append(chunk.data)
                self._start_size += len(chunk.data)
        data = b"".join(chunk.data for chunk in chunks)
        for viewer in tuple(self._viewers):
            if not viewer.async_give(data):
                self._viewers.discard(viewer)

    @callback
    def _end(self, error: HikError | None) -> None:
        self._start.clear()
        self._start_size = 0
        for viewer in self._viewers:
            viewer.async_end(error)
        self._viewers.clear()

    @callback
    def _cancel_idle(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None
