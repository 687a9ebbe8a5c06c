"""Taking apart an MPEG program stream (ISO 13818-1, 2.5): its video and its AAC sound.

Other sound is left out, mostly G.711, which a transport stream has no place for; so is
private data.
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
_SOUND: Final = range(0xC0, 0xE0)
AAC: Final = 0x0F
"""AAC with headers (ADTS), by its stream type of ISO 13818-1."""
_PACK_SIZE: Final = 14
_HEADER: Final = 6


@dataclass(slots=True)
class Part:
    """What a packet of video or sound holds, with the packets that only go on with it.

    Times count 1/90000 s.
    """

    pieces: list[bytes]
    pts: int | None
    dts: int | None
    scrambled: bool
    sound: bool = False

    @property
    def payload(self) -> bytes:
        """The whole payload."""
        return b"".join(self.pieces)


class ProgramStream:
    """Reads a program stream piece by piece; what it does not know it skips."""

    def __init__(self) -> None:
        """Begin anywhere."""
        self.codec: Codec | None = None
        """What the stream says of itself, as soon as it does."""
        self.sound = False
        """Whether there is sound that can be passed on."""
        self._encrypted_sound = False
        self._rest = b""

    def feed(self, data: bytes) -> Iterator[Part]:
        """Return what the packets hold that are complete now.

        Raises `NotSupported` for video that is neither H.264 nor H.265.
        """
        data = self._rest + data
        place = 0
        part: Part | None = None
        while (place := _next(data, place)) + _HEADER <= len(data):
            end = _end_of(data, place)
            if end > len(data):
                break
            kind, begin = data[place + 3], place + _HEADER
            if part and kind in _VIDEO and _goes_on(part, data, begin, end):
                part.pieces.append(data[_payload(data, begin) : end])
            else:
                if part:
                    yield part
                part = self._part(kind, data, begin, end)
            place = end
        self._rest = data[place:]
        if part:
            yield part

    def _part(self, kind: int, data: bytes, begin: int, end: int) -> Part | None:
        """Return what an element holds; None if it is not to be passed on."""
        if kind == _MAP:
            self._read_map(data[begin:end])
        if kind in _VIDEO:
            return _part(data, begin, end, sound=False)
        if kind not in _SOUND or not self.sound:
            return None
        part = _part(data, begin, end, sound=True)
        if part and part.scrambled:
            # How sound is encrypted is not known.
            self._encrypted_sound, self.sound = True, False
            return None
        return part

    def _read_map(self, body: bytes) -> None:
        streams = _streams_of(body)
        self.codec = _codec_of(streams) or self.codec
        kinds = {kind for stream, kind in streams.items() if stream in _SOUND}
        self.sound = AAC in kinds and not self._encrypted_sound


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


def _payload(data: bytes, begin: int) -> int:
    """Return where the payload of a packet begins, behind its header."""
    return begin + 3 + data[begin + 2]


def _goes_on(part: Part, data: bytes, begin: int, end: int) -> bool:
    """Tell whether a packet only goes on with what is in `part`: most do.

    It has no times and does not begin with a start code, which counts at that place.
    """
    if part.sound or end - begin < 3 or data[begin + 1] & 0xC0:
        return False
    place = _payload(data, begin)
    return (
        data[begin] >> 6 == 0b10
        and bool(data[begin] & 0x30) is part.scrambled
        and place <= end
        and not data.startswith(MARK, place)
    )


def _part(data: bytes, begin: int, end: int, *, sound: bool) -> Part | None:
    """Return what a packet holds; None if its header makes no sense."""
    if end - begin < 3 or data[begin] >> 6 != 0b10:
        return None
    place = _payload(data, begin)
    if place > end:
        return None
    pts = dts = None
    if flags := data[begin + 1] & 0xC0:
        times = data[begin + 3 : place]
        pts = _time(times[:5]) if flags & 0x80 and len(times) >= 5 else None
        dts = _time(times[5:10]) if flags & 0x40 and len(times) >= 10 else None
    scrambled = data[begin] & 0x30 != 0
    return Part([data[place:end]], pts, dts, scrambled, sound)


def _time(stamp: bytes) -> int:
    high, middle, low = stamp[0] >> 1 & 7, stamp[1:3], stamp[3:5]
    return high << 30 | int.from_bytes(middle) >> 1 << 15 | int.from_bytes(low) >> 1


def _codec_of(streams: dict[int, int]) -> Codec | None:
    """Return the codec of the video among the streams of a map, None if it names none."""
    for stream, kind in streams.items():
        if stream in _VIDEO:
            try:
                return Codec(kind)
            except ValueError:
                raise NotSupported(f"0x{kind:02x}", "unknown kind of video") from None
    return None


def _streams_of(body: bytes) -> dict[int, int]:
    """Return the type of each stream that a program stream map names."""
    if len(body) < 4:
        return {}
    streams = {}
    place = 4 + int.from_bytes(body[2:4]) + 2
    end = place + int.from_bytes(body[place - 2 : place])
    while place + 4 <= min(end, len(body)):
        streams[body[place + 1]] = body[place]
        place += 4 + int.from_bytes(body[place + 2 : place + 4])
    return streams
