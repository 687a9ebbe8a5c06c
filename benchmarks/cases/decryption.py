"""What decrypting a picture costs."""

from hashlib import md5
import os

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from ..clocks import in_turn, side_by_side, times
from ..core import run as run_core
from ..figure import Figure

CODE = "ABCDEF"
SIZE = 3 * 1024 * 1024
HEAD = bytes.fromhex("ffd8ffc0000b08043807800101110000")
"""The start of a JPEG picture of 1920 x 1080 points."""
MARK = b"hikencodepicture"
IV = b"01234567" + bytes(8)


def run(short: bool) -> list[Figure]:
    """Return the processor time for 3 MB beside that of the cipher alone."""
    return run_core(_measure(3 if short else 60))


async def _measure(rounds: int) -> list[Figure]:
    from custom_components.hikcentral_connect.api.pictures import plain_picture

    key = CODE.encode().ljust(16, b"\0")
    plain = HEAD + os.urandom(SIZE - len(HEAD))
    encryptor = Cipher(AES(key), CBC(IV)).encryptor()
    body = encryptor.update(plain + bytes([16]) * 16) + encryptor.finalize()
    inner = md5(CODE.encode(), usedforsecurity=False).hexdigest()
    check = md5(inner.encode(), usedforsecurity=False).hexdigest()
    picture = MARK + check.encode() + body
    if plain_picture(picture, CODE) != plain:
        raise RuntimeError("the picture was not decrypted")

    def bare() -> bytes:
        decryptor = Cipher(AES(key), CBC(IV)).decryptor()
        return decryptor.update(body) + decryptor.finalize()

    pair = await side_by_side(
        times(10, in_turn(lambda: plain_picture(picture, CODE))),
        times(10, in_turn(bare)),
        rounds,
    )
    return [
        Figure.times(
            "decryption of a 3 MB picture",
            "ms",
            pair.value * 100,
            pair.bound * 100,
            1.2,
        )
    ]
