"""Clocks that a test moves: one by hand, one that is a whole event loop."""

import asyncio
from collections.abc import Coroutine
from selectors import DefaultSelector, SelectorKey
from typing import Any


class HandClock:
    """Monotonic seconds that pass only when the test says so."""

    def __init__(self) -> None:
        """Start somewhere."""
        self.now = 1000.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now

    def pass_days(self, days: float) -> None:
        """Let days go by."""
        self.now += days * 86_400


class _Leaping(DefaultSelector):
    """Does not wait but counts how long it would have."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[SelectorKey, int]]:
        ready = super().select(0)
        if not ready and timeout is not None and timeout > 0:
            self.now += timeout
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop in which sleeping takes no time."""

    def __init__(self) -> None:
        """Start at zero."""
        self._leaping = _Leaping()
        super().__init__(self._leaping)

    def time(self) -> float:
        """Return the time that would have passed."""
        return self._leaping.now


def run_virtually[T](scene: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end in an event loop of its own without waiting."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(scene)
