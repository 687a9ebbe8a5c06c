"""Sensors of alarm inputs: contacts wired to recorders and panels (teams only)."""

from collections.abc import Callable
from typing import Final, override

from homeassistant.components.binary_sensor import BinarySensorDeviceClass
from homeassistant.core import callback
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from ..adding import async_add
from ..api.models.inputs import AlarmPort
from ..api.models.messages import Alarm, Phase
from ..devices import device_of, identifier
from ..entity import write_availability
from ..messages.hub import Notice
from ..runtime import HikConfigEntry
from ..timed import TimedBinarySensor

_BEGINS: Final = (Phase.START, Phase.PULSE)


@callback
def async_add_inputs(
    entry: HikConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add a sensor for each alarm input found now, and for new ones as they appear."""
    inputs = entry.runtime_data.inputs
    known: set[str] = set()

    @callback
    def add_new() -> None:
        new = [port for key, port in inputs.data.ports.items() if key not in known]
        known.update(port.id for port in new)
        if new:
            entities: list[Entity] = [HikInputSensor(entry, port) for port in new]
            async_add(entry, async_add_entities, entities)

    add_new()
    entry.async_on_unload(inputs.async_add_listener(add_new))


class HikInputSensor(TimedBinarySensor):
    """Whether one alarm input is triggered."""

    _attr_has_entity_name = True
    _attr_should_poll = False
    _attr_device_class = BinarySensorDeviceClass.SAFETY

    def __init__(self, entry: HikConfigEntry, port: AlarmPort) -> None:
        """Belong to the device that the input is part of."""
        self._runtime = entry.runtime_data
        self._port_id = port.id
        inventory = self._runtime.inventory.data
        device = inventory.device_named(port.device_id, port.device_serial)
        self._attr_name = port.name
        self._attr_unique_id = f"{identifier(entry, None)}_input_{port.id}"
        self.device_entry = device_of(entry, device)
        self._attr_is_on = self._runtime.inputs.data.active.get(port.id)

    @override
    async def async_added_to_hass(self) -> None:
        """Listen for alarms of the input, and follow the slow look."""
        await super().async_added_to_hass()
        runtime = self._runtime
        stops: tuple[Callable[[], None], ...] = (
            runtime.hub.async_listen(f"input:{self._port_id}", self._on_notice),
            runtime.inputs.async_add_listener(self._on_look),
            runtime.alarms.async_follow_trust(self._on_change),
        )
        for stop in stops:
            self.async_on_remove(stop)

    @property
    @override
    def available(self) -> bool:
        """Return whether the state can be trusted."""
        port = self._runtime.inputs.data.ports.get(self._port_id)
        online = port is not None and port.online is not False
        return online and self._runtime.alarms.trusted

    @callback
    def _on_notice(self, notice: Notice) -> None:
        alarm = notice.message
        if not isinstance(alarm, Alarm) or not notice.first or notice.late:
            return
        if alarm.phase not in (*_BEGINS, Phase.END):
            return
        hold = self._runtime.options.alarm_hold_seconds
        self.show(alarm.phase in _BEGINS, hold if alarm.phase is Phase.PULSE else None)
        self.async_write_ha_state()

    @callback
    def _on_look(self) -> None:
        active = self._runtime.inputs.data.active.get(self._port_id)
        if active is not None and not self.is_timed:
            self._attr_is_on = active
        self.async_write_ha_state()

    @callback
    def _on_change(self) -> None:
        """Write only what the clock of the queue can change."""
        write_availability(self)
