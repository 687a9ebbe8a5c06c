"""Sensors of attendance: present, absent, late and total."""

from collections.abc import Mapping
from typing import Any, Final, override

from homeassistant.components.sensor import (
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.core import callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from ..adding import async_add
from ..const import DOMAIN
from ..devices import attendance_identifier, identifier
from ..runtime import HikConfigEntry
from .headcount import Attendance, Headcount

HEADCOUNTS: Final = tuple(
    SensorEntityDescription(
        key=key, translation_key=key, state_class=SensorStateClass.MEASUREMENT
    )
    for key in ("present", "absent", "late", "total")
)


@callback
def async_add_headcounts(
    entry: HikConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the numbers of each group while it is counted."""
    attendance = entry.runtime_data.attendance

    @callback
    def add(groups: set[str]) -> None:
        counts = [
            HikHeadcount(entry, attendance, group, description)
            for group in sorted(groups)
            for description in HEADCOUNTS
        ]
        async_add(entry, async_add_entities, counts)

    attendance.async_announce(add)


class HikHeadcount(SensorEntity):
    """One number of a group, today."""

    _attr_has_entity_name = True
    _attr_should_poll = False
    _unrecorded_attributes = frozenset({"names"})

    def __init__(
        self,
        entry: HikConfigEntry,
        attendance: Attendance,
        group: str,
        description: SensorEntityDescription,
    ) -> None:
        """Show a number of a group."""
        self.entry = entry
        self.entity_description = description
        self._group = group
        self._attendance = attendance
        self._identifier = attendance_identifier(entry, group)
        self._attr_unique_id = f"{self._identifier}_{description.key}"

    @override
    async def async_added_to_hass(self) -> None:
        """Have attendance read from now on."""
        await super().async_added_to_hass()
        self.async_on_remove(
            self._attendance.today.async_add_listener(self.async_write_ha_state)
        )

    @property
    @override
    def device_info(self) -> DeviceInfo:
        """Return the group as a service of the account."""
        return DeviceInfo(
            identifiers={(DOMAIN, self._identifier)},
            entry_type=DeviceEntryType.SERVICE,
            translation_key="attendance_group" if self._group else "attendance",
            translation_placeholders={
                "group": self._attendance.groups.get(self._group, self._group)
            },
            via_device_id=dr.async_get_device_id_by_identifier(
                self.hass,
                (DOMAIN, identifier(self.entry, None)),
                config_entry_id=self.entry.entry_id,
            ),
        )

    @property
    def headcount(self) -> Headcount | None:
        """Return the headcount of the group."""
        return (self._attendance.today.data or {}).get(self._group)

    @property
    @override
    def available(self) -> bool:
        """Return whether the group was counted."""
        return self._attendance.today.last_update_success and (
            self.headcount is not None
        )

    @property
    @override
    def native_value(self) -> int | None:
        """Return the number."""
        if self.headcount is None:
            return None
        number: int = getattr(self.headcount, self.entity_description.key)
        return number

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, Any]:
        """Return the names, where the owner allowed personal data."""
        names = self.headcount.names if self.headcount else None
        key = self.entity_description.key
        if not self.entry.runtime_data.options.personal_data or not names:
            return {}
        return {"names": list(names[key])} if key in names else {}
