"""The two programs of the demo, each ended by its own process id."""

import asyncio
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
import os
from pathlib import Path
import sys

from .errors import DemoError

POLL = 0.1
PATIENCE = 20.0
LOG_TAIL = 20
STAND_INS = Path(__file__).with_name("stand_ins")


@dataclass(frozen=True, slots=True)
class Program:
    """A program that runs for as long as the demo does."""

    name: str
    log: Path
    process: Process

    async def until(self, ready: Callable[[], Awaitable[bool]], seconds: float) -> None:
        """Wait for a condition; raise DemoError if it does not come about."""
        try:
            async with asyncio.timeout(seconds):
                while not await ready():
                    self.check()
                    await asyncio.sleep(POLL)
        except TimeoutError:
            raise self._error(f"is not ready after {seconds:.0f} s") from None

    def check(self) -> None:
        """Raise DemoError if the program has ended."""
        if self.process.returncode is not None:
            raise self._error(f"has ended with code {self.process.returncode}")

    async def ended(self) -> None:
        """Wait for the program's end, which is an error."""
        await self.process.wait()
        self.check()

    def _error(self, what: str) -> DemoError:
        tail = self.log.read_text(errors="replace").splitlines()[-LOG_TAIL:]
        lines = "\n".join(f"   | {line}" for line in tail)
        return DemoError(f"{self.name} {what}. The end of {self.log}:\n{lines}")


@asynccontextmanager
async def running(name: str, log: Path, *arguments: str) -> AsyncIterator[Program]:
    """Run a Python module in the background and end it afterwards."""
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            *arguments,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=asyncio.subprocess.STDOUT,
            env={**os.environ, "PYTHONPATH": str(STAND_INS)},
            # Ctrl-C in the terminal is for the demo alone, which then ends its programs.
            start_new_session=True,
        )
    try:
        yield Program(name, log, process)
    finally:
        await asyncio.shield(_end(name, process))


async def _end(name: str, process: Process) -> None:
    if process.returncode is not None:
        return
    print(f"-> {name} stops (usually below 5 s)", flush=True)
    process.terminate()
    try:
        async with asyncio.timeout(PATIENCE):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
