"""Taking apart an MPEG program stream (ISO 13818-1, 2.5): its video only.

Sound and private data are left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ...api.errors import NotSupported
from .nal import Codec

MARK: Final = b"\0\0\1"
_END, _PACK, _MAP, _PADDING = 0xB9, 0xBA, 0xBC, 0xBE
_FIRST_STREAM: Final = 0xBB
_VIDEO: Final = range(0xE0, 0xF0)
_PACK_SIZE: Final = 14
_HEADER: Final = 6


@dataclass(frozen=True, slots=True)
class Part:
    """The payload of one packet of video. Times count 1/90000 s."""

    payload: bytes
    pts: int | None
    dts: int | None
    scrambled: bool


class ProgramStream:
    """Reads a program stream piece by piece; what it does not know it skips."""

    def __init__(self) -> None:
        """Begin anywhere."""
        self.codec: Codec | None = None
        """What the stream says of itself, as soon as it does."""
        self._rest = b""

    def feed(self, data: bytes) -> Iterator[Part]:
        """Return the packets that are complete now.

        Raises `NotSupported` for video that is neither H.264 nor H.265.
        """
        data = self._rest + data
        place = 0
        while (place := _next(data, place)) + _HEADER <= len(data):
            end = _end_of(data, place)
            if end > len(data):
                break
            if data[place + 3] == _MAP:
                self.codec = _codec_of(data[place + _HEADER : end]) or self.codec
            elif data[place + 3] in _VIDEO:
                if part := _part(data[place + _HEADER : end]):
                    yield part
            place = end
        self._rest = data[place:]


def _next(data: bytes, place: int) -> int:
    """Return where the next element of a program stream begins, or may begin."""
    while (found := data.find(MARK, place)) >= 0:
        if found + 3 >= len(data) or data[found + 3] >= _END:
            return found
        place = found + 3
    return max(place, len(data) - 2)


def _end_of(data: bytes, place: int) -> int:
    """Return where an element ends; that may lie behind what is there."""
    kind = data[place + 3]
    if kind == _END:
        return place + 4
    if kind == _PACK:
        if place + _PACK_SIZE > len(data):
            return place + _PACK_SIZE
        return place + _PACK_SIZE + (data[place + 13] & 7)
    return place + _HEADER + int.from_bytes(data[place + 4 : place + _HEADER])


def _part(body: bytes) -> Part | None:
    """Return what a packet of video holds; None if its header makes no sense."""
    if len(body) < 3 or body[0] >> 6 != 0b10 or 3 + body[2] > len(body):
        return None
    times, payload = body[3 : 3 + body[2]], body[3 + body[2] :]
    pts = _time(times[:5]) if body[1] & 0x80 and len(times) >= 5 else None
    dts = _time(times[5:10]) if body[1] & 0x40 and len(times) >= 10 else None
    return Part(payload, pts, dts, scrambled=body[0] >> 4 & 0b11 != 0)


def _time(stamp: bytes) -> int:
    high, middle, low = stamp[0] >> 1 & 7, stamp[1:3], stamp[3:5]
    return high << 30 | int.from_bytes(middle) >> 1 << 15 | int.from_bytes(low) >> 1


def _codec_of(body: bytes) -> Codec | None:
    """Return the codec of the video in a program stream map, None if it names none."""
    if len(body) < 4:
        return None
    place = 4 + int.from_bytes(body[2:4]) + 2
    end = place + int.from_bytes(body[place - 2 : place])
    while place + 4 <= min(end, len(body)):
        kind, stream = body[place], body[place + 1]
        if stream in _VIDEO:
            try:
                return Codec(kind)
            except ValueError:
                raise NotSupported(f"0x{kind:02x}", "unknown kind of video") from None
        place += 4 + int.from_bytes(body[place + 2 : place + 4])
    return None
