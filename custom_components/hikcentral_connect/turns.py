"""Sharing the event loop and the rate limit while much is done at once."""

import asyncio
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.util.hass_dict import HassKey

from .const import DOMAIN

TURN: Final = 0.004
"""Seconds of work after which others get their turn on the event loop."""
FIRST_LOOKS: Final = 5.0
"""Seconds until that is done for which nobody waits, so that it does not slow the start."""


@dataclass(slots=True)
class _Turns:
    began: float = float("-inf")
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


_TURNS: Final[HassKey[_Turns]] = HassKey(f"{DOMAIN}_turns")


async def async_take_turns(hass: HomeAssistant) -> None:
    """Return at once, or after the others' turn if the own one has been long.

    To be called between portions of work. All who do so share one turn: accounts are
    set up side by side, and only one of them works between two looks at the sockets.
    """
    turns = _turns(hass)
    if monotonic() - turns.began < TURN:
        return
    async with turns.lock:
        await asyncio.sleep(0)
        turns.began = monotonic()


async def async_let_start() -> None:
    """Wait until an account that starts has all for which somebody waits."""
    await asyncio.sleep(FIRST_LOOKS)


@callback
def _turns(hass: HomeAssistant) -> _Turns:
    if (turns := hass.data.get(_TURNS)) is None:
        turns = hass.data[_TURNS] = _Turns()
    return turns
