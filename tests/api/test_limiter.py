"""At most five requests in any second, doors first."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.hikcentral_connect.api.call import Kind
from custom_components.hikcentral_connect.api.errors import RateLimited
from custom_components.hikcentral_connect.api.limiter import (
    CONNECTING_AT_MOST,
    RATE,
    WAITING_AT_MOST,
    WINDOW,
    Limiter,
)

from .clock import VirtualLoop, run_virtually

KINDS = list(Kind)


class Scene:
    """A limiter in virtual time that notes who got a place when."""

    has_doors = True

    def __init__(self) -> None:
        """Start in the running loop, at zero."""
        loop = asyncio.get_running_loop()
        assert isinstance(loop, VirtualLoop)
        self.loop = loop
        self.limiter = Limiter(clock=loop.time)
        self.limiter.keep_place(lambda: self.has_doors)
        self.placed: list[tuple[float, Kind, str]] = []
        self.tasks: list[asyncio.Task[None]] = []

    def come(self, kind: Kind, name: str = "") -> asyncio.Task[None]:
        """Let a caller ask for a place."""
        task = asyncio.create_task(self._ask(kind, name))
        self.tasks.append(task)
        return task

    async def _ask(self, kind: Kind, name: str) -> None:
        self.limiter.answered(await self.limiter.place(kind))
        self.placed.append((self.loop.time(), kind, name))

    async def fill(self) -> None:
        """Use up every place of this second."""
        await asyncio.gather(*(self.come(Kind.COMMAND) for _ in range(RATE)))
        self.placed.clear()

    async def end(self) -> None:
        """Wait for all callers."""
        await asyncio.gather(*self.tasks, return_exceptions=True)

    @property
    def times(self) -> list[float]:
        """When places were given out."""
        return [time for time, _, _ in self.placed]

    @property
    def names(self) -> list[str]:
        """Who got places, in order."""
        return [name for _, _, name in self.placed]

    def timers(self) -> int:
        """Count the timers of the loop that are still alive."""
        return sum(not timer.cancelled() for timer in self.loop._scheduled)  # type: ignore[attr-defined]


def play[T](scene: Coroutine[Any, Any, T]) -> T:
    """Play a scene in virtual time."""
    return run_virtually(scene)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1.5), st.sampled_from(KINDS)), max_size=60))
def test_never_too_many(arrivals: list[tuple[float, Kind]]) -> None:
    """Whoever comes whenever: everybody is served, never six within a window."""

    async def scene() -> tuple[list[float], list[float]]:
        stage = Scene()
        for pause, kind in arrivals:
            await asyncio.sleep(pause)
            stage.come(kind)
        await stage.end()
        assert stage.timers() == 0
        usual = [time for time, kind, _ in stage.placed if not kind.urgent]
        return stage.times, usual

    times, usual = play(scene())
    assert len(times) == len(arrivals)
    for first, sixth in zip(times, times[RATE:], strict=False):
        assert sixth - first >= WINDOW - 1e-6
    for first, fifth in zip(usual, usual[RATE - 1 :], strict=False):
        assert fifth - first >= WINDOW - 1e-6


def test_no_place_is_wasted() -> None:
    """A crowd is served as fast as the limit allows."""

    async def scene() -> list[float]:
        stage = Scene()
        for _ in range(40):
            stage.come(Kind.READ)
        await stage.end()
        return stage.times

    times = play(scene())
    assert times[-1] == pytest.approx(9 * WINDOW, abs=0.01)


def test_one_place_is_kept_for_what_is_urgent() -> None:
    """Four of five places go to the crowd; a command finds the fifth at once."""

    async def scene() -> float:
        stage = Scene()
        for _ in range(100):
            stage.come(Kind.PICTURE)
            stage.come(Kind.POLL)
        await asyncio.sleep(0.1)
        assert len(stage.placed) == RATE - 1
        started = stage.loop.time()
        await stage.come(Kind.COMMAND)
        waited = stage.loop.time() - started
        for task in stage.tasks:
            task.cancel()
        await stage.end()
        return waited

    assert play(scene()) == 0


def test_without_doors_all_places_are_for_everybody() -> None:
    """Where nothing can be opened no place is kept; it is once there is a door."""

    async def scene() -> list[int]:
        stage = Scene()
        stage.has_doors = False
        for _ in range(100):
            stage.come(Kind.POLL)
        placed = []
        for stage.has_doors in (False, True):
            await asyncio.sleep(0.1)
            placed.append(len(stage.placed))
            await asyncio.sleep(WINDOW)
            placed.append(len(stage.placed))
            stage.placed.clear()
        for task in stage.tasks:
            task.cancel()
        await stage.end()
        return placed

    assert play(scene()) == [RATE, 2 * RATE, 0, RATE - 1]


def test_two_commands_in_a_crowd() -> None:
    """The second command waits for the first place that becomes free, no longer."""

    async def scene() -> float:
        stage = Scene()
        for _ in range(200):
            stage.come(Kind.PICTURE)
        await asyncio.sleep(5.5)
        started = stage.loop.time()
        await asyncio.gather(stage.come(Kind.COMMAND), stage.come(Kind.COMMAND))
        waited = stage.loop.time() - started
        for task in stage.tasks:
            task.cancel()
        await stage.end()
        return waited

    assert play(scene()) < WINDOW


def test_order() -> None:
    """Places go by kind, and within a kind to who came first."""

    async def scene() -> list[str]:
        stage = Scene()
        await stage.fill()
        for turn in range(2):
            for kind in reversed(KINDS):
                stage.come(kind, f"{kind.name}-{turn}")
        await stage.end()
        return stage.names

    assert play(scene()) == [f"{kind.name}-{turn}" for kind in KINDS for turn in (0, 1)]


def test_what_is_on_its_way_counts() -> None:
    """Requests that take long to connect arrive late: until then they count."""

    async def scene() -> list[float]:
        stage = Scene()
        slow = [await stage.limiter.place(Kind.READ) for _ in range(RATE - 1)]
        for _ in range(RATE - 1):
            stage.come(Kind.READ)
        await asyncio.sleep(0.9)
        for place in slow:
            stage.limiter.answered(place)
        await stage.end()
        return stage.times

    assert play(scene()) == pytest.approx([0.9 + WINDOW] * (RATE - 1))


def test_what_is_never_answered_counts_no_longer_than_connecting_takes() -> None:
    """A silent service does not hold its places for ever."""

    async def scene() -> list[float]:
        stage = Scene()
        for _ in range(RATE - 1):
            await stage.limiter.place(Kind.READ)
        await stage.come(Kind.READ)
        return stage.times

    assert play(scene()) == pytest.approx([CONNECTING_AT_MOST + WINDOW])


def test_hold() -> None:
    """After a refusal nobody gets a place for a while, also not a command."""

    async def scene() -> list[float]:
        stage = Scene()
        stage.limiter.hold(2.0)
        stage.limiter.hold(0.5)
        stage.come(Kind.POLL)
        stage.come(Kind.COMMAND)
        await stage.end()
        return stage.times

    assert play(scene()) == pytest.approx([2.0, 2.0])


def test_hold_while_callers_wait() -> None:
    """Those who wait already wait on."""

    async def scene() -> list[float]:
        stage = Scene()
        await stage.fill()
        stage.come(Kind.READ)
        await asyncio.sleep(0.5)
        stage.limiter.hold(2.0)
        await stage.end()
        return stage.times

    assert play(scene()) == pytest.approx([2.5])


def test_cancelled_callers_take_no_place() -> None:
    """Wherever in the queue the cancelled stood, the others move up."""

    async def scene() -> list[tuple[float, str]]:
        stage = Scene()
        await stage.fill()
        callers = [stage.come(Kind.READ, str(number)) for number in range(8)]
        await asyncio.sleep(0)
        for number in (0, 1, 3, 5):
            callers[number].cancel()
        await stage.end()
        assert stage.timers() == 0
        return [(round(time, 3), name) for time, _, name in stage.placed]

    assert play(scene()) == [(WINDOW, name) for name in "2467"]


def test_all_cancelled() -> None:
    """When nobody waits any more no timer is left."""

    async def scene() -> tuple[int, int]:
        stage = Scene()
        await stage.fill()
        callers = [stage.come(kind) for kind in KINDS * 3]
        await asyncio.sleep(0.1)
        for caller in callers:
            caller.cancel()
        await stage.end()
        return stage.limiter.waiting, stage.timers()

    assert play(scene()) == (0, 0)


def test_too_many_waiting() -> None:
    """A crowd without end is turned away; a command still passes."""

    async def scene() -> None:
        stage = Scene()
        await stage.fill()
        crowd = [stage.come(Kind.POLL) for _ in range(WAITING_AT_MOST)]
        await asyncio.sleep(0)
        assert stage.limiter.waiting == WAITING_AT_MOST
        with pytest.raises(RateLimited):
            await stage.limiter.place(Kind.READ)
        await stage.limiter.place(Kind.COMMAND)
        assert stage.loop.time() == pytest.approx(WINDOW)
        for caller in crowd:
            caller.cancel()
        await stage.end()

    play(scene())


def test_those_who_left_do_not_count() -> None:
    """Cancelled callers behind somebody who waits on make room for others."""

    async def scene() -> None:
        stage = Scene()
        await stage.fill()
        stage.come(Kind.READ)
        crowd = [stage.come(Kind.POLL) for _ in range(WAITING_AT_MOST - 1)]
        await asyncio.sleep(0)
        for caller in crowd:
            caller.cancel()
        await asyncio.sleep(0)
        assert stage.limiter.waiting == 1
        await stage.limiter.place(Kind.READ)
        await stage.end()

    play(scene())
