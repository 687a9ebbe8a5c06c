"""Somebody of the account, and photos."""

from base64 import b64encode
from io import BytesIO
from random import Random
from typing import Any

from PIL import Image

from ..conftest import Running


def make_photo(
    width: int = 800, height: int = 600, kind: str = "JPEG", noise: bool = False
) -> bytes:
    """Return a photo; noise makes it a large one."""
    image = Image.new("RGB", (width, height), "teal")
    if noise:
        image = Image.frombytes(
            "RGB", (width, height), Random(1).randbytes(width * height * 3)
        )
    out = BytesIO()
    image.save(out, kind, quality=95)
    return out.getvalue()


def as_base64(photo: bytes) -> str:
    """Return a photo as one pastes it into an action."""
    return b64encode(photo).decode()


def somebody(running: Running) -> Any:
    """Return a person of the simulator."""
    return next(iter(running.account.world.people.values()))
