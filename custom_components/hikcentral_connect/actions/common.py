"""What the actions have in common."""

from datetime import datetime

from homeassistant.const import ATTR_CONFIG_ENTRY_ID, ATTR_DEVICE_ID
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import device_registry as dr, entity_registry as er, service
from homeassistant.util import dt as dt_util

from ..api import DialectName
from ..api.errors import FieldInvalid
from ..api.models.resources import Camera, Device
from ..const import CONF_DIALECT, DOMAIN
from ..devices import identifier
from ..runtime import HikConfigEntry


def entry_of(call: ServiceCall) -> HikConfigEntry:
    """Return the account that a call names, or the only one.

    Raises a translated error when there is none, or it is not loaded.
    """
    entry: HikConfigEntry = service.async_get_config_entry(
        call.hass, DOMAIN, call.data.get(ATTR_CONFIG_ENTRY_ID)
    )
    return entry


def future(field: str, moment: datetime) -> datetime:
    """Return a time in the zone of the house; raise `FieldInvalid` if it is past."""
    local = dt_util.as_local(moment)
    if local <= dt_util.now():
        raise FieldInvalid(field, "lies in the past")
    return local


def is_teams(entry: HikConfigEntry) -> bool:
    """Tell whether an account speaks teams."""
    return bool(entry.data[CONF_DIALECT] == DialectName.TEAMS)


def device_of(hass: HomeAssistant, entry: HikConfigEntry, device_id: str) -> Device:
    """Return the device of the account that a device of Home Assistant stands for."""
    registered = dr.async_get(hass).async_get(device_id)
    names = {name for _, name in registered.identifiers} if registered else set()
    for device in entry.runtime_data.inventory.data.devices.values():
        if identifier(entry, device) in names:
            return device
    raise ServiceValidationError(
        translation_domain=DOMAIN, translation_key="not_a_device"
    )


def device_and_entry_of(call: ServiceCall) -> tuple[Device, HikConfigEntry]:
    """Return the device that a call names, and its account."""
    device_id = call.data[ATTR_DEVICE_ID]
    _, found = service.async_get_device_and_config_entry(call.hass, DOMAIN, device_id)
    entry: HikConfigEntry = found
    return device_of(call.hass, entry, device_id), entry


def camera_of(hass: HomeAssistant, entry: HikConfigEntry, entity_id: str) -> Camera:
    """Return the camera to which an entity belongs."""
    entity = er.async_get(hass).async_get(entity_id)
    device = dr.async_get(hass).async_get(entity.device_id or "") if entity else None
    names = {name for _, name in device.identifiers} if device else set()
    for camera in entry.runtime_data.inventory.data.cameras.values():
        if identifier(entry, camera) in names:
            return camera
    raise ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key="not_a_camera",
        translation_placeholders={"entity_id": entity_id},
    )
