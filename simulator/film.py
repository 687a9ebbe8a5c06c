"""Recordings as MP4 files, drawn like the pictures."""

from datetime import datetime, timedelta
from fractions import Fraction
from io import BytesIO

from PIL import Image

from .pictures import draw

SIZE = (480, 270)
MOST_FRAMES = 40
FRAMES_A_SECOND = 4
_MILLISECONDS = Fraction(1, 1000)


def film(name: str, begin: datetime, end: datetime, *, seed: str = "") -> bytes:
    """Return an MP4 (H.264, no sound) of what a camera saw.

    It is as long as the time it shows; the longer that is, the fewer frames a
    second it has, so that it stays small.
    """
    import av

    length = (end - begin) / timedelta(milliseconds=1)
    frames = max(2, min(MOST_FRAMES, round(length * FRAMES_A_SECOND / 1000)))
    out = BytesIO()
    with av.open(out, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=FRAMES_A_SECOND)
        stream.width, stream.height = SIZE
        stream.pix_fmt = "yuv420p"
        stream.time_base = stream.codec_context.time_base = _MILLISECONDS
        stream.options = {"preset": "ultrafast"}
        packets = []
        for number in range(frames):
            offset = round(length * number / frames)
            moment = begin + timedelta(milliseconds=offset)
            jpeg = draw(name, moment, seed=seed, size=SIZE)
            image = Image.open(BytesIO(jpeg))
            frame = av.VideoFrame.from_image(image)  # type: ignore[no-untyped-call]
            frame.pts, frame.time_base = offset, _MILLISECONDS
            packets.extend(stream.encode(frame))
        packets.extend(stream.encode())
        for packet in packets:
            packet.duration = round(length / frames)
            container.mux(packet)
    return out.getvalue()
