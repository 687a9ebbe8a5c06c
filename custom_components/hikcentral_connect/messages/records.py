"""Access records: a second, slow source of accesses, for accounts whose queue has none.

Some accounts never get accesses in the queue of messages (guide section 2.4).
"""

from datetime import datetime, timedelta
from typing import Any, Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..api import Client
from ..api.dialects.teams.access_codes import DURESS, granted_by, method_of
from ..api.errors import PermissionDenied
from ..api.models.access import AccessRecord, RecordClock, RecordSearch
from ..api.models.events import AccessEvent
from ..coordinator import HikCoordinator, InventoryCoordinator
from ..options import Options
from .hub import MessageHub
from .memory import WRONG_CLOCK, Memory, read_since
from .twins import Source

NAME: Final = "records"
OVERLAP: Final = timedelta(minutes=2)
"""A record may be found this long after the service stored it."""
REACH: Final = timedelta(days=31)
"""How far back is read after a long time without a look."""
SWITCHED_OFF_PACE: Final = timedelta(minutes=1)
"""How soon it is noticed that the owner switched the looks on; sends nothing."""
REFUSED_PAUSE: Final = timedelta(hours=1)
"""Pause after the service said that the keys may not read records."""


class RecordsCoordinator(HikCoordinator[None]):
    """Looks for records that are new, and hands over what the queue did not bring."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry[Any],
        client: Client,
        *,
        inventory: InventoryCoordinator,
        hub: MessageHub,
        memory: Memory,
        options: Options,
    ) -> None:
        """Look at the owner's pace; costs nothing while there is no door."""
        pace = options.records_pace or SWITCHED_OFF_PACE
        super().__init__(hass, entry, client, "access records", pace)
        self._inventory = inventory
        self._hub = hub
        self._memory = memory
        self._options = options

    @override
    async def _read(self) -> None:
        pace = self._options.records_pace
        self.update_interval = pace or SWITCHED_OFF_PACE
        if pace is None or not self._inventory.data.doors:
            return
        now = self._hub.now()
        last = self._memory.bookmark(NAME).read
        if last is not None:
            await self._hand_over(await self._records(last, now))
        await self._memory.async_read_until(NAME, now)

    async def _records(self, last: datetime, now: datetime) -> list[AccessRecord]:
        """Return what was stored since the last look, the oldest first."""
        starts = max(read_since(last, now) - OVERLAP, now - REACH)
        # In the zone of the site: live servers find nothing with UTC times. Beyond now
        # lies what was stored while the service's clock was ahead.
        search = RecordSearch(
            dt_util.as_local(starts),
            dt_util.as_local(now + WRONG_CLOCK),
            clock=RecordClock.STORED,
        )
        try:
            found = await self.client.access_records.records(search)
        except PermissionDenied:
            self.update_interval = REFUSED_PAUSE
            raise
        return sorted(found, key=lambda record: record.occurred or now)

    async def _hand_over(self, records: list[AccessRecord]) -> None:
        found = False
        for record in records:
            event = event_of(record)
            news = self._memory.take(event, Source.LOG)
            if news.is_new:
                self._hub.async_hand_over(event, news.is_first, stored=False)
                found = True
        if found:
            await self._memory.async_save()


def event_of(record: AccessRecord) -> AccessEvent:
    """Return the message that the queue would have brought of a record."""
    code = record.event_type or "unknown"
    return AccessEvent(
        id=record.id,
        event_type=code,
        occurred=record.occurred or record.device_time or record.recorded,
        device_id=record.device_id,
        device_name=record.device_name,
        area_name=record.area_name,
        door_id=record.door_id,
        door_name=record.door_name,
        granted=granted_by(code) if record.granted is None else record.granted,
        method=method_of(code),
        duress=code == DURESS,
        element_type=record.element_type,
        direction=record.direction,
        reader_id=record.reader_id,
        serial=record.serial,
        person_id=record.person_id,
        person_name=record.person_name,
        card_number=record.card_number,
        clocking_code=record.clocking_code,
    )
