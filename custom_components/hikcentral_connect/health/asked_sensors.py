"""Sensors for which something is asked only while they are enabled."""

from collections.abc import Mapping
from typing import Any, Final, override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorStateClass,
)
from homeassistant.const import EntityCategory, UnitOfInformation

from ..api.models.maintenance import Drive
from ..api.models.records import RecordSettings
from ..api.models.resources import Camera, Device
from ..api.storage import StoredDisk
from ..entity import HikCameraEntity, HikEntity
from ..runtime import HikConfigEntry

STORED_STATES: Final = {
    "ok": "ok",
    "idle": "idle",
    "error": "error",
    "unformatted": "unformatted",
    "formating": "formatting",
    "mismatch": "mismatch",
    "offline": "offline",
    "smartFailed": "failing",
    "reparing": "repairing",
    "notexist": "missing",
}
"""States of a disk in the words of ISAPI, spelled as there."""
PLACES: Final = ["nowhere", "device", "cloud", "device_and_cloud"]


class HikStoredDisk(HikEntity, SensorEntity):
    """Something that the device itself tells of one disk; asked only if enabled."""

    _attr_entity_category = EntityCategory.DIAGNOSTIC
    _attr_entity_registry_enabled_default = False

    def __init__(
        self, entry: HikConfigEntry, device: Device, drive: Drive, key: str
    ) -> None:
        """Show one disk."""
        super().__init__(entry, device, f"drive_{drive.number}_{key}")
        self._attr_translation_key = f"drive_{key}"
        self._attr_translation_placeholders = {"number": str(drive.number)}
        self._number = drive.number
        self._device_id = device.id
        self._disks = entry.runtime_data.health.disks

    @override
    async def async_added_to_hass(self) -> None:
        """Have the device asked from now on."""
        await super().async_added_to_hass()
        self.async_on_remove(
            self._disks.async_add_listener(self.async_write_ha_state, self._device_id)
        )

    @property
    def disk(self) -> StoredDisk | None:
        """Return what the device told."""
        return (self._disks.data or {}).get(self._device_id, {}).get(self._number)

    @property
    @override
    def available(self) -> bool:
        """Return whether the device told of the disk."""
        return self._disks.last_update_success and self.disk is not None


class HikStoredFree(HikStoredDisk):
    """How much room is on a disk."""

    _attr_device_class = SensorDeviceClass.DATA_SIZE
    _attr_native_unit_of_measurement = UnitOfInformation.MEGABYTES
    _attr_suggested_unit_of_measurement = UnitOfInformation.GIGABYTES
    _attr_state_class = SensorStateClass.MEASUREMENT

    def __init__(self, entry: HikConfigEntry, device: Device, drive: Drive) -> None:
        """Show one disk."""
        super().__init__(entry, device, drive, "free")

    @property
    @override
    def native_value(self) -> int | None:
        """Return the room in megabytes."""
        return self.disk.free if self.disk else None


class HikStoredState(HikStoredDisk):
    """State of a disk."""

    _attr_device_class = SensorDeviceClass.ENUM

    def __init__(self, entry: HikConfigEntry, device: Device, drive: Drive) -> None:
        """Show one disk."""
        super().__init__(entry, device, drive, "state")
        self._attr_options = list(STORED_STATES.values())

    @property
    @override
    def native_value(self) -> str | None:
        """Return the state; None for a word that is new to us."""
        return STORED_STATES.get(self.disk.state or "") if self.disk else None


class HikRecordingSchedule(HikCameraEntity, SensorEntity):
    """Where a camera records by schedule; asked only if enabled."""

    _attr_translation_key = "recording_schedule"
    _attr_device_class = SensorDeviceClass.ENUM
    _attr_options = PLACES
    _attr_entity_category = EntityCategory.DIAGNOSTIC
    _attr_entity_registry_enabled_default = False

    def __init__(self, entry: HikConfigEntry, camera: Camera) -> None:
        """Represent a camera."""
        super().__init__(entry, camera, "recording_schedule")
        self._schedules = entry.runtime_data.health.schedules

    @override
    async def async_added_to_hass(self) -> None:
        """Have the schedule read from now on."""
        await super().async_added_to_hass()
        self.async_on_remove(
            self._schedules.async_add_listener(
                self.async_write_ha_state, self.camera_id
            )
        )

    @property
    def settings(self) -> RecordSettings | None:
        """Return what the service told."""
        return (self._schedules.data or {}).get(self.camera_id)

    @property
    @override
    def available(self) -> bool:
        """Return whether the schedule was read."""
        return super().available and self.settings is not None

    @property
    @override
    def native_value(self) -> str | None:
        """Return where the camera records."""
        settings = self.settings
        if settings is None or (settings.local is None and settings.cloud is None):
            return None
        return PLACES[bool(settings.local) + 2 * bool(settings.cloud)]

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, Any]:
        """Return the schedule's other settings."""
        settings = self.settings
        if settings is None:
            return {}
        return {
            "schedule_id": settings.schedule_id,
            "stream": settings.stream,
            "post_seconds": settings.post_seconds,
            "kept_days": settings.kept_days,
        }
