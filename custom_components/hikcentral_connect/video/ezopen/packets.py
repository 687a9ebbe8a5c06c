"""Taking apart RTP packets (RFC 3550) with H.264 (RFC 6184) or H.265 (RFC 7798).

Some battery cameras send one packet in each message. Only payload type 96 is video;
sound and the maker's own data have others and are left out.
"""

from dataclasses import dataclass
from typing import Final

from ...api.errors import BadAnswer
from .nal import Codec

VIDEO: Final = 96
UNIT_AT_MOST: Final = 8 * 1024 * 1024
_HEADER: Final = 12
_STAP_A, _FU_A = 24, 28
_AP, _FU = 48, 49


@dataclass(frozen=True, slots=True)
class Packet:
    """A packet of video; `time` counts 1/90000 s and starts over after 32 bits."""

    number: int
    time: int
    ends_picture: bool
    payload: bytes


def read_packet(data: bytes) -> Packet | None:
    """Return a packet, or None if it is no video or makes no sense."""
    if len(data) < _HEADER or data[0] >> 6 != 2 or data[1] & 0x7F != VIDEO:
        return None
    start = _HEADER + 4 * (data[0] & 0x0F)
    if data[0] & 0x10:
        start += 4 + 4 * int.from_bytes(data[start + 2 : start + 4])
    end = len(data) - (data[-1] if data[0] & 0x20 else 0)
    if start >= end:
        return None
    return Packet(
        number=int.from_bytes(data[2:4]),
        time=int.from_bytes(data[4:8]),
        ends_picture=bool(data[1] & 0x80),
        payload=data[start:end],
    )


class PacketStream:
    """Puts the units together that were sent in parts."""

    def __init__(self, codec: Codec) -> None:
        """Read units of a codec."""
        self._codec = codec
        self._fragments = bytearray()
        self._next: int | None = None

    def feed(self, packet: Packet) -> list[bytes]:
        """Return the units that are complete now; what misses a part is left out.

        Raises `BadAnswer` for a unit beyond all measure.
        """
        if packet.number != self._next:
            self._fragments.clear()
        self._next = packet.number + 1 & 0xFFFF
        payload = packet.payload
        if self._codec is Codec.H264:
            kind = payload[0] & 0x1F
            if kind == _STAP_A:
                return _together(payload[1:])
            if kind == _FU_A:
                return self._fragment(payload[1:], bytes((payload[0] & 0xE0,)), 0x1F, 0)
            return [payload]
        kind = payload[0] >> 1 & 0x3F
        if kind == _AP:
            return _together(payload[2:])
        if kind == _FU and len(payload) > 2:
            header = bytes((payload[0] & 0x81, payload[1]))
            return self._fragment(payload[2:], header, 0x3F, 1)
        return [payload]

    def _fragment(
        self, payload: bytes, header: bytes, mask: int, shift: int
    ) -> list[bytes]:
        """Take a fragment, whose first byte tells edges and the type of the unit."""
        if not payload:
            return []
        if payload[0] & 0x80:
            first = header[0] | (payload[0] & mask) << shift
            self._fragments[:] = bytes((first,)) + header[1:]
        if not self._fragments:
            return []
        self._fragments += payload[1:]
        if len(self._fragments) > UNIT_AT_MOST:
            raise BadAnswer("a unit of the stream is too large")
        if not payload[0] & 0x40:
            return []
        unit = bytes(self._fragments)
        self._fragments.clear()
        return [unit]


def _together(payload: bytes) -> list[bytes]:
    """Return the units that one packet holds."""
    units, place = [], 0
    while place + 2 < len(payload):
        start = place + 2
        place = start + int.from_bytes(payload[place:start])
        units.append(payload[start:place])
    return [unit for unit in units if unit]
