"""Pictures as devices send them, plain or encrypted (guide section 2.5)."""

from hashlib import md5
from hmac import compare_digest
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

from .errors import BadAnswer, CodeWrong, PictureEncrypted

ENCRYPTED_MARK: Final = b"hikencodepicture"
_CHECK_LENGTH: Final = 32
_JPEG: Final = b"\xff\xd8\xff"
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_IV: Final = b"01234567" + bytes(8)
_BLOCK: Final = 16


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
    if content.startswith((_JPEG, _PNG)):
        return content
    raise BadAnswer("what came is not a picture")


def _decrypted(content: bytes, code: str) -> bytes:
    check = content[len(ENCRYPTED_MARK) :][:_CHECK_LENGTH]
    body = content[len(ENCRYPTED_MARK) + _CHECK_LENGTH :]
    if not compare_digest(check.lower(), _check_of(code)):
        raise CodeWrong("picture", "the verification code does not fit the picture")
    if not body or len(body) % _BLOCK:
        raise BadAnswer("the encrypted picture is cut off")
    decryptor = Cipher(AES(_key_of(code)), CBC(_IV)).decryptor()
    unpadder = PKCS7(_BLOCK * 8).unpadder()
    try:
        padded = decryptor.update(body) + decryptor.finalize()
        return unpadder.update(padded) + unpadder.finalize()
    except ValueError:
        raise BadAnswer("the encrypted picture is broken") from None


def _key_of(code: str) -> bytes:
    return code.encode()[:_BLOCK].ljust(_BLOCK, b"\0")


def _check_of(code: str) -> bytes:
    inner = md5(code.encode(), usedforsecurity=False).hexdigest()
    return md5(inner.encode(), usedforsecurity=False).hexdigest().encode()
