"""What a service says, without the secrets that it was sent: some repeat them."""

from collections.abc import Iterator
import re
from typing import Final

from .row import JsonValue

HIDDEN: Final = "***"
SHORTEST: Final = 4
"""Characters; what is shorter is no secret, and part of many words."""
_SECRET: Final = re.compile(r"(key|secret|token|code|password|pin)$", re.IGNORECASE)


def without_secrets(text: str, *sent: JsonValue) -> str:
    """Return the text with every secret hidden that stands in what was sent.

    A text that was sent is a secret itself; of an object, the fields named like one.
    """
    found = {one for value in sent for one in _secrets(value, secret=True)}
    for secret in sorted(found, key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return text


def _secrets(value: JsonValue, *, secret: bool) -> Iterator[str]:
    if isinstance(value, dict):
        for name, one in value.items():
            yield from _secrets(one, secret=_SECRET.search(name) is not None)
    elif isinstance(value, list):
        for one in value:
            yield from _secrets(one, secret=secret)
    elif secret and isinstance(value, str) and len(value) >= SHORTEST:
        yield value
