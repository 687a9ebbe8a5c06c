"""Tells what goes on while something takes its time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

HEARTBEAT = 5.0


@asynccontextmanager
async def step(label: str, usual: str) -> AsyncIterator[None]:
    """Announce a step, report every few seconds, and tell how long it took."""
    print(f"-> {label} (usually {usual})", flush=True)
    start = monotonic()
    pulse = asyncio.create_task(_pulse(start))
    try:
        yield
    finally:
        pulse.cancel()
    print(f"   done in {monotonic() - start:.1f} s", flush=True)


async def _pulse(start: float) -> None:
    while True:
        await asyncio.sleep(HEARTBEAT)
        print(f"   ... {monotonic() - start:.0f} s", flush=True)
