"""MPEG program stream (ISO 13818-1) as recorders send it: video only.

Each frame is a pack; a key frame's pack also has the system header and the map. Each NAL
unit has packets of its own, whose scrambling bits tell whether it is encrypted.
"""

from collections.abc import Iterable, Iterator

from simulator.world.places import Codec

from .coding import START

CLOCK = 90_000
"""Ticks of a time stamp in a second."""

STAMPS = 1 << 33
"""Time stamps start again at this."""

VIDEO = 0xE0
LONGEST = 5120
"""Bytes of a NAL unit in one packet."""

_TYPES = {Codec.H264: 0x1B, Codec.H265: 0x24}
_SYSTEM = bytes.fromhex("000001bb0009803d0904e1ffe0e080")
_RATE = 4096


def pack(
    nals: Iterable[bytes], codec: Codec, ticks: int, *, key: bool, scrambled: bool
) -> bytes:
    """Return a frame, shown at ``ticks``, as one pack."""
    head = _pack_header(ticks) + (_SYSTEM + _map(codec) if key else b"")
    packets = (_packets(START + one, ticks, scrambled=scrambled) for one in nals)
    return head + b"".join(part for one in packets for part in one)


def _packets(unit: bytes, ticks: int, *, scrambled: bool) -> Iterator[bytes]:
    flags = 0x80 | (0b10 << 4 if scrambled else 0)
    for start in range(0, len(unit), LONGEST):
        part = unit[start : start + LONGEST]
        stamp = b"" if start else _stamp(0b0010, ticks)
        begins = flags if start else flags | 0b100
        head = bytes((begins, 0x80 if stamp else 0, len(stamp))) + stamp
        length = (len(head) + len(part)).to_bytes(2)
        yield b"\0\0\1" + bytes((VIDEO,)) + length + head + part


def _stamp(mark: int, ticks: int) -> bytes:
    ticks %= STAMPS
    number = mark << 36 | (ticks >> 30 & 7) << 33 | 1 << 32
    number |= (ticks >> 15 & 0x7FFF) << 17 | 1 << 16 | (ticks & 0x7FFF) << 1 | 1
    return number.to_bytes(5)


def _pack_header(ticks: int) -> bytes:
    ticks %= STAMPS
    clock = 0b01 << 46 | (ticks >> 30 & 7) << 43 | 1 << 42
    clock |= (
        (ticks >> 15 & 0x7FFF) << 27 | 1 << 26 | (ticks & 0x7FFF) << 11 | 1 << 10 | 1
    )
    rate = _RATE << 2 | 0b11
    return b"\0\0\1\xba" + clock.to_bytes(6) + rate.to_bytes(3) + b"\xf8"


def _map(codec: Codec) -> bytes:
    streams = bytes((_TYPES[codec], VIDEO, 0, 0))
    body = b"\xe1\xff\0\0" + len(streams).to_bytes(2) + streams
    whole = b"\0\0\1\xbc" + (len(body) + 4).to_bytes(2) + body
    return whole + _checksum(whole).to_bytes(4)


def _checksum(data: bytes) -> int:
    """Return the CRC-32 of MPEG, which is not that of zlib."""
    value = 0xFFFFFFFF
    for byte in data:
        value ^= byte << 24
        for _ in range(8):
            value = value << 1 ^ (0x04C11DB7 if value >> 31 else 0)
            value &= 0xFFFFFFFF
    return value
