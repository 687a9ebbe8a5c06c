"""Adding entities: those of what is there now, and of what appears later."""

from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterable
from functools import partial
from itertools import batched
from typing import Any, Final

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_platform import (
    AddConfigEntryEntitiesCallback,
    async_get_current_platform,
)

from .api.models.resources import Camera, Door
from .coordinator import HikCoordinator
from .devices import Thing, doors_by_subentry, entity_id_of
from .inventory import Inventory
from .options import DoorOptions
from .runtime import HikConfigEntry
from .turns import async_let_start, async_take_turns

PORTION: Final = 10
"""Entities added before others may have their turn on the event loop."""

_TAKES_ENTITIES: Final = (
    ConfigEntryState.SETUP_IN_PROGRESS,
    ConfigEntryState.LOADED,
)


@callback
def async_add(
    entry: HikConfigEntry,
    async_add_entities: Callable[[Iterable[Entity]], None],
    entities: Iterable[Entity],
) -> bool:
    """Add entities unless the account is ending; tell whether they were added.

    A platform that has ended takes them, too, and then nobody ever removes them.
    """
    if entry.state not in _TAKES_ENTITIES:
        return False
    async_add_entities(entities)
    return True


async def async_add_found[T](
    entry: HikConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    found: Callable[[Inventory], dict[str, T]],
    make: Callable[[T], Iterable[Entity]],
    *others: HikCoordinator[Any],
) -> None:
    """Add the entities of all things found now, and of new ones as they appear.

    Looks again when the inventory changes, and with the clocks in `others`.
    """
    inventory = entry.runtime_data.inventory
    known: set[str] = set()

    async def add_new() -> None:
        things = found(inventory.data)
        new = [things[key] for key in things if key not in known]
        known.update(things)
        entities = (entity for thing in new for entity in make(thing))
        await async_add_in_turns(entry, async_add_entities, entities)

    async_follow(entry, add_new, inventory, *others)
    await add_new()


@callback
def async_add_later(
    entry: HikConfigEntry, add: Callable[[], Coroutine[Any, Any, None]]
) -> None:
    """Call `add` once the account has started: nobody waits for what it adds."""

    async def later() -> None:
        await async_let_start()
        await add()

    hass = entry.runtime_data.inventory.hass
    entry.async_create_background_task(hass, later(), "entities that can wait")


@callback
def async_follow(
    entry: HikConfigEntry,
    add_new: Callable[[], Coroutine[Any, Any, None]],
    *clocks: HikCoordinator[Any],
) -> None:
    """Call `add_new` after each change that one of the clocks tells."""

    @callback
    def on_change() -> None:
        entry.async_create_task(clocks[0].hass, add_new(), "new entities")

    for clock in clocks:
        entry.async_on_unload(clock.async_add_listener(on_change))


async def async_add_in_turns(
    entry: HikConfigEntry,
    async_add_entities: Callable[[Iterable[Entity]], None],
    entities: Iterable[Entity],
) -> None:
    """Make and add entities, maybe thousands; others have their turn meanwhile."""
    for portion in batched(entities, PORTION, strict=False):
        if not async_add(entry, async_add_entities, portion):
            return
        await async_take_turns(entry.runtime_data.inventory.hass)


async def async_add_doors(
    hass: HomeAssistant,
    entry: HikConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    make: Callable[[Door], Entity],
    key: str,
    wanted: Callable[[DoorOptions], bool] = lambda options: True,
) -> None:
    """Add an entity for each door, found by the service or declared by the owner.

    Doors whose owner does not want the entity lose it; `key` is that of its unique id.
    """
    runtime = entry.runtime_data

    def doors() -> Iterable[tuple[str | None, Door]]:
        yield from doors_by_subentry(hass, entry).items()
        for door in runtime.inventory.data.doors.values():
            yield None, door

    await async_add_wanted(
        hass,
        entry,
        async_add_entities,
        doors,
        lambda door: [make(door)],
        lambda door: wanted(runtime.options.door(door.id)),
        (key,),
    )


async def async_add_wanted[T: Camera | Door](
    hass: HomeAssistant,
    entry: HikConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    found: Callable[[], Iterable[tuple[str | None, T]]],
    make: Callable[[T], list[Entity]],
    wanted: Callable[[T], bool],
    keys: Iterable[str],
) -> None:
    """Add the entities of things whose owner wants them; others lose theirs.

    `found` gives each thing with the subentry it belongs to, if any; `keys` are those of
    the entities' unique ids. Looks again when the inventory or an option changes.
    """
    domain = async_get_current_platform().domain
    shown: dict[str, bool] = {}

    async def add_new() -> None:
        new: defaultdict[str | None, list[T]] = defaultdict(list)
        for subentry_id, thing in found():
            is_wanted = wanted(thing)
            if shown.get(thing.id) is is_wanted:
                continue
            shown[thing.id] = is_wanted
            if is_wanted:
                new[subentry_id].append(thing)
            else:
                async_forget(hass, entry, domain, thing, keys)
            await async_take_turns(hass)
        for subentry_id, things in new.items():
            await async_add_in_turns(
                entry,
                partial(async_add_entities, config_subentry_id=subentry_id),
                (
                    entity
                    for thing in things
                    if shown[thing.id]
                    for entity in make(thing)
                ),
            )

    async_follow(entry, add_new, entry.runtime_data.inventory)
    await add_new()


@callback
def async_forget(
    hass: HomeAssistant,
    entry: HikConfigEntry,
    domain: str,
    thing: Thing,
    keys: Iterable[str],
) -> None:
    """Remove what is known of entities that are not wanted."""
    for key in keys:
        if known := entity_id_of(hass, entry, domain, thing, key):
            er.async_get(hass).async_remove(known)
