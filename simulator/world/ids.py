"""Identifiers in the style of a dialect."""

from collections import Counter
from hashlib import sha256
from random import Random
from secrets import token_hex

NUMBERED = ("person", "group", "card", "finger", "level", "template")
"""Kinds whose ids are up to 18 digits in the guide (5.7.6, 5.8, 5.14)."""


class Ids:
    """Makes ids in the style of a dialect.

    The guide's ids are 32 hexadecimal digits, or 18 decimal ones for what it counts
    among people; the reference's are words with a number such as ``door_001``.
    """

    def __init__(self, random: Random, *, readable: bool) -> None:
        """Draw from ``random``; ``readable`` chooses the reference's style."""
        self._random = random
        self._readable = readable
        self._counts: Counter[str] = Counter()

    def make(self, kind: str) -> str:
        """Return the id of something the site has: the same for the same seed."""
        if not self._readable and kind in NUMBERED:
            return str(self._random.randrange(10**17, 10**18))
        if not self._readable:
            return f"{self._random.getrandbits(128):032x}"
        self._counts[kind] += 1
        return f"{kind}_{self._counts[kind]:03d}"

    def derived(self, kind: str, *of: str) -> str:
        """Return an id that follows from others; it moves no other id of the seed."""
        if self._readable:
            return self.make(kind)
        return sha256("/".join((kind, *of)).encode()).hexdigest()[:32]

    def fixed(self, kind: str, guide: str) -> str:
        """Return the id of what has the same id on every account of the guide."""
        return self.make(kind) if self._readable else guide

    def unique(self, kind: str) -> str:
        """Return an id that no other run of the simulator ever gave."""
        return f"{kind}_{token_hex(6)}" if self._readable else token_hex(16)

    def serial(self) -> str:
        """Return a new device serial number: a letter and eight digits."""
        self._counts["serial"] += 1
        letter = self._random.choice("CDEFGJKL")
        return (
            f"{letter}{self._random.randrange(10**4):04d}{self._counts['serial']:04d}"
        )
