"""Live: who may pass which doors, and who did."""

from dataclasses import replace
from datetime import timedelta

import pytest

from custom_components.hikcentral_connect.api.errors import AlreadyExists, NotFound
from custom_components.hikcentral_connect.api.models.access import (
    AccessLevel,
    AccessRecord,
    ApplyState,
    DayPlan,
    Failure,
    LevelRequest,
    LevelResource,
    RecordSearch,
    TimeSpan,
)
from simulator.world import levels
from simulator.world.events import Method

from .live import REFERENCE, TEAMS, Stage, first, live, named


def two_levels(stage: Stage) -> tuple[str, str]:
    """Return the level of the house and a new one, which nobody has."""
    door = named(stage.world.doors, "Garage door")
    new = stage.world.add_level("Garage", (door,))
    return first(stage.world.levels).id, new.id


@live("Access.assign")
async def test_assign(stage: Stage) -> None:
    """Somebody gets a level beside the one that was there."""
    ada, (old, new) = first(stage.world.people), two_levels(stage)
    assert await stage.client.access.assign(ada.id, (new,)) == ()
    assert stage.world.people[ada.id].levels == (old, new)
    with pytest.raises(NotFound):
        await stage.client.access.assign("77", (new,))
    with pytest.raises(NotFound):
        await stage.client.access.assign(ada.id, ("77",))


@live("Access.assign", only=TEAMS)
async def test_assign_in_part(stage: Stage) -> None:
    """What fails is told, and the rest is done."""
    ada, (_, new) = first(stage.world.people), two_levels(stage)
    failed = await stage.client.access.assign(ada.id, (new, "77"))
    assert failed == (Failure("access_level", "VMS040016", "77"),)
    assert new in stage.world.people[ada.id].levels


@live("Access.remove")
async def test_remove(stage: Stage) -> None:
    """A level is taken away, and the other one stays."""
    ada, (old, new) = first(stage.world.people), two_levels(stage)
    stage.world.people.change(ada.id, levels=(old, new))
    assert await stage.client.access.remove(ada.id, (old,)) == ()
    assert stage.world.people[ada.id].levels == (new,)


@live("Access.remove_all")
async def test_remove_all(stage: Stage) -> None:
    """Somebody loses all levels, and nobody else any."""
    ada, ben = list(stage.world.people.values())[:2]
    assert await stage.client.access.remove_all(ada.id) == ()
    assert stage.world.people[ada.id].levels == ()
    assert stage.world.people[ben.id].levels == ben.levels != ()


@live("Access.replace")
async def test_replace(stage: Stage) -> None:
    """Somebody has just the levels named."""
    ada, (_, new) = first(stage.world.people), two_levels(stage)
    assert await stage.client.access.replace(ada.id, (new,)) == ()
    assert stage.world.people[ada.id].levels == (new,)


@live("Access.apply_status")
async def test_apply_status(stage: Stage) -> None:
    """The doors that know the person, and the one that cannot be reached."""
    ada, door = first(stage.world.people), named(stage.world.doors, "Garage door")
    door.connected = False
    (failed,) = await stage.client.access.apply_status(ada.id)
    assert (failed.id, failed.name, failed.is_device) == (door.id, door.name, False)
    assert (failed.state, failed.error_code) == (ApplyState.FAILED, "VMS022543")
    everything = await stage.client.access.apply_status(ada.id, include_done=True)
    assert [one.id for one in everything] == list(stage.world.doors)
    assert [one.state for one in everything].count(ApplyState.DONE) == 2


@live("Access.encryption")
async def test_encryption(stage: Stage) -> None:
    """The same key each time, in the form of the dialect."""
    key = await stage.client.access.encryption()
    assert await stage.client.access.encryption() == key
    if await stage.client.dialect() is REFERENCE:
        assert key.algorithm == "RSA"
        assert key.public_key.startswith("-----BEGIN PUBLIC KEY-----")
        return
    assert (key.algorithm, key.loop_count) == ("AES128_CBC", 1000)
    assert len(key.auth_data) == len(key.vector) == 32


def level_row(stage: Stage, one: levels.AccessLevel) -> AccessLevel:
    """Return how teams tells of a level."""
    doors = [stage.world.doors[door] for door in one.doors]
    return AccessLevel(
        id=one.id,
        name=one.name,
        remark=one.remark or None,
        schedule_id=one.template.id,
        schedule_name=one.template.name,
        area_id=doors[0].area.id,
        area_name=doors[0].area.name,
        resources=tuple(LevelResource(door.id, door.name, "1") for door in doors),
        system=False,
    )


@live("AccessLevels.levels")
async def test_levels(stage: Stage) -> None:
    """All levels; the reference tells their names only."""
    two_levels(stage)
    world = stage.world.levels.values()
    if await stage.client.dialect() is TEAMS:
        expected = [level_row(stage, one) for one in world]
    else:
        expected = [AccessLevel(one.id, one.name) for one in world]
    assert await stage.client.access_levels.levels() == expected
    assert len(expected) == 2


@live("AccessLevels.levels")
async def test_many_levels(stage: Stage) -> None:
    """A list that is longer than a page is read to its end."""
    for number in range(127):
        stage.world.add_level(f"Level {number}", tuple(stage.world.doors.values()))
    found = await stage.client.access_levels.levels()
    assert [one.id for one in found] == list(stage.world.levels)


def level(stage: Stage) -> LevelRequest:
    """Return a level for two doors in working hours."""
    schedule = named(stage.world.levels.templates, "Working hours").id
    doors = tuple(stage.world.doors)[:2]
    return LevelRequest("Staff", schedule, doors, "by day")


@live("AccessLevels.add_level")
async def test_add_level(stage: Stage) -> None:
    """A level comes back as it was made; its name is its own."""
    wanted = level(stage)
    added = await stage.client.access_levels.add_level(wanted)
    assert added == level_row(stage, stage.world.levels[added.id])
    assert (added.name, added.remark) == ("Staff", "by day")
    assert (added.schedule_id, len(added.resources)) == (wanted.schedule_id, 2)
    with pytest.raises(AlreadyExists):
        await stage.client.access_levels.add_level(wanted)


@live("AccessLevels.update_level")
async def test_update_level(stage: Stage) -> None:
    """All of a level is as it was told."""
    old, wanted = first(stage.world.levels), level(stage)
    await stage.client.access_levels.update_level(old.id, wanted)
    new = stage.world.levels[old.id]
    assert (new.name, new.remark, new.doors) == ("Staff", "by day", wanted.resource_ids)
    assert new.template.id == wanted.schedule_id


@live("AccessLevels.delete_level", "AccessLevels.levels")
async def test_delete_level(stage: Stage) -> None:
    """A level is gone, and nobody has it."""
    gone, _ = two_levels(stage)
    service = stage.client.access_levels
    await service.delete_level(gone)
    assert gone not in [one.id for one in await service.levels()]
    assert not any(one.levels for one in stage.world.people.values())
    with pytest.raises(NotFound):
        await service.delete_level(gone)


@live("AccessLevels.delete_levels")
async def test_delete_levels(stage: Stage) -> None:
    """Just the levels that are named are gone."""
    old, new = two_levels(stage)
    assert await stage.client.access_levels.delete_levels((new,)) == ()
    assert list(stage.world.levels) == [old]


@live("AccessLevels.add_resources", "AccessLevels.remove_resources")
async def test_resources(stage: Stage) -> None:
    """A door more, a door less; an unknown one is told."""
    _, new = two_levels(stage)
    garage, workshop = list(stage.world.doors)[1:]
    service, world = stage.client.access_levels, stage.world.levels
    failed = await service.add_resources(new, (workshop, "nothing"))
    assert failed == (Failure("resource", "VMS000003", "nothing"),)
    assert world[new].doors == (garage, workshop)
    assert await service.remove_resources(new, (garage,)) == ()
    assert world[new].doors == (workshop,)


@live("AccessLevels.schedules")
async def test_schedules(stage: Stage) -> None:
    """The templates with the spans of their days, 0 being Sunday."""
    always, work = await stage.client.access_levels.schedules()
    assert [one.weekday for one in always.week] == list(range(7))
    assert (work.name, work.holidays) == ("Working hours", ())
    span = TimeSpan("08:00:00", "18:00:00")
    assert work.week == tuple(DayPlan(day, (span,)) for day in range(1, 6))
    assert always.id == stage.world.levels.always.id


@live("AccessRecords.records")
async def test_records(stage: Stage) -> None:
    """Who entered is told with door and picture, the newest first; and who did not."""
    world, happen = stage.world, stage.account.happen
    door, ada = named(world.doors, "Front door"), first(world.people)
    happen.access(door.id, ada, method=Method.CARD)
    stage.pass_time(2)
    happen.access(door.id, method=Method.FACE)
    starts, ends = stage.now - timedelta(seconds=10), stage.now + timedelta(minutes=1)
    search = RecordSearch(starts, ends)
    records = stage.client.access_records.records
    denied, granted = await records(search)
    known = world.accesses.between(starts, ends)[0]
    moment = stage.at(known.access.at)
    (picture,) = granted.pictures
    assert (await stage.client.fetch_media(picture)).startswith(b"\xff\xd8\xff")
    assert replace(granted, pictures=()) == AccessRecord(
        id=known.id,
        event_type="110003",
        granted=True,
        occurred=moment,
        device_time=moment,
        recorded=moment,
        door_id=door.id,
        door_name=door.name,
        element_type="1002",
        area_id=door.area.id,
        area_name=door.area.name,
        device_id=door.device.id,
        device_name=door.device.name,
        person_id=ada.id,
        person_name=ada.name,
        person_code=ada.code,
        group_path="Home/Family",
        card_number=ada.card,
        direction_code="0",
        serial=known.access.number,
        clocking_code="0",
    )
    assert (denied.granted, denied.person_id) == (False, None)
    for one in (
        replace(search, granted=True),
        replace(search, person_ids=(ada.id,)),
        replace(search, person_name="Ada"),
        replace(search, card_number=ada.card),
        replace(search, event_types=("110003",)),
    ):
        assert [found.id for found in await records(one)] == [granted.id]
    assert await records(replace(search, door_ids=("nothing",))) == []


@live("AccessRecords.records")
async def test_many_records(stage: Stage) -> None:
    """Several pages of what the doors remember."""
    door = first(stage.world.doors)
    for _ in range(450):
        stage.account.happen.access(door.id)
    search = RecordSearch(*stage.span(minutes=5), door_ids=(door.id,), granted=False)
    found = await stage.client.access_records.records(search)
    assert len({one.id for one in found}) == len(found) >= 450
