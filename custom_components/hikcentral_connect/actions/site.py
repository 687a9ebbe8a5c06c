"""Actions that change the account itself: for administrators."""

from typing import Any, Final

import voluptuous as vol

from homeassistant.const import ATTR_CONFIG_ENTRY_ID, ATTR_DEVICE_ID, ATTR_NAME
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv, service
from homeassistant.helpers.typing import VolDictType

from ..api import Client
from ..api.errors import FieldInvalid
from ..api.models.site import DeviceCategory, DeviceChange, NewDevice
from ..api.models.vehicles import VehicleRequest
from ..const import DOMAIN
from ..devices import async_forget
from ..exceptions import told_to_owner
from .common import device_and_entry_of, entry_of, is_teams

CATEGORIES: Final = {one.name.lower(): one for one in DeviceCategory}
_BY_VALUE: Final = {one.value: one for one in DeviceCategory}

_ACCOUNT: Final[VolDictType] = {vol.Optional(ATTR_CONFIG_ENTRY_ID): cv.string}
_LOGIN: Final[VolDictType] = {
    vol.Optional("user_name"): cv.string,
    vol.Optional("password"): cv.string,
    vol.Optional("time_zone_id"): cv.string,
    vol.Optional("set_clock", default=True): cv.boolean,
}
_ADD: Final[VolDictType] = {
    **_ACCOUNT,
    vol.Required(ATTR_NAME): cv.string,
    vol.Required("serial"): cv.string,
    vol.Required("verification_code"): cv.string,
    vol.Optional("category", default="encoding"): vol.In(CATEGORIES),
    vol.Optional("area_id"): cv.string,
    vol.Optional("import_channels", default=True): cv.boolean,
    vol.Optional("vehicle_id"): cv.string,
    vol.Optional("plate"): cv.string,
    **_LOGIN,
}
_UPDATE: Final[VolDictType] = {
    vol.Required(ATTR_DEVICE_ID): cv.string,
    vol.Optional(ATTR_NAME): cv.string,
    vol.Optional("area_id"): cv.string,
    **_LOGIN,
}
_DELETE: Final[VolDictType] = {
    vol.Required(ATTR_DEVICE_ID): cv.string,
    vol.Required("serial"): cv.string,
    vol.Optional("with_vehicle", default=False): cv.boolean,
}
_AREA: Final[VolDictType] = {
    **_ACCOUNT,
    vol.Required(ATTR_NAME): cv.string,
    vol.Optional("parent_id"): cv.string,
}


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register the actions on the account."""
    optional, only = SupportsResponse.OPTIONAL, SupportsResponse.ONLY
    none = SupportsResponse.NONE
    for name, function, schema, response in (
        ("add_device", _async_add_device, _ADD, optional),
        ("update_device", _async_update_device, _UPDATE, none),
        ("delete_device", _async_delete_device, _DELETE, none),
        ("add_area", _async_add_area, _AREA, optional),
        ("list_areas", _async_list_areas, _ACCOUNT, only),
        ("list_users", _async_list_users, _ACCOUNT, only),
    ):
        service.async_register_admin_service(
            hass, DOMAIN, name, function, vol.Schema(schema), response
        )


async def _async_add_device(call: ServiceCall) -> ServiceResponse:
    """Add a device and return its id; its channels come with the inventory."""
    entry, data = entry_of(call), call.data
    client = entry.runtime_data.client
    plate = data.get("plate")
    with told_to_owner():
        zone_id = data.get("time_zone_id")
        if zone_id is None and is_teams(entry):
            zone_id = await _zone_of_system(client)
        device_id = await client.site.add_device(
            NewDevice(
                name=data[ATTR_NAME],
                serial=data["serial"],
                verification_code=data["verification_code"],
                area_id=data.get("area_id"),
                category=CATEGORIES[data["category"]],
                time_zone_id=zone_id,
                set_clock=data["set_clock"],
                import_channels=data["import_channels"],
                user_name=data.get("user_name"),
                password=data.get("password"),
                vehicle_id=data.get("vehicle_id"),
                vehicle=VehicleRequest(plate) if plate else None,
            )
        )
    await entry.runtime_data.inventory.async_refresh()
    return {"service_device_id": device_id}


async def _zone_of_system(client: Client) -> str:
    zones = await client.resources.time_zones()
    if zones.system_id is None:
        raise FieldInvalid("time_zone_id", "must be given: the account names none")
    return zones.system_id


async def _async_update_device(call: ServiceCall) -> None:
    """Change the name, area, login or time zone of a device."""
    device, entry = device_and_entry_of(call)
    data = call.data
    with told_to_owner():
        await entry.runtime_data.client.site.update_device(
            DeviceChange(
                device_id=device.id,
                # Teams wants a name in every change.
                name=data.get(ATTR_NAME, device.name if is_teams(entry) else None),
                area_id=data.get("area_id"),
                user_name=data.get("user_name"),
                password=data.get("password"),
                time_zone_id=data.get("time_zone_id"),
                set_clock=data["set_clock"],
            )
        )
    await entry.runtime_data.inventory.async_refresh()


async def _async_delete_device(call: ServiceCall) -> None:
    """Remove a device from the account, if its serial number was typed right."""
    device, entry = device_and_entry_of(call)
    if call.data["serial"].strip() != device.serial:
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="serial_differs",
            translation_placeholders={"device": device.name},
        )
    with told_to_owner():
        await entry.runtime_data.client.site.delete_devices(
            (device.id,),
            _BY_VALUE.get(device.category or ""),
            call.data["with_vehicle"],
        )
    await entry.runtime_data.inventory.async_refresh()
    if device.id not in entry.runtime_data.inventory.data.devices:
        async_forget(call.hass, entry, call.data[ATTR_DEVICE_ID])


async def _async_add_area(call: ServiceCall) -> ServiceResponse:
    """Make an area and return its id."""
    entry = entry_of(call)
    with told_to_owner():
        area_id = await entry.runtime_data.client.site.add_area(
            call.data[ATTR_NAME], call.data.get("parent_id")
        )
    await entry.runtime_data.inventory.async_refresh()
    return {"area_id": area_id}


async def _async_list_areas(call: ServiceCall) -> ServiceResponse:
    """Return the areas of the account."""
    with told_to_owner():
        areas = await entry_of(call).runtime_data.client.resources.areas()
    known = {one.id for one in areas}
    rows: list[Any] = [
        {
            "area_id": one.id,
            ATTR_NAME: one.name,
            # Teams calls the top "-1".
            "parent_id": one.parent_id if one.parent_id in known else None,
        }
        for one in areas
    ]
    return {"areas": rows}


async def _async_list_users(call: ServiceCall) -> ServiceResponse:
    """Return the users of the platform."""
    with told_to_owner():
        users = await entry_of(call).runtime_data.client.platform.users()
    rows: list[Any] = [{"user_id": one.id, ATTR_NAME: one.name} for one in users]
    return {"users": rows}
