"""What one viewer of an EZOPEN stream is sent, each frame at its time."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from itertools import count

from simulator.world.places import Camera, Codec

from .coding import Frame
from .films import Films, Quality
from .packets import Packets
from .program import CLOCK, pack
from .scene import RATE
from .secrecy import encrypt

SECOND = timedelta(seconds=1)
FASTEST = 4.0
"""Above this speed only key frames are sent."""

_PROGRAM, _PACKETS = 2, 4
_CODECS = {Codec.H264: 0x0100, Codec.H265: 0x0005}


def head(camera: Camera) -> bytes:
    """Return the 40 bytes that tell a player what follows."""
    system = _PACKETS if camera.packets else _PROGRAM
    forms = system.to_bytes(2, "little") + _CODECS[camera.codec].to_bytes(2, "little")
    return (b"IMKH\x01\x01\0\0" + forms).ljust(40, b"\0")


def live(now: datetime) -> Iterator[datetime]:
    """Return the seconds from the running one on, without end."""
    start = now.replace(microsecond=0)
    return (start + number * SECOND for number in count())


class Show:
    """The messages of one stream, which the viewer may pause, move and speed up."""

    def __init__(
        self,
        films: Films,
        camera: Camera,
        quality: Quality,
        moments: Iterator[datetime],
        *,
        begun: float = 0.0,
    ) -> None:
        """Show the seconds that begin at ``moments``.

        ``begun`` is how much of the first one is over: that part is sent at once.
        """
        self.speed = 1.0
        self._films = films
        self._camera = camera
        self._quality = quality
        self._moments = moments
        self._packets = Packets()
        self._due = asyncio.get_running_loop().time() - begun
        self._running = asyncio.Event()
        self._running.set()

    async def messages(self) -> AsyncIterator[bytes]:
        """Go through the messages, waiting for the time of each frame."""
        yield head(self._camera)
        while (at := next(self._moments, None)) is not None:
            moments = self._moments
            frames = await self._films.second(self._camera, self._quality, at)
            self._films.begin(self._camera, self._quality, at + SECOND)
            for number, frame in enumerate(frames):
                if await self._skips(number) or self._moments is not moments:
                    break
                ticks = int(at.timestamp()) * CLOCK + number * CLOCK // RATE
                for message in self._messages(frame, ticks):
                    yield message

    def pause(self) -> None:
        """Hold at the present frame."""
        self._running.clear()

    def resume(self) -> None:
        """Go on after a pause."""
        self._running.set()

    def seek(self, moments: Iterator[datetime]) -> None:
        """Go on with other seconds."""
        self._moments = moments

    async def _skips(self, number: int) -> bool:
        """Wait for a frame's time; return whether it is left out at this speed."""
        loop = asyncio.get_running_loop()
        if not self._running.is_set():
            await self._running.wait()
            self._due = loop.time()
        if self.speed <= FASTEST:
            self._due += 1 / (RATE * self.speed)
        elif number == 0:
            self._due += 1 / self.speed
        else:
            return True
        await asyncio.sleep(max(0.0, self._due - loop.time()))
        return False

    def _messages(self, frame: Frame, ticks: int) -> list[bytes]:
        camera, nals = self._camera, frame.nals
        if code := camera.device.code:
            nals = tuple(encrypt(one, camera.codec, code) for one in nals)
        if camera.packets:
            return self._packets.of(nals, ticks)
        scrambled = code is not None
        return [pack(nals, camera.codec, ticks, key=frame.key, scrambled=scrambled)]
