"""Our own triggers: somebody let in or denied, an alarm of a kind."""

from datetime import timedelta
import json
from pathlib import Path
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import async_capture_events
import yaml

import custom_components.hikcentral_connect
from custom_components.hikcentral_connect.api import DialectName
from custom_components.hikcentral_connect.api.models.events import AccessMethod
from custom_components.hikcentral_connect.messages.kinds import (
    CAMERA_KINDS,
    DEVICE_KINDS,
    PANEL_KINDS,
)
from homeassistant.components.automation import DOMAIN as AUTOMATION_DOMAIN
from homeassistant.helpers.trigger import async_get_all_descriptions

from ..common import camera_named
from ..conftest import Running
from .conftest import (
    Automate,
    access,
    area_of,
    device_id_of,
    door_id_of,
    entity_id_of,
    person_id_of,
    poll,
)

FOLDER = Path(custom_components.hikcentral_connect.__path__[0])


async def test_access_granted(running: Running, automate: Automate) -> None:
    """Anybody let in fires it, once, with the whole message; nobody else does."""
    fired = await automate("hikcentral_connect.access_granted")
    access(running, None)
    await poll(running)
    assert not fired

    access(running, "Ada Berg", granted=True, method="face")
    await poll(running)
    await poll(running)

    (event,) = fired
    assert event.data["description"] == "access granted"
    assert event.data["device_id"] == device_id_of(running, "door", door_id_of(running))
    assert event.data["message"]["method"] == "face"
    assert event.data["message"]["person_id"] == person_id_of(running, "Ada Berg")


@pytest.mark.parametrize("by_id", [True, False])
async def test_access_of_a_person(
    running: Running, automate: Automate, by_id: bool
) -> None:
    """People are awaited by id or by name, in whatever case."""
    who = person_id_of(running, "Ada Berg") if by_id else "ada BERG"
    fired = await automate(
        "hikcentral_connect.access_granted", options={"person": [who]}
    )
    access(running, "Ben Carver", granted=True)
    await poll(running)
    assert not fired

    access(running, "Ada Berg", granted=True)
    await poll(running)
    assert len(fired) == 1


async def test_access_by_a_method(running: Running, automate: Automate) -> None:
    """One method can be awaited."""
    fired = await automate("hikcentral_connect.access_denied", options={"method": "qr"})
    access(running, None, method="card")
    access(running, "Ada Berg", granted=True, method="qr")
    await poll(running)
    assert not fired

    access(running, None, method="qr")
    await poll(running)
    assert [one.data["message"]["method"] for one in fired] == ["qr"]


@pytest.mark.parametrize("personal", [False, True])
async def test_names_need_consent(
    running: Running, automate: Automate, personal: bool
) -> None:
    """The name of a person is given only where the owner allowed it."""
    options = {**running.entry.options, "personal_data": personal}
    running.hass.config_entries.async_update_entry(running.entry, options=options)
    await running.hass.async_block_till_done(wait_background_tasks=True)
    fired = await automate("hikcentral_connect.access_granted")
    access(running, "Ada Berg", granted=True)
    await poll(running)

    name = fired[0].data["message"]["person_name"]
    assert name == ("Ada Berg" if personal else None)


@pytest.mark.parametrize("by", ["entity", "device", "area"])
async def test_access_at_a_door(running: Running, automate: Automate, by: str) -> None:
    """A target narrows it down to its doors, also by area."""
    door_id = door_id_of(running, "Garage door")
    device_id = device_id_of(running, "door", door_id)
    target = {
        "entity": {
            "entity_id": entity_id_of(running, "event", "door", door_id, "access")
        },
        "device": {"device_id": device_id},
        "area": {"area_id": area_of(running, device_id)},
    }[by]
    fired = await automate("hikcentral_connect.access_denied", target=target)
    access(running, None, "Front door")
    access(running, None, "Garage door")
    await poll(running)

    assert [one.data["device_id"] for one in fired] == [device_id]


async def test_alarm_of_a_kind(running: Running, automate: Automate) -> None:
    """Only the wanted kind fires, and only when it begins."""
    fired = await automate("hikcentral_connect.alarm", options={"kind": ["intrusion"]})
    camera = camera_named(running)
    running.account.happen.alarm(camera.id, "motion")
    running.account.happen.alarm(camera.id, "intrusion", seconds=5, pictures=1)
    await poll(running)
    running.sim.clock.shift(3)
    await poll(running)
    running.sim.clock.shift(5)
    await poll(running)

    (event,) = fired
    assert event.data["message"]["source_name"] == camera.name
    assert event.data["device_id"] == device_id_of(running, "camera", camera.id)


async def test_alarm_of_given_cameras(running: Running, automate: Automate) -> None:
    """A target narrows it down to its cameras."""
    wanted = camera_named(running, "Shed")
    fired = await automate(
        "hikcentral_connect.alarm",
        target={"device_id": device_id_of(running, "camera", wanted.id)},
    )
    for camera in running.account.world.cameras.values():
        running.account.happen.alarm(camera.id, "motion", pictures=0)
    await poll(running)

    names = [one.data["message"]["source_name"] for one in fired]
    assert names == ["Shed"]


async def test_alarm_of_all_cameras_of_a_recorder(
    running: Running, automate: Automate
) -> None:
    """A recorder as target stands for all that is connected to it."""
    recorder = camera_named(running).device
    fired = await automate(
        "hikcentral_connect.alarm",
        target={"device_id": device_id_of(running, "device", recorder.id)},
    )
    cameras = running.account.world.cameras.values()
    for camera in cameras:
        running.account.happen.alarm(camera.id, "motion", pictures=0)
    await poll(running)

    expected = [camera.name for camera in cameras if camera.device is recorder]
    names = [one.data["message"]["source_name"] for one in fired]
    assert names == expected
    assert len(names) < len(cameras)


@pytest.mark.parametrize("kind", ["20002", "disk_bad_sector", "10999"])
@pytest.mark.parametrize("dialect", [DialectName.TEAMS])
async def test_alarm_of_a_code(running: Running, automate: Automate, kind: str) -> None:
    """Kinds without a name of their own are awaited by their code."""
    code = kind if kind.isdecimal() else "20002"
    fired = await automate("hikcentral_connect.alarm", options={"kind": kind})
    running.account.happen.alarm(camera_named(running).id, "motion", pictures=0)
    _, message = running.account.alarms._pending[-1]
    message["eventSource"]["eventType"] = code
    await poll(running)

    assert [one.data["message"]["code"] for one in fired] == [code]


async def test_what_is_late_triggers_nothing(
    running: Running, automate: Automate
) -> None:
    """Messages of the past reach the bus but no automation."""
    fired = await automate("hikcentral_connect.alarm")
    long_ago = running.sim.clock.now() - timedelta(minutes=9)
    running.account.happen.alarm(camera_named(running).id, "motion", at=long_ago)
    bus = async_capture_events(running.hass, "hikcentral_connect_event")
    await poll(running)

    assert bus and bus[0].data["late"]
    assert not fired


async def test_triggers_outlive_a_reload(running: Running, automate: Automate) -> None:
    """An automation needs no care when the account starts again, and can be ended."""
    hass = running.hass
    fired = await automate("hikcentral_connect.alarm")
    assert await hass.config_entries.async_reload(running.entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    running.account.happen.alarm(camera_named(running).id, "motion", pictures=0)
    await poll(running)
    assert len(fired) == 1

    await hass.services.async_call(
        AUTOMATION_DOMAIN, "turn_off", {"entity_id": "automation.test"}, blocking=True
    )
    running.account.happen.alarm(camera_named(running).id, "motion", pictures=0)
    await poll(running)
    assert len(fired) == 1


@pytest.mark.parametrize(
    "config",
    [
        {"trigger": "hikcentral_connect.access_granted", "options": {"method": "nose"}},
        {"trigger": "hikcentral_connect.access_granted", "options": {"kind": "motion"}},
        {"trigger": "hikcentral_connect.alarm", "options": {"kind": {"a": 1}}},
        {"trigger": "hikcentral_connect.nothing"},
    ],
)
@pytest.mark.parametrize("dialect", [DialectName.TEAMS])
async def test_mistakes_are_refused(
    running: Running, automate: Automate, config: dict[str, Any]
) -> None:
    """A trigger that cannot be meant is not set up."""
    await automate(**config)
    assert running.hass.states.get("automation.test").state == "unavailable"


@pytest.mark.parametrize("dialect", [DialectName.TEAMS])
async def test_triggers_are_described(running: Running) -> None:
    """Each trigger is offered with all its fields, choices, texts and an icon."""
    described = await async_get_all_descriptions(running.hass)
    texts = json.loads((FOLDER / "translations/en.json").read_text())
    icons = json.loads((FOLDER / "icons.json").read_text())["triggers"]
    triggers = yaml.safe_load((FOLDER / "triggers.yaml").read_text())

    assert triggers.keys() == texts["triggers"].keys() == icons.keys()
    for name, trigger in triggers.items():
        fields = described[f"hikcentral_connect.{name}"]["fields"]
        assert fields.keys() == trigger["fields"].keys()
        assert fields.keys() == texts["triggers"][name]["fields"].keys()
        for field in fields.values():
            if "select" not in field["selector"]:
                continue
            select = field["selector"]["select"]
            names = texts["selector"][select["translation_key"]]["options"]
            assert [name for name in names if name in select["options"]] == (
                select["options"]
            )
    kinds = triggers["alarm"]["fields"]["kind"]["selector"]["select"]["options"]
    known = (*CAMERA_KINDS, *DEVICE_KINDS, *PANEL_KINDS)
    assert kinds == [kind.key for kind in known]
    methods = triggers["access_granted"]["fields"]["method"]["selector"]["select"]
    assert methods["options"] == [method.value for method in AccessMethod]
