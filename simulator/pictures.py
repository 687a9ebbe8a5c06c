"""Pictures as cameras would take them, drawn on the fly, plain or encrypted."""

from datetime import datetime
from functools import lru_cache
import hashlib
from io import BytesIO
from math import sin
from random import Random

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from PIL import Image, ImageDraw, ImageFont

MAGIC = b"hikencodepicture"
_IV = b"01234567".ljust(16, b"\0")
_SIZE = (1280, 720)


def draw(
    name: str, moment: datetime, *, seed: str = "", size: tuple[int, int] = _SIZE
) -> bytes:
    """Return a JPEG of what the camera ``name`` sees at ``moment``.

    The scene belongs to ``seed``; somebody walks through it, and name and time
    are written over it.
    """
    image = scene(seed or name, size).copy()
    pen = ImageDraw.Draw(image)
    add_walker(pen, moment.timestamp(), size)
    add_caption(pen, name, moment, size)
    out = BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


def encrypt(jpeg: bytes, code: str) -> bytes:
    """Encrypt a picture as a device with stream encryption does (guide.md 2.5).

    Header, MD5 of the hexadecimal MD5 of the code, then AES-128-CBC.
    """
    padder = padding.PKCS7(128).padder()
    cipher = Cipher(algorithms.AES(code.encode().ljust(16, b"\0")), modes.CBC(_IV))
    encryptor = cipher.encryptor()
    padded = padder.update(jpeg) + padder.finalize()
    inner = hashlib.md5(code.encode(), usedforsecurity=False).hexdigest()
    check = hashlib.md5(inner.encode(), usedforsecurity=False).hexdigest()
    return MAGIC + check.encode() + encryptor.update(padded) + encryptor.finalize()


@lru_cache(maxsize=64)
def scene(seed: str, size: tuple[int, int]) -> Image.Image:
    """Draw what does not move: sky, ground, a house, trees, a fence."""
    random, (width, height) = Random(seed), size
    horizon = int(height * random.uniform(0.4, 0.55))
    sky = Image.linear_gradient("L").resize((width, horizon))
    image = Image.new("RGB", size, _shade(random, (70, 100, 60)))
    image.paste(Image.merge("RGB", [sky.point(_ramp(c)) for c in (90, 130, 180)]))
    pen = ImageDraw.Draw(image)
    for x in range(0, width, width // 40):
        pen.line((x, horizon, x, horizon + height // 14), (150, 120, 90), 3)
    left = random.randrange(width // 2)
    roof = horizon - int(height * 0.22)
    wall = (left, roof, left + width // 4, horizon + height // 10)
    pen.rectangle(wall, fill=_shade(random, (170, 140, 120)))
    peak = ((wall[0] + wall[2]) // 2, roof - height // 8)
    pen.polygon([wall[:2], peak, (wall[2], roof)], fill=_shade(random, (120, 60, 50)))
    for _ in range(random.randrange(2, 6)):
        x, r = random.randrange(width), random.randrange(height // 20, height // 9)
        pen.rectangle((x - r // 6, horizon - r, x + r // 6, horizon + r), (90, 60, 40))
        crown = (x - r, horizon - 3 * r, x + r, horizon - r)
        pen.ellipse(crown, fill=_shade(random, (40, 90, 40)))
    return image


def add_walker(pen: ImageDraw.ImageDraw, seconds: float, size: tuple[int, int]) -> None:
    """Draw somebody who walks from left to right, below two thirds of the height."""
    width, height = size
    tall = height // 4
    x = seconds * width / 12 % (width + tall) - tall / 2
    feet, swing = height * 0.92, sin(seconds * 6) * tall * 0.18
    hip, neck = feet - tall * 0.45, feet - tall * 0.8
    for side in (1, -1):
        pen.line((x, hip, x + side * swing, feet), (40, 40, 60), tall // 14)
        hand = (x - side * swing, hip - tall * 0.02)
        pen.line((x, neck, *hand), (160, 50, 40), tall // 16)
    pen.line((x, neck, x, hip), (170, 60, 50), tall // 6)
    head = tall * 0.1
    box = (x - head, neck - 2.2 * head, x + head, neck - 0.2 * head)
    pen.ellipse(box, fill=(220, 180, 150))


def add_caption(
    pen: ImageDraw.ImageDraw, name: str, moment: datetime, size: tuple[int, int]
) -> None:
    """Write the time at the top left and the name at the bottom right."""
    width, height = size
    font = ImageFont.load_default(height // 22)
    for place, anchor, text in (
        ((width * 0.02, height * 0.03), "la", f"{moment:%Y-%m-%d %H:%M:%S}"),
        ((width * 0.98, height * 0.97), "rs", name),
    ):
        pen.text(
            place, text, "white", font, anchor, stroke_width=2, stroke_fill="black"
        )


def _shade(random: Random, colour: tuple[int, int, int]) -> tuple[int, int, int]:
    factor = random.uniform(0.75, 1.25)
    red, green, blue = (min(255, int(part * factor)) for part in colour)
    return red, green, blue


def _ramp(start: int) -> list[int]:
    return [start + (255 - start) * level // 255 for level in range(256)]
