"""Writing an MPEG transport stream (ISO 13818-1, 2.4) with one video and its sound."""

from collections.abc import Iterable
from struct import unpack
from typing import Final

from .nal import Codec
from .program import AAC

PACKET: Final = 188
STAMPS: Final = 1 << 33
_SYNC: Final = 0x47
_ROOM: Final = PACKET - 4
_TABLES_PID, _MAP_PID, _VIDEO_PID, _SOUND_PID = 0, 0x1000, 0x100, 0x101
_VIDEO_STREAM, _SOUND_STREAM = 0xE0, 0xC0
_LEAD: Final = 9_000
"""By how much the clock runs ahead of what is decoded, in 1/90000 s."""
_PAYLOAD, _FIELD = 0x10, 0x20
_KEY, _CLOCK = 0x40, 0x10
_FULL_HEADS: Final = tuple(
    bytes((_SYNC, _VIDEO_PID >> 8, _VIDEO_PID & 0xFF, _PAYLOAD | number))
    for number in range(16)
)


class TransportStream:
    """Numbers and times the packets of one stream."""

    def __init__(self) -> None:
        """Begin with number 0 of everything."""
        self._numbers: dict[int, int] = {}

    def tables(self, codec: Codec, *, sound: bool) -> bytes:
        """Return the packets that tell a player what there is."""
        programs = _section(
            0, (1).to_bytes(2) + (0xE000 | _MAP_PID).to_bytes(2), number=1
        )
        clock = (0xE000 | _VIDEO_PID).to_bytes(2) + b"\xf0\0"
        streams = clock + _stream(codec.value, _VIDEO_PID)
        if sound:
            streams += _stream(AAC, _SOUND_PID)
        return self._table(_TABLES_PID, programs) + self._table(
            _MAP_PID, _section(2, streams, number=1, version=int(sound))
        )

    def picture(
        self, pieces: Iterable[bytes], pts: int, dts: int, *, key: bool
    ) -> bytes:
        """Return the packets of one picture; times count 1/90000 s.

        A picture is copied as seldom as can be: that is most of the work.
        """
        stamps = _stamp(0b0011, pts) + _stamp(0b0001, dts)
        packet = b"\0\0\1" + bytes((_VIDEO_STREAM, 0, 0, 0x84, 0xC0, len(stamps)))
        payload = b"".join((packet, stamps, *pieces))
        flags = _CLOCK | (_KEY if key else 0)
        field = bytes((flags,)) + _clock(dts - _LEAD)
        place = _ROOM - 1 - len(field)
        first = self._packet(_VIDEO_PID, payload[:place], field, first=True)
        end = place + max(0, len(payload) - place) // _ROOM * _ROOM
        full = self._full_packets(memoryview(payload)[place:end])
        last = self._packet(_VIDEO_PID, payload[end:]) if end < len(payload) else b""
        return b"".join((first, *full, last))

    def sound(self, data: bytes, pts: int) -> bytes:
        """Return the packets of some sound; times count 1/90000 s."""
        stamp = _stamp(0b0010, pts)
        body = bytes((0x84, 0x80, len(stamp))) + stamp + data
        head = b"\0\0\1" + bytes((_SOUND_STREAM,)) + len(body).to_bytes(2)
        payload = head + body
        return b"".join(
            self._packet(_SOUND_PID, payload[at : at + _ROOM], first=not at)
            for at in range(0, len(payload), _ROOM)
        )

    def _full_packets(self, payload: memoryview) -> list[bytes]:
        """Return heads and bodies of packets that need no stuffing: nearly all.

        They are cut in one go: Python's own steps cost more than the copies.
        """
        count = len(payload) // _ROOM
        number = self._numbers[_VIDEO_PID]
        self._numbers[_VIDEO_PID] = number + count & 0xF
        heads = _FULL_HEADS * (count // len(_FULL_HEADS) + 2)
        parts = [b""] * (2 * count)
        parts[::2] = heads[number : number + count]
        parts[1::2] = unpack(f"{_ROOM}s" * count, payload)
        return parts

    def _table(self, pid: int, section: bytes) -> bytes:
        body = (b"\0" + section).ljust(_ROOM, b"\xff")
        return self._packet(pid, body, first=True)

    def _packet(
        self, pid: int, payload: bytes, field: bytes = b"", *, first: bool = False
    ) -> bytes:
        number = self._numbers.get(pid, 0)
        self._numbers[pid] = number + 1 & 0xF
        free = _ROOM - len(payload)
        stuffed = field
        control = _PAYLOAD
        if free:
            control |= _FIELD
            # A field of one byte has only its length; longer ones begin with flags.
            body = field if field or free == 1 else b"\0"
            stuffed = bytes((free - 1,)) + body.ljust(free - 1, b"\xff")
        head = bytes((_SYNC, (0x40 if first else 0) | pid >> 8, pid & 0xFF))
        return head + bytes((control | number,)) + stuffed + payload


def _stream(kind: int, pid: int) -> bytes:
    """Return the row of a stream in the map of a program."""
    return bytes((kind,)) + (0xE000 | pid).to_bytes(2) + b"\xf0\0"


def _section(table: int, body: bytes, *, number: int, version: int = 0) -> bytes:
    content = number.to_bytes(2) + bytes((0xC1 | version << 1, 0, 0)) + body
    whole = bytes((table,)) + (0xB000 | len(content) + 4).to_bytes(2) + content
    return whole + _checksum(whole).to_bytes(4)


def _stamp(mark: int, ticks: int) -> bytes:
    ticks %= STAMPS
    stamp = mark << 36 | (ticks >> 30 & 7) << 33 | 1 << 32
    stamp |= (ticks >> 15 & 0x7FFF) << 17 | 1 << 16 | (ticks & 0x7FFF) << 1 | 1
    return stamp.to_bytes(5)


def _clock(ticks: int) -> bytes:
    return (ticks % STAMPS << 15 | 0x3F << 9).to_bytes(6)


def _checksum(data: bytes) -> int:
    """Return the CRC-32 of MPEG, which is not that of zlib."""
    value = 0xFFFFFFFF
    for byte in data:
        value ^= byte << 24
        for _ in range(8):
            value = value << 1 ^ (0x104C11DB7 if value >> 31 else 0)
    return value
