"""What can happen to the account: its keys, what it holds, and who else reads."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from datetime import UTC
from typing import Any

import aiohttp
from yarl import URL

from custom_components.hikcentral_connect.api import Account, Client
from custom_components.hikcentral_connect.api.errors import HikError
from custom_components.hikcentral_connect.api.models.messages import Alarm

from .stage import Stage


async def _burst(stage: Stage) -> list[asyncio.Task[None]]:
    """Ask for everything at once; return when some of it is on its way.

    What is asked ends with the life of the account, as it does when it asks by itself.
    """
    clocks = list(stage.clocks) if stage.loaded else []
    asked = [
        stage.entry.async_create_background_task(
            stage.hass, one.async_refresh(), "one of a burst"
        )
        for one in clocks
    ]
    await asyncio.sleep(0.3)
    return asked


@asynccontextmanager
async def tokens_revoked(stage: Stage) -> AsyncGenerator[None]:
    """Forget the tokens in the middle of a burst."""
    burst = await _burst(stage)
    stage.account.revoke_tokens()
    await asyncio.gather(*burst, return_exceptions=True)
    yield


@asynccontextmanager
async def tokens_expired(stage: Stage) -> AsyncGenerator[None]:
    """Let the tokens end before their time, in the middle of a burst."""
    burst = await _burst(stage)
    stage.account.expire_tokens()
    await asyncio.gather(*burst, return_exceptions=True)
    yield


@asynccontextmanager
async def key_revoked(stage: Stage) -> AsyncGenerator[None]:
    """Take the key away; later the owner gets it back, and enters it when asked."""
    stage.key_revoked = True
    stage.account.revoke_key()
    yield
    stage.account.revoked = False


@asynccontextmanager
async def empty_account(stage: Stage) -> AsyncGenerator[None]:
    """Hold nothing for a while, as right after a move to another account."""
    world = stage.account.world
    things: tuple[dict[str, Any], ...] = (
        world.cameras,
        world.devices,
        world.doors,
        world.alarm_inputs,
    )
    kept = [dict(one) for one in things]
    for one in things:
        one.clear()
    try:
        yield
    finally:
        for one, was in zip(things, kept, strict=True):
            one.update(was)
    await _look(stage)


@asynccontextmanager
async def shrinking(stage: Stage) -> AsyncGenerator[None]:
    """Lose a device with all that hangs on it, win another, and get it back."""
    world = stage.account.world
    if not world.devices:
        yield
        return
    lost = stage.chance.choice(list(world.devices.values())).id
    things: tuple[dict[str, Any], ...]
    things = (world.devices, world.cameras, world.doors)
    kept = [
        {key: one for key, one in held.items() if lost in _chain(one)}
        for held in things
    ]
    for held, gone in zip(things, kept, strict=True):
        for key in gone:
            del held[key]
    area = next(iter(world.areas.values()))
    new = world.add_device("New one")
    world.add_camera("New camera", area, new)
    world.add_door("New door", area, new)
    await _look(stage)
    try:
        yield
    finally:
        for held, gone in zip(things, kept, strict=True):
            held.update(gone)
    await _look(stage)


def _chain(thing: Any) -> tuple[str, ...]:
    """Return the ids of a thing and of what it hangs on."""
    device = getattr(thing, "device", None)
    return (thing.id, device.id) if device else (thing.id,)


async def _look(stage: Stage) -> None:
    """Look at once; the inventory is read every 15 minutes otherwise."""
    if stage.loaded:
        await stage.runtime.inventory.async_refresh()


@asynccontextmanager
async def flapping(stage: Stage) -> AsyncGenerator[None]:
    """Let a device come and go."""
    devices = list(stage.account.world.devices.values())
    if not devices:
        yield
        return
    device = stage.chance.choice(devices)
    was = device.online
    for _ in range(6):
        _connect(stage, device.id, online=not device.online)
        await asyncio.sleep(stage.chance.uniform(1, 10))
    _connect(stage, device.id, online=was)
    yield


def _connect(stage: Stage, device_id: str, *, online: bool) -> None:
    # Another trouble may have taken it away meanwhile.
    with suppress(KeyError):
        stage.account.happen.connect(device_id, online=online)


@asynccontextmanager
async def competitor(stage: Stage) -> AsyncGenerator[None]:
    """Let a second program read, and acknowledge, what is in the queue."""
    account = stage.account
    keys = Account(URL(stage.sim.url), account.key, account.secret)
    # The service counts both together; it does not matter here whose fault it is.
    limiter = stage.runtime.client.session.limiter
    async with aiohttp.ClientSession() as http:
        client = Client(http, keys, limiter)
        for _ in range(5):
            with suppress(HikError):
                await _steal(stage, client)
            await asyncio.sleep(2)
        await client.close()
    yield


async def _steal(stage: Stage, client: Client) -> None:
    if not stage.loaded:
        return
    subscription = stage.runtime.memory.bookmark("alarm").subscription or ""
    batch = await client.alarms.messages(subscription)
    # Whether the receipt arrives or not, these may be gone.
    stage.stolen |= {
        (one.source_id or "", f"{one.occurred.astimezone(UTC):%Y-%m-%dT%H:%M:%S}")
        for one in batch.messages
        if isinstance(one, Alarm) and one.occurred
    }
    await asyncio.sleep(1)
    if batch.receipts:
        await client.alarms.acknowledge(subscription, batch.receipts)


@asynccontextmanager
async def subscriptions_lost(stage: Stage) -> AsyncGenerator[None]:
    """Forget the subscriptions, and what waited in their queues."""
    stage.entries_lost |= stage.account.speech == "reference"
    stage.account.alarms.drop()
    stage.account.messages.drop()
    stage.account.subscriptions.clear()
    yield
