"""Decryption of video with the verification code of its device.

Of each NAL unit the first 4096 bytes are encrypted with AES-128-ECB, in whole blocks,
under the code padded with zero bytes. An H.264 unit counts from its header, an H.265
unit from behind its two header bytes.
"""

from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

from ...api.errors import CodeWrong, StreamEncrypted
from .nal import Codec, is_noise, is_parameter_set

PREFIX: Final = 4096
BLOCK: Final = 16
_CLEAR: Final = {Codec.H264: 0, Codec.H265: 2}
_NOISE_AT_MOST: Final = {Codec.H264: 8, Codec.H265: 0}
"""Units that may make no sense before the code is certain to be wrong."""


class Secrecy:
    """Makes the units of one stream readable.

    A program stream tells which of its units are encrypted. RTP does not, so there the
    first unit from which it shows decides for all.
    """

    def __init__(self, codec: Codec, code: str | None) -> None:
        """Use the device's code, if it is known."""
        self._codec = codec
        self._encrypted: bool | None = None
        self._proven = False
        self._noise = 0
        self._decryptor = None
        if code is not None:
            key = code.encode()[:BLOCK].ljust(BLOCK, b"\0")
            self._decryptor = Cipher(AES(key), ECB()).decryptor()

    def clear(self, nal: bytes, scrambled: bool | None) -> bytes:
        """Return a unit in plain text; `scrambled` is None if nothing tells.

        Raises `StreamEncrypted` without a code and `CodeWrong` with a wrong one.
        """
        if not (self._seems_encrypted(nal) if scrambled is None else scrambled):
            return nal
        clear = self._decrypted(nal)
        if not self._proven:
            self._judge(clear)
        return clear

    def _seems_encrypted(self, nal: bytes) -> bool:
        if self._encrypted is None:
            if is_parameter_set(nal, self._codec):
                self._encrypted = False
            elif is_noise(nal, self._codec):
                self._encrypted = True
        return bool(self._encrypted)

    def _decrypted(self, nal: bytes) -> bytes:
        if self._decryptor is None:
            raise StreamEncrypted("stream", "the verification code is not known")
        start = _CLEAR[self._codec]
        end = start + min(PREFIX, max(0, len(nal) - start)) // BLOCK * BLOCK
        clear = self._decryptor.update(nal[start:end])
        return b"".join((nal[:start], clear, memoryview(nal)[end:]))

    def _judge(self, clear: bytes) -> None:
        """Raise `CodeWrong` once it is certain that what comes out makes no sense."""
        self._proven = is_parameter_set(clear, self._codec)
        self._noise += is_noise(clear, self._codec)
        if self._noise > _NOISE_AT_MOST[self._codec]:
            raise CodeWrong("stream", "the verification code does not fit the stream")
