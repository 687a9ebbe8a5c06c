"""Actions on people: for administrators, checked before anything is sent."""

from base64 import b64encode
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image
import pytest

from custom_components.hikcentral_connect.api import DialectName
from custom_components.hikcentral_connect.api.models.events import AccessEvent
from custom_components.hikcentral_connect.choices import ONLY, SERVICES
from custom_components.hikcentral_connect.const import CONF_DIALECT, DOMAIN
from homeassistant.core import Context
from homeassistant.exceptions import (
    HomeAssistantError,
    ServiceValidationError,
    Unauthorized,
)
from homeassistant.helpers import service
from homeassistant.util import dt as dt_util
from homeassistant.util.yaml import load_yaml_dict

from .conftest import Running

TEAMS = pytest.mark.parametrize("dialect", [DialectName.TEAMS])
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


async def _call(running: Running, action: str, **data: Any) -> Any:
    answer = await running.hass.services.async_call(
        DOMAIN, action, data, blocking=True, return_response=True
    )
    await running.hass.async_block_till_done()
    return answer


def _picture(
    width: int = 800, height: int = 600, kind: str = "JPEG", noise: bool = False
) -> bytes:
    image = Image.new("RGB", (width, height), "teal")
    if noise:
        image = Image.frombytes(
            "RGB", (width, height), Random(1).randbytes(width * height * 3)
        )
    out = BytesIO()
    image.save(out, kind, quality=95)
    return out.getvalue()


def _text(picture: bytes) -> str:
    return b64encode(picture).decode()


def _somebody(running: Running) -> Any:
    return next(iter(running.account.world.people.values()))


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
    groups = (await _call(running, "search_person_groups"))["groups"]
    assert {one["name"] for one in groups} >= {"Family", "Workshop"}
    groups = (await _call(running, "search_person_groups", query="Fam"))["groups"]
    assert [one["name"] for one in groups] == ["Family"]


async def test_search(running: Running) -> None:
    """People are found by name and by group, in both dialects."""
    person = _somebody(running)
    (found,) = (await _call(running, "search_people", query=person.name[:3]))["people"]
    assert found["person_id"] == person.id
    assert found["cards"] == [person.card]
    assert "pin" not in found

    people = (await _call(running, "search_people", group_id=person.group))["people"]
    inside = running.account.world.people.values()
    assert {one["person_id"] for one in people} == {
        one.id for one in inside if one.group == person.group
    }


async def test_add(running: Running) -> None:
    """A person is added with a card; what a service wants beside is made up."""
    group = _somebody(running).group

    response = await _call(
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
    person = _somebody(running)
    response = await _call(
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
    response = await _call(
        running,
        "quick_add_person",
        first_name="Zoe",
        last_name="Young",
        group_id=_somebody(running).group,
        photo=_text(_picture()),
        access_levels=[level],
    )
    made = running.account.world.people[response["person_id"]]
    assert made.levels == (level,)
    assert Image.open(BytesIO(made.photo)).format == "JPEG"
    assert response["failed"] == []


@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(_picture(), id="small"),
        pytest.param(_picture(kind="PNG"), id="png"),
        pytest.param(_picture(kind="WEBP"), id="webp"),
        pytest.param(_picture(1400, 1000, noise=True), id="large"),
    ],
)
async def test_photo_from_base64(running: Running, picture: bytes) -> None:
    """A photo of any size arrives as a JPEG within both contracts' limits."""
    person = _somebody(running)
    response = await _call(
        running, "set_person_photo", person_id=person.id, photo=_text(picture)
    )
    stored = running.account.world.people[person.id].photo
    assert response["bytes"] == len(stored) <= 150 * 1024
    image = Image.open(BytesIO(stored))
    assert image.format == "JPEG"
    assert min(image.size) >= 480 and max(image.size) >= 640


async def test_photo_upright(running: Running) -> None:
    """A photo that a phone took on its side is turned upright."""
    out = BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (800, 600), "teal").save(out, "JPEG", exif=exif)
    person = _somebody(running)
    await _call(
        running, "set_person_photo", person_id=person.id, photo=_text(out.getvalue())
    )
    photo = running.account.world.people[person.id].photo
    assert Image.open(BytesIO(photo)).size == (600, 800)


async def test_photo_from_file(running: Running, tmp_path: Path) -> None:
    """A file is read from a folder that the owner allowed, and from no other."""
    file = tmp_path / "face.jpg"
    file.write_bytes(_picture())
    person = _somebody(running)
    running.sim.record.clear()
    data = {"person_id": person.id, "photo_file": str(file)}

    with pytest.raises(ServiceValidationError) as failure:
        await _call(running, "set_person_photo", **data)
    assert "“photo_file” is outside the folders" in str(failure.value)
    running.hass.config.allowlist_external_dirs = {str(tmp_path)}
    with pytest.raises(ServiceValidationError) as failure:
        await _call(
            running, "set_person_photo", **data | {"photo_file": f"{file}.missing"}
        )
    assert "“photo_file” cannot be read" in str(failure.value)
    assert len(running.sim.record) == 0

    await _call(running, "set_person_photo", **data)
    assert running.account.world.people[person.id].photo


async def test_photo_from_a_camera(running: Running) -> None:
    """A camera's present picture serves as photo."""
    person = _somebody(running)
    before = person.photo
    await _call(
        running,
        "set_person_photo",
        person_id=person.id,
        photo_camera="camera.entrance_driveway",
    )
    photo = running.account.world.people[person.id].photo
    assert photo != before
    assert Image.open(BytesIO(photo)).format == "JPEG"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param({"photo": "%%%"}, "“photo” is not base64", id="no base64"),
        pytest.param(
            {"photo": _text(b"Dear diary, today I am no picture.")},
            "“photo” is not a JPEG, PNG or WebP picture",
            id="no picture",
        ),
        pytest.param(
            {"photo": _text(_picture()[:3000])},
            "“photo” is not a JPEG, PNG or WebP picture",
            id="torn",
        ),
        pytest.param(
            {"photo": _text(bytes(5 * 1024 * 1024))},
            "“photo” must have at most 4 MB",
            id="5 MB",
        ),
        pytest.param(
            {"photo": _text(_picture(320, 240))},
            "“photo” must have 640 x 480 pixels or more",
            id="tiny",
        ),
        pytest.param({}, "“photo” must be given in one way", id="none"),
        pytest.param(
            {"photo": _text(_picture()), "photo_file": "/x.jpg"},
            "“photo” must be given in one way",
            id="two",
        ),
    ],
)
async def test_bad_photo(running: Running, data: dict[str, Any], said: str) -> None:
    """Each mistake has its own message, and nothing is sent."""
    running.sim.record.clear()
    with pytest.raises(ServiceValidationError) as failure:
        await _call(
            running, "set_person_photo", person_id=_somebody(running).id, **data
        )
    assert said in str(failure.value)
    assert len(running.sim.record) == 0


async def test_5_mb_file(running: Running, tmp_path: Path) -> None:
    """A file that is too large is not even read."""
    file = tmp_path / "face.jpg"
    file.write_bytes(bytes(5 * 1024 * 1024))
    running.hass.config.allowlist_external_dirs = {str(tmp_path)}
    with pytest.raises(ServiceValidationError) as failure:
        await _call(running, "set_person_photo", person_id="1", photo_file=str(file))
    assert "must have at most 4 MB" in str(failure.value)


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
            await _call(running, "add_person", **good | changes)
        assert failure.value.translation_placeholders["field"] == field
    assert len(running.sim.record) == 0


async def test_unknown_group(running: Running) -> None:
    """A group that the service does not know is told."""
    with pytest.raises(HomeAssistantError) as failure:
        await _call(
            running, "add_person", first_name="Z", last_name="Y", group_id="nowhere"
        )
    assert failure.value.translation_key == "not_found"


async def test_access_levels(running: Running) -> None:
    """Levels are listed and given; they are taken where the service can."""
    world = running.account.world
    person = _somebody(running)
    new = world.add_level("Cellar", ())
    levels = (await _call(running, "list_access_levels"))["access_levels"]
    assert {one["access_level_id"]: one["name"] for one in levels} == {
        one.id: one.name for one in world.levels.values()
    }
    data = {"person_id": person.id, "access_levels": [new.id]}

    assert await _call(running, "assign_access_levels", **data) == {"failed": []}
    assert new.id in world.people[person.id].levels

    if running.account.speech == "teams":
        assert await _call(running, "remove_access_levels", **data) == {"failed": []}
        assert new.id not in world.people[person.id].levels
        return
    with pytest.raises(HomeAssistantError) as failure:
        await _call(running, "remove_access_levels", **data)
    assert failure.value.translation_key == "not_offered"


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
    person = _somebody(running)
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
