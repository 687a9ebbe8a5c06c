"""Live: buildings, residents, calls from the door and visitor passes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from custom_components.hikcentral_connect.api.errors import (
    AlreadyExists,
    CallGone,
    LimitReached,
    NotFound,
)
from custom_components.hikcentral_connect.api.models.intercom import (
    Building,
    CallAction,
    Gender,
    Home,
    NewResident,
    Resident,
    ResidentHome,
    ResidentRequest,
    Room,
)
from custom_components.hikcentral_connect.api.models.passes import (
    PassRequest,
    VisitorPass,
)
from simulator.qr import qr_png
from simulator.world.events import CallPhase
from simulator.world.homes import MOST_IN_A_ROOM, Role

from .live import REFERENCE, TEAMS, Stage, first, live, named


@live("Intercom.add_building", "Intercom.buildings", only=REFERENCE)
async def test_add_building(stage: Stage) -> None:
    """A building is listed beside the one that was there; its number is its own."""
    service, home = stage.client.intercom, first(stage.world.buildings)
    annex = await service.add_building("Annex", "2", "2 Garden Lane")
    assert await service.buildings() == [
        Building(home.id, home.name, home.number, home.address),
        Building(annex, "Annex", "2", "2 Garden Lane"),
    ]
    with pytest.raises(AlreadyExists):
        await service.add_building("Another", "2")


@live("Intercom.add_resident", only=REFERENCE)
async def test_add_resident_reference(stage: Stage) -> None:
    """Somebody lives in a room of a building that there is."""
    home = first(stage.world.buildings)
    request = ResidentRequest(
        "Jane", "Doe", phone="+49301", building_id=home.id, room_number="102"
    )
    added = await stage.client.intercom.add_resident(request)
    resident = stage.world.residents[added.id]
    assert (resident.name, resident.phone) == ("Jane Doe", "+49301")
    assert (resident.building, resident.room) == (home, "102")
    with pytest.raises(NotFound):
        await stage.client.intercom.add_resident(replace(request, building_id="none"))


@live("Intercom.buildings", only=TEAMS)
async def test_buildings_teams(stage: Stage) -> None:
    """A building with its rooms and residents counted."""
    home = first(stage.world.buildings)
    expected = Building(home.id, "Home", area_id="-1", rooms=2, residents=2)
    assert await stage.client.intercom.buildings() == [expected]


@live("Intercom.rooms")
async def test_rooms(stage: Stage) -> None:
    """The rooms of all buildings, and those of one."""
    home, people = first(stage.world.buildings), list(stage.world.people.values())
    expected = [
        Room(
            id=room.id,
            name=room.name,
            number=str(room.number),
            building_id=home.id,
            building_name="Home",
            area_id="-1",
            area_name=None,
            residents=residents,
            householder=householder,
        )
        for room, residents, householder in zip(
            stage.world.homes.rooms.values(),
            (2, 0),
            (people[0].name, None),
            strict=True,
        )
    ]
    assert await stage.client.intercom.rooms() == expected
    assert await stage.client.intercom.rooms(home.id) == expected
    assert await stage.client.intercom.rooms("nothing") == []


def home_in(stage: Stage, number: int, householder: bool) -> ResidentHome:
    """Return a room of the house as the home of somebody."""
    room = named(stage.world.homes.rooms, f"Room {number}")
    home = Home(room.id, room.building.id, "-1", householder)
    return ResidentHome(home, str(number), room.name, "Home", None)


def request(stage: Stage) -> ResidentRequest:
    """Return somebody who shall live in the empty room."""
    return ResidentRequest(
        "Jane",
        "Doe",
        phone="+49301",
        email="jane@home.example",
        starts=datetime(2026, 1, 1, tzinfo=stage.world.zone),
        ends=datetime(2036, 1, 1, tzinfo=stage.world.zone),
        homes=(home_in(stage, 102, householder=True).home,),
        gender=Gender.FEMALE,
        description="upstairs",
        group_id=named(stage.world.people.groups, "Family").id,
        access_levels=(first(stage.world.levels).id,),
        language="de",
    )


@live("Intercom.add_resident", "Intercom.residents", only=TEAMS)
async def test_add_resident_teams(stage: Stage) -> None:
    """A new resident is a person with rights, and listed with the room."""
    service, wanted = stage.client.intercom, request(stage)
    assert len(await service.residents()) == 2
    added = await service.add_resident(wanted)
    person = stage.world.people[added.id]
    assert (person.name, person.email, person.gender) == (
        "Jane Doe",
        wanted.email,
        Gender.FEMALE,
    )
    assert (person.starts, person.ends) == (wanted.starts, wanted.ends)
    assert (person.group, person.levels) == (wanted.group_id, wanted.access_levels)
    listed = {
        one.id: one for one in await service.residents(wanted.homes[0].building_id)
    }
    assert listed[added.id] == Resident(
        added.id,
        "Jane",
        "Doe",
        "+49301",
        "jane@home.example",
        homes=(home_in(stage, 102, householder=True),),
    )
    with pytest.raises(AlreadyExists):
        await service.add_resident(replace(wanted, homes=(replace_role(wanted),)))


def replace_role(wanted: ResidentRequest) -> Home:
    """Return the home of somebody for a member of the family."""
    return replace(wanted.homes[0], householder=False)


@live("Intercom.add_resident", only=TEAMS)
async def test_add_resident_who_is_a_person(stage: Stage) -> None:
    """Somebody known moves in under the same id; a full room takes nobody."""
    world, service = stage.world, stage.client.intercom
    emil = next(one for one in world.people.values() if one.first_name == "Emil")
    wanted = replace(
        request(stage), person_id=emil.id, person_code=emil.code, group_id=None
    )
    assert await service.add_resident(wanted) == NewResident(emil.id)
    room = wanted.homes[0].room_id
    assert world.homes.householder(room).id == emil.id
    for number in range(MOST_IN_A_ROOM - 1):
        guest = world.people.add(first_name="Guest", code=f"G{number}")
        world.homes.settle(guest.id, {room: Role.FAMILY})
    late = replace(
        request(stage), email="late@home.example", homes=(replace_role(wanted),)
    )
    with pytest.raises(LimitReached):
        await service.add_resident(late)


@live("Intercom.update_resident")
async def test_update_resident(stage: Stage) -> None:
    """A resident moves: the rooms named are the only ones."""
    wanted = replace(request(stage), language=None)
    ben = next(one for one in stage.world.people.values() if one.first_name == "Ben")
    await stage.client.intercom.update_resident(ben.id, wanted)
    person = stage.world.people[ben.id]
    assert (person.name, person.phone, person.code) == ("Jane Doe", "+49301", ben.code)
    rooms = stage.world.homes.rooms_of(ben.id)
    assert rooms == {wanted.homes[0].room_id: Role.HOUSEHOLDER}


@live("Intercom.delete_residents", "Intercom.residents")
async def test_delete_residents(stage: Stage) -> None:
    """Somebody moves out and stays a person."""
    service = stage.client.intercom
    gone, stays = await service.residents()
    await service.delete_residents((gone.id,))
    assert await service.residents() == [stays]
    assert gone.id in stage.world.people
    with pytest.raises(NotFound):
        await service.delete_residents((gone.id,))


@live("Intercom.respond")
@pytest.mark.parametrize(
    ("actions", "phase"),
    [
        ((CallAction.ANSWER,), CallPhase.ANSWERED),
        ((CallAction.REFUSE,), CallPhase.CANCELLED),
        ((CallAction.ANSWER, CallAction.HANG_UP), CallPhase.HUNG_UP),
    ],
)
async def test_respond(
    stage: Stage, actions: tuple[CallAction, ...], phase: CallPhase
) -> None:
    """A call goes as it is told, and what is over cannot be answered."""
    call, user = stage.account.happen.ring(), first(stage.world.users)
    for action in actions:
        await stage.client.intercom.respond(call, user.id, action)
    assert stage.world.history.call(call).phase is phase
    with pytest.raises(CallGone):
        await stage.client.intercom.respond(call, user.id, CallAction.ANSWER)


def visit(stage: Stage) -> PassRequest:
    """Return a visit of tomorrow."""
    starts = stage.now + timedelta(days=1)
    return PassRequest("Grandma", starts, starts + timedelta(hours=3))


@live("Passes.issue", only=REFERENCE)
async def test_issue_reference(stage: Stage) -> None:
    """The PIN is the one of the pass, and its QR code a picture to be fetched."""
    resident = first(stage.world.residents)
    wanted = replace(visit(stage), resident_id=resident.id)
    issued = await stage.client.passes.issue(wanted)
    made = first(stage.world.passes)
    assert (made.name, made.resident, made.pin) == ("Grandma", resident, issued.code)
    assert (made.starts, made.ends) == (wanted.starts, wanted.ends)
    picture = await stage.client.fetch_media(issued.qr_url)
    assert picture == qr_png(made.qr_text)


def allowed(stage: Stage) -> PassRequest:
    """Return a visit that opens doors twice."""
    levels = (first(stage.world.levels).id,)
    return replace(visit(stage), openings=2, access_levels=levels)


@live("Passes.issue", "Passes.get", only=TEAMS)
async def test_issue_teams(stage: Stage) -> None:
    """A pass tells all about itself, at once and when it is asked for again."""
    wanted = allowed(stage)
    issued = await stage.client.passes.issue(wanted)
    made = stage.world.passes[issued.id]
    assert issued == VisitorPass(
        id=made.id,
        visitor="Grandma",
        starts=wanted.starts,
        ends=wanted.ends,
        code=made.pin,
        qr_png=qr_png(made.qr_text),
        openings=2,
        access_levels=wanted.access_levels,
    )
    assert await stage.client.passes.get(made.id) == issued
    assert await stage.client.passes.get(made.id, stage.now) == issued
    with pytest.raises(NotFound):
        await stage.client.passes.get("nothing")


@live("Passes.issue", "Passes.find", only=TEAMS)
async def test_find(stage: Stage) -> None:
    """All passes, those of a name, and one that is over."""
    passes = stage.client.passes
    assert await passes.find() == []
    grandma = await passes.issue(allowed(stage))
    uncle = await passes.issue(replace(allowed(stage), visitor="Uncle"))
    listed = replace(grandma, qr_png=None, access_levels=())
    assert [one.id for one in await passes.find()] == [grandma.id, uncle.id]
    assert await passes.find("rand") == [listed]
    stage.pass_time(2 * 86_400)
    assert await passes.find("rand") == [replace(listed, expired=True)]


@live("Passes.issue", "Passes.update", only=TEAMS)
async def test_update(stage: Stage) -> None:
    """A pass says something else and keeps its PIN."""
    issued = await stage.client.passes.issue(allowed(stage))
    ends = datetime(2030, 1, 1, tzinfo=UTC)
    wanted = replace(allowed(stage), visitor="Aunt", ends=ends, openings=200)
    await stage.client.passes.update(issued.id, wanted)
    made = stage.world.passes[issued.id]
    assert (made.name, made.ends, made.opens) == ("Aunt", ends, 200)
    assert made.pin == issued.code


@live("Passes.issue", "Passes.delete", only=TEAMS)
async def test_delete(stage: Stage) -> None:
    """A pass is gone, once."""
    issued = await stage.client.passes.issue(allowed(stage))
    await stage.client.passes.delete((issued.id,))
    assert stage.world.passes == {}
    with pytest.raises(NotFound):
        await stage.client.passes.delete((issued.id,))
