"""Sensors of how devices are: disks, recording, battery."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, override

from homeassistant.components.binary_sensor import (
    BinarySensorDeviceClass,
    BinarySensorEntity,
)
from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import (
    PERCENTAGE,
    EntityCategory,
    UnitOfDataRate,
    UnitOfTemperature,
)
from homeassistant.core import callback
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from ..adding import async_add_found, async_add_in_turns, async_add_later, async_follow
from ..api import DialectName
from ..api.models.maintenance import BatteryState, DeviceHealth, Disks, DiskState, Drive
from ..api.models.resources import Device
from ..const import CONF_DIALECT
from ..entity import HikEntity
from ..runtime import HikConfigEntry
from .asked_sensors import HikRecordingSchedule, HikStoredFree, HikStoredState

DISK_STATES: Final = {
    DiskState.NORMAL: "normal",
    DiskState.NO_DISK: "no_disk",
    DiskState.ERROR: "error",
    DiskState.FULL: "full",
}
BATTERY_STATES: Final = [one.value for one in BatteryState if one != "unknown"]


@dataclass(frozen=True, kw_only=True)
class HealthDescription(SensorEntityDescription):
    """A figure of a device; one that never told it has no sensor."""

    value: Callable[[DeviceHealth], float | str | None]
    there: Callable[[DeviceHealth], bool]


def _disk_state(health: DeviceHealth) -> str | None:
    return DISK_STATES.get(health.disks.state) if health.disks else None


def _free_share(disks: Disks | None) -> float | None:
    if disks is None or disks.free is None or not disks.capacity:
        return None
    return disks.free / disks.capacity * 100


def _battery_state(health: DeviceHealth) -> str | None:
    state = health.battery.state if health.battery else BatteryState.UNKNOWN
    return None if state is BatteryState.UNKNOWN else state.value


HEALTH_SENSORS: Final = (
    HealthDescription(
        key="disk_state",
        translation_key="disk_state",
        device_class=SensorDeviceClass.ENUM,
        options=list(DISK_STATES.values()),
        value=_disk_state,
        there=lambda health: _disk_state(health) is not None,
    ),
    HealthDescription(
        key="disk_free",
        translation_key="disk_free",
        native_unit_of_measurement=PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        value=lambda health: _free_share(health.disks),
        there=lambda health: _free_share(health.disks) is not None,
    ),
    HealthDescription(
        key="battery",
        device_class=SensorDeviceClass.BATTERY,
        native_unit_of_measurement=PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        value=lambda health: health.battery.percent if health.battery else None,
        there=lambda health: health.battery is not None,
    ),
    HealthDescription(
        key="battery_state",
        translation_key="battery_state",
        device_class=SensorDeviceClass.ENUM,
        options=BATTERY_STATES,
        value=_battery_state,
        there=lambda health: health.battery is not None,
    ),
    HealthDescription(
        key="battery_temperature",
        translation_key="battery_temperature",
        device_class=SensorDeviceClass.TEMPERATURE,
        native_unit_of_measurement=UnitOfTemperature.CELSIUS,
        state_class=SensorStateClass.MEASUREMENT,
        entity_registry_enabled_default=False,
        value=lambda health: health.battery.temperature if health.battery else None,
        there=lambda health: health.battery is not None,
    ),
    HealthDescription(
        key="bandwidth",
        translation_key="bandwidth",
        device_class=SensorDeviceClass.DATA_RATE,
        native_unit_of_measurement=UnitOfDataRate.MEGABITS_PER_SECOND,
        state_class=SensorStateClass.MEASUREMENT,
        entity_registry_enabled_default=False,
        value=lambda health: health.bandwidth,
        there=lambda health: health.bandwidth is not None,
    ),
)


async def async_add_health_sensors(
    entry: HikConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the sensors of each device, when it first tells what they show.

    In teams each camera has one more: its recording schedule.
    """

    def make(device: Device, health: DeviceHealth) -> Iterator[Entity]:
        for description in HEALTH_SENSORS:
            if description.there(health):
                yield HikHealthSensor(entry, device, description)
        for drive in health.drives:
            yield HikDriveTemperature(entry, device, drive)
            for kind in (HikStoredFree, HikStoredState):
                yield kind(entry, device, drive)

    await _async_add_as_told(entry, async_add_entities, make)
    # The reference does not say what its recording schedules hold.
    if entry.data[CONF_DIALECT] == DialectName.TEAMS:
        # They are disabled unless the owner wants them.
        async_add_later(
            entry,
            lambda: async_add_found(
                entry,
                async_add_entities,
                lambda inventory: inventory.cameras,
                lambda camera: [HikRecordingSchedule(entry, camera)],
            ),
        )


async def async_add_recording_problems(
    entry: HikConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the binary sensor of each device that records."""

    def make(device: Device, health: DeviceHealth) -> Iterator[Entity]:
        if health.recording_normal is not None:
            yield HikRecordingProblem(entry, device)

    await _async_add_as_told(entry, async_add_entities, make)


async def _async_add_as_told(
    entry: HikConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    make: Callable[[Device, DeviceHealth], Iterator[Entity]],
) -> None:
    runtime = entry.runtime_data
    known: set[str | None] = set()

    async def add_new() -> None:
        new: list[Entity] = []
        for health in (runtime.health.devices.data or {}).values():
            device = runtime.inventory.data.device_named(
                health.id, health.device_serial
            )
            if device is not None:
                new += [
                    one for one in make(device, health) if one.unique_id not in known
                ]
        known.update(one.unique_id for one in new)
        await async_add_in_turns(entry, async_add_entities, new)

    async_follow(entry, add_new, runtime.health.devices, runtime.inventory)
    await add_new()


class HikHealthEntity(HikEntity):
    """Something that the list of devices' health tells."""

    _attr_entity_category = EntityCategory.DIAGNOSTIC

    def __init__(self, entry: HikConfigEntry, device: Device, key: str) -> None:
        """Follow the health of a device."""
        super().__init__(entry, device, key)
        self._device_id = device.id
        self._devices = entry.runtime_data.health.devices
        self._shown: tuple[bool, DeviceHealth | None] | None = None

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the list."""
        await super().async_added_to_hass()
        self._shown = self.available, self.health
        self.async_on_remove(self._devices.async_add_listener(self._on_list))

    @callback
    def _on_list(self) -> None:
        """Write only what changed: the list is of all devices."""
        shown = self.available, self.health
        if shown != self._shown:
            self._shown = shown
            self.async_write_ha_state()

    @property
    def health(self) -> DeviceHealth | None:
        """Return what the list says of the device."""
        return (self._devices.data or {}).get(self._device_id)

    @property
    @override
    def available(self) -> bool:
        """Return whether the list tells of the device."""
        return self._devices.last_update_success and self.health is not None


class HikHealthSensor(HikHealthEntity, SensorEntity):
    """One figure of a device."""

    entity_description: HealthDescription

    def __init__(
        self, entry: HikConfigEntry, device: Device, description: HealthDescription
    ) -> None:
        """Show what `description` says."""
        super().__init__(entry, device, description.key)
        self.entity_description = description

    @property
    @override
    def native_value(self) -> float | str | None:
        """Return the figure."""
        return self.entity_description.value(self.health) if self.health else None


class HikDriveTemperature(HikHealthEntity, SensorEntity):
    """How warm a disk is."""

    _attr_translation_key = "drive_temperature"
    _attr_device_class = SensorDeviceClass.TEMPERATURE
    _attr_native_unit_of_measurement = UnitOfTemperature.CELSIUS
    _attr_state_class = SensorStateClass.MEASUREMENT
    _attr_entity_registry_enabled_default = False

    def __init__(self, entry: HikConfigEntry, device: Device, drive: Drive) -> None:
        """Show one disk."""
        super().__init__(entry, device, f"drive_{drive.number}_temperature")
        self._attr_translation_placeholders = {"number": str(drive.number)}
        self._number = drive.number

    @property
    @override
    def native_value(self) -> int | None:
        """Return the temperature."""
        drives = self.health.drives if self.health else ()
        found = (one.temperature for one in drives if one.number == self._number)
        return next(found, None)


class HikRecordingProblem(HikHealthEntity, BinarySensorEntity):
    """Whether a device fails to record what it should."""

    _attr_translation_key = "recording_problem"
    _attr_device_class = BinarySensorDeviceClass.PROBLEM

    def __init__(self, entry: HikConfigEntry, device: Device) -> None:
        """Represent a device that records."""
        super().__init__(entry, device, "recording_problem")

    @property
    @override
    def is_on(self) -> bool | None:
        """Return whether it fails."""
        if self.health is None or self.health.recording_normal is None:
            return None
        return not self.health.recording_normal

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, Any]:
        """Return the channels that are not recorded."""
        return {"channels": list(self.health.silent_channels) if self.health else []}
