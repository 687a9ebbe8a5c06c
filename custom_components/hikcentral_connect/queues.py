"""Message queues: read, hand over, remember, acknowledge; in this order, always."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
import logging
from typing import Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers.update_coordinator import UpdateFailed

from .api import Client
from .api.errors import BatchUnknown, QueueLost
from .api.models.messages import Batch
from .api.queue import Queue
from .coordinator import HikCoordinator
from .memory import Memory
from .messages import AnyMessage, MessageHub
from .options import Options

_LOGGER = logging.getLogger(__name__)

ACTIVE_FOR: Final = 60.0
"""Seconds after a message during which the queue is asked at the active pace."""
GRACE: Final = 90.0
"""Seconds of trouble after which live states are no longer to be trusted."""
BACK_OFF_AT_MOST: Final = 60.0
TURN: Final = 20
"""Messages handed over before others get their turn on the event loop."""


@dataclass(frozen=True, slots=True)
class QueueState:
    """When the newest message happened, and how many seconds later it came."""

    newest: datetime | None = None
    lag: float | None = None


class QueueCoordinator[M: AnyMessage](HikCoordinator[QueueState]):
    """Empties one queue, again and again."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        client: Client,
        *,
        queue: Queue[M],
        hub: MessageHub,
        memory: Memory,
        options: Options,
        on_gap: Callable[[], None] | None = None,
    ) -> None:
        """Hand what `queue` holds to `hub`; tell `on_gap` when messages may be lost."""
        super().__init__(hass, entry, client, f"{queue.name} queue", options.idle_pace)
        self.data = QueueState()
        self._queue = queue
        self._hub = hub
        self._memory = memory
        self._options = options
        self._on_gap = on_gap
        self._active_until = 0.0
        self._trusted_until = self.hass.loop.time() + GRACE
        self._failures = 0
        self.stolen: int = 0
        """How often a batch of ours was acknowledged by somebody else."""
        self.lost: int = 0
        """How often the subscription was lost."""

    @property
    def trusted(self) -> bool:
        """Tell whether the queue was read a moment ago, so that states hold."""
        return self.hass.loop.time() < self._trusted_until

    @override
    async def _async_update_data(self) -> QueueState:
        trusted = self.trusted
        try:
            state = await super()._async_update_data()
        except UpdateFailed as err:
            self._failures += 1
            if trusted and not self.trusted:
                self.async_update_listeners()
            pause = min(2.0**self._failures, BACK_OFF_AT_MOST)
            raise UpdateFailed(
                retry_after=pause,
                translation_domain=err.translation_domain,
                translation_key=err.translation_key,
                translation_placeholders=err.translation_placeholders,
            ) from err
        self._failures = 0
        return state

    @override
    async def _read(self) -> QueueState:
        state = self.data
        while True:
            batch = await self._next_batch()
            self._trust()
            state = await self._hand_over(batch, state)
            if not batch.receipts:
                break
            await self._memory.async_save()
            if not await self._acknowledged(batch) or batch.remaining == 0:
                break
        active = self.hass.loop.time() < self._active_until
        options = self._options
        self.update_interval = options.active_pace if active else options.idle_pace
        return state

    def _trust(self) -> None:
        """Note that the queue answers; states must hold before messages change them."""
        trusted = self.trusted
        self._trusted_until = self.hass.loop.time() + GRACE
        if not trusted:
            self.async_update_listeners()

    async def _next_batch(self) -> Batch[M]:
        try:
            return await self._queue.messages()
        except QueueLost:
            if self._queue.subscribed:
                self.lost += 1
                _LOGGER.warning("The %s was lost and is being renewed", self.name)
            await self._queue.subscribe()
            if self._on_gap is not None:
                self._on_gap()
            return await self._queue.messages()

    async def _hand_over(self, batch: Batch[M], state: QueueState) -> QueueState:
        for count, message in enumerate(batch.messages, start=1):
            self._active_until = self.hass.loop.time() + ACTIVE_FOR
            news = self._memory.take(message)
            if news.is_new:
                self._hub.async_hand_over(message, news.is_first, stored=False)
                state = self._state_after(message, state)
            if count % TURN == 0:
                await asyncio.sleep(0)
        return state

    def _state_after(self, message: M, state: QueueState) -> QueueState:
        if message.occurred is None:
            return state
        lag = (self._hub.now() - message.occurred).total_seconds()
        return QueueState(message.occurred, round(max(0.0, lag), 1))

    async def _acknowledged(self, batch: Batch[M]) -> bool:
        """Acknowledge a batch; tell whether it was still ours."""
        try:
            await self._queue.acknowledge(batch.receipts)
        except BatchUnknown:
            self.stolen += 1
            _LOGGER.debug("A batch of the %s was gone before its receipt", self.name)
            return False
        return True
