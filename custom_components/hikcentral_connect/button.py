"""Buttons: open a door or a barrier, and claim nothing about it."""

from collections.abc import Iterable
from typing import Final, override

from homeassistant.components.button import ButtonEntity
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .adding import async_add_doors, async_add_wanted
from .api.models.doors import DoorAction
from .api.models.resources import Camera, Door
from .api.models.traffic import BarrierAction
from .commands import CommandSlot
from .entity import HikCameraEntity, HikDoorEntity
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
    await async_add_doors(
        hass,
        entry,
        async_add_entities,
        lambda door: HikOpenButton(entry, door),
        "open",
        lambda options: options.has_button,
    )
    runtime = entry.runtime_data

    def cameras() -> Iterable[tuple[None, Camera]]:
        return ((None, one) for one in runtime.inventory.data.cameras.values())

    def barrier_buttons(camera: Camera) -> list[Entity]:
        slot = CommandSlot(hass)
        return [HikBarrierButton(entry, camera, one, slot) for one in BarrierAction]

    await async_add_wanted(
        hass,
        entry,
        async_add_entities,
        cameras,
        barrier_buttons,
        lambda camera: camera.id in runtime.options.barriers,
        [_barrier_key(one) for one in BarrierAction],
    )


def _barrier_key(action: BarrierAction) -> str:
    return f"barrier_{action.value}"


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
        super().__init__(entry, camera, _barrier_key(action))
        self._attr_translation_key = _barrier_key(action)
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
