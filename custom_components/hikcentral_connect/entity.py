"""What the entities of this integration have in common."""

from typing import override

from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import Context, callback
from homeassistant.helpers.entity import Entity

from .api.models.doors import DoorAction
from .api.models.resources import Camera, Door
from .devices import Thing, device_of, identifier, unique_id
from .runtime import HikConfigEntry


@callback
def write_availability(entity: Entity) -> None:
    """Write the state of an entity if it is shown as available and is not, or reverse."""
    shown = entity.hass.states.get(entity.entity_id)
    # One without a state is being added: core writes it then.
    if shown and (shown.state != STATE_UNAVAILABLE) is not entity.available:
        entity.async_write_ha_state()


class HikEntity(Entity):
    """An entity of a device, camera or door."""

    _attr_has_entity_name = True
    _attr_should_poll = False

    def __init__(self, entry: HikConfigEntry, thing: Thing, key: str) -> None:
        """Belong to the device of `thing`; `key` tells its entities apart."""
        self.entry = entry
        self._attr_unique_id = unique_id(entry, thing, key)
        self.device_entry = device_of(entry, thing)


class HikAccountEntity(Entity):
    """An entity of the account itself."""

    _attr_has_entity_name = True
    _attr_should_poll = False

    def __init__(self, entry: HikConfigEntry, key: str) -> None:
        """Belong to the account's device."""
        self.entry = entry
        self._attr_unique_id = unique_id(entry, None, key)
        self.device_entry = device_of(entry, None)


class HikCameraEntity(HikEntity):
    """An entity of a camera."""

    def __init__(self, entry: HikConfigEntry, camera: Camera, key: str) -> None:
        """Follow what the inventory says of the camera."""
        super().__init__(entry, camera, key)
        self.camera_id = camera.id
        self._last_known = camera
        self._inventory = entry.runtime_data.inventory

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the inventory."""
        await super().async_added_to_hass()
        self.async_on_remove(self._inventory.async_add_listener(self._on_change))

    @callback
    def _on_change(self) -> None:
        """Write only what a clock can change: whether the entity is available."""
        write_availability(self)

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
