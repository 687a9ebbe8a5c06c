"""A clock that jumps: nobody waits for time in which nothing happens.

Everything runs as it does on the real clock (rates, time-outs, back-offs, polls), only
that the event loop, instead of sleeping until its next timer, moves the frozen time
there. An hour without the service takes a second.
"""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
import importlib
import inspect
import pkgutil
import time
from typing import Any, Final

from freezegun import api as real
from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components import hikcentral_connect

THREADS_AT_MOST: Final = 5.0
"""Real seconds that threads may take before time goes on without them."""
TURNS: Final = 100
"""Turns of a busy loop in which no time passes."""


class TimeMachine:
    """Moves the frozen time to whatever is due next."""

    def __init__(self, freezer: FrozenDateTimeFactory) -> None:
        """Take over nothing yet."""
        self._freezer = freezer
        self._threads = 0
        self._turns = 0
        self.jumps = 0

    @contextmanager
    def drive(self, event_loop: asyncio.AbstractEventLoop) -> Generator[None]:
        """Let a loop jump."""
        loop: Any = event_loop
        selector: Any = loop._selector
        select, run = selector.select, loop.run_in_executor

        def jump(timeout: float | None = None) -> Any:
            if timeout == 0:
                self._creep()
                return select(0)
            self._turns = 0
            if events := select(0):
                return events
            limit = real.real_monotonic() + THREADS_AT_MOST
            while self._threads and real.real_monotonic() < limit:
                if events := select(0.01):
                    return events
            # Even on this machine a byte takes a moment from one socket to the next.
            if events := select(0.0005 if timeout is not None else 1):
                return events
            if timeout is not None:
                self.jumps += 1
                self._freezer.tick(timeout + 1e-6)
            return []

        def run_counted(executor: Any, func: Any, *args: Any) -> Any:
            self._threads += 1
            future: Any = run(executor, func, *args)
            future.add_done_callback(self._done)
            return future

        selector.select, loop.run_in_executor = jump, run_counted
        # A stack for each of so many callbacks takes longer than all else.
        loop.set_debug(False)
        try:
            yield
        finally:
            del selector.select, loop.run_in_executor

    def _creep(self) -> None:
        """Let time not stand quite still: some code waits for the next fraction."""
        self._turns += 1
        if self._turns > TURNS:
            self._turns = 0
            self._freezer.tick(1e-6)

    def _done(self, _: object) -> None:
        self._threads -= 1


@cache
def _real_clocks() -> list[tuple[Any, tuple[Any, ...]]]:
    """Return what in the integration holds the real clock as default."""
    found = []
    prefix = f"{hikcentral_connect.__name__}."
    for info in pkgutil.walk_packages(hikcentral_connect.__path__, prefix):
        module = importlib.import_module(info.name)
        for _, kind in inspect.getmembers(module, inspect.isclass):
            init = kind.__init__
            defaults: tuple[Any, ...] = getattr(init, "__defaults__", None) or ()
            if kind.__module__ == info.name and real.real_monotonic in defaults:
                found.append((init, defaults))
    return found


def use_frozen_clocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let classes of the integration, which hold the real clock as default, see time."""

    def monotonic() -> float:
        return time.monotonic()

    for init, defaults in _real_clocks():
        frozen = [monotonic if one is real.real_monotonic else one for one in defaults]
        monkeypatch.setattr(init, "__defaults__", tuple(frozen))
