"""The simulated cloud in a process of its own, so that its work is not counted as ours."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
import json
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from simulator import Simulator
from simulator.world.sites import Size

SEED = 8


@dataclass(slots=True)
class Cloud:
    """A running simulator; `ask` runs a function of this package beside it."""

    url: str
    pipe: Connection

    async def ask[*A, T](self, what: Callable[[Simulator, *A], T], *args: *A) -> T:
        """Return what a module's function finds or does in the simulator."""
        self.pipe.send((what, args))
        answer, error = await asyncio.to_thread(self.pipe.recv)
        if error is not None:
            raise RuntimeError(f"the simulator could not {what.__name__}: {error}")
        result: T = answer
        return result


@asynccontextmanager
async def cloud(size: Size | None, *, rate_limit: int | None) -> AsyncGenerator[Cloud]:
    """Run a quiet cloud whose accounts have sites of `size`, or the demo house."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(
        target=_serve, args=(theirs, size, rate_limit), daemon=True
    )
    process.start()
    theirs.close()
    try:
        url = await asyncio.to_thread(ours.recv)
        yield Cloud(url, ours)
    finally:
        process.terminate()
        process.join()


def _serve(pipe: Connection, size: Size | None, rate_limit: int | None) -> None:
    asyncio.run(_simulate(pipe, size, rate_limit))


async def _simulate(
    pipe: Connection, size: Size | None, rate_limit: int | None
) -> None:
    async with Simulator(SEED, life=False, size=size, rate_limit=rate_limit) as sim:
        pipe.send(sim.url)
        asked = asyncio.Event()
        asyncio.get_running_loop().add_reader(pipe.fileno(), asked.set)
        while True:
            await asked.wait()
            asked.clear()
            while pipe.poll():
                what, args = pipe.recv()
                pipe.send(_attempt(what, sim, args))


def _attempt(what: Any, sim: Simulator, args: Any) -> tuple[Any, str | None]:
    try:
        return what(sim, *args), None
    except Exception as err:  # noqa: BLE001 - told to the one who asked
        return None, repr(err)


def keys(sim: Simulator, name: str) -> tuple[str, str, str]:
    """Return the key, the secret and the GUID of an account."""
    account = sim.account(name)
    return account.key, account.secret, account.guid


def delay(sim: Simulator, seconds: float) -> None:
    """Let every answer take this long, as over the internet."""
    sim.faults.add("latency", seconds=seconds)


def calls(sim: Simulator) -> list[tuple[float, str, str | None]]:
    """Return moment, path and code of every call so far."""
    return [
        (one.tick, one.path.removeprefix("/api/hccgw/"), one.code) for one in sim.record
    ]


def forget_calls(sim: Simulator) -> None:
    """Begin to count anew."""
    sim.record.clear()


def queue_alarms(sim: Simulator, name: str, count: int) -> None:
    """Queue alarms of a hundred cameras in turn, without pictures."""
    account = sim.account(name)
    cameras = list(account.world.cameras)[:100]
    for number in range(count):
        camera = cameras[number % len(cameras)]
        account.happen.alarm(camera, "motion", pictures=0, seconds=9e5)


def remove_doors(sim: Simulator, name: str) -> None:
    """Leave an account with cameras only."""
    sim.account(name).world.doors.clear()


def waiting(sim: Simulator, name: str) -> int:
    """Return how many alarms are not acknowledged."""
    return sim.account(name).alarms.waiting


def alarm(sim: Simulator, name: str, camera_id: str, seconds: float) -> float:
    """Start an alarm now and return the time of this machine."""
    account = sim.account(name)
    account.happen.alarm(camera_id, "motion", pictures=0, seconds=seconds)
    return account.world.clock.now().timestamp()


def alarm_answers(sim: Simulator, name: str, size: int) -> list[bytes]:
    """Return the answers in which the waiting alarms will come, batch by batch."""
    messages = [message for _, message in sim.account(name).alarms._pending]  # noqa: SLF001
    return [
        json.dumps(
            {
                "errorCode": "0",
                "data": {
                    "batchId": "0" * 96,
                    "remainingNumber": len(messages) - start,
                    "alarmMsg": messages[start : start + size],
                },
            },
            ensure_ascii=False,
        ).encode()
        for start in range(0, len(messages), size)
    ]


def bodies(sim: Simulator) -> list[tuple[str, Any]]:
    """Return path and body of every call so far."""
    return [(one.path.removeprefix("/api/hccgw/"), one.body) for one in sim.record]
