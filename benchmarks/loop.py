"""An event loop that tells how long it was kept from its sockets, and by what."""

import asyncio
from asyncio import events
from dataclasses import dataclass
import gc
import selectors
from time import thread_time
from typing import Any, Final, override


@dataclass(frozen=True, slots=True)
class Stretch:
    """Seconds of processor time between two looks at the sockets.

    `culprit` did most of it, in `share` seconds.
    """

    seconds: float
    culprit: str
    share: float


class Watch:
    """The longest stretches since `start`, while it watches."""

    def __init__(self) -> None:
        """Watch nothing yet."""
        self.on = False
        self.longest: list[Stretch] = []
        self.over: int = 0
        """How many were longer than 20 ms."""
        self._handle: tuple[float, Any] = (0.0, None)
        self.collections: list[float] = []
        """Seconds of each long full collection of garbage; no stretch counts them."""
        self._collecting = 0.0
        self._collected = 0.0

    def collect(self, phase: str, _info: dict[str, int]) -> None:
        """Note a collection of garbage: its length grows with core's whole memory."""
        if phase == "start":
            self._collecting = thread_time()
            return
        seconds = thread_time() - self._collecting
        self._collected += seconds
        if self.on and seconds > 0.005:
            self.collections.append(seconds)

    def handled(self, seconds: float, handle: Any) -> None:
        """Note what one callback took."""
        if seconds > self._handle[0]:
            self._handle = (seconds, handle)

    def looked(self, seconds: float) -> None:
        """Note a whole stretch."""
        share, handle = self._handle
        self._handle = (0.0, None)
        seconds, self._collected = seconds - self._collected, 0.0
        if not self.on or seconds < 0.005:
            return
        self.over += seconds > 0.02
        self.longest.append(Stretch(seconds, _name(handle), share))
        self.longest.sort(key=lambda one: -one.seconds)
        del self.longest[5:]


WATCH: Final = Watch()


def _name(handle: Any) -> str:
    callback = getattr(handle, "_callback", None)
    task = owner = getattr(callback, "__self__", None)
    if isinstance(task, asyncio.Task):
        coroutine = task.get_coro()
        return f"{getattr(coroutine, '__qualname__', coroutine)} ({task.get_name()})"
    name = getattr(callback, "__qualname__", str(callback))
    # Core's clocks look alike; what they call tells whose they are.
    called = getattr(owner, "action", None)
    return f"{name}: {called.__module__}.{called.__qualname__}" if called else name


class _Selector(selectors.DefaultSelector):
    def __init__(self) -> None:
        super().__init__()
        self._since = thread_time()

    @override
    def select(self, timeout: float | None = None) -> Any:
        WATCH.looked(thread_time() - self._since)
        found = super().select(timeout)
        self._since = thread_time()
        return found


class WatchedLoop(asyncio.SelectorEventLoop):
    """The loop that is watched."""

    def __init__(self) -> None:
        """Look at the sockets with a selector that keeps time."""
        super().__init__(_Selector())


_run = events.Handle._run  # noqa: SLF001 - there is no other place to stand


def _timed(handle: Any) -> None:
    began = thread_time()
    _run(handle)
    WATCH.handled(thread_time() - began, handle)


def watch_handles() -> None:
    """Tell from now on which callback took how long."""
    gc.callbacks.append(WATCH.collect)
    events.Handle._run = _timed  # type: ignore[assignment, method-assign] # noqa: SLF001
