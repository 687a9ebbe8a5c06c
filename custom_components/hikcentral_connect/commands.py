"""Commands to things that open, switch or move: each is sent once."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from homeassistant.core import HassJob, HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from .const import DOMAIN


class CommandSlot:
    """The one command that can be on its way to a thing.

    The same command asked for meanwhile is the same press: nothing is sent twice, and
    everybody who asked gets the one outcome. Another command is refused.
    """

    def __init__(self, hass: HomeAssistant) -> None:
        """Start with nothing on its way."""
        self._hass = hass
        self._task: asyncio.Task[None] | None = None
        self.pending: object = None
        """What is on its way, or None."""

    async def async_send(
        self, what: object, send: Callable[[], Coroutine[Any, Any, None]]
    ) -> None:
        """Run `send` to its end, even if the caller leaves or Home Assistant stops.

        Otherwise nobody would know whether the command was carried out. Raises what
        `send` raises, or a translated `HomeAssistantError` while another command is on
        its way.
        """
        if self._task is not None and self.pending != what:
            raise HomeAssistantError(
                translation_domain=DOMAIN, translation_key="command_pending"
            )
        if self._task is None:
            self.pending = what
            self._task = self._hass.async_create_task(
                self._run(send), f"{DOMAIN} command", eager_start=False
            )
        await asyncio.shield(self._task)

    async def _run(self, send: Callable[[], Coroutine[Any, Any, None]]) -> None:
        # A stop waits for nothing that began before it, but for such a job.
        release = self._hass.async_add_shutdown_job(HassJob(self._finish))
        try:
            await send()
        finally:
            release()
            self._task = None
            self.pending = None

    async def _finish(self) -> None:
        if self._task is not None:
            await asyncio.wait([self._task])
