"""What many tests have in common."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from custom_components.hikcentral_connect.api import DialectName
from custom_components.hikcentral_connect.const import DOMAIN
from simulator.world.places import Camera

from .conftest import Running

TEAMS = pytest.mark.parametrize("dialect", [DialectName.TEAMS])
REFERENCE = pytest.mark.parametrize("dialect", [DialectName.REFERENCE])


async def call(
    running: Running, action: str, *, answers: bool = True, **data: Any
) -> dict[str, Any]:
    """Call an action and return its response, if it has one."""
    answer: dict[str, Any] = await running.hass.services.async_call(
        DOMAIN, action, data, blocking=True, return_response=answers
    )
    await running.hass.async_block_till_done()
    return answer


async def until(condition: Callable[[], object]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.01)


def camera_named(running: Running, name: str = "Terrace") -> Camera:
    """Return a camera of the simulator."""
    cameras = running.account.world.cameras.values()
    return next(camera for camera in cameras if camera.name == name)
