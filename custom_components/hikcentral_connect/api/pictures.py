"""What kind of picture the service sent (guide section 2.5, "encrypted picture")."""

from typing import Final

from .errors import BadAnswer, PictureEncrypted

ENCRYPTED_MARK: Final = b"hikencodepicture"
_JPEG: Final = b"\xff\xd8\xff"
_PNG: Final = b"\x89PNG\r\n\x1a\n"


def plain_picture(content: bytes) -> bytes:
    """Return the content if it is a JPEG or PNG picture.

    Raises `PictureEncrypted`, or `BadAnswer` for anything that is no picture.
    """
    if content.startswith(ENCRYPTED_MARK):
        raise PictureEncrypted("the picture is encrypted")
    if content.startswith((_JPEG, _PNG)):
        return content
    raise BadAnswer("what came is not a picture")
