"""Everything that can go wrong, each as something that begins and ends."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Final
from unittest.mock import patch

import aiohttp
from yarl import URL

from custom_components.hikcentral_connect.api import Account, Client
from custom_components.hikcentral_connect.api.errors import HikError
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.storage import Store
from homeassistant.util.file import WriteError

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
    """Answer after up to 30 seconds, beyond every time-out."""
    added = stage.sim.faults.add("latency", seconds=stage.chance.uniform(0, 30))
    yield
    stage.sim.faults.remove(added)


@asynccontextmanager
async def tokens_revoked(stage: Stage) -> AsyncGenerator[None]:
    """Forget the tokens in the middle of a burst, and once more."""
    burst = [
        stage.hass.async_create_task(clock.async_refresh())
        for clock in list(stage.clocks)
    ]
    await asyncio.sleep(0.3)
    stage.account.revoke_tokens()
    await asyncio.gather(*burst)
    yield


@asynccontextmanager
async def tokens_expired(stage: Stage) -> AsyncGenerator[None]:
    """Let the tokens end before their time."""
    stage.account.expire_tokens()
    yield


@asynccontextmanager
async def wrong_clock(stage: Stage) -> AsyncGenerator[None]:
    """Run a day before or behind the service."""
    seconds = stage.chance.choice((-86_400, 86_400))
    added = stage.sim.faults.add("wrong_date", seconds=seconds)
    yield
    stage.sim.faults.remove(added)


@asynccontextmanager
async def no_names(stage: Stage) -> AsyncGenerator[None]:
    """Resolve no name any more, and let no old connection live."""
    connector: Any = async_get_clientsession(stage.hass).connector

    async def fail(*args: Any, **kwargs: Any) -> Any:
        raise OSError(-2, "Name or service not known")

    for waiting in list(connector._conns.values()):
        for protocol, _ in list(waiting):
            protocol.close()
    with patch.object(connector, "_resolve_host", fail):
        yield


@asynccontextmanager
async def empty_account(stage: Stage) -> AsyncGenerator[None]:
    """Hold nothing for a while, as right after a move to another account."""
    world = stage.account.world
    cameras, devices = dict(world.cameras), dict(world.devices)
    world.cameras.clear()
    yield
    world.cameras.update(cameras)
    if stage.account.speech == "reference":
        # Only the inventory lists cameras there, every 15 minutes.
        await stage.runtime.inventory.async_refresh()
    assert world.devices == devices


@asynccontextmanager
async def shrinking(stage: Stage) -> AsyncGenerator[None]:
    """Lose a camera, win another, and get the first one back."""
    world = stage.account.world
    lost = stage.chance.choice(list(world.cameras.values()))
    del world.cameras[lost.id]
    new = world.add_camera("New one", lost.area, lost.device)
    await stage.runtime.inventory.async_refresh()
    yield
    world.cameras[lost.id] = lost
    await stage.runtime.inventory.async_refresh()
    assert new.id in world.cameras


@asynccontextmanager
async def flapping(stage: Stage) -> AsyncGenerator[None]:
    """Let a device come and go."""
    device = stage.chance.choice(list(stage.account.world.devices.values()))
    was = device.online
    for _ in range(6):
        stage.account.happen.connect(device.id, online=not device.online)
        await asyncio.sleep(stage.chance.uniform(1, 10))
    stage.account.happen.connect(device.id, online=was)
    yield


@asynccontextmanager
async def competitor(stage: Stage) -> AsyncGenerator[None]:
    """Let a second program read, and acknowledge, what is in the queue."""
    stage.without_lost = True
    account = stage.account
    keys = Account(URL(stage.sim.url), account.key, account.secret)
    limiter = stage.runtime.client.session.limiter
    async with aiohttp.ClientSession() as http:
        client = Client(http, keys, limiter)
        for _ in range(5):
            try:
                subscription = stage.runtime.memory.bookmark("alarm").subscription
                batch = await client.alarms.messages(subscription or "")
                await asyncio.sleep(1)
                if batch.receipts:
                    await client.alarms.acknowledge(subscription or "", batch.receipts)
            except HikError:
                pass
            await asyncio.sleep(2)
        await client.close()
    yield


@asynccontextmanager
async def storage_full(stage: Stage) -> AsyncGenerator[None]:
    """Write nothing, as on a full disk or one that went read-only."""

    def fail(*_: Any, **__: Any) -> None:
        raise WriteError("No space left on device")

    with patch.object(Store, "_async_write_data", fail):
        yield


@asynccontextmanager
async def subscriptions_lost(stage: Stage) -> AsyncGenerator[None]:
    """Forget the subscriptions, and what waited in their queues."""
    stage.account.alarms.drop()
    stage.account.messages.drop()
    stage.account.subscriptions.clear()
    yield


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
    "tokens revoked": tokens_revoked,
    "tokens ended": tokens_expired,
    "wrong clock": wrong_clock,
    "no names": no_names,
    "empty account": empty_account,
    "shrinking account": shrinking,
    "flapping device": flapping,
    "competitor": competitor,
    "storage full": storage_full,
    "subscriptions lost": subscriptions_lost,
}

TEAMS_ONLY: Final = frozenset({"stranger's areaDomain"})
"""A login that names a server is one of teams."""
