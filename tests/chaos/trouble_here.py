"""What can happen on this side: the network, the clock, the disk, the power."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
import errno
from typing import Any, Final
from unittest.mock import patch

from homeassistant.helpers.aiohttp_client import async_get_clientsession

from .stage import Stage

DAY: Final = 86_400


@asynccontextmanager
async def wrong_clock(stage: Stage) -> AsyncGenerator[None]:
    """Run a day before or behind the service."""
    seconds = stage.chance.choice((-DAY, DAY))
    added = stage.sim.faults.add("wrong_date", seconds=seconds)
    stage.sim.clock.shift(seconds)
    try:
        yield
    finally:
        stage.sim.clock.shift(-seconds)
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
async def disk_full(stage: Stage) -> AsyncGenerator[None]:
    """Let the disk take half a line, and nothing more."""
    with stage.disk.failing(errno.ENOSPC):
        yield


@asynccontextmanager
async def disk_read_only(stage: Stage) -> AsyncGenerator[None]:
    """Let nothing on the disk be changed, as after an error of an SD card."""
    with stage.disk.failing(errno.EROFS):
        yield


@asynccontextmanager
async def restart(stage: Stage) -> AsyncGenerator[None]:
    """Unload and set up again, in the middle of a door command."""
    doors = list(stage.account.world.doors.values())
    press = [stage.press(stage.chance.choice(doors))] if doors else []
    command = asyncio.gather(*press)
    await asyncio.sleep(stage.chance.uniform(0, 0.5))
    await stage.begin_anew()
    yield
    await command


@asynccontextmanager
async def power_cut(stage: Stage) -> AsyncGenerator[None]:
    """Go on with what is on the disk, whatever was being done."""
    await stage.begin_anew(power_cut=True)
    yield
