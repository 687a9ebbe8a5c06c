"""Sensors of the account's service package."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import EntityCategory
from homeassistant.core import callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from ..adding import async_add
from ..api.models.platform import PackageStatus
from ..entity import HikAccountEntity
from ..runtime import HikConfigEntry
from .package import Allowance, allowances

STATUSES: Final = [one.name.lower() for one in PackageStatus if one.value.isdigit()]


@dataclass(frozen=True, kw_only=True)
class AllowanceDescription(SensorEntityDescription):
    """A figure of something that the package limits; None means it is not told."""

    value: Callable[[Allowance], int | datetime | str | None]


def _status(one: Allowance) -> str | None:
    return None if one.status is PackageStatus.UNKNOWN else one.status.name.lower()


ALLOWANCE_SENSORS: Final = (
    AllowanceDescription(
        key="used",
        translation_key="package_used",
        state_class=SensorStateClass.MEASUREMENT,
        entity_category=EntityCategory.DIAGNOSTIC,
        value=lambda one: one.used,
    ),
    AllowanceDescription(
        key="limit",
        translation_key="package_limit",
        entity_category=EntityCategory.DIAGNOSTIC,
        value=lambda one: one.limit,
    ),
    AllowanceDescription(
        key="expires",
        translation_key="package_expires",
        device_class=SensorDeviceClass.TIMESTAMP,
        entity_category=EntityCategory.DIAGNOSTIC,
        value=lambda one: one.expires,
    ),
    AllowanceDescription(
        key="status",
        translation_key="package_status",
        device_class=SensorDeviceClass.ENUM,
        options=STATUSES,
        entity_category=EntityCategory.DIAGNOSTIC,
        value=_status,
    ),
)


@callback
def async_add_package_sensors(
    entry: HikConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add a sensor for everything that the package tells, when it first does."""
    package = entry.runtime_data.health.package
    known: set[str] = set()

    @callback
    def add_new() -> None:
        found = {sensor.unique_id or "": sensor for sensor in _sensors(entry)}
        new = [found[key] for key in found if key not in known]
        known.update(found)
        if new:
            async_add(entry, async_add_entities, new)

    add_new()
    entry.async_on_unload(package.async_add_listener(add_new))


def _sensors(entry: HikConfigEntry) -> Iterator[HikPackageSensor]:
    runtime = entry.runtime_data
    package = runtime.health.package.data
    if package is None:
        return
    if package.name is not None:
        yield HikPackageName(entry)
    for one in allowances(package, runtime.inventory.data):
        for description in ALLOWANCE_SENSORS:
            if description.value(one) is not None:
                yield HikAllowance(entry, one, description)


class HikPackageSensor(HikAccountEntity, SensorEntity):
    """Something about the service package."""

    _attr_entity_category = EntityCategory.DIAGNOSTIC

    def __init__(self, entry: HikConfigEntry, key: str) -> None:
        """Follow the package."""
        super().__init__(entry, f"package_{key}")
        self.runtime = entry.runtime_data

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the package, and the inventory that is counted against it."""
        await super().async_added_to_hass()
        for clock in (self.runtime.health.package, self.runtime.inventory):
            self.async_on_remove(clock.async_add_listener(self.async_write_ha_state))

    @property
    @override
    def available(self) -> bool:
        """Return whether the package was read."""
        package = self.runtime.health.package
        return package.last_update_success and package.data is not None


class HikPackageName(HikPackageSensor):
    """Name of the package, and what is in it."""

    _attr_translation_key = "package"

    def __init__(self, entry: HikConfigEntry) -> None:
        """Show the name."""
        super().__init__(entry, "name")

    @property
    @override
    def native_value(self) -> str | None:
        """Return the name."""
        package = self.runtime.health.package.data
        return package.name if package else None

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        """Return what is in the package, in the service's words."""
        package = self.runtime.health.package.data
        return {"features": list(package.features) if package else []}


class HikAllowance(HikPackageSensor):
    """One figure of something that the package limits."""

    entity_description: AllowanceDescription

    def __init__(
        self, entry: HikConfigEntry, one: Allowance, description: AllowanceDescription
    ) -> None:
        """Find the same thing again whenever the package was read."""
        super().__init__(entry, f"{one.key}_{description.key}")
        self.entity_description = description
        self._attr_translation_placeholders = {"service": one.name}
        self._key = one.key

    @property
    @override
    def native_value(self) -> int | datetime | str | None:
        """Return the figure; None for something that the package has no more."""
        package = self.runtime.health.package.data
        if package is None:
            return None
        for one in allowances(package, self.runtime.inventory.data):
            if one.key == self._key:
                return self.entity_description.value(one)
        return None
