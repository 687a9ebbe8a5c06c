"""What the entities of vehicles have in common."""

from collections.abc import Callable, Iterable
from typing import override

from homeassistant.core import callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from ..adding import async_add
from ..api.models.vehicles import Vehicle
from ..const import DOMAIN
from ..devices import identifier
from ..entity import HikEntity
from ..runtime import HikConfigEntry
from .fleet import Fleet, Track


class HikVehicleEntity(HikEntity):
    """An entity of a vehicle."""

    def __init__(
        self, entry: HikConfigEntry, fleet: Fleet, vehicle: Vehicle, key: str
    ) -> None:
        """Follow where the vehicle is."""
        super().__init__(entry, vehicle, key)
        self.fleet = fleet
        self.vehicle_id = vehicle.id
        self._vehicle = vehicle

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the vehicle and the list."""
        await super().async_added_to_hass()
        write = self.async_write_ha_state
        self.async_on_remove(self.fleet.async_listen(self.vehicle_id, write))
        self.async_on_remove(self.fleet.vehicles.async_add_listener(write))

    @property
    @override
    def device_info(self) -> DeviceInfo:
        """Return the vehicle as a device that hangs on its on-board device."""
        inventory = self.entry.runtime_data.inventory.data
        vehicle = self._vehicle
        parent = inventory.device_named(vehicle.device_id, vehicle.device_serial)
        return DeviceInfo(
            identifiers={(DOMAIN, identifier(self.entry, vehicle))},
            name=vehicle.name,
            via_device_id=dr.async_get_device_id_by_identifier(
                self.hass,
                (DOMAIN, identifier(self.entry, parent)),
                config_entry_id=self.entry.entry_id,
            ),
        )

    @property
    @override
    def available(self) -> bool:
        """Return whether the account still has the vehicle."""
        return self.vehicle_id in self.fleet.vehicles.data

    @property
    def track(self) -> Track | None:
        """Return where the vehicle was last."""
        return self.fleet.track(self.vehicle_id)


@callback
def async_add_vehicles(
    entry: HikConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    make: Callable[[Fleet, Vehicle], Iterable[Entity]],
) -> None:
    """Add the entities of the vehicles as they are listed, while they are on."""
    fleet = entry.runtime_data.fleet

    @callback
    def add(new: list[Vehicle]) -> None:
        entities = [entity for one in new for entity in make(fleet, one)]
        async_add(entry, async_add_entities, entities)

    fleet.async_announce(add)
