"""RTP packets with H.265 (RFC 7798), as some battery cameras send them."""

from collections.abc import Iterator, Sequence

LONGEST = 1400
"""Bytes of payload in one packet."""

FRAGMENT = 49
_PAYLOAD_TYPE = 96
_SOURCE = 0x48434331
_HEADER = 2


class Packets:
    """The packets of one stream, which are numbered."""

    def __init__(self) -> None:
        """Begin with number 0."""
        self._next = 0

    def of(self, nals: Sequence[bytes], ticks: int) -> list[bytes]:
        """Return the packets of a frame; the last one has the marker."""
        payloads = [part for one in nals for part in _payloads(one)]
        last = len(payloads) - 1
        return [
            self._header(ticks, marker=number == last) + one
            for number, one in enumerate(payloads)
        ]

    def _header(self, ticks: int, *, marker: bool) -> bytes:
        number, self._next = self._next, (self._next + 1) & 0xFFFF
        kind = _PAYLOAD_TYPE | (0x80 if marker else 0)
        times = (ticks & 0xFFFFFFFF).to_bytes(4) + _SOURCE.to_bytes(4)
        return bytes((0x80, kind)) + number.to_bytes(2) + times


def _payloads(nal: bytes) -> Iterator[bytes]:
    if len(nal) <= LONGEST:
        yield nal
        return
    kind = nal[0] >> 1 & 0x3F
    header = bytes((nal[0] & 0x81 | FRAGMENT << 1, nal[1]))
    for start in range(_HEADER, len(nal), LONGEST):
        part = nal[start : start + LONGEST]
        edge = 0x80 if start == _HEADER else 0
        edge |= 0x40 if start + LONGEST >= len(nal) else 0
        yield header + bytes((edge | kind,)) + part
