"""Ids on their way into a request, the same for both dialects."""

from collections.abc import Sequence
import re
from typing import Final

from .. import checks
from ..errors import FieldInvalid

LONGEST: Final = 64
_PLAIN: Final = re.compile(r"[A-Za-z0-9_-]+")


def some(field: str, values: Sequence[str], most: int | None = None) -> list[str]:
    """Return the ids as a list; at least one, because none often means all."""
    if not values:
        raise FieldInvalid(field, "must name at least one")
    if most is not None and len(values) > most:
        raise FieldInvalid(field, f"must name at most {most}")
    return [checks.text(field, value, LONGEST) for value in values]


def plain(field: str, value: str, longest: int = LONGEST) -> str:
    """Return an id that cannot lead a path astray nor split a list of ids in two."""
    trimmed = checks.text(field, value, longest)
    if not _PLAIN.fullmatch(trimmed):
        raise FieldInvalid(field, "must be an id of letters, digits, - and _")
    return trimmed


def some_plain(field: str, values: Sequence[str], longest: int = LONGEST) -> list[str]:
    """Return ids as `some` does, each of them `plain`."""
    return [plain(field, value, longest) for value in some(field, values)]
