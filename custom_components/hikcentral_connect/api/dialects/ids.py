"""Ids on their way into a request, the same for both dialects."""

from collections.abc import Sequence
import re
from typing import Final

from .. import checks
from ..errors import FieldInvalid

LONGEST: Final = 64
_PLAIN: Final = re.compile(rf"[A-Za-z0-9_-]{{1,{LONGEST}}}")


def some(field: str, values: Sequence[str], most: int | None = None) -> list[str]:
    """Return the ids as a list; at least one, because none often means all."""
    if not values:
        raise FieldInvalid(field, "must name at least one")
    if most is not None and len(values) > most:
        raise FieldInvalid(field, f"must name at most {most}")
    return [checks.text(field, value, LONGEST) for value in values]


def in_path(field: str, value: str) -> str:
    """Return an id that may stand in a path: it cannot lead to another one."""
    if not _PLAIN.fullmatch(value):
        raise FieldInvalid(field, "must be an id of letters, digits, - and _")
    return value
