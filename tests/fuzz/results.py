"""What must work with everything that a reader returns."""

from collections.abc import Callable, Iterator, Mapping
import dataclasses
from datetime import UTC, datetime, timedelta, timezone
import gc
from time import thread_time
from typing import Any, Final

from custom_components.hikcentral_connect.api.errors import HikError

EAST: Final = timezone(timedelta(hours=14))
WEST: Final = timezone(timedelta(hours=-12))
SECONDS_AT_MOST: Final = 1.0
"""Of computing, not of waiting: other programs may be busy."""


def attempt(parse: Callable[[], Any]) -> bool:
    """Tell whether there is a result, and no error of ours; else it is a failure.

    So is what computes for too long, twice in a row: a machine stands still at times.
    """
    for _ in range(2):
        seconds, result = timed(lambda: result_of(parse))
        if seconds < SECONDS_AT_MOST:
            break
    else:
        raise AssertionError(f"it takes {seconds:.1f} s")
    for one in result:
        use(one)
    return bool(result)


def result_of(parse: Callable[[], Any]) -> tuple[Any, ...]:
    """Return what was read, if anything was."""
    try:
        return (parse(),)
    except HikError:
        return ()


def timed[T](do: Callable[[], T]) -> tuple[float, T]:
    """Do something; return the seconds of computing, too.

    Python collects no garbage meanwhile: that takes the longer the more tests ran before.
    """
    gc.disable()
    try:
        started = thread_time()
        done = do()
        return thread_time() - started, done
    finally:
        gc.enable()


def use(result: Any) -> None:
    """Print, compare and look at all of a result, as the integration may later."""
    assert repr(result) is not None
    assert result == result  # noqa: PLR0124
    _look(result)


def _look(value: Any) -> None:
    if isinstance(value, datetime):
        # What cannot be shown in the owner's zone fails in an entity.
        assert value.tzinfo
        for zone in (UTC, EAST, WEST):
            assert value.astimezone(zone)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for name in _attributes(type(value)):
            _look(getattr(value, name))
    elif isinstance(value, Mapping):
        for one in value.values():
            _look(one)
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            _look(one)


def _attributes(kind: type[Any]) -> Iterator[str]:
    yield from (one.name for one in dataclasses.fields(kind) if one.name != "raw")
    yield from (n for n in dir(kind) if isinstance(getattr(kind, n, None), property))
