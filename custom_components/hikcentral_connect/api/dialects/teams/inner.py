"""Errors that stand inside an answer whose outer code is "0" (guide section 2.2)."""

from ...errors import SUCCESS, error_for
from ...row import Row


def code_of(row: Row) -> str | None:
    """Return the error code of a row, or None for one that succeeded."""
    code = row.text_or_none("errorCode")
    return None if code in (None, SUCCESS) else code


def raise_failed(row: Row) -> None:
    """Raise the error that a row carries, if any."""
    if (code := code_of(row)) is not None:
        raise error_for(code, row.text_or_none("message", "errorMsg") or "")
