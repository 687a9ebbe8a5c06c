"""Buttons: open a door, and claim nothing about it."""

from typing import override

from homeassistant.components.button import ButtonEntity
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .api.models.doors import DoorAction
from .api.models.resources import Door
from .entity import HikDoorEntity, async_add_doors
from .runtime import HikConfigEntry

PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HikConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up an "Open" button for each door."""
    async_add_doors(
        hass, entry, async_add_entities, lambda door: HikOpenButton(entry, door)
    )


class HikOpenButton(HikDoorEntity, ButtonEntity):
    """Opens a door."""

    _attr_translation_key = "open"

    def __init__(self, entry: HikConfigEntry, door: Door) -> None:
        """Represent a door."""
        super().__init__(entry, door, "open")

    @override
    async def async_press(self) -> None:
        """Release the door once."""
        await self.doors.async_command(self.door_id, DoorAction.OPEN)
