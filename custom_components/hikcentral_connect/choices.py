"""What the fields of actions offer to choose from: the accounts' own things.

The fields in services.yaml take typed ids. Once the accounts have been read, their
groups, levels and so on are set as options of these fields, which Home Assistant lets
an integration do; an event tells open browsers to fetch them. Every user can see the
options, so people are named in them only if the owner wants that.
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

from .const import DOMAIN
from .runtime import HikConfigEntry, HikRuntime

SERVICES: Final = Path(__file__).with_name("services.yaml")

type Option = tuple[str, str]
"""A value and its label."""


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

    def __init__(
        self, field: str, options: Callable[[HikRuntime], Iterator[Option]]
    ) -> None:
        """Take the field's name and what lists the options."""
        self.field = field
        self.options = options


BY_FIELD: Final = {source.field: source for source in Source}


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
    offers = {field: _options(hass, source) for field, source in BY_FIELD.items()}
    for name, action in described.items():
        fields = action.get("fields", {})
        chosen = fields.keys() & offers.keys()
        for field in chosen:
            if (select := fields[field]["selector"].get("select")) is not None:
                select["options"] = offers[field]
        if not chosen:
            continue
        for content in fields.values():
            content["selector"] = validate_selector(content["selector"])
        known = service.async_get_cached_service_description(hass, DOMAIN, name)
        if known is not None and known["fields"] == fields:
            continue
        service.async_set_service_schema(hass, DOMAIN, name, action)
        hass.bus.async_fire(
            EVENT_SERVICE_REGISTERED, {ATTR_DOMAIN: DOMAIN, ATTR_SERVICE: name}
        )


def _options(hass: HomeAssistant, source: Source) -> list[dict[str, Any]]:
    entries: list[HikConfigEntry] = [
        entry
        for entry in hass.config_entries.async_entries(DOMAIN)
        if hasattr(entry, "runtime_data")
    ]
    return [
        {"value": value, "label": f"{label} · {entry.title}" if entries[1:] else label}
        for entry in entries
        for value, label in sorted(
            source.options(entry.runtime_data), key=lambda option: option[1]
        )
    ]
