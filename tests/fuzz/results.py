"""What must work with everything that a reader returns."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
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


@contextmanager
def soon() -> Iterator[None]:
    """Fail if what is done inside computes for too long.

    Python collects no garbage meanwhile: that takes the longer the more tests ran before.
    """
    gc.disable()
    try:
        started = thread_time()
        yield
        assert thread_time() - started < SECONDS_AT_MOST
    finally:
        gc.enable()


def attempt(parse: Callable[[], Any]) -> bool:
    """Tell whether there is a result, and no error of ours; else it is a failure."""
    with soon():
        try:
            result = parse()
        except HikError:
            return False
    use(result)
    return True


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
