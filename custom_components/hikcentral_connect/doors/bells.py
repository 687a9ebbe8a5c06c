"""Devices at which one can ring: known by what they are, or found out by a ring.

The reference tells of no device what it is; there the first ring makes the entities.
"""

from collections.abc import Callable
from typing import Final, override

from homeassistant.components.event import DOMAIN as EVENT_DOMAIN
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from ..adding import async_add, async_add_found
from ..api.models.events import Ring
from ..api.models.resources import Device
from ..devices import entity_id_of
from ..entity import HikEntity
from ..inventory import Inventory, intercoms
from ..messages.hub import Notice
from ..runtime import HikConfigEntry

RING_KEY: Final = "ring"


class HikBellEntity(HikEntity):
    """An entity that follows the rings of a device."""

    first: Notice | None = None
    """The ring that made this entity."""

    @override
    async def async_added_to_hass(self) -> None:
        """Tell the ring that made this entity, once it has a state to change."""
        await super().async_added_to_hass()
        if self.first is not None:
            self.hass.loop.call_soon(self.on_notice, self.first)

    @callback
    def on_notice(self, notice: Notice) -> None:
        """Take over what a message tells."""
        raise NotImplementedError


async def async_add_bells(
    hass: HomeAssistant,
    entry: HikConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    make: Callable[[Device], HikBellEntity],
) -> None:
    """Add an entity for each device that can ring, rang before or rings now."""
    runtime = entry.runtime_data
    expected: set[str] = set()
    surprises: set[str] = set()

    def rang_before(device: Device) -> bool:
        return bool(entity_id_of(hass, entry, EVENT_DOMAIN, device, RING_KEY))

    def found(inventory: Inventory) -> dict[str, Device]:
        bells = intercoms(inventory) | {
            device.id: device
            for device in inventory.devices.values()
            if device.id not in surprises and rang_before(device)
        }
        expected.update(bells)
        return bells

    @callback
    def on_notice(notice: Notice) -> None:
        ring = notice.message
        if not isinstance(ring, Ring) or notice.late:
            return
        device = runtime.inventory.data.device_named(ring.device_id, ring.device_serial)
        if device is None or device.id in expected | surprises:
            return
        surprises.add(device.id)
        entity = make(device)
        entity.first = notice
        # Not before all listeners were told: the entity would hear its ring twice.
        hass.loop.call_soon(async_add, entry, async_add_entities, [entity])

    entry.async_on_unload(runtime.hub.async_listen(None, on_notice))
    await async_add_found(
        entry, async_add_entities, found, lambda device: [make(device)]
    )
