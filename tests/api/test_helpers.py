"""The small parts: what was seen, what runs together, what may be sent."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given, strategies as st
import pytest

from custom_components.hikcentral_connect.api import checks
from custom_components.hikcentral_connect.api.errors import FieldInvalid
from custom_components.hikcentral_connect.api.seen import Seen
from custom_components.hikcentral_connect.api.together import together

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@given(st.lists(st.text("abcdefgh", max_size=1)), st.integers(1, 10))
def test_seen_tells_what_is_new(ids: list[str], size: int) -> None:
    """An id is new unless it is among the `size` that came last."""
    seen = Seen(size)
    recent: list[str] = []
    for one in ids:
        assert seen.add(one) is (one not in recent)
        recent = [*(other for other in recent if other != one), one][-size:]


def test_seen_keeps_its_size() -> None:
    """Memory is bounded."""
    seen = Seen(100)
    assert all(seen.add(str(number)) for number in range(10_000))
    assert len(seen._ids) == 100


async def test_together_keeps_the_order() -> None:
    """Results come in the order of the requests, whoever is first."""

    async def one(number: int) -> int:
        await asyncio.sleep(0.003 * (3 - number))
        return number

    assert await together(*(one(number) for number in range(3))) == [0, 1, 2]
    assert await together() == []


async def test_together_leaves_none_behind() -> None:
    """The first error stops the others, and it is that error which is raised."""
    stopped = []

    async def slow(name: str) -> None:
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            stopped.append(name)
            raise

    async def fail() -> None:
        await asyncio.sleep(0)
        raise KeyError("broken")

    with pytest.raises(KeyError, match="broken"):
        await together(slow("a"), fail(), slow("b"))
    assert sorted(stopped) == ["a", "b"]


@pytest.mark.parametrize(
    "check",
    [
        lambda: checks.text("f", "", 5),
        lambda: checks.text("f", " \n", 5),
        lambda: checks.text("f", "sixsix", 5),
        lambda: checks.within("f", 0, 1, 5),
        lambda: checks.within("f", 6, 1, 5),
        lambda: checks.order("f", NOON, NOON),
        lambda: checks.order("f", NOON, NOON - timedelta(seconds=1)),
        lambda: checks.iso("f", NOON.replace(tzinfo=None)),
    ],
)
def test_limits(check: Callable[[], object]) -> None:
    """What breaks a limit names its field."""
    with pytest.raises(FieldInvalid) as caught:
        check()
    assert caught.value.field == "f"
    assert str(caught.value).startswith("f: must ")


def test_within_limits() -> None:
    """What keeps the limits comes out ready to be sent."""
    assert checks.text("f", " five5 ", 5) == "five5"
    assert [checks.within("f", number, 1, 5) for number in (1, 5)] == [1, 5]
    checks.order("f", NOON, NOON + timedelta(seconds=1))
    assert checks.iso("f", NOON) == "2026-01-01T12:00:00+00:00"
    eastern = NOON.astimezone(timezone(timedelta(hours=5, minutes=30)))
    assert checks.iso("f", eastern) == "2026-01-01T17:30:00+05:30"
