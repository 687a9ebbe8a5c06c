"""NAL units of H.264 (ITU-T H.264, 7.4.1) and H.265 (ITU-T H.265, 7.4.2.2)."""

from enum import Enum
import re
from typing import Final

START: Final = b"\0\0\0\1"

# Two or three zeros, not "all of them": long runs must not be tried at every place.
_ANY_START: Final = re.compile(rb"\x00{2,3}\x01")

_H264_KINDS: Final = frozenset(range(1, 13))
_H264_SPS, _H264_AUD = 7, 9
_H264_PROFILES: Final = frozenset({44, 66, 77, 88, 100, 110, 118, 122, 128, 244})
_H265_VPS, _H265_AUD = 32, 35


class Codec(Enum):
    """How pictures are compressed. The value is the stream type of ISO 13818-1."""

    H264 = 0x1B
    H265 = 0x24

    @property
    def delimiter(self) -> bytes:
        """An access unit delimiter: a picture in a transport stream begins with one."""
        if self is Codec.H264:
            return START + b"\x09\xf0"
        return START + b"\x46\x01\x50"


def split(stream: bytes, *, scrambled: bool) -> tuple[bytes, list[bytes]]:
    """Return what stands before the first start code, and the units after the codes.

    Encrypted bytes hold the short start code by chance every few minutes, so behind the
    first place only the long one counts in them.
    """
    if not scrambled:
        head, *units = _ANY_START.split(stream)
        return head, units
    head, *units = stream.split(START)
    if head.startswith(b"\0\0\1"):
        return b"", [head[3:], *units]
    return head, units


def is_delimiter(nal: bytes, codec: Codec) -> bool:
    """Tell whether a unit only marks where a picture begins."""
    return _kind(nal, codec) == (_H264_AUD if codec is Codec.H264 else _H265_AUD)


def is_parameter_set(nal: bytes, codec: Codec) -> bool:
    """Tell whether a unit describes those that follow, up to the next such unit.

    Cameras send one before each picture that needs no others. Noise is hardly ever
    taken for one.
    """
    kind = _kind(nal, codec)
    if codec is Codec.H264:
        plausible = not nal[0] & 0x80 and nal[1:2] and nal[1] in _H264_PROFILES
        return kind == _H264_SPS and bool(plausible)
    return kind == _H265_VPS and _is_readable_vps(nal)


def is_noise(nal: bytes, codec: Codec) -> bool:
    """Tell whether a unit is certain not to be plain text.

    The header of H.265 is never encrypted, so there only a parameter set can tell.
    """
    kind = _kind(nal, codec)
    if codec is Codec.H264:
        return bool(nal[0] & 0x80) or kind not in _H264_KINDS
    return kind == _H265_VPS and not _is_readable_vps(nal)


def _is_readable_vps(nal: bytes) -> bool:
    """Look at the 16 bits that are set in every video parameter set."""
    return nal[4:6] == b"\xff\xff"


def _kind(nal: bytes, codec: Codec) -> int:
    return nal[0] & 0x1F if codec is Codec.H264 else nal[0] >> 1 & 0x3F
