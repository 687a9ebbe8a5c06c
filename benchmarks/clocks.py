"""Measuring on a machine that others use, too: processor time, interleaved."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
import gc
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from .loop import WATCH


@dataclass(frozen=True, slots=True)
class Pair:
    """Median seconds of processor time of a thing and of its bound."""

    value: float
    bound: float


async def side_by_side(
    thing: Callable[[], Awaitable[Any]],
    bound: Callable[[], Awaitable[Any]],
    rounds: int,
) -> Pair:
    """Measure both in turn, `rounds` times; what disturbs one disturbs the other."""
    await thing()
    await bound()
    values: list[float] = []
    bounds: list[float] = []
    for _ in range(rounds):
        values.append(await cost(thing))
        bounds.append(await cost(bound))
    return Pair(median(values), median(bounds))


def waited() -> float:
    """Return the seconds for which this thread was kept from a processor by others.

    Linux counts them; elsewhere nothing is known of them.
    """
    try:
        counted = Path("/proc/thread-self/schedstat").read_text().split()
    except OSError:
        return 0.0
    return int(counted[1]) / 1e9


async def cost(what: Callable[[], Awaitable[Any]]) -> float:
    """Return the seconds of processor time that this process spends on something."""
    collect()
    began = process_time()
    await what()
    return process_time() - began


def collect() -> None:
    """Collect garbage before measuring; that is the bench's own doing, so not watched."""
    watched, WATCH.on = WATCH.on, False
    gc.collect()
    WATCH.on = watched


def times[T](count: int, what: Callable[[], Awaitable[T]]) -> Callable[[], Any]:
    """Return what does something `count` times."""

    async def repeat() -> None:
        for _ in range(count):
            await what()

    return repeat


def in_turn[T](what: Callable[[], T]) -> Callable[[], Any]:
    """Return a plain function as one to be awaited."""

    async def call() -> T:
        await asyncio.sleep(0)
        return what()

    return call
