"""Actions on people: for administrators, checked before anything is sent."""

from datetime import timedelta
from io import BytesIO
from typing import Any

from PIL import Image
import pytest

from custom_components.hikcentral_connect.const import DOMAIN
from homeassistant.core import Context
from homeassistant.exceptions import (
    HomeAssistantError,
    ServiceValidationError,
    Unauthorized,
)
from homeassistant.util import dt as dt_util

from ..common import TEAMS, call
from ..conftest import Running
from .conftest import as_base64, make_photo, somebody

ACTIONS = {
    "search_person_groups": {},
    "search_people": {},
    "add_person": {"first_name": "Zoe", "last_name": "Young", "group_id": "1"},
    "quick_add_person": {"first_name": "Zoe", "last_name": "Young", "group_id": "1"},
    "set_person_photo": {"person_id": "1", "photo": "x"},
    "list_access_levels": {},
    "assign_access_levels": {"person_id": "1", "access_levels": ["1"]},
    "remove_access_levels": {"person_id": "1", "access_levels": ["1"]},
    "list_buildings": {},
    "add_building": {"name": "Barn", "number": "7"},
    "list_rooms": {},
    "list_residents": {},
    "add_resident": {"first_name": "Zoe"},
}


@pytest.mark.parametrize("action", ACTIONS)
async def test_admin_only(running: Running, action: str) -> None:
    """Who is no administrator may neither read nor change people."""
    await running.hass.auth.async_create_user("Owner")
    user = await running.hass.auth.async_create_user("M", group_ids=["system-users"])
    running.sim.record.clear()

    with pytest.raises(Unauthorized):
        await running.hass.services.async_call(
            DOMAIN,
            action,
            ACTIONS[action],
            blocking=True,
            return_response=True,
            context=Context(user_id=user.id),
        )
    assert len(running.sim.record) == 0


async def test_groups(running: Running) -> None:
    """Groups are found by their name."""
    groups = (await call(running, "search_person_groups"))["groups"]
    assert {one["name"] for one in groups} >= {"Family", "Workshop"}
    groups = (await call(running, "search_person_groups", query="Fam"))["groups"]
    assert [one["name"] for one in groups] == ["Family"]


async def test_search(running: Running) -> None:
    """People are found by name and by group, in both dialects."""
    person = somebody(running)
    (found,) = (await call(running, "search_people", query=person.name[:3]))["people"]
    assert found["person_id"] == person.id
    assert found["cards"] == [person.card]
    assert "pin" not in found

    people = (await call(running, "search_people", group_id=person.group))["people"]
    inside = running.account.world.people.values()
    assert {one["person_id"] for one in people} == {
        one.id for one in inside if one.group == person.group
    }


async def test_add(running: Running) -> None:
    """A person is added with a card; what a service wants beside is made up."""
    group = somebody(running).group

    response = await call(
        running,
        "add_person",
        first_name="Zoe",
        last_name="Young",
        group_id=group,
        card="1234512345",
    )

    made = running.account.world.people[response["person_id"]]
    assert (made.name, made.group, made.card) == ("Zoe Young", group, "1234512345")
    assert response["failed"] == []


@TEAMS
async def test_card_of_somebody_else(running: Running) -> None:
    """The person is made all the same, and the card named as failed."""
    person = somebody(running)
    response = await call(
        running,
        "add_person",
        first_name="Zoe",
        last_name="Young",
        group_id=person.group,
        card=person.card,
    )
    assert response["person_id"] in running.account.world.people
    assert [one["part"] for one in response["failed"]] == ["card"]


async def test_quick_add(running: Running) -> None:
    """Photo and access levels come with the person."""
    level = next(iter(running.account.world.levels))
    response = await call(
        running,
        "quick_add_person",
        first_name="Zoe",
        last_name="Young",
        group_id=somebody(running).group,
        photo=as_base64(make_photo()),
        access_levels=[level],
    )
    made = running.account.world.people[response["person_id"]]
    assert made.levels == (level,)
    assert Image.open(BytesIO(made.photo)).format == "JPEG"
    assert response["failed"] == []


async def test_bad_person(running: Running) -> None:
    """Names that are too long and times that run backwards are not sent."""
    running.sim.record.clear()
    good = {"first_name": "Zoe", "last_name": "Young", "group_id": "1"}
    cases: list[tuple[dict[str, Any], str]] = [
        ({"first_name": "x" * 256}, "first_name")
    ]
    if running.account.speech == "teams":
        now = dt_util.now()
        cases += [
            ({"last_name": "x" * 256}, "last_name"),
            ({"code": "not a code"}, "code"),
            ({"valid_from": now, "valid_until": now - timedelta(1)}, "valid_until"),
        ]
    else:
        cases += [({"code": "1"}, "code"), ({"gender": "female"}, "gender")]
    for changes, field in cases:
        with pytest.raises(ServiceValidationError) as failure:
            await call(running, "add_person", **good | changes)
        assert failure.value.translation_placeholders["field"] == field
    assert len(running.sim.record) == 0


async def test_unknown_group(running: Running) -> None:
    """A group that the service does not know is told."""
    with pytest.raises(HomeAssistantError) as failure:
        await call(
            running, "add_person", first_name="Z", last_name="Y", group_id="nowhere"
        )
    assert failure.value.translation_key == "not_found"


async def test_access_levels(running: Running) -> None:
    """Levels are listed and given; they are taken where the service can."""
    world = running.account.world
    person = somebody(running)
    new = world.add_level("Cellar", ())
    levels = (await call(running, "list_access_levels"))["access_levels"]
    assert {one["access_level_id"]: one["name"] for one in levels} == {
        one.id: one.name for one in world.levels.values()
    }
    data = {"person_id": person.id, "access_levels": [new.id]}

    assert await call(running, "assign_access_levels", **data) == {"failed": []}
    assert new.id in world.people[person.id].levels

    if running.account.speech == "teams":
        assert await call(running, "remove_access_levels", **data) == {"failed": []}
        assert new.id not in world.people[person.id].levels
        return
    with pytest.raises(HomeAssistantError) as failure:
        await call(running, "remove_access_levels", **data)
    assert failure.value.translation_key == "not_offered"
