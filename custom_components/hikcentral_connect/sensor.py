"""Sensors: last accesses, valid passes, and how the queues are doing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import EntityCategory, UnitOfTime
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .adding import async_add_doors
from .api.models.events import AccessEvent
from .api.models.resources import Door
from .attendance.sensors import async_add_headcounts
from .entity import HikAccountEntity, HikEntity
from .health.account_sensors import async_add_package_sensors
from .health.device_sensors import async_add_health_sensors
from .messages.hub import Notice
from .messages.queues import QueueState
from .people.entity import HikPassesEntity
from .runtime import HikConfigEntry
from .vehicles.sensors import async_add_speeds

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class HikQueueSensorDescription(SensorEntityDescription):
    """A figure of both queues together."""

    value: Callable[[tuple[QueueState, ...]], datetime | float | None]


def _newest(states: tuple[QueueState, ...]) -> datetime | None:
    return max((state.newest for state in states if state.newest), default=None)


def _lag(states: tuple[QueueState, ...]) -> float | None:
    latest = max(
        states, key=lambda state: state.newest.timestamp() if state.newest else 0
    )
    return latest.lag


QUEUE_SENSORS: Final = (
    HikQueueSensorDescription(
        key="last_message",
        translation_key="last_message",
        device_class=SensorDeviceClass.TIMESTAMP,
        entity_category=EntityCategory.DIAGNOSTIC,
        # It would fill the logbook of the account with a line for each message.
        entity_registry_enabled_default=False,
        value=_newest,
    ),
    HikQueueSensorDescription(
        key="queue_lag",
        translation_key="queue_lag",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        suggested_display_precision=1,
        entity_category=EntityCategory.DIAGNOSTIC,
        value=_lag,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HikConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the account's sensors and one for each door."""
    async_add_entities(
        HikQueueSensor(entry, description) for description in QUEUE_SENSORS
    )
    async_add_entities([HikValidPasses(entry)])
    await async_add_doors(
        hass,
        entry,
        async_add_entities,
        lambda door: HikLastAccess(entry, door),
        "last_access",
    )
    async_add_package_sensors(entry, async_add_entities)
    await async_add_health_sensors(entry, async_add_entities)
    async_add_headcounts(entry, async_add_entities)
    async_add_speeds(entry, async_add_entities)


class HikQueueSensor(HikAccountEntity, SensorEntity):
    """A figure of the message queues."""

    entity_description: HikQueueSensorDescription

    def __init__(
        self, entry: HikConfigEntry, description: HikQueueSensorDescription
    ) -> None:
        """Follow both queues."""
        super().__init__(entry, description.key)
        self.entity_description = description
        self._queues = entry.runtime_data.queues

    @override
    async def async_added_to_hass(self) -> None:
        """Follow both queues."""
        await super().async_added_to_hass()
        for queue in self._queues:
            self.async_on_remove(queue.async_add_listener(self.async_write_ha_state))

    @property
    @override
    def native_value(self) -> datetime | float | None:
        """Return the figure."""
        states = tuple(queue.data for queue in self._queues)
        return self.entity_description.value(states)


class HikLastAccess(HikEntity, SensorEntity):
    """When somebody was last let in at a door."""

    _attr_translation_key = "last_access"
    _attr_device_class = SensorDeviceClass.TIMESTAMP

    def __init__(self, entry: HikConfigEntry, door: Door) -> None:
        """Represent a door."""
        super().__init__(entry, door, "last_access")
        self._topic = f"door:{door.id}"

    @override
    async def async_added_to_hass(self) -> None:
        """Listen for accesses at the door."""
        await super().async_added_to_hass()
        hub = self.entry.runtime_data.hub
        self.async_on_remove(hub.async_listen(self._topic, self._on_notice))

    @callback
    def _on_notice(self, notice: Notice) -> None:
        message = notice.message
        if not isinstance(message, AccessEvent) or not message.granted:
            return
        moment = message.occurred or self.entry.runtime_data.hub.now()
        newest = self._attr_native_value
        if newest is None or moment > newest:  # type: ignore[operator]
            self._attr_native_value = moment
            self.async_write_ha_state()


class HikValidPasses(HikPassesEntity, SensorEntity):
    """How many visitor passes open now."""

    _attr_translation_key = "valid_passes"
    _attr_state_class = SensorStateClass.MEASUREMENT

    def __init__(self, entry: HikConfigEntry) -> None:
        """Follow the passes."""
        super().__init__(entry, "valid_passes")

    @property
    @override
    def native_value(self) -> int | None:
        """Return the number, unknown until the passes have been read."""
        return len(self._book.valid) if self._book.known else None
