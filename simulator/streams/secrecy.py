"""Encryption of video by a device, with its verification code.

As measured against the maker's own decoder and agreeing with public clients: of each
NAL unit the first 4096 bytes are encrypted with AES-128-ECB, in whole blocks, under the
code padded with zero bytes. An H.264 unit counts from its header, an H.265 unit from
behind its two header bytes.
"""

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from simulator.world.places import Codec

PREFIX = 4096
BLOCK = 16
_CLEAR = {Codec.H264: 0, Codec.H265: 2}


def encrypt(nal: bytes, codec: Codec, code: str) -> bytes:
    """Return a NAL unit as the device sends it."""
    start = _CLEAR[codec]
    end = start + min(PREFIX, len(nal) - start) // BLOCK * BLOCK
    key = algorithms.AES(code.encode().ljust(BLOCK, b"\0"))
    encryptor = Cipher(key, modes.ECB()).encryptor()
    return nal[:start] + encryptor.update(nal[start:end]) + nal[end:]
