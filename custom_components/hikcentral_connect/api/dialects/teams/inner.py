"""Errors that stand inside an answer whose outer code is "0" (guide section 2.2)."""

from ...errors import SUCCESS, error_for
from ...models.access import Failure
from ...row import Row


def code_of(row: Row) -> str | None:
    """Return the error code of a row, or None for one that succeeded."""
    code = row.text_or_none("errorCode")
    return None if code in (None, SUCCESS) else code


def raise_failed(row: Row) -> None:
    """Raise the error that a row carries, if any."""
    if (code := code_of(row)) is not None:
        raise error_for(code, row.text_or_none("message", "errorMsg") or "")


def read_failures(
    answer: Row, part: str, key: str, id_key: str, name_key: str
) -> tuple[Failure, ...]:
    """Read the list of what failed; there is none when all is well."""

    def read(row: Row) -> Failure:
        return Failure(
            part=part,
            code=code_of(row) or "unknown",
            id=row.text_or_none(id_key),
            name=row.text_or_none(name_key),
        )

    return tuple(answer.list_or_empty(read, key))


def told(failures: tuple[Failure, ...], asked: int) -> tuple[Failure, ...]:
    """Return the failures, or raise the one of a request for a single thing."""
    if asked == 1 and failures:
        raise failures[0].error
    return failures
