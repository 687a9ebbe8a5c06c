"""What the fields of actions offer to choose from: the accounts' own things.

The fields in services.yaml take typed ids. Once the accounts have been read, their
groups, levels and so on are set as options of these fields, which Home Assistant lets
an integration do; an event tells open browsers to fetch them. Every user can see the
options, so people are named in them only if the owner wants that. A field that no
account of the house can use is not shown, although it may still be given.
"""

from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from typing import Any, Final

from homeassistant.const import ATTR_DOMAIN, ATTR_SERVICE, EVENT_SERVICE_REGISTERED
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import service
from homeassistant.helpers.selector import validate_selector
from homeassistant.util import dt as dt_util
from homeassistant.util.yaml import load_yaml_dict

from .api import DialectName
from .api.models.resources import Camera, Door
from .const import CONF_DIALECT, DOMAIN
from .runtime import HikConfigEntry, HikRuntime

SERVICES: Final = Path(__file__).with_name("services.yaml")

type Option = tuple[str, str]
"""A value and its label."""
type _Offers = dict[str, list[dict[str, Any]]]


def _groups(runtime: HikRuntime) -> Iterator[Option]:
    for group in runtime.people.data.groups.values():
        yield group.id, group.path or group.name


def _levels(runtime: HikRuntime) -> Iterator[Option]:
    for level in runtime.people.data.levels.values():
        yield level.id, level.name


def _buildings(runtime: HikRuntime) -> Iterator[Option]:
    for building in runtime.people.data.buildings.values():
        yield building.id, building.name


def _rooms(runtime: HikRuntime) -> Iterator[Option]:
    for room in runtime.people.data.rooms.values():
        place = ", ".join(filter(None, (room.building_name, room.name or room.number)))
        yield room.id, place or room.id


def _residents(runtime: HikRuntime) -> Iterator[Option]:
    for resident in runtime.people.data.residents.values():
        home = "; ".join(resident.homes) or resident.id
        label = f"{resident.name} ({home})" if runtime.options.personal_data else home
        yield resident.id, label


def _areas(runtime: HikRuntime) -> Iterator[Option]:
    inventory = runtime.inventory.data
    places: list[Camera | Door] = [
        *inventory.cameras.values(),
        *inventory.doors.values(),
    ]
    named = {one.area_id: one.area_name or one.area_id for one in places if one.area_id}
    yield from named.items()


def _vehicles(runtime: HikRuntime) -> Iterator[Option]:
    for one in runtime.fleet.vehicles.data.values():
        plate = one.plate if one.plate != one.name else None
        yield one.id, " · ".join(filter(None, (one.name, plate)))


def _passes(runtime: HikRuntime) -> Iterator[Option]:
    now = dt_util.utcnow()
    for one in runtime.passes.data:
        if one.id is not None and one.ends > now:
            starts, ends = dt_util.as_local(one.starts), dt_util.as_local(one.ends)
            label = f"{starts:%Y-%m-%d %H:%M} – {ends:%Y-%m-%d %H:%M}"
            yield (
                one.id,
                f"{one.visitor}, {label}" if runtime.options.personal_data else label,
            )


class Source(Enum):
    """Where options come from, by the name of the field that offers them."""

    GROUP = "group_id", _groups
    LEVELS = "access_levels", _levels
    BUILDING = "building_id", _buildings
    ROOMS = "rooms", _rooms
    RESIDENT = "resident_id", _residents
    PASS = "pass_id", _passes
    AREA = "area_id", _areas
    PARENT_AREA = "parent_id", _areas
    VEHICLE = "vehicle_id", _vehicles
    VEHICLES = "vehicle_ids", _vehicles

    def __init__(
        self, field: str, options: Callable[[HikRuntime], Iterator[Option]]
    ) -> None:
        """Take the field's name and what lists the options."""
        self.field = field
        self.options = options


BY_FIELD: Final = {source.field: source for source in Source}

_PERSON: Final = {"code", "gender", "description", "valid_from", "valid_until"}
ONLY: Final[dict[DialectName, dict[str, set[str]]]] = {
    DialectName.TEAMS: {
        "issue_visitor_pass": {"openings", "access_levels"},
        "search_people": {"email", "phone"},
        "add_person": _PERSON,
        "quick_add_person": _PERSON | {"pin"},
        "add_resident": {
            *("email", "rooms", "householder", "valid_until", "access_levels"),
        },
        "get_attendance_records": {"person_name", "person_code"},
        "get_time_card": {"person_name", "person_code"},
        "add_vehicle": {
            *("area_id", "kind", "note"),
            *("driver_first_name", "driver_last_name", "driver_phone"),
        },
        "add_driver": {
            *("email", "description", "code", "group_id", "vehicle_ids"),
            *("photo", "photo_camera", "photo_file", "license_valid_until"),
        },
        "add_device": {
            *("category", "import_channels", "vehicle_id", "plate"),
            *("user_name", "password", "time_zone_id", "set_clock"),
        },
        "update_device": {"user_name", "password", "time_zone_id", "set_clock"},
        "delete_device": {"with_vehicle"},
        "add_alarm_rule": {"schedule_id", "priority_id", "enabled"},
    },
    DialectName.REFERENCE: {
        "issue_visitor_pass": {"resident_id"},
        "add_resident": {"building_id", "room_number"},
        "get_attendance_records": {"person_ids"},
        "get_time_card": {"person_ids"},
        "add_vehicle": {"name"},
        "update_device": {"area_id"},
        "add_alarm_rule": {"starts", "ends", "weekdays"},
    },
}
"""The fields of actions that only one dialect has."""


@callback
def offer_choices(hass: HomeAssistant, entry: HikConfigEntry) -> Callable[[], None]:
    """Return what sets the options again, to be called when an account changed."""

    @callback
    def offer() -> None:
        entry.async_create_background_task(
            hass, async_offer(hass), "options of the actions"
        )

    return offer


async def async_offer(hass: HomeAssistant) -> None:
    """Set the options of all fields, and tell browsers if they changed."""
    described = await hass.async_add_executor_job(load_yaml_dict, str(SERVICES))
    entries: list[HikConfigEntry] = [
        entry
        for entry in hass.config_entries.async_entries(DOMAIN)
        if hasattr(entry, "runtime_data")
    ]
    offers = {field: _options(entries, source) for field, source in BY_FIELD.items()}
    hidden = _hidden({entry.data[CONF_DIALECT] for entry in entries})
    for name, action in described.items():
        if _fill(action.get("fields", {}), offers, hidden.get(name, set())):
            _describe(hass, name, action)


def _hidden(dialects: set[DialectName]) -> dict[str, set[str]]:
    """Return the fields of each action that none of the dialects has."""
    if len(dialects) != 1:
        return {}
    (other,) = set(DialectName) - dialects
    return ONLY[other]


def _fill(fields: dict[str, Any], offers: _Offers, hidden: set[str]) -> bool:
    """Set what fields offer, and take the hidden ones out; tell if that concerns any.

    All selectors are then as Home Assistant keeps them.
    """
    chosen = fields.keys() & (offers.keys() | hidden)
    for field in chosen:
        if field in hidden:
            del fields[field]
        elif (select := fields[field]["selector"].get("select")) is not None:
            select["options"] = offers[field]
    for content in fields.values():
        content["selector"] = validate_selector(content["selector"])
    return bool(chosen)


@callback
def _describe(hass: HomeAssistant, name: str, action: dict[str, Any]) -> None:
    known = service.async_get_cached_service_description(hass, DOMAIN, name)
    if known is not None and known["fields"] == action["fields"]:
        return
    service.async_set_service_schema(hass, DOMAIN, name, action)
    hass.bus.async_fire(
        EVENT_SERVICE_REGISTERED, {ATTR_DOMAIN: DOMAIN, ATTR_SERVICE: name}
    )


def _options(entries: list[HikConfigEntry], source: Source) -> list[dict[str, Any]]:
    return [
        {"value": value, "label": f"{label} · {entry.title}" if entries[1:] else label}
        for entry in entries
        for value, label in sorted(
            source.options(entry.runtime_data), key=lambda option: option[1]
        )
    ]
