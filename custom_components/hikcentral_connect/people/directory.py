"""The people side of an account: groups, levels, homes, and whose name an id is."""

from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
import logging
from typing import Any, Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.storage import Store

from ..api import Client, DialectName
from ..api.errors import BadAnswer, LoginRefused, ServiceRefused
from ..api.models.access import AccessLevel
from ..api.models.events import AccessEvent
from ..api.models.intercom import Building, Resident, Room
from ..api.models.people import Person, PersonGroup
from ..const import DOMAIN
from ..coordinator import HikCoordinator
from ..options import Options

_LOGGER = logging.getLogger(__name__)

STORAGE_VERSION: Final = 1
INTERVAL: Final = timedelta(hours=1)
AGAIN_SECONDS: Final = 600.0
"""Time between two looks for a person nobody knows."""


@dataclass(frozen=True, slots=True)
class Dweller:
    """A resident, and where they live: the rooms, or the one that was typed here."""

    id: str
    name: str = field(repr=False)
    homes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Directory:
    """What an account knows, by id. Names of persons only if the owner wants them."""

    groups: dict[str, PersonGroup] = field(default_factory=dict)
    levels: dict[str, AccessLevel] = field(default_factory=dict)
    buildings: dict[str, Building] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)
    residents: dict[str, Dweller] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict, repr=False)


def resident_store(hass: HomeAssistant, entry: ConfigEntry) -> Store[dict[str, Any]]:
    """Return where the residents of an account are remembered."""
    key = f"{DOMAIN}.{entry.entry_id}.residents"
    return Store(hass, STORAGE_VERSION, key, private=True)


class People(HikCoordinator[Directory]):
    """Reads the directory of an account.

    The reference has no list of residents, so those added here are remembered.
    """

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry, client: Client, options: Options
    ) -> None:
        """Read every hour and on demand."""
        super().__init__(hass, entry, client, "people", INTERVAL)
        self.data = Directory()
        self._options = options
        self._store = resident_store(hass, entry)
        self._remembered: dict[str, Dweller] = {}
        self._looked = float("-inf")

    async def async_load(self) -> None:
        """Recall the residents that are remembered here."""
        stored = await self._store.async_load() or {}
        self._remembered = {
            one["id"]: Dweller(one["id"], one["name"], tuple(one["homes"]))
            for one in stored.get("residents", [])
        }

    async def async_remember(self, resident: Dweller) -> None:
        """Remember a resident where the service does not list them."""
        self._remembered[resident.id] = resident
        await self._store.async_save(
            {
                "residents": [
                    {"id": one.id, "name": one.name, "homes": list(one.homes)}
                    for one in self._remembered.values()
                ]
            }
        )
        await self.async_refresh()

    @callback
    def name_in(self, event: AccessEvent) -> str | None:
        """Return the name of the person in an event, if the owner wants names.

        A person nobody knows is looked for, for the next time.
        """
        if not self._options.personal_data:
            return None
        if name := event.person_name or self.data.names.get(event.person_id or ""):
            return name
        now = self.hass.loop.time()
        if event.person_id is not None and now - self._looked > AGAIN_SECONDS:
            self._looked = now
            assert self.config_entry is not None
            self.config_entry.async_create_background_task(
                self.hass, self.async_refresh(), "looking for a person"
            )
        return None

    @callback
    def levels_of(self, door_id: str | None) -> list[str]:
        """Return the names of the access levels that open a door, as far as known."""
        return sorted(
            level.name
            for level in self.data.levels.values()
            if any(resource.id == door_id for resource in level.resources)
        )

    @override
    async def _read(self) -> Directory:
        client, before = self.client, self.data
        groups = await _part(client.person_groups.groups(), before.groups)
        levels = await _part(client.access_levels.levels(), before.levels)
        buildings = await _part(client.intercom.buildings(), before.buildings)
        rooms: dict[str, Room] = {}
        residents = dict(self._remembered)
        if await client.dialect() is DialectName.TEAMS:
            rooms = await _part(client.intercom.rooms(), before.rooms)
            residents = await self._residents()
        names: dict[str, str] = {}
        if self._options.personal_data:
            known: dict[str, Person] = await _part(client.people.search(), {})
            names = {one.id: one.name for one in known.values()} or before.names
        return Directory(groups, levels, buildings, rooms, residents, names)

    async def _residents(self) -> dict[str, Dweller]:
        nobody: dict[str, Resident] = {}
        found = await _part(self.client.intercom.residents(), nobody)
        if not found:
            return self.data.residents
        return {one.id: dweller_of(one) for one in found.values()}


def dweller_of(resident: Resident) -> Dweller:
    """Return a resident as listed by the service."""
    homes = (
        ", ".join(filter(None, (home.building_name, home.room_number)))
        for home in resident.homes
    )
    name = f"{resident.first_name} {resident.last_name}".strip()
    return Dweller(resident.id, name, tuple(home for home in homes if home))


async def _part[T: (PersonGroup, AccessLevel, Building, Room, Resident, Person)](
    read: Coroutine[Any, Any, list[T]], before: dict[str, T]
) -> dict[str, T]:
    """Read one list; an account that may not read it still gets the others."""
    try:
        return {one.id: one for one in await read}
    except LoginRefused:
        raise
    except (ServiceRefused, BadAnswer) as err:
        _LOGGER.debug("A list of the account could not be read: %s", err)
        return before
