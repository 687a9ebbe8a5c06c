"""Live: persons."""

from dataclasses import replace
from datetime import datetime

import pytest

from custom_components.hikcentral_connect.api.errors import (
    AlreadyExists,
    InvalidRequest,
    NotFound,
)
from custom_components.hikcentral_connect.api.models.access import Failure
from custom_components.hikcentral_connect.api.models.people import (
    AddedPerson,
    Card,
    Fingerprint,
    Gender,
    Person,
    PersonRequest,
    PersonSearch,
    Photo,
    QuickPersonRequest,
)
from simulator.world import people

from .live import REFERENCE, TEAMS, Stage, first, live, named, picture


def person_row(stage: Stage, one: people.Person, teams: bool) -> Person:
    """Return how the client tells of somebody in a list."""
    cards = tuple(Card(card.number, card.id if teams else None) for card in one.cards)
    person = Person(one.id, one.name, one.group, cards=cards)
    if not teams:
        return person
    return replace(
        person,
        first_name=one.first_name,
        last_name=one.last_name,
        code=one.code,
        valid_from=stage.at(one.starts),
        valid_until=stage.at(one.ends),
    )


def jane(stage: Stage, teams: bool) -> PersonRequest:
    """Return somebody new for the workshop."""
    group = named(stage.world.people.groups, "Workshop").id
    request = PersonRequest(
        "Jane", group, "Doe", phone="+49301", email="j@home.example"
    )
    if not teams:
        return replace(request, card="4711")
    zone = stage.world.zone
    return replace(
        request,
        code="J1",
        gender=Gender.FEMALE,
        description="new",
        valid_from=datetime(2026, 1, 1, tzinfo=zone),
        valid_until=datetime(2037, 1, 1, tzinfo=zone),
    )


@live("People.search")
async def test_search(stage: Stage) -> None:
    """Everybody, and those with a part of a name."""
    teams = await stage.client.dialect() is TEAMS
    everybody = [person_row(stage, one, teams) for one in stage.world.people.values()]
    assert await stage.client.people.search() == everybody
    found = await stage.client.people.search(PersonSearch(name="iaz"))
    assert [one.name for one in found] == ["Clara Diaz"]


@live("People.search", only=REFERENCE)
async def test_search_a_group(stage: Stage) -> None:
    """Those of a group only."""
    family = named(stage.world.people.groups, "Family").id
    found = await stage.client.people.search(PersonSearch(group_id=family))
    everybody = stage.world.people.values()
    assert [one.id for one in found] == [
        one.id for one in everybody if one.group == family
    ]


@live("People.add", "People.search", only=REFERENCE)
async def test_add_reference(stage: Stage) -> None:
    """Somebody new is listed with all that was told; a card belongs to one."""
    service, wanted = stage.client.people, jane(stage, teams=False)
    added = await service.add(wanted)
    person = Person(
        added.id,
        "Jane Doe",
        wanted.group_id,
        phone="+49301",
        email="j@home.example",
        cards=(Card("4711"),),
    )
    assert await service.search(PersonSearch(name="Jane")) == [person]
    with pytest.raises(AlreadyExists):
        await service.add(wanted)


@live("People.add", "People.get", only=TEAMS)
async def test_add_teams(stage: Stage) -> None:
    """Somebody new comes back with all that was told; a code belongs to one."""
    service, wanted = stage.client.people, jane(stage, teams=True)
    added = await service.add(wanted)
    assert added.code == "J1"
    assert await service.get(added.id) == Person(
        id=added.id,
        name="Jane Doe",
        group_id=wanted.group_id,
        first_name="Jane",
        last_name="Doe",
        code="J1",
        gender=Gender.FEMALE,
        phone="+49301",
        email="j@home.example",
        description="new",
        valid_from=wanted.valid_from,
        valid_until=wanted.valid_until,
    )
    another = replace(wanted, phone=None, email=None)
    with pytest.raises(AlreadyExists):
        await service.add(another)
    with pytest.raises(NotFound):
        await service.add(replace(another, code="J2", group_id="77"))


@live("People.quick_add", only=REFERENCE)
async def test_quick_add_reference(stage: Stage) -> None:
    """Photo, card and levels come along."""
    level, wanted = first(stage.world.levels), jane(stage, teams=False)
    wanted = replace(wanted, phone=None, email=None)
    request = QuickPersonRequest(wanted, Photo(picture()), level_ids=(level.id,))
    added = await stage.client.people.quick_add(request)
    person = stage.world.people[added.id]
    assert (person.name, person.card, person.levels) == (
        "Jane Doe",
        "4711",
        (level.id,),
    )
    assert person.photo == picture()


@live("People.quick_add", only=TEAMS)
async def test_quick_add_teams(stage: Stage) -> None:
    """Photo, PIN and levels come along; what could not is told."""
    level, wanted = first(stage.world.levels), jane(stage, teams=True)
    request = QuickPersonRequest(wanted, Photo(picture()), "1234", (level.id,))
    added = await stage.client.people.quick_add(request)
    person = stage.world.people[added.id]
    assert (person.name, person.pin, person.levels) == ("Jane Doe", "1234", (level.id,))
    assert (person.photo, added.failures) == (picture(), ())
    other = replace(wanted, code="J2", phone=None, email=None)
    request = QuickPersonRequest(other, None, "1234", (level.id, "77"))
    added = await stage.client.people.quick_add(request)
    assert added == AddedPerson(
        added.id,
        failures=(
            Failure("access_level", "VMS040016", "77"),
            Failure("pin", "CCF038055"),
        ),
    )


@live("People.get")
async def test_get(stage: Stage) -> None:
    """Somebody with all credentials; nobody without an id that is known."""
    ada = first(stage.world.people)
    finger = stage.world.people.new_finger("thumb", "AB12")
    stage.world.people.change(ada.id, pin="2468", fingers=(finger,))
    expected = replace(
        person_row(stage, ada, teams=True),
        pin="2468",
        fingerprints=(Fingerprint("thumb", "AB12", finger.id),),
    )
    assert await stage.client.people.get(ada.id) == expected
    with pytest.raises(NotFound):
        await stage.client.people.get("77")


@live("People.update")
async def test_update(stage: Stage) -> None:
    """Somebody is called something else; the code can never change."""
    ada = first(stage.world.people)
    wanted = replace(jane(stage, teams=True), code=ada.code)
    await stage.client.people.update(ada.id, wanted)
    person = stage.world.people[ada.id]
    assert (person.name, person.group) == ("Jane Doe", wanted.group_id)
    assert (person.starts, person.ends) == (wanted.valid_from, wanted.valid_until)
    with pytest.raises(InvalidRequest):
        await stage.client.people.update(ada.id, replace(wanted, code="J9"))


@live("People.delete", "People.search")
async def test_delete(stage: Stage) -> None:
    """Two are gone, the others stay."""
    gone = tuple(stage.world.people)[:2]
    await stage.client.people.delete(gone)
    assert len(stage.world.people) == 3
    assert not set(gone) & {one.id for one in await stage.client.people.search()}
    with pytest.raises(NotFound):
        await stage.client.people.delete(gone[:1])
