"""Buttons: open a door or a barrier, and claim nothing about it."""

from functools import partial
from typing import Final, override

from homeassistant.components.button import ButtonEntity
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .api.models.doors import DoorAction
from .api.models.resources import Camera, Door
from .api.models.traffic import BarrierAction
from .commands import CommandSlot
from .entity import (
    HikCameraEntity,
    HikDoorEntity,
    async_add_doors,
    async_add_found,
    async_forget,
)
from .exceptions import told_to_owner
from .runtime import HikConfigEntry

PARALLEL_UPDATES = 0

_HOLDS: Final = (BarrierAction.HOLD_OPEN, BarrierAction.END_HOLD)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HikConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up "Open" for doors, and the buttons of barriers."""
    async_add_doors(
        hass,
        entry,
        async_add_entities,
        lambda door: HikOpenButton(entry, door),
        lambda options: options.has_button,
    )
    async_add_found(
        entry,
        async_add_entities,
        lambda inventory: inventory.cameras,
        partial(_barrier_buttons, hass, entry),
    )


@callback
def _barrier_buttons(
    hass: HomeAssistant, entry: HikConfigEntry, camera: Camera
) -> list[HikBarrierButton]:
    """Return the buttons of a camera; the owner says whether it has a barrier."""
    slot = CommandSlot(hass)
    buttons = [
        HikBarrierButton(entry, camera, action, slot) for action in BarrierAction
    ]
    if camera.id in entry.runtime_data.options.barriers:
        return buttons
    for button in buttons:
        async_forget(hass, Platform.BUTTON, button)
    return []


class HikOpenButton(HikDoorEntity, ButtonEntity):
    """Opens a door."""

    _attr_translation_key = "open"

    def __init__(self, entry: HikConfigEntry, door: Door) -> None:
        """Represent a door."""
        super().__init__(entry, door, "open")

    @override
    async def async_press(self) -> None:
        """Release the door once."""
        await self.async_command(DoorAction.OPEN)


class HikBarrierButton(HikCameraEntity, ButtonEntity):
    """Commands the barrier at a camera."""

    def __init__(
        self,
        entry: HikConfigEntry,
        camera: Camera,
        action: BarrierAction,
        slot: CommandSlot,
    ) -> None:
        """Send `action`, one command at a time in the `slot` of the barrier."""
        super().__init__(entry, camera, f"barrier_{action.value}")
        self._attr_translation_key = f"barrier_{action.value}"
        self._attr_entity_registry_enabled_default = action not in _HOLDS
        self._action = action
        self._slot = slot

    @property
    @override
    def available(self) -> bool:
        """Return True: a press on an unavailable button would vanish unanswered."""
        return True

    @override
    async def async_press(self) -> None:
        """Send the command once."""
        await self._slot.async_send(self._action, self._send)

    async def _send(self) -> None:
        client = self.entry.runtime_data.client
        with told_to_owner():
            await client.traffic.control_barrier(self.camera_id, self._action)
