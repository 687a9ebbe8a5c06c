"""Sensors of vehicles: how fast they are, and whether their ignition is on."""

from typing import override

from homeassistant.components.binary_sensor import (
    BinarySensorDeviceClass,
    BinarySensorEntity,
)
from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorStateClass,
)
from homeassistant.const import UnitOfSpeed
from homeassistant.core import callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from ..api import DialectName
from ..api.models.vehicles import Vehicle
from ..const import CONF_DIALECT
from ..runtime import HikConfigEntry
from .entity import HikVehicleEntity, async_add_vehicles
from .fleet import Fleet


@callback
def async_add_speeds(
    entry: HikConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the speed of each vehicle."""
    async_add_vehicles(
        entry,
        async_add_entities,
        lambda fleet, vehicle: [HikVehicleSpeed(entry, fleet, vehicle)],
    )


@callback
def async_add_ignitions(
    entry: HikConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the ignition of each vehicle; only teams tells of it."""
    if entry.data[CONF_DIALECT] == DialectName.TEAMS:
        async_add_vehicles(
            entry,
            async_add_entities,
            lambda fleet, vehicle: [HikIgnition(entry, fleet, vehicle)],
        )


class HikVehicleSpeed(HikVehicleEntity, SensorEntity):
    """How fast a vehicle was when it last told."""

    _attr_device_class = SensorDeviceClass.SPEED
    _attr_native_unit_of_measurement = UnitOfSpeed.KILOMETERS_PER_HOUR
    _attr_state_class = SensorStateClass.MEASUREMENT
    _attr_suggested_display_precision = 0

    def __init__(self, entry: HikConfigEntry, fleet: Fleet, vehicle: Vehicle) -> None:
        """Represent a vehicle."""
        super().__init__(entry, fleet, vehicle, "speed")

    @property
    @override
    def native_value(self) -> float | None:
        """Return the speed."""
        return self.track.speed if self.track else None


class HikIgnition(HikVehicleEntity, BinarySensorEntity):
    """Whether the ignition of a vehicle is on."""

    _attr_translation_key = "ignition"
    _attr_device_class = BinarySensorDeviceClass.RUNNING

    def __init__(self, entry: HikConfigEntry, fleet: Fleet, vehicle: Vehicle) -> None:
        """Represent a vehicle."""
        super().__init__(entry, fleet, vehicle, "ignition")

    @override
    async def async_added_to_hass(self) -> None:
        """Have the service asked from now on."""
        await super().async_added_to_hass()
        self.async_on_remove(
            self.fleet.ignition.async_add_listener(self.async_write_ha_state)
        )

    @property
    @override
    def is_on(self) -> bool | None:
        """Return whether it is on; None while the device has not told."""
        ignition = self.fleet.ignition
        if not ignition.last_update_success or ignition.data is None:
            return None
        return ignition.data.get(self.vehicle_id)
