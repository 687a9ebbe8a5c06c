"""The film of every camera, second by second, made when it is wanted."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from enum import Enum

from simulator.world.places import Camera, Codec

from .coding import Frame, encode
from .scene import Size, notice, second_of

KEPT = 240
"""How many seconds of film are kept, some 60 kB each."""


class Quality(Enum):
    """The two streams of a camera, with their size in pixels."""

    MAIN = (640, 360)
    SUB = (320, 180)


type Second = tuple[Frame, ...]


class Films:
    """Makes film in two threads and keeps what was wanted last."""

    def __init__(self) -> None:
        """Start without any film."""
        self._made: OrderedDict[object, asyncio.Future[Second]] = OrderedDict()
        self._threads: ThreadPoolExecutor | None = None

    async def second(self, camera: Camera, quality: Quality, at: datetime) -> Second:
        """Return the second of a camera that starts at ``at`` (whole, local time)."""
        return await asyncio.shield(self.begin(camera, quality, at))

    def begin(
        self, camera: Camera, quality: Quality, at: datetime
    ) -> asyncio.Future[Second]:
        """Start to make a second, so that it is there when it is wanted."""
        place = (camera.device.serial, camera.channel_no)
        key = (*place, camera.name, camera.codec, quality, at)
        name, camera_id, codec = camera.name, camera.id, camera.codec
        return self._make(
            key, lambda: encode(second_of(name, camera_id, at, quality.value), codec)
        )

    async def notice(self, text: str, size: Size = Quality.MAIN.value) -> Second:
        """Return a second of H.264 that shows only a text."""
        make = self._make((text, size), lambda: encode(notice(text, size), Codec.H264))
        return await asyncio.shield(make)

    def close(self) -> None:
        """Forget everything and end the threads."""
        self._made.clear()
        if self._threads:
            self._threads.shutdown(cancel_futures=True)
            self._threads = None

    def _make(self, key: object, make: Callable[[], Second]) -> asyncio.Future[Second]:
        if key in self._made:
            self._made.move_to_end(key)
            return self._made[key]
        self._threads = self._threads or ThreadPoolExecutor(2, "film")
        loop = asyncio.get_running_loop()
        self._made[key] = loop.run_in_executor(self._threads, make)
        if len(self._made) > KEPT:
            self._made.popitem(last=False)
        return self._made[key]
