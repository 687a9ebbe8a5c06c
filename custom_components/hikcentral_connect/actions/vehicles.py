"""Actions on vehicles and their drivers."""

from secrets import randbelow
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
from ..api.models.drivers import DriverRequest
from ..api.models.resources import Area
from ..api.models.vehicles import Vehicle, VehicleKind, VehicleRequest
from ..const import DOMAIN
from ..exceptions import told_to_owner
from ..runtime import HikConfigEntry
from ..vehicles.fleet import Fleet
from .common import device_of, entry_of, is_teams
from .photo import PHOTO_FIELDS, async_photo_of
from .rights import async_check_read

KINDS: Final = {
    kind.name.lower(): kind for kind in VehicleKind if kind is not VehicleKind.UNKNOWN
}

_ACCOUNT: Final[VolDictType] = {vol.Optional(ATTR_CONFIG_ENTRY_ID): cv.string}
_VEHICLE: Final[VolDictType] = {
    **_ACCOUNT,
    vol.Required("plate"): cv.string,
    vol.Optional(ATTR_NAME): cv.string,
    vol.Optional(ATTR_DEVICE_ID): cv.string,
    vol.Optional("area_id"): cv.string,
    vol.Optional("kind", default="other"): vol.In(KINDS),
    vol.Optional("driver_first_name"): cv.string,
    vol.Optional("driver_last_name"): cv.string,
    vol.Optional("driver_phone"): cv.string,
    vol.Optional("note"): cv.string,
}
_DRIVER: Final[VolDictType] = {
    **_ACCOUNT,
    vol.Required("first_name"): cv.string,
    vol.Optional("last_name", default=""): cv.string,
    vol.Optional("license_number"): cv.string,
    vol.Optional("license_valid_until"): cv.date,
    vol.Optional("phone"): cv.string,
    vol.Optional("email"): cv.string,
    vol.Optional("description"): cv.string,
    vol.Optional("code"): cv.string,
    vol.Optional("group_id"): cv.string,
    vol.Optional("vehicle_ids", default=list): vol.All(cv.ensure_list, [cv.string]),
    **PHOTO_FIELDS,
}


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register the actions on vehicles."""
    hass.services.async_register(
        DOMAIN,
        "list_vehicles",
        _async_list,
        vol.Schema(_ACCOUNT),
        SupportsResponse.ONLY,
    )
    for name, function, schema in (
        ("add_vehicle", _async_add_vehicle, _VEHICLE),
        ("add_driver", _async_add_driver, _DRIVER),
    ):
        service.async_register_admin_service(
            hass, DOMAIN, name, function, vol.Schema(schema), SupportsResponse.OPTIONAL
        )


async def _async_list(call: ServiceCall) -> ServiceResponse:
    """Return the vehicles, and where they were last."""
    await async_check_read(call, ())
    entry, fleet = _fleet_of(call)
    with told_to_owner():
        vehicles = await entry.runtime_data.client.vehicles.vehicles()
    return {"vehicles": [_row(entry, fleet, one) for one in vehicles]}


def _fleet_of(call: ServiceCall) -> tuple[HikConfigEntry, Fleet]:
    entry = entry_of(call)
    if not entry.runtime_data.options.vehicles:
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key="vehicles_off"
        )
    return entry, entry.runtime_data.fleet


def _row(entry: HikConfigEntry, fleet: Fleet, vehicle: Vehicle) -> dict[str, Any]:
    row: dict[str, Any] = {
        "vehicle_id": vehicle.id,
        ATTR_NAME: vehicle.name,
        "plate": vehicle.plate,
        "kind": vehicle.kind.name.lower(),
        "online": vehicle.online,
        "area": vehicle.area_name,
        "speed_limit": vehicle.speed_limit,
    }
    if track := fleet.track(vehicle.id):
        row["position"] = {**track.as_stored(), "speed": track.speed}
    if entry.runtime_data.options.personal_data:
        names = (vehicle.driver_first_name, vehicle.driver_last_name)
        row["driver"] = " ".join(filter(None, names)) or None
    return row


async def _async_add_vehicle(call: ServiceCall) -> ServiceResponse:
    """Add a vehicle and return its id."""
    entry, fleet = _fleet_of(call)
    client, data = entry.runtime_data.client, call.data
    device = None
    if ATTR_DEVICE_ID in data:
        device = device_of(call.hass, entry, data[ATTR_DEVICE_ID])
    with told_to_owner():
        area_id = data.get("area_id")
        if area_id is None and is_teams(entry):
            area_id = await _first_area(client)
        vehicle_id = await client.vehicles.add(
            VehicleRequest(
                plate=data["plate"],
                name=data.get(ATTR_NAME),
                device_id=device.id if device else None,
                device_serial=device.serial if device else None,
                area_id=area_id,
                kind=KINDS[data["kind"]],
                driver_first_name=data.get("driver_first_name"),
                driver_last_name=data.get("driver_last_name"),
                driver_phone=data.get("driver_phone"),
                note=data.get("note"),
            )
        )
    await fleet.vehicles.async_refresh()
    return {"vehicle_id": vehicle_id}


async def _first_area(client: Client) -> str:
    """Return the first area at the top: teams wants one for a vehicle."""
    areas = await client.resources.areas()
    known = {area.id for area in areas}

    def is_top(area: Area) -> bool:
        return area.parent_id not in known

    if (first := next(filter(is_top, areas), None)) is None:
        raise FieldInvalid("area_id", "must be given: the account has no area")
    return first.id


async def _async_add_driver(call: ServiceCall) -> ServiceResponse:
    """Add a driver and return the id; teams gets a code and the first group."""
    entry, _ = _fleet_of(call)
    client, data = entry.runtime_data.client, call.data
    with told_to_owner():
        photo = await async_photo_of(call, required=is_teams(entry))
        code, group_id = data.get("code"), data.get("group_id")
        if is_teams(entry):
            code = code or f"{randbelow(10**8):08}"
            group_id = group_id or await _first_group(client)
        driver_id = await client.drivers.add(
            DriverRequest(
                first_name=data["first_name"],
                last_name=data["last_name"],
                code=code,
                group_id=group_id,
                phone=data.get("phone"),
                email=data.get("email"),
                description=data.get("description"),
                vehicle_ids=tuple(data["vehicle_ids"]),
                license_number=data.get("license_number"),
                license_valid_until=data.get("license_valid_until"),
                photo=photo.content if photo else None,
            )
        )
    return {"driver_id": driver_id}


async def _first_group(client: Client) -> str:
    groups = await client.drivers.groups()
    if not groups:
        raise FieldInvalid("group_id", "must be given: the account has no driver group")
    return groups[0].id
