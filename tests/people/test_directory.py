"""What is known of people: offered in the fields of actions, named if the owner wants."""

from typing import Any

from custom_components.hikcentral_connect.api import DialectName
from custom_components.hikcentral_connect.api.models.events import AccessEvent
from custom_components.hikcentral_connect.choices import ONLY, SERVICES
from custom_components.hikcentral_connect.const import CONF_DIALECT, DOMAIN
from homeassistant.helpers import service
from homeassistant.util.yaml import load_yaml_dict

from ..conftest import Running
from .conftest import somebody


async def test_choices(running: Running) -> None:
    """The fields of actions offer what the account has, and follow its changes."""
    world = running.account.world

    async def options(action: str, field: str) -> dict[str, str]:
        described = await service.async_get_all_descriptions(running.hass)
        select = described[DOMAIN][action]["fields"][field]["selector"]["select"]
        assert select["custom_value"]
        return {one["value"]: one["label"] for one in select["options"]}

    assert (
        await options("add_person", "group_id")
    ).keys() == world.people.groups.keys()
    levels = {one.id: one.name for one in world.levels.values()}
    for action in ("assign_access_levels", "quick_add_person"):
        assert await options(action, "access_levels") == levels

    told = []
    running.hass.bus.async_listen(
        "service_registered", lambda event: told.append(event.data["service"])
    )
    new = world.add_level("Cellar", ())
    await running.entry.runtime_data.people.async_refresh()
    await running.hass.async_block_till_done(wait_background_tasks=True)
    assert (await options("assign_access_levels", "access_levels"))[new.id] == "Cellar"
    assert "assign_access_levels" in told
    assert "add_person" not in told

    told.clear()
    await running.entry.runtime_data.people.async_refresh()
    await running.hass.async_block_till_done(wait_background_tasks=True)
    assert told == []


async def test_fields_of_the_other_dialect(running: Running) -> None:
    """A field that the account cannot use is not shown, but every field is somewhere."""
    described = await service.async_get_all_descriptions(running.hass)
    written = await running.hass.async_add_executor_job(load_yaml_dict, str(SERVICES))
    shown = {name: action["fields"] for name, action in described[DOMAIN].items()}
    other = next(one for one in DialectName if one != running.entry.data[CONF_DIALECT])
    for dialect, actions in ONLY.items():
        for action, fields in actions.items():
            assert fields <= written[action]["fields"].keys()
            assert fields.isdisjoint(shown[action]) is (dialect is other)


async def test_names_only_if_wanted(running: Running) -> None:
    """Events tell whose name it is once the owner wants that, never before."""
    world = running.account.world
    person = somebody(running)
    door = next(iter(world.doors.values()))

    async def access() -> dict[str, Any]:
        running.account.happen.access(door.id, person)
        await running.entry.runtime_data.messages.async_refresh()
        await running.hass.async_block_till_done()
        states = running.hass.states.async_all("event")
        return next(
            dict(one.attributes) for one in states if "person" in one.attributes
        )

    assert (await access())["person"] is None
    running.hass.config_entries.async_update_entry(
        running.entry, options={"personal_data": True}
    )
    await running.entry.runtime_data.people.async_refresh()
    attributes = await access()
    assert attributes["person"] == person.name
    if running.account.speech == "teams":
        assert attributes["access_levels"] == ["All doors"]


async def test_stranger_is_looked_for(running: Running) -> None:
    """A person whom a message does not name is known the next time."""
    running.hass.config_entries.async_update_entry(
        running.entry, options={"personal_data": True}
    )
    people = running.entry.runtime_data.people
    await people.async_refresh()
    new = running.account.world.add_person("Zoe", "Young", levels=())
    event = AccessEvent(
        id="1",
        event_type="110013",
        door_id="1",
        door_name=None,
        granted=True,
        person_id=new.id,
    )

    assert people.name_in(event) is None
    await running.hass.async_block_till_done(wait_background_tasks=True)
    assert people.name_in(event) == "Zoe Young"


async def test_lists_that_are_refused(running: Running) -> None:
    """An account that may not read one list still gets the others."""
    code = "OPEN000021" if running.account.speech == "teams" else "0x2005"
    running.sim.faults.add("refuse", path="*/accesslevel/list", code=code)
    people = running.entry.runtime_data.people
    levels = people.data.levels

    running.account.world.people.add_group("Neighbours")
    await people.async_refresh()

    assert people.last_update_success
    assert people.data.levels == levels
    assert "Neighbours" in {one.name for one in people.data.groups.values()}
