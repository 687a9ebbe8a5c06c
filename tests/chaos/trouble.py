"""Everything that can go wrong, each as something that begins and ends."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
import random
from typing import Any, Final

from . import trouble_account as account, trouble_here as here
from .stage import Stage

type Trouble = Callable[[Stage], AbstractAsyncContextManager[None]]

PATHS: Final = ("*", "*/mq/*", "*/rawmessage*", "*/remote/control", "*/get", "*token*")


def fault(kind: str, path_given: str = "*", **options: Any) -> Trouble:
    """Return a fault of the simulator; in sequences chance picks paths and number."""

    @asynccontextmanager
    async def strike(stage: Stage) -> AsyncGenerator[None]:
        path, times = path_given, None
        if stage.at_random:
            path = path_given if path_given != "*" else stage.chance.choice(PATHS)
            times = stage.chance.choice((None, None, 1, 3))
        added = stage.sim.faults.add(kind, path=path, times=times, **options)
        try:
            yield
        finally:
            if added.times != 0:
                stage.sim.faults.remove(added)

    return strike


@asynccontextmanager
async def latency(stage: Stage) -> AsyncGenerator[None]:
    """Answer each request after up to 30 seconds, beyond every time-out."""
    chance = random.Random(stage.chance.random())
    added = stage.sim.faults.add("latency", seconds=0)

    async def vary() -> None:
        while True:
            added.options["seconds"] = chance.uniform(0, 30)
            await asyncio.sleep(1)

    varying = asyncio.create_task(vary())
    try:
        yield
    finally:
        varying.cancel()
        stage.sim.faults.remove(added)


@asynccontextmanager
async def down_for_an_hour(stage: Stage) -> AsyncGenerator[None]:
    """Refuse every connection, while alarms go on."""
    added = stage.sim.faults.add("reset")
    try:
        yield
        for _ in range(6):
            await asyncio.sleep(600)
            for camera in list(stage.account.world.cameras)[:1]:
                stage.alarm(camera)
    finally:
        stage.sim.faults.remove(added)


TROUBLES: Final[dict[str, Trouble]] = {
    "latency": latency,
    "time-out": fault("hang"),
    "reset before the answer": fault("reset"),
    "reset after the call": fault("lost"),
    "reset in the body": fault("cut"),
    "truncated": fault("truncated"),
    "broken gzip": fault("bad_gzip"),
    "no JSON": fault("bad_json"),
    "web page": fault("html"),
    "HTTP 400": fault("http_error", status=400),
    "HTTP 401": fault("http_error", status=401),
    "HTTP 403": fault("http_error", status=403),
    "HTTP 404": fault("http_error", status=404),
    "HTTP 429": fault("http_error", status=429),
    "HTTP 500": fault("http_error", status=500),
    "HTTP 502": fault("http_error", status=502),
    "HTTP 503": fault("http_error", status=503),
    "no data": fault("no_data"),
    "null lists": fault("null_lists"),
    "wrong types": fault("wrong_types"),
    "repeated page": fault("repeat_page"),
    "endless pages": fault("endless_pages", "*s/get"),
    "duplicates": fault("duplicates"),
    "reordering": fault("reorder"),
    "rate limit": fault("rate_limit"),
    "token expired": fault("token_expired"),
    "refused": fault("refuse"),
    "redirect elsewhere": fault("redirect"),
    "stranger's areaDomain": fault("stranger", "*token/get"),
    "wrong date": fault("wrong_date", seconds=7 * here.DAY),
    "tokens revoked": account.tokens_revoked,
    "tokens ended": account.tokens_expired,
    "key revoked": account.key_revoked,
    "wrong clock": here.wrong_clock,
    "no names": here.no_names,
    "empty account": account.empty_account,
    "shrinking account": account.shrinking,
    "flapping device": account.flapping,
    "competitor": account.competitor,
    "disk full": here.disk_full,
    "disk read-only": here.disk_read_only,
    "subscriptions lost": account.subscriptions_lost,
    "down for an hour": down_for_an_hour,
    "restart": here.restart,
    "power cut": here.power_cut,
}

TEAMS_ONLY: Final = frozenset({"stranger's areaDomain"})
"""A login that names a server is one of teams."""
