"""Selects: hold a door open or closed."""

from typing import Final, override

from homeassistant.components.select import SelectEntity
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.restore_state import RestoreEntity

from .adding import async_add_doors
from .api.models.doors import DoorAction
from .api.models.resources import Door
from .doors.control import Hold
from .entity import HikDoorEntity
from .runtime import HikConfigEntry

PARALLEL_UPDATES = 0

# Neither contract has a word for "as usual": locking ends a hold.
_ACTION_FOR: Final = {
    Hold.NORMAL: DoorAction.CLOSE,
    Hold.OPEN: DoorAction.HOLD_OPEN,
    Hold.CLOSED: DoorAction.HOLD_CLOSED,
}


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HikConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up a hold for each door that may be held."""
    await async_add_doors(
        hass,
        entry,
        async_add_entities,
        lambda door: HikHoldSelect(entry, door),
        "hold",
        lambda options: options.hold,
    )


class HikHoldSelect(HikDoorEntity, SelectEntity, RestoreEntity):
    """How a door is held.

    Part of the configuration, which no voice assistant is offered unless the owner
    offers it: it cannot ask for a PIN.
    """

    _attr_translation_key = "hold"
    _attr_entity_category = EntityCategory.CONFIG
    _attr_assumed_state = True

    def __init__(self, entry: HikConfigEntry, door: Door) -> None:
        """Represent a door."""
        super().__init__(entry, door, "hold")
        self._attr_options = list(Hold)

    @override
    async def async_added_to_hass(self) -> None:
        """Take over the hold from before a restart: nobody else remembers it."""
        await super().async_added_to_hass()
        last = await self.async_get_last_state()
        if last is not None and last.state in self.options:
            self.doors.async_restore_hold(self.door_id, Hold(last.state))

    @property
    @override
    def current_option(self) -> str:
        """Return how the door is held, as far as commands from here tell."""
        return self.doors.state(self.door_id).hold

    @override
    async def async_select_option(self, option: str) -> None:
        """Hold the door."""
        await self.async_command(_ACTION_FOR[Hold(option)])
