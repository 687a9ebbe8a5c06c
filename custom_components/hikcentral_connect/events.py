"""The alarm queue: every message is handed over, then acknowledged."""

from collections.abc import Callable
from datetime import datetime, timedelta
import logging
from time import monotonic
from typing import Any, Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback

from .api import Client
from .api.dialects.reference.alarms import DOCUMENTED_WORDS
from .api.errors import BatchUnknown, QueueLost, SubscriptionRefused
from .api.models.messages import Alarm, Batch
from .api.seen import Seen
from .const import EVENT_MESSAGE, EVENT_VERSION
from .coordinator import HikCoordinator, InventoryCoordinator
from .kinds import OTHER, kind_of

_LOGGER = logging.getLogger(__name__)

ACTIVE_PACE: Final = timedelta(seconds=1)
IDLE_PACE: Final = timedelta(seconds=2)
ACTIVE_FOR: Final = 60.0
"""Seconds after a message during which the queue is asked at the active pace."""
EVERY_TYPE: Final = ()

type AlarmListener = Callable[[Alarm, bool], None]
"""Gets a message, and whether it is the first of its alarm and phase."""


class AlarmCoordinator(HikCoordinator[datetime | None]):
    """Polls the alarm queue; its data is the time of the newest message."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        client: Client,
        inventory: InventoryCoordinator,
    ) -> None:
        """Hand each alarm to those who listen for its camera, and to the bus."""
        super().__init__(hass, entry, client, "alarms", IDLE_PACE)
        self._inventory = inventory
        self._subscription: str | None = None
        self._seen = Seen()
        self._listeners_of: dict[str | None, list[AlarmListener]] = {}
        self._active_until = 0.0

    @callback
    def async_listen(
        self, camera_id: str | None, listener: AlarmListener
    ) -> CALLBACK_TYPE:
        """Call `listener` with each alarm of a camera, or of all cameras for None.

        Returns what stops it.
        """
        listeners = self._listeners_of.setdefault(camera_id, [])
        listeners.append(listener)
        return lambda: listeners.remove(listener)

    @override
    async def _read(self) -> datetime | None:
        newest = self.data
        while True:
            batch = await self._next_batch()
            for alarm in batch.messages:
                newest = alarm.occurred or newest
                self._hand_over(alarm)
            if batch.receipts:
                await self._acknowledge(batch)
            if not self._more_waits(batch):
                break
        self._set_pace()
        return newest

    async def _next_batch(self) -> Batch[Alarm]:
        if self._subscription is None:
            self._subscription = await self._subscribe()
        try:
            return await self.client.alarms.messages(self._subscription)
        except QueueLost:
            _LOGGER.warning("The subscription of the alarm queue was lost; renewing it")
            self._subscription = await self._subscribe()
            return await self.client.alarms.messages(self._subscription)

    async def _subscribe(self) -> str:
        """Ask for all types of events, or at least for those the contract names."""
        try:
            return await self.client.alarms.subscribe(EVERY_TYPE)
        except SubscriptionRefused:
            return await self.client.alarms.subscribe(DOCUMENTED_WORDS)

    async def _acknowledge(self, batch: Batch[Alarm]) -> None:
        assert self._subscription is not None
        self._active_until = monotonic() + ACTIVE_FOR
        try:
            await self.client.alarms.acknowledge(self._subscription, batch.receipts)
        except BatchUnknown:
            _LOGGER.debug("The batch is gone already; another reader may share the key")

    def _more_waits(self, batch: Batch[Alarm]) -> bool:
        if batch.remaining is not None:
            return batch.remaining > 0 and bool(batch.receipts)
        return bool(batch.messages)

    def _set_pace(self) -> None:
        active = monotonic() < self._active_until
        self.update_interval = ACTIVE_PACE if active else IDLE_PACE

    @callback
    def _hand_over(self, alarm: Alarm) -> None:
        """Give a message to the bus and its entities, once.

        The same message comes again when an acknowledgement was lost, and once more
        with pictures; entities get the second for its pictures.
        """
        key = f"{alarm.id}|{alarm.phase}"
        if not self._seen.add(f"{key}|{len(alarm.pictures)}"):
            return
        camera = self._inventory.data.camera_of(alarm)
        first = self._seen.add(key)
        if first:
            self.hass.bus.async_fire(EVENT_MESSAGE, self._event_data(alarm))
        if camera is None:
            return
        listeners = self._listeners_of
        for listener in (*listeners.get(None, ()), *listeners.get(camera.id, ())):
            listener(alarm, first)

    def _event_data(self, alarm: Alarm) -> dict[str, Any]:
        kind = kind_of(alarm.event_type)
        entry = self.config_entry
        return {
            "version": EVENT_VERSION,
            "entry_id": entry.entry_id if entry else None,
            "category": "alarm",
            "message_id": alarm.id,
            "type": kind.key if kind else OTHER,
            "code": alarm.event_type,
            "phase": alarm.phase.value,
            "occurred": alarm.occurred.isoformat() if alarm.occurred else None,
            "late": not alarm.live,
            "source_type": alarm.source_type,
            "source_id": alarm.source_id,
            "source_name": alarm.source_name,
            "device_id": alarm.device_id,
            "device_serial": alarm.device_serial,
            "device_name": alarm.device_name,
            "area": alarm.area_name,
            "rule": alarm.rule_name,
            "priority": alarm.priority,
            "pictures": len(alarm.pictures),
        }
