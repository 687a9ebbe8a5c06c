"""What the entities of this integration have in common."""

from collections.abc import Callable, Iterable
from typing import override

from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_platform import (
    AddConfigEntryEntitiesCallback,
    async_get_current_platform,
)

from .api.models.doors import DoorAction
from .api.models.resources import Camera, Door
from .const import DOMAIN
from .devices import Thing, doors_by_subentry, identifier
from .inventory import Inventory
from .options import DoorOptions
from .runtime import HikConfigEntry
from .turns import async_take_turns


class HikEntity(Entity):
    """An entity of a device, camera or door."""

    _attr_has_entity_name = True
    _attr_should_poll = False

    def __init__(self, entry: HikConfigEntry, thing: Thing, key: str) -> None:
        """Belong to the device of `thing`; `key` tells its entities apart."""
        self.entry = entry
        self._attr_unique_id = f"{identifier(entry, thing)}_{key}"
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, identifier(entry, thing))}
        )

    @override
    async def async_added_to_hass(self) -> None:
        """Let others have their turn: there may be thousands to be added."""
        await super().async_added_to_hass()
        await async_take_turns(self.hass)


class HikAccountEntity(Entity):
    """An entity of the account itself."""

    _attr_has_entity_name = True
    _attr_should_poll = False

    def __init__(self, entry: HikConfigEntry, key: str) -> None:
        """Belong to the account's device."""
        self.entry = entry
        account = identifier(entry, None)
        self._attr_unique_id = f"{account}_{key}"
        self._attr_device_info = DeviceInfo(identifiers={(DOMAIN, account)})


class HikCameraEntity(HikEntity):
    """An entity of a camera."""

    def __init__(self, entry: HikConfigEntry, camera: Camera, key: str) -> None:
        """Follow what the inventory says of the camera."""
        super().__init__(entry, camera, key)
        self.camera_id = camera.id
        self._last_known = camera
        self._inventory = entry.runtime_data.inventory
        self._was_available = True

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the inventory."""
        await super().async_added_to_hass()
        self._was_available = self.available
        self.async_on_remove(self._inventory.async_add_listener(self._on_change))

    @callback
    def _on_change(self) -> None:
        """Write only what a clock can change: whether the entity is available."""
        if self.available is not self._was_available:
            self._was_available = self.available
            self.async_write_ha_state()

    @property
    def channel(self) -> Camera:
        """Return the camera as the inventory knows it, or as it last did."""
        cameras = self._inventory.data.cameras
        self._last_known = cameras.get(self.camera_id, self._last_known)
        return self._last_known

    @property
    @override
    def available(self) -> bool:
        """Return whether the service still lists the camera."""
        return self.camera_id in self._inventory.data.cameras


class HikDoorEntity(HikEntity):
    """An entity of a door.

    Always available: Home Assistant drops actions on unavailable entities without a
    word, and a door must answer, if only with the reason why it stays shut.
    """

    def __init__(self, entry: HikConfigEntry, door: Door, key: str) -> None:
        """Command the door through the runtime of `entry`."""
        super().__init__(entry, door, key)
        self.door_id = door.id
        self.door_name = door.name
        self.door_key = identifier(entry, door)
        """Tells doors of all accounts apart."""
        self.doors = entry.runtime_data.doors

    @override
    async def async_added_to_hass(self) -> None:
        """Follow what is assumed of the door."""
        await super().async_added_to_hass()
        self.async_on_remove(self.doors.async_listen(self.door_id, self._on_door))

    async def async_command(self, action: DoorAction) -> None:
        """Send a command in the name of whoever called the entity's action."""
        await self.doors.async_command(self.door_id, action, self._context)

    @callback
    def _on_door(self, context: Context | None) -> None:
        """Show a change, and in the logbook who asked for it."""
        if context is not None:
            self.async_set_context(context)
        self.async_write_ha_state()


@callback
def async_add_found[T](
    entry: HikConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    found: Callable[[Inventory], dict[str, T]],
    make: Callable[[T], Iterable[Entity]],
) -> None:
    """Add the entities of all things found now, and of new ones as they appear."""
    inventory = entry.runtime_data.inventory
    known: set[str] = set()

    @callback
    def add_new() -> None:
        things = found(inventory.data)
        new = [things[key] for key in things if key not in known]
        known.update(things)
        if entities := [entity for thing in new for entity in make(thing)]:
            async_add_entities(entities)

    add_new()
    entry.async_on_unload(inventory.async_add_listener(add_new))


@callback
def async_add_doors(
    hass: HomeAssistant,
    entry: HikConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    make: Callable[[Door], Entity],
    wanted: Callable[[DoorOptions], bool] = lambda options: True,
) -> None:
    """Add an entity for each door, found by the service or declared by the owner.

    Doors whose owner does not want the entity lose it.
    """
    options = entry.runtime_data.options
    domain = async_get_current_platform().domain

    def entities(door: Door) -> list[Entity]:
        entity = make(door)
        if wanted(options.door(door.id)):
            return [entity]
        async_forget(hass, domain, entity)
        return []

    for subentry_id, door in doors_by_subentry(hass, entry).items():
        async_add_entities(entities(door), config_subentry_id=subentry_id)
    async_add_found(
        entry, async_add_entities, lambda inventory: inventory.doors, entities
    )


@callback
def async_forget(hass: HomeAssistant, domain: str, entity: Entity) -> None:
    """Remove what is known of an entity that is no longer wanted."""
    registry = er.async_get(hass)
    assert entity.unique_id is not None
    if known := registry.async_get_entity_id(domain, DOMAIN, entity.unique_id):
        registry.async_remove(known)
