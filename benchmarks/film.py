"""Film of a wanted bit rate, for the relay."""

from fractions import Fraction
import os
from typing import Any, Final

import av

from simulator.streams.coding import Frame, split

RATE: Final = 25
SECONDS: Final = 4
SIZE: Final = (1280, 720)


def film(bits: int) -> tuple[Frame, ...]:
    """Return some seconds of H.265 with about `bits` a second, without reordering."""
    encoder = av.CodecContext.create("libx265", "w")
    assert isinstance(encoder, av.VideoCodecContext)
    encoder.width, encoder.height = SIZE
    encoder.pix_fmt = "yuv420p"
    encoder.framerate = Fraction(RATE)
    encoder.time_base = Fraction(1, RATE)
    encoder.gop_size = 2 * RATE
    encoder.max_b_frames = 0
    encoder.bit_rate = bits
    rate = (
        f"bitrate={bits // 1000}:vbv-maxrate={bits // 1000}:vbv-bufsize={bits // 1000}"
    )
    parameters = "log-level=none:bframes=0:info=0:repeat-headers=1"
    encoder.options = {
        "preset": "ultrafast",
        "tune": "zerolatency",
        "x265-params": f"{parameters}:{rate}",
    }
    packets: list[av.Packet[Any]] = []
    for number in range(RATE * SECONDS):
        picture = _noise()
        picture.pts = number
        packets += encoder.encode(picture)
    packets += encoder.encode(None)
    return tuple(Frame(split(bytes(one)), one.is_keyframe) for one in packets)


def _noise() -> av.VideoFrame:
    """Return a picture that costs bits: blocks of chance."""
    small = av.VideoFrame.from_bytes(os.urandom(4 * 160 * 90), 160, 90, "rgba")
    return small.reformat(*SIZE, format="yuv420p")
