"""HLS (RFC 8216): live playlists, and MPEG transport stream segments."""

from collections.abc import Iterable
from fractions import Fraction
from io import BytesIO

import av

from .coding import Frame
from .program import CLOCK, STAMPS
from .scene import RATE

SECONDS = 2
"""Length of a segment. Segment ``n`` starts at second ``n * SECONDS`` since 1970."""

WINDOW = 5
"""Segments in a playlist."""


def live(now: float, address: str, query: str) -> str:
    """Return the playlist of what was filmed completely at ``now`` (since 1970)."""
    first = int(now) // SECONDS - WINDOW
    lines = [*_head(SECONDS), f"#EXT-X-MEDIA-SEQUENCE:{first}"]
    for number in range(first, first + WINDOW):
        lines += [f"#EXTINF:{SECONDS}.000,", f"{address}/{number}.ts?{query}"]
    return "\n".join([*lines, ""])


def refused(address: str, query: str) -> str:
    """Return the playlist of a camera that may not be seen: one error segment."""
    segment = f"{address}?{query}"
    lines = ["#EXT-X-MEDIA-SEQUENCE:0", "#EXTINF:1.000,", segment, "#EXT-X-ENDLIST", ""]
    return "\n".join([*_head(1), *lines])


def segment(frames: Iterable[Frame], start: int) -> bytes:
    """Return H.264 frames as a segment that starts ``start`` seconds since 1970."""
    everything = tuple(frames)
    step = CLOCK // RATE
    out = BytesIO()
    raw = BytesIO(everything[0].stream)
    options = {"mpegts_flags": "initial_discontinuity"}
    with (
        av.open(raw, "r", "h264") as source,
        av.open(out, "w", "mpegts", options) as target,
    ):
        stream = target.add_stream_from_template(source.streams.video[0])
        for number, frame in enumerate(everything):
            packet = av.Packet(frame.stream)
            packet.stream = stream
            packet.time_base = Fraction(1, CLOCK)
            packet.pts = packet.dts = start * CLOCK % STAMPS + number * step
            packet.is_keyframe = frame.key
            target.mux(packet)
    return out.getvalue()


def _head(longest: int) -> list[str]:
    return ["#EXTM3U", "#EXT-X-VERSION:3", f"#EXT-X-TARGETDURATION:{longest}"]
