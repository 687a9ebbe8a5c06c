"""Entities that show what they were given and follow a coordinator that is silent."""

from typing import Any, Final, override

from homeassistant.components.binary_sensor import BinarySensorEntity
from homeassistant.components.button import ButtonEntity
from homeassistant.components.calendar import CalendarEntity, CalendarEvent
from homeassistant.components.camera import Camera
from homeassistant.components.event import EventEntity
from homeassistant.components.image import ImageEntity
from homeassistant.components.lock import LockEntity
from homeassistant.components.select import SelectEntity
from homeassistant.components.sensor import SensorEntity
from homeassistant.components.switch import SwitchEntity
from homeassistant.config_entries import ConfigEntry
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity_platform import (
    AddConfigEntryEntitiesCallback,
    async_get_current_platform,
)
from homeassistant.helpers.update_coordinator import (
    CoordinatorEntity,
    DataUpdateCoordinator,
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ConfigEntry[Any],
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the entities of the platform that is being set up."""
    domain = async_get_current_platform().domain
    made = [
        _CLASSES[domain](hass, entry.runtime_data, row)
        for row in entry.data["entities"]
        if row["domain"] == domain
    ]
    async_add_entities(made)


class _Twin(CoordinatorEntity[DataUpdateCoordinator[None]]):
    _attr_has_entity_name = True

    def __init__(
        self,
        hass: HomeAssistant,
        coordinator: DataUpdateCoordinator[None],
        row: dict[str, Any],
    ) -> None:
        super().__init__(coordinator)
        self._attr_unique_id = row["unique_id"]
        self._attr_name = row["name"]
        category = row["category"]
        self._attr_entity_category = EntityCategory(category) if category else None
        self._attr_entity_registry_enabled_default = row["enabled"]
        self._attr_device_info = DeviceInfo(
            identifiers={("hikcentral_connect_twin", row["device"])}
        )


class _BinarySensor(_Twin, BinarySensorEntity):
    _attr_is_on = False


class _Button(_Twin, ButtonEntity):
    pass


class _Calendar(_Twin, CalendarEntity):
    @property
    @override
    def event(self) -> CalendarEvent | None:
        return None


class _Camera(_Twin, Camera):
    def __init__(self, hass: HomeAssistant, coordinator: Any, row: Any) -> None:
        Camera.__init__(self)
        _Twin.__init__(self, hass, coordinator, row)


class _Event(_Twin, EventEntity):
    _attr_event_types = ["ring"]  # noqa: RUF012 - as core has it


class _Image(_Twin, ImageEntity):
    def __init__(self, hass: HomeAssistant, coordinator: Any, row: Any) -> None:
        ImageEntity.__init__(self, hass)
        _Twin.__init__(self, hass, coordinator, row)


class _Lock(_Twin, LockEntity):
    _attr_is_locked = True


class _Select(_Twin, SelectEntity):
    _attr_options = ["none", "open", "closed"]  # noqa: RUF012 - as core has it
    _attr_current_option = "none"


class _Sensor(_Twin, SensorEntity):
    pass


class _Switch(_Twin, SwitchEntity):
    _attr_is_on = False


_CLASSES: Final[dict[str, Any]] = {
    "binary_sensor": _BinarySensor,
    "button": _Button,
    "calendar": _Calendar,
    "camera": _Camera,
    "event": _Event,
    "image": _Image,
    "lock": _Lock,
    "select": _Select,
    "sensor": _Sensor,
    "switch": _Switch,
}
