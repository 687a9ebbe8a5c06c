"""Live: groups of persons."""

from custom_components.hikcentral_connect.api.models.people import PersonGroup
from simulator.world import people

from .live import TEAMS, Stage, first, live, named


def group_row(stage: Stage, one: people.PersonGroup) -> PersonGroup:
    """Return how teams tells of a group."""
    everybody = stage.world.people
    return PersonGroup(
        id=one.id,
        name=one.name,
        parent_id=one.parent,
        description=one.description or None,
        path=everybody.path(one.id),
        has_children=bool(everybody.children(one.id)),
        permitted=True,
        area_ids=(one.area,) if one.area else (),
    )


@live("PersonGroups.groups")
async def test_groups(stage: Stage) -> None:
    """All groups from the root on, and those with a part of a name."""
    world, service = stage.world.people.groups, stage.client.person_groups
    if await stage.client.dialect() is TEAMS:
        expected = [group_row(stage, one) for one in world.values()]
    else:
        expected = [PersonGroup(one.id, one.name) for one in world.values()]
    assert await service.groups() == expected
    assert [one.name for one in await service.groups("shop")] == ["Workshop"]


@live("PersonGroups.subgroups")
async def test_subgroups(stage: Stage) -> None:
    """The group itself and those below it, one level or all."""
    world, service = stage.world.people, stage.client.person_groups
    family = named(world.groups, "Family")
    kids = world.add_group("Kids")
    world.change_group(kids.id, parent=family.id)
    names = [one.name for one in await service.subgroups(world.root)]
    assert names == ["Home", "Family", "Workshop"]
    names = [one.name for one in await service.subgroups(world.root, deep=True)]
    assert names == ["Home", "Family", "Workshop", "Kids"]
    assert [one.id for one in await service.subgroups(family.id)] == [
        family.id,
        kids.id,
    ]


@live("PersonGroups.groups_by_id")
async def test_groups_by_id(stage: Stage) -> None:
    """Just those that are named and there."""
    family = named(stage.world.people.groups, "Family")
    found = await stage.client.person_groups.groups_by_id((family.id, "77"))
    assert found == [group_row(stage, family)]


@live(
    "PersonGroups.add_group",
    "PersonGroups.update_group",
    "PersonGroups.delete_group",
    "PersonGroups.groups",
)
async def test_change_groups(stage: Stage) -> None:
    """A group is made, changed in part, and gone; its people move to the root."""
    world, service = stage.world.people, stage.client.person_groups
    area = first(stage.world.areas).id
    group_id = await service.add_group("Guests", "for a while", area)
    group = world.groups[group_id]
    assert (group.name, group.description, group.area) == (
        "Guests",
        "for a while",
        area,
    )
    family = named(world.groups, "Family")
    await service.update_group(group_id, name="Visitors", parent_id=family.id)
    group = world.groups[group_id]
    assert (group.name, group.description, group.parent) == (
        "Visitors",
        "for a while",
        family.id,
    )
    guest = world.add(first_name="Guest", group=group_id)
    await service.delete_group(group_id)
    assert group_id not in [one.id for one in await service.groups()]
    assert world[guest.id].group == world.root
