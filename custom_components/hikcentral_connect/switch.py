"""Switches: alarm outputs, which the owner has to enable."""

from typing import Any, override

from homeassistant.components.switch import SwitchEntity
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .adding import async_add
from .api.models.inputs import AlarmPort
from .devices import device_of, identifier
from .runtime import HikConfigEntry

PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HikConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up a switch for each alarm output found now, and for new ones."""
    outputs = entry.runtime_data.outputs
    known: set[str] = set()

    @callback
    def add_new() -> None:
        new = [port for key, port in outputs.data.ports.items() if key not in known]
        known.update(port.id for port in new)
        if new:
            ports = [HikOutput(entry, port) for port in new]
            async_add(entry, async_add_entities, ports)

    add_new()
    entry.async_on_unload(outputs.async_add_listener(add_new))


class HikOutput(SwitchEntity):
    """An alarm output.

    Disabled until the owner enables it: it may be wired to a gate, and voice
    assistants may use switches without being allowed to. Always available, so that a
    command is answered, if only with the reason why nothing was switched.
    """

    _attr_has_entity_name = True
    _attr_should_poll = False
    _attr_translation_key = "alarm_output"
    _attr_entity_registry_enabled_default = False

    def __init__(self, entry: HikConfigEntry, port: AlarmPort) -> None:
        """Belong to the device that the output is part of."""
        runtime = entry.runtime_data
        device = runtime.inventory.data.device_named(port.device_id, port.device_serial)
        self._outputs = runtime.outputs
        self._port_id = port.id
        self._attr_name = port.name
        self._attr_unique_id = f"{identifier(entry, None)}_output_{port.id}"
        self.device_entry = device_of(entry, device)

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the state."""
        await super().async_added_to_hass()
        self.async_on_remove(
            self._outputs.async_watch(self._port_id, self.async_write_ha_state)
        )

    @property
    @override
    def is_on(self) -> bool | None:
        """Return whether the output is on, None if the service does not tell."""
        return self._outputs.data.on.get(self._port_id)

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Switch it on, once."""
        await self._outputs.async_switch(self._port_id, True)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Switch it off, once."""
        await self._outputs.async_switch(self._port_id, False)
