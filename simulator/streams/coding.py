"""Compressing pictures with H.264 or H.265."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
import re

import av
from PIL import Image

from simulator.world.places import Codec

from .scene import RATE

START = b"\x00\x00\x00\x01"
_START = re.compile(rb"\x00{2,3}\x01")
_ENCODERS = {Codec.H264: "libx264", Codec.H265: "libx265"}
_OPTIONS = {
    Codec.H264: {"profile": "baseline", "crf": "27"},
    Codec.H265: {
        "crf": "30",
        "x265-params": "log-level=none:pools=none:frame-threads=1:bframes=0:info=0",
    },
}


@dataclass(frozen=True, slots=True)
class Frame:
    """One compressed picture: its NAL units, without start codes.

    The first frame of every second is a key frame and holds the parameter sets.
    """

    nals: tuple[bytes, ...]
    key: bool

    @property
    def stream(self) -> bytes:
        """Return the frame as a byte stream with start codes (Annex B)."""
        return b"".join(START + one for one in self.nals)


def encode(images: Sequence[Image.Image], codec: Codec) -> tuple[Frame, ...]:
    """Compress a second of pictures, without reordering, from a key frame on."""
    encoder = _encoder(codec, images[0].size)
    frames = []
    for number, image in enumerate(images):
        pixels = image.convert("RGBA").tobytes()
        picture = av.VideoFrame.from_bytes(pixels, *image.size)
        picture = picture.reformat(format="yuv420p")
        picture.pts = number
        frames += encoder.encode(picture)
    frames += encoder.encode(None)
    return tuple(Frame(split(bytes(one)), one.is_keyframe) for one in frames)


def split(stream: bytes) -> tuple[bytes, ...]:
    """Return the NAL units of a byte stream."""
    return tuple(one for one in _START.split(stream) if one)


def _encoder(codec: Codec, size: tuple[int, int]) -> av.VideoCodecContext:
    encoder = av.CodecContext.create(_ENCODERS[codec], "w")
    assert isinstance(encoder, av.VideoCodecContext)
    encoder.width, encoder.height = size
    encoder.pix_fmt = "yuv420p"
    encoder.framerate = Fraction(RATE)
    encoder.time_base = Fraction(1, RATE)
    encoder.gop_size = RATE
    encoder.max_b_frames = 0
    encoder.thread_count = 1
    encoder.options = {"preset": "ultrafast", "tune": "zerolatency", **_OPTIONS[codec]}
    return encoder
