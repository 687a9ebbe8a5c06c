"""Message queues: read, hand over, remember, acknowledge; in this order, always."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
import logging
from typing import Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryAuthFailed
from homeassistant.helpers.update_coordinator import UpdateFailed

from ..api import Client
from ..api.errors import BatchUnknown, HikError, QueueLost
from ..api.models.messages import Batch
from ..api.queue import Queue
from ..coordinator import DOUBLINGS_AT_MOST, HikCoordinator
from ..options import Options
from ..turns import async_take_turns
from .hub import AnyMessage, MessageHub
from .memory import Gap, Memory, read_since

_LOGGER = logging.getLogger(__name__)

ACTIVE_FOR: Final = 60.0
"""Seconds after a message during which the queue is asked at the active pace."""
GRACE: Final = 90.0
"""Seconds of trouble after which live states are no longer to be trusted."""
BACK_OFF_AT_MOST: Final = 60.0
RELAXED_PACE: Final = timedelta(seconds=60)
"""Pace while messages are pushed: keeps the subscription, and shows that it holds."""
SERVICE_KEEPS: Final = timedelta(days=3)
"""How long messages wait in a queue (guide section 2.3)."""


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
        on_gap: Callable[[Gap], None] | None = None,
    ) -> None:
        """Hand what `queue` holds to `hub`; tell `on_gap` when messages may be lost."""
        super().__init__(hass, entry, client, f"{queue.name} queue", options.idle_pace)
        self.data = QueueState()
        # Entities that follow the clock must not start it before all others listen.
        self.update_interval = None
        self._queue = queue
        self._hub = hub
        self._memory = memory
        self._options = options
        self._on_gap = on_gap
        self._active_until = 0.0
        self._trusted_until = self.hass.loop.time() + GRACE
        self._failures = 0
        self._followers: dict[object, Callable[[], None]] = {}
        self._asking = asyncio.Lock()
        self.relaxed = False
        """Whether messages come by a push, so that a slow look is enough."""
        self.stolen: int = 0
        """How often a batch of ours was acknowledged by somebody else."""
        self.lost: int = 0
        """How often the subscription was lost."""

    @override
    @callback
    def async_keep_polling(self) -> None:
        """Read from now on: whoever messages are for listens by now."""
        self.update_interval = self._options.idle_pace
        super().async_keep_polling()

    @property
    def trusted(self) -> bool:
        """Tell whether the queue was read a moment ago, so that states hold."""
        return self.hass.loop.time() < self._trusted_until

    @callback
    def async_follow_trust(self, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Call `listener` when states begin or cease to hold; return what stops it.

        Thousands of states follow this, and it hardly ever changes: none of them is
        to be woken by the listeners of each message.
        """
        key = object()
        self._followers[key] = listener

        @callback
        def stop() -> None:
            self._followers.pop(key, None)

        return stop

    @callback
    def _tell_trust(self) -> None:
        for listener in tuple(self._followers.values()):
            listener()

    @override
    async def _async_update_data(self) -> QueueState:
        trusted = self.trusted
        try:
            state = await super()._async_update_data()
        except ConfigEntryAuthFailed:
            # Nobody looks any more until there are new keys.
            self._trusted_until = self.hass.loop.time()
            if trusted:
                self._tell_trust()
            raise
        except UpdateFailed as err:
            self._failures = min(self._failures + 1, DOUBLINGS_AT_MOST)
            if trusted and not self.trusted:
                self._tell_trust()
            pause = min(2.0**self._failures, BACK_OFF_AT_MOST)
            raise UpdateFailed(
                retry_after=pause,
                translation_domain=err.translation_domain,
                translation_key=err.translation_key,
                translation_placeholders=err.translation_placeholders,
            ) from err
        self._failures = 0
        return state

    async def async_subscribe(self) -> None:
        """Subscribe a new account while it starts: the service keeps what comes then.

        What goes wrong is met again, and told, by the first look.
        """
        bookmark = self._memory.bookmark(self._queue.name)
        if bookmark.subscription is None:
            async with self._asking:
                with suppress(HikError):
                    bookmark.subscription = await self._queue.subscribe()
                    await self._memory.async_save()

    async def async_empty(self) -> bool:
        """Read the queue now; tell whether that succeeded."""
        await self.async_refresh()
        return self.last_update_success

    @override
    async def _read(self) -> QueueState:
        state = self.data
        name = self._queue.name
        while True:
            async with self._asking:
                batch = await self._next_batch()
            self._trust()
            state = await self._hand_over(batch, state)
            await self._memory.async_read_until(name, self._hub.now())
            if not batch.receipts:
                break
            await self._memory.async_save()
            if not await self._acknowledged(batch) or batch.remaining == 0:
                break
        active = self.hass.loop.time() < self._active_until
        options = self._options
        pace = options.active_pace if active else options.idle_pace
        self.update_interval = RELAXED_PACE if self.relaxed else pace
        return state

    async def async_take(self, messages: list[M]) -> None:
        """Hand over what the service pushed, so that nobody had to ask."""
        self._trust()
        state = await self._hand_over(Batch(messages, (), None), self.data)
        await self._memory.async_read_until(self._queue.name, self._hub.now())
        await self._memory.async_save()
        self.async_set_updated_data(state)

    def _trust(self) -> None:
        """Note that the queue answers; states must hold before messages change them."""
        trusted = self.trusted
        self._trusted_until = self.hass.loop.time() + GRACE
        if not trusted:
            self._tell_trust()

    async def _next_batch(self) -> Batch[M]:
        bookmark = self._memory.bookmark(self._queue.name)
        if bookmark.subscription is not None and not self._queue.subscribed:
            self._queue.resume(bookmark.subscription)
        try:
            batch = await self._queue.messages()
        except QueueLost:
            if self._queue.subscribed:
                self.lost += 1
                _LOGGER.warning("The %s was lost and is being renewed", self.name)
            bookmark.subscription = await self._queue.subscribe()
            self._tell_gap(bookmark.read)
            await self._memory.async_save()
            return await self._queue.messages()
        if bookmark.read and self._hub.now() - bookmark.read > SERVICE_KEEPS:
            self._tell_gap(bookmark.read)
        return batch

    def _tell_gap(self, last_read: datetime | None) -> None:
        if self._on_gap is not None and last_read is not None:
            now = self._hub.now()
            self._on_gap(Gap(read_since(last_read, now), now))

    async def _hand_over(self, batch: Batch[M], state: QueueState) -> QueueState:
        if batch.messages:
            self._active_until = self.hass.loop.time() + ACTIVE_FOR
        newest: datetime | None = None
        for message in batch.messages:
            news = self._memory.take(message)
            if news.is_new:
                self._hub.async_hand_over(message, news.is_first, stored=False)
                newest = message.occurred or newest
            await async_take_turns(self.hass)
        return state if newest is None else self._state_after(newest)

    def _state_after(self, newest: datetime) -> QueueState:
        lag = (self._hub.now() - newest).total_seconds()
        return QueueState(newest, round(max(0.0, lag), 1))

    async def _acknowledged(self, batch: Batch[M]) -> bool:
        """Acknowledge a batch; tell whether it was still ours."""
        try:
            await self._queue.acknowledge(batch.receipts)
        except BatchUnknown:
            self.stolen += 1
            _LOGGER.debug("A batch of the %s was gone before its receipt", self.name)
            return False
        return True
