"""Pictures as devices send them, plain or encrypted (guide section 2.5)."""

from hashlib import md5
from hmac import compare_digest
from struct import unpack
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from .errors import BadAnswer, CodeWrong, PictureEncrypted

ENCRYPTED_MARK: Final = b"hikencodepicture"
_CHECK_LENGTH: Final = 32
_JPEG: Final = b"\xff\xd8\xff"
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_IV: Final = b"01234567" + bytes(8)
_BLOCK: Final = 16
PIXELS_AT_MOST: Final = 50_000_000
"""The largest cameras have 32 million."""
_SEGMENTS_AT_MOST: Final = 1000
# Markers of JPEG: frames hold the size, the scan or the end come after every frame.
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE: Final = frozenset({0x00, 0x01, 0xFF, *range(0xD0, 0xD9)})
_END: Final = frozenset({0xD9, 0xDA})


def is_encrypted(content: bytes) -> bool:
    """Tell whether a picture was encrypted by its device."""
    return content.startswith(ENCRYPTED_MARK)


def plain_picture(content: bytes, code: str | None) -> bytes:
    """Return a JPEG or PNG picture, decrypted with the device's code if need be.

    Raises `PictureEncrypted` without a code, `CodeWrong` with the wrong one, and
    `BadAnswer` for what is no picture.
    """
    if is_encrypted(content):
        if not code:
            raise PictureEncrypted("the picture is encrypted")
        content = _decrypted(content, code)
    width, height = size_of(content)
    if not 0 < width * height <= PIXELS_AT_MOST:
        raise BadAnswer(f"the picture has {width} x {height} points")
    return content


def size_of(content: bytes) -> tuple[int, int]:
    """Return width and height as the head of a JPEG or PNG says, undecoded.

    Some kilobytes can unpack to gigabytes in whatever shows them. Raises `BadAnswer`
    for what is no picture.
    """
    if content.startswith(_PNG) and content[12:16] == b"IHDR" and len(content) > 24:
        width, height = unpack(">II", content[16:24])
        return width, height
    if content.startswith(_JPEG):
        return _size_of_jpeg(content)
    raise BadAnswer("what came is not a picture")


def _size_of_jpeg(content: bytes) -> tuple[int, int]:
    at = 2
    for _ in range(_SEGMENTS_AT_MOST):
        at = content.find(b"\xff", at)
        head = content[at : at + 9]
        if at < 0 or len(head) < 9 or head[1] in _END:
            break
        if head[1] in _FRAMES:
            height, width = unpack(">HH", head[5:])
            return width, height
        alone = head[1] in _ALONE
        at += 1 if head[1] == 0xFF else 2
        if not alone:
            at += int.from_bytes(head[2:4])
    raise BadAnswer("what came is not a picture")


def _decrypted(content: bytes, code: str) -> bytes:
    # A view: slices of a picture would be copies of megabytes.
    rest = memoryview(content)[len(ENCRYPTED_MARK) :]
    check, body = bytes(rest[:_CHECK_LENGTH]), rest[_CHECK_LENGTH:]
    if not compare_digest(check.lower(), _check_of(code)):
        raise CodeWrong("picture", "the verification code does not fit the picture")
    if not body or len(body) % _BLOCK:
        raise BadAnswer("the encrypted picture is cut off")
    decryptor = Cipher(AES(_key_of(code)), CBC(_IV)).decryptor()
    padded = decryptor.update(body)
    padding = padded[-1]
    if not 1 <= padding <= _BLOCK or not padded.endswith(bytes((padding,)) * padding):
        raise BadAnswer("the encrypted picture is broken")
    return padded[:-padding]


def _key_of(code: str) -> bytes:
    return code.encode()[:_BLOCK].ljust(_BLOCK, b"\0")


def _check_of(code: str) -> bytes:
    inner = md5(code.encode(), usedforsecurity=False).hexdigest()
    return md5(inner.encode(), usedforsecurity=False).hexdigest().encode()
