"""Calendar: visitor passes, each as an event."""

from datetime import datetime
from typing import override

from homeassistant.components.calendar import CalendarEntity, CalendarEvent
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .api.models.passes import VisitorPass
from .people.entity import HikPassesEntity
from .runtime import HikConfigEntry

PARALLEL_UPDATES = 0

PASSES_KEY = "passes"
"""Key of the calendar; who may control it may manage passes."""


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HikConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the calendar of the account."""
    async_add_entities([HikPassCalendar(entry)])


class HikPassCalendar(HikPassesEntity, CalendarEntity):
    """When visitors may come.

    Names stand in what a calendar shows when it is opened. In the state, which is
    recorded, they stand only if the owner wants that.
    """

    _attr_translation_key = PASSES_KEY

    def __init__(self, entry: HikConfigEntry) -> None:
        """Follow the passes."""
        super().__init__(entry, PASSES_KEY)

    @property
    @override
    def event(self) -> CalendarEvent | None:
        """Return the visit that is on, or the next."""
        now = dt_util.utcnow()
        visits = [one for one in self._book.data if one.ends > max(now, one.starts)]
        if not visits:
            return None
        named = self.entry.runtime_data.options.personal_data
        return _event(min(visits, key=lambda one: one.starts), named=named)

    @override
    async def async_get_events(
        self, hass: HomeAssistant, start_date: datetime, end_date: datetime
    ) -> list[CalendarEvent]:
        """Return the visits between two moments."""
        return [
            _event(one, named=True)
            for one in self._book.data
            if one.starts < end_date and one.ends > max(start_date, one.starts)
        ]


def _event(one: VisitorPass, named: bool) -> CalendarEvent:
    return CalendarEvent(
        start=one.starts,
        end=one.ends,
        summary=one.visitor if named else "Visitor",
        uid=one.id,
    )
