"""Photos of faces: checked, turned upright and made small enough."""

from base64 import b64decode
import binascii
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from ..api.errors import FieldInvalid
from ..api.models.people import Photo

INPUT_AT_MOST: Final = 4 * 1024 * 1024
OUTPUT_AT_MOST: Final = 150 * 1024
"""In base64 these are the 200 KB that the reference allows."""
SHORT_SIDE, LONG_SIDE = 480, 640
_SIZES: Final = (1600, 1200, 900, LONG_SIDE)
_QUALITIES: Final = (90, 75, 60)


def from_base64(encoded: str) -> Photo:
    """Return a photo given as base64, also with a "data:" prefix.

    Raises `FieldInvalid` for anything but a picture of a face's size.
    """
    if len(encoded) > INPUT_AT_MOST * 4 // 3 + 100:
        raise _too_large()
    try:
        content = b64decode(encoded.rpartition(",")[2], validate=True)
    except binascii.Error, ValueError:
        raise FieldInvalid("photo", "is not base64") from None
    return from_bytes(content)


def from_file(path: str) -> Photo:
    """Return the photo in a file. Raises `FieldInvalid` as `from_base64` does."""
    try:
        if Path(path).stat().st_size > INPUT_AT_MOST:
            raise _too_large()
        content = Path(path).read_bytes()
    except OSError as err:
        reason = err.strerror or "unknown error"
        raise FieldInvalid("photo_file", f"cannot be read ({reason})") from err
    return from_bytes(content)


def from_bytes(content: bytes) -> Photo:
    """Return a photo as JPEG within the limits. Raises `FieldInvalid`."""
    if len(content) > INPUT_AT_MOST:
        raise _too_large()
    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as image:
            picture = ImageOps.exif_transpose(image).convert("RGB")
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        Image.DecompressionBombError,
    ) as err:
        raise FieldInvalid("photo", "is not a JPEG, PNG or WebP picture") from err
    if min(picture.size) < SHORT_SIDE or max(picture.size) < LONG_SIDE:
        raise FieldInvalid(
            "photo", f"must have {LONG_SIDE} x {SHORT_SIDE} pixels or more"
        )
    return Photo(_small_enough(picture))


def _small_enough(picture: Image.Image) -> bytes:
    """Return a JPEG within the limit, with as many pixels as fit."""
    for size in _SIZES:
        small = _shrunk(picture, size)
        for quality in _QUALITIES:
            out = BytesIO()
            small.save(out, "JPEG", quality=quality)
            if out.tell() <= OUTPUT_AT_MOST:
                return out.getvalue()
    raise FieldInvalid("photo", "cannot be made small enough")


def _shrunk(picture: Image.Image, long_side: int) -> Image.Image:
    """Return the picture with about this long side, but never a side too short."""
    scale = max(long_side / max(picture.size), SHORT_SIDE / min(picture.size))
    if scale >= 1:
        return picture
    width, height = picture.size
    return picture.resize((round(width * scale), round(height * scale)))


def _too_large() -> FieldInvalid:
    return FieldInvalid("photo", f"must have at most {INPUT_AT_MOST // 1024**2} MB")
