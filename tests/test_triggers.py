"""Triggers: our own, and those of Home Assistant that our device classes reach."""

from collections.abc import Awaitable, Callable
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
from homeassistant.core import Event, HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
from homeassistant.helpers.trigger import async_get_all_descriptions
from homeassistant.setup import async_setup_component
from simulator.world.places import Camera

from .conftest import Running

FOLDER = Path(custom_components.hikcentral_connect.__path__[0])

KEYS = ("description", "device_id", "entity_id", "message")
"""What the tests want to know of a trigger."""

type Fired = list[Event[dict[str, Any]]]
type Automate = Callable[..., Awaitable[Fired]]


@pytest.fixture
def automate(hass: HomeAssistant) -> Automate:
    """Return what makes an automation of one trigger and tells what it fired."""

    async def make(trigger: str, **config: Any) -> Fired:
        fired = async_capture_events(hass, "fired")
        wanted = {key: f"{{{{ trigger.{key} | default(none) }}}}" for key in KEYS}
        automation = {
            "alias": "Test",
            "triggers": [{"trigger": trigger, **config}],
            "actions": [{"event": "fired", "event_data": wanted}],
            "mode": "parallel",
        }
        assert await async_setup_component(
            hass, AUTOMATION_DOMAIN, {AUTOMATION_DOMAIN: automation}
        )
        await hass.async_block_till_done()
        return fired

    return make


async def _poll(running: Running) -> None:
    """Let both queues be read once."""
    for queue in running.entry.runtime_data.queues:
        await queue.async_refresh()
    await running.hass.async_block_till_done(wait_background_tasks=True)


def _camera(running: Running, name: str = "Terrace") -> Camera:
    cameras = running.account.world.cameras.values()
    return next(camera for camera in cameras if camera.name == name)


def _door_id(running: Running, name: str = "Front door") -> str:
    doors = running.account.world.doors.values()
    return next(door.id for door in doors if door.name == name)


def _person_id(running: Running, name: str) -> str:
    people = running.account.world.people
    return next(one for one in people if people[one].name == name)


def _access(
    running: Running, name: str | None, door: str = "Front door", **how: Any
) -> None:
    people = running.account.world.people
    person = people[_person_id(running, name)] if name else None
    running.account.happen.access(_door_id(running, door), person, **how)


def _device_id(running: Running, kind: str, thing_id: str) -> str:
    device = dr.async_get(running.hass).async_get_device_by_identifier(
        (running.entry.domain, f"{running.entry.unique_id}_{kind}_{thing_id}"),
        running.entry.entry_id,
    )
    assert device is not None
    return device.id


def _entity_id(
    running: Running, domain: str, kind: str, thing_id: str, key: str
) -> str:
    unique_id = f"{running.entry.unique_id}_{kind}_{thing_id}_{key}"
    entity_id = er.async_get(running.hass).async_get_entity_id(
        domain, running.entry.domain, unique_id
    )
    assert entity_id is not None
    return entity_id


def _garage(running: Running, device_id: str) -> str:
    """Put a device into an area of its own."""
    area = ar.async_get(running.hass).async_create("Somewhere")
    dr.async_get(running.hass).async_update_device(device_id, area_id=area.id)
    return area.id


async def test_access_granted(running: Running, automate: Automate) -> None:
    """Anybody let in fires it, once, with the whole message; nobody else does."""
    fired = await automate("hikcentral_connect.access_granted")
    _access(running, None)
    await _poll(running)
    assert not fired

    _access(running, "Ada Berg", granted=True, method="face")
    await _poll(running)
    await _poll(running)

    (event,) = fired
    assert event.data["description"] == "access granted"
    assert event.data["device_id"] == _device_id(running, "door", _door_id(running))
    assert event.data["message"]["method"] == "face"
    assert event.data["message"]["person_id"] == _person_id(running, "Ada Berg")


@pytest.mark.parametrize("by_id", [True, False])
async def test_access_of_a_person(
    running: Running, automate: Automate, by_id: bool
) -> None:
    """People are awaited by id or by name, in whatever case."""
    who = _person_id(running, "Ada Berg") if by_id else "ada BERG"
    fired = await automate(
        "hikcentral_connect.access_granted", options={"person": [who]}
    )
    _access(running, "Ben Carver", granted=True)
    await _poll(running)
    assert not fired

    _access(running, "Ada Berg", granted=True)
    await _poll(running)
    assert len(fired) == 1


async def test_access_by_a_method(running: Running, automate: Automate) -> None:
    """One method can be awaited."""
    fired = await automate("hikcentral_connect.access_denied", options={"method": "qr"})
    _access(running, None, method="card")
    _access(running, "Ada Berg", granted=True, method="qr")
    await _poll(running)
    assert not fired

    _access(running, None, method="qr")
    await _poll(running)
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
    _access(running, "Ada Berg", granted=True)
    await _poll(running)

    name = fired[0].data["message"]["person_name"]
    assert name == ("Ada Berg" if personal else None)


@pytest.mark.parametrize("by", ["entity", "device", "area"])
async def test_access_at_a_door(running: Running, automate: Automate, by: str) -> None:
    """A target narrows it down to its doors, also by area."""
    door_id = _door_id(running, "Garage door")
    device_id = _device_id(running, "door", door_id)
    target = {
        "entity": {
            "entity_id": _entity_id(running, "event", "door", door_id, "access")
        },
        "device": {"device_id": device_id},
        "area": {"area_id": _garage(running, device_id)},
    }[by]
    fired = await automate("hikcentral_connect.access_denied", target=target)
    _access(running, None, "Front door")
    _access(running, None, "Garage door")
    await _poll(running)

    assert [one.data["device_id"] for one in fired] == [device_id]


async def test_alarm_of_a_kind(running: Running, automate: Automate) -> None:
    """Only the wanted kind fires, and only when it begins."""
    fired = await automate("hikcentral_connect.alarm", options={"kind": ["intrusion"]})
    camera = _camera(running)
    running.account.happen.alarm(camera.id, "motion")
    running.account.happen.alarm(camera.id, "intrusion", seconds=5, pictures=1)
    await _poll(running)
    running.sim.clock.shift(3)
    await _poll(running)
    running.sim.clock.shift(5)
    await _poll(running)

    (event,) = fired
    assert event.data["message"]["source_name"] == camera.name
    assert event.data["device_id"] == _device_id(running, "camera", camera.id)


async def test_alarm_of_given_cameras(running: Running, automate: Automate) -> None:
    """A target narrows it down to its cameras."""
    wanted = _camera(running, "Shed")
    fired = await automate(
        "hikcentral_connect.alarm",
        target={"device_id": _device_id(running, "camera", wanted.id)},
    )
    for camera in running.account.world.cameras.values():
        running.account.happen.alarm(camera.id, "motion", pictures=0)
    await _poll(running)

    names = [one.data["message"]["source_name"] for one in fired]
    assert names == ["Shed"]


async def test_alarm_of_all_cameras_of_a_recorder(
    running: Running, automate: Automate
) -> None:
    """A recorder as target stands for all that is connected to it."""
    recorder = _camera(running).device
    fired = await automate(
        "hikcentral_connect.alarm",
        target={"device_id": _device_id(running, "device", recorder.id)},
    )
    cameras = running.account.world.cameras.values()
    for camera in cameras:
        running.account.happen.alarm(camera.id, "motion", pictures=0)
    await _poll(running)

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
    running.account.happen.alarm(_camera(running).id, "motion", pictures=0)
    _, message = running.account.alarms._pending[-1]
    message["eventSource"]["eventType"] = code
    await _poll(running)

    assert [one.data["message"]["code"] for one in fired] == [code]


async def test_what_is_late_triggers_nothing(
    running: Running, automate: Automate
) -> None:
    """Messages of the past reach the bus but no automation."""
    fired = await automate("hikcentral_connect.alarm")
    long_ago = running.sim.clock.now() - timedelta(minutes=9)
    running.account.happen.alarm(_camera(running).id, "motion", at=long_ago)
    bus = async_capture_events(running.hass, "hikcentral_connect_event")
    await _poll(running)

    assert bus and bus[0].data["late"]
    assert not fired


async def test_triggers_outlive_a_reload(running: Running, automate: Automate) -> None:
    """An automation needs no care when the account starts again, and can be ended."""
    hass = running.hass
    fired = await automate("hikcentral_connect.alarm")
    assert await hass.config_entries.async_reload(running.entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    running.account.happen.alarm(_camera(running).id, "motion", pictures=0)
    await _poll(running)
    assert len(fired) == 1

    await hass.services.async_call(
        AUTOMATION_DOMAIN, "turn_off", {"entity_id": "automation.test"}, blocking=True
    )
    running.account.happen.alarm(_camera(running).id, "motion", pictures=0)
    await _poll(running)
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


async def test_motion_detected(running: Running, automate: Automate) -> None:
    """Home Assistant's own trigger knows our motion, by area."""
    camera = _camera(running)
    area_id = _garage(running, _device_id(running, "camera", camera.id))
    fired = await automate("motion.detected", target={"area_id": area_id})
    running.account.happen.alarm(_camera(running, "Shed").id, "motion")
    running.account.happen.alarm(camera.id, "motion")
    await _poll(running)

    sensor = _entity_id(running, "binary_sensor", "camera", camera.id, "motion")
    assert [one.data["entity_id"] for one in fired] == [sensor]


async def test_doorbell_rang(running: Running, automate: Automate) -> None:
    """Home Assistant's own trigger knows our ring, by area."""
    device = next(
        one for one in running.account.world.devices.values() if "station" in one.name
    )
    area_id = _garage(running, _device_id(running, "device", device.id))
    fired = await automate("doorbell.rang", target={"area_id": area_id})
    running.account.happen.ring(device.id)
    await _poll(running)

    ring = _entity_id(running, "event", "device", device.id, "ring")
    assert [one.data["entity_id"] for one in fired] == [ring]


async def test_event_received(running: Running, automate: Automate) -> None:
    """Home Assistant's own trigger knows our accesses and alarms, by area."""
    door_id = _door_id(running)
    area_id = _garage(running, _device_id(running, "door", door_id))
    fired = await automate(
        "event.received", target={"area_id": area_id}, options={"event_type": "denied"}
    )
    _access(running, "Ada Berg", granted=True)
    _access(running, None)
    await _poll(running)

    access = _entity_id(running, "event", "door", door_id, "access")
    assert [one.data["entity_id"] for one in fired] == [access]


async def test_lock_unlocked(running: Running, automate: Automate) -> None:
    """Home Assistant's own trigger knows our locks, by area."""
    door_id = _door_id(running)
    area_id = _garage(running, _device_id(running, "door", door_id))
    fired = await automate("lock.unlocked", target={"area_id": area_id})
    lock = _entity_id(running, "lock", "door", door_id, "lock")
    await running.hass.services.async_call(
        "lock", "unlock", {"entity_id": lock}, blocking=True
    )
    await running.hass.async_block_till_done()

    assert [one.data["entity_id"] for one in fired] == [lock]
