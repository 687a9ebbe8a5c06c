"""Limits of the contracts, checked before anything is sent."""

from datetime import datetime

from .errors import FieldInvalid


def text(field: str, value: str, longest: int) -> str:
    """Return the text, trimmed; it must have 1 to `longest` characters."""
    trimmed = value.strip()
    if not trimmed:
        raise FieldInvalid(field, "must not be empty")
    if len(trimmed) > longest:
        raise FieldInvalid(field, f"must have at most {longest} characters")
    return trimmed


def text_or_none(field: str, value: str | None, longest: int) -> str | None:
    """Return the text as `text` does, or None when there is none to send."""
    return text(field, value, longest) if value else None


def within(field: str, value: int, lowest: int, highest: int) -> int:
    """Return the number; it must lie between the two."""
    if not lowest <= value <= highest:
        raise FieldInvalid(field, f"must be between {lowest} and {highest}")
    return value


def order(field: str, starts: datetime, ends: datetime) -> None:
    """Refuse a span that ends before it starts."""
    if ends <= starts:
        raise FieldInvalid(field, "must be later than the start")


def iso(field: str, moment: datetime) -> str:
    """Return an aware time in ISO 8601 with its offset, to the second."""
    if moment.tzinfo is None:
        raise FieldInvalid(field, "must have a time zone")
    return moment.isoformat(timespec="seconds")
