"""The same devices and entities as an account's, with a coordinator that does nothing.

What this costs is what core takes for so many entities, whatever feeds them.
"""

import logging
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator


async def async_setup_entry(hass: HomeAssistant, entry: ConfigEntry[Any]) -> bool:
    """Set up what the entry's data describe."""
    registry = dr.async_get(hass)
    ids: dict[str, str] = {}
    for device in entry.data["devices"]:
        made = registry.async_get_or_create(
            config_entry_id=entry.entry_id,
            identifiers={(entry.domain, device["key"])},
            manufacturer=device["manufacturer"],
            model=device["model"],
            name=device["name"],
            serial_number=device["serial"],
            suggested_area=device["area"],
            via_device_id=ids.get(device["via"] or ""),
        )
        ids[device["key"]] = made.id
    coordinator: DataUpdateCoordinator[None] = DataUpdateCoordinator(
        hass, logging.getLogger(__name__), config_entry=entry, name="twin"
    )
    entry.runtime_data = coordinator
    domains = sorted({one["domain"] for one in entry.data["entities"]})
    await hass.config_entries.async_forward_entry_setups(entry, domains)
    return True
