"""How a player that comes to the root says what it wants.

The server greets with a public key and a random text. The player makes a key and an
initial value for AES-256-CBC, sends them under the public key, and proves with them that
it read the random text. All of it is written in hexadecimal.
"""

from functools import cached_property
import json
from secrets import token_hex
from typing import Any

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

VERSION = "1.0"
EXPONENT = 65537
COMMANDS = ("realplay", "playback")


class BadHello(Exception):
    """The player's first message does not fit the greeting."""


class Hello:
    """The server's side, with one key for all players."""

    @cached_property
    def _key(self) -> rsa.RSAPrivateKey:
        return rsa.generate_private_key(EXPONENT, 2048)

    def greeting(self) -> dict[str, str]:
        """Return a greeting; its ``rand`` is good for one answer."""
        modulus = self._key.public_key().public_numbers().n
        return {
            "version": VERSION,
            "cipherSuite": "0",
            "PKD": f"{modulus:x}",
            "rand": token_hex(16),
        }

    def accept(self, text: str, rand: str) -> str:
        """Return the address that a player asks for."""
        try:
            message: dict[str, Any] = json.loads(text)
            initial, key = self._unwrap(message["key"])
            proof = _decrypt(message["authorization"], key, initial)
            _decrypt(message["token"], key, initial)
            known = message["cmd"] in COMMANDS and proof.split(":")[0] == rand
            url = message["url"]
        except (ValueError, KeyError, TypeError) as error:
            raise BadHello(str(error)) from error
        if not known or not isinstance(url, str):
            raise BadHello("The command or the proof is wrong")
        return url

    def _unwrap(self, wrapped: str) -> tuple[bytes, bytes]:
        plain = self._key.decrypt(bytes.fromhex(wrapped), PKCS1v15()).decode()
        initial, key = plain.split(":")
        return bytes.fromhex(initial), bytes.fromhex(key)


def _decrypt(text: str, key: bytes, initial: bytes) -> str:
    decryptor = Cipher(algorithms.AES256(key), modes.CBC(initial)).decryptor()
    padded = decryptor.update(bytes.fromhex(text)) + decryptor.finalize()
    unpadder = padding.PKCS7(128).unpadder()
    return (unpadder.update(padded) + unpadder.finalize()).decode()
