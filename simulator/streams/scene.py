"""What a camera films: drawn so that pixels tell when and where.

Over the scene of the stills a picture carries, in fractions of its width and height:

* a field of one of `COLOURS` (x 0.02 to 0.34, y 0.24 to 0.56) that changes every second;
* two rows of 32 blocks each (y 0.12 to 0.16 and 0.16 to 0.20), white for 1 and black for
  0, highest bit first: the seconds since 1970, and the camera's mark.

Somebody walks through it from frame to frame.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from zlib import crc32

from PIL import Image, ImageDraw

from simulator.pictures import add_caption, add_walker, scene

RATE = 15
"""Frames a second."""

COLOURS = (
    (220, 30, 30),
    (30, 160, 30),
    (30, 30, 220),
    (230, 220, 30),
    (200, 30, 200),
    (30, 200, 210),
    (240, 240, 240),
    (240, 130, 20),
)
"""The field's colours (RGB): second ``n`` since 1970 has ``COLOURS[n % 8]``."""

FIELD = (0.02, 0.24, 0.34, 0.56)
STAMP_ROWS = (0.12, 0.16, 0.20)
BITS = 32

type Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the blocks say: seconds since 1970, and `mark` of the camera."""

    second: int
    camera: int


def mark(camera_id: str) -> int:
    """Return the number by which a picture names its camera."""
    return crc32(camera_id.encode())


def second_of(
    name: str, camera_id: str, moment: datetime, size: Size
) -> list[Image.Image]:
    """Return the frames of the second that starts at ``moment``."""
    still = scene(camera_id, size).copy()
    pen = ImageDraw.Draw(still)
    add_caption(pen, name, moment, size)
    second = int(moment.timestamp())
    pen.rectangle(_scaled(FIELD, size), fill=COLOURS[second % len(COLOURS)])
    _add_stamp(pen, Stamp(second, mark(camera_id)), size)
    return [_frame(still, second + number / RATE) for number in range(RATE)]


def notice(text: str, size: Size) -> list[Image.Image]:
    """Return the frames of a second that shows only a text."""
    image = Image.new("RGB", size, (20, 20, 40))
    middle = (size[0] / 2, size[1] / 2)
    ImageDraw.Draw(image).text(middle, text, "white", anchor="mm", font_size=24)
    return [image] * RATE


def read_stamp(image: Image.Image) -> Stamp:
    """Return what the blocks of a picture say, at any size it was scaled to."""
    (width, height), grey = image.size, image.convert("L").tobytes()
    numbers = []
    for top, bottom in pairwise(STAMP_ROWS):
        row = int(height * (top + bottom) / 2) * width
        places = (row + int(width * (bit + 0.5) / BITS) for bit in range(BITS))
        numbers.append(_number(grey[one] > 127 for one in places))
    return Stamp(*numbers)


def read_colour(image: Image.Image) -> int:
    """Return which of `COLOURS` the field of a picture has, by its number."""
    left, top, right, bottom = _scaled(FIELD, image.size)
    seen = image.convert("RGB").getpixel(((left + right) // 2, (top + bottom) // 2))
    assert isinstance(seen, tuple)

    def distance(number: int) -> int:
        return sum((a - b) ** 2 for a, b in zip(seen, COLOURS[number], strict=True))

    return min(range(len(COLOURS)), key=distance)


def seconds(begin: datetime, end: datetime) -> Iterable[datetime]:
    """Return the moments from ``begin`` until before ``end``, a second apart."""
    while begin < end:
        yield begin
        begin += timedelta(seconds=1)


def _frame(still: Image.Image, at: float) -> Image.Image:
    image = still.copy()
    add_walker(ImageDraw.Draw(image), at, image.size)
    return image


def _add_stamp(pen: ImageDraw.ImageDraw, stamp: Stamp, size: Size) -> None:
    rows = zip(pairwise(STAMP_ROWS), (stamp.second, stamp.camera), strict=True)
    for (top, bottom), number in rows:
        for place in range(BITS):
            bit = number >> (BITS - 1 - place) & 1
            box = (place / BITS, top, (place + 1) / BITS, bottom)
            pen.rectangle(_scaled(box, size), fill=(255, 255, 255) if bit else 0)


def _number(bits: Iterable[bool]) -> int:
    number = 0
    for bit in bits:
        number = number << 1 | bit
    return number


def _scaled(
    box: tuple[float, float, float, float], size: Size
) -> tuple[int, int, int, int]:
    left, top, right, bottom = box
    width, height = size
    return (
        int(left * width),
        int(top * height),
        int(right * width),
        int(bottom * height),
    )
