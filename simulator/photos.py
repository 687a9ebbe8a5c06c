"""Face pictures as they come in: read, checked, and made small if need be."""

from base64 import b64decode
import binascii
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, UnidentifiedImageError

LIMIT = 200 * 1024
"""The size a stored face picture has at most, in bytes."""


class NotAPicture(Exception):
    """The text is no base64, or no JPEG or PNG."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A JPEG of at most `LIMIT` bytes, and the size of the picture it came from."""

    jpeg: bytes
    width: int
    height: int


def read_photo(text: str) -> Photo:
    """Read a base64 picture; raise `NotAPicture`."""
    try:
        raw = b64decode(text, validate=True)
        image = Image.open(BytesIO(raw), formats=("JPEG", "PNG"))
        image.load()
    except (binascii.Error, UnidentifiedImageError, OSError, SyntaxError) as error:
        raise NotAPicture from error
    except Image.DecompressionBombError as error:
        raise NotAPicture from error
    fits = image.format == "JPEG" and len(raw) <= LIMIT
    return Photo(raw if fits else _shrink(image), *image.size)


def _shrink(image: Image.Image) -> bytes:
    picture: Image.Image = image.convert("RGB")
    while True:
        out = BytesIO()
        picture.save(out, "JPEG", quality=80)
        if out.tell() <= LIMIT:
            return out.getvalue()
        width, height = picture.size
        picture = picture.resize((width * 3 // 4, height * 3 // 4))
