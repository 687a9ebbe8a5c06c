"""The blueprints, each running as an automation on the simulated account."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    async_fire_time_changed,
    async_mock_service,
)

from custom_components.hikcentral_connect.api import DialectName, session
from custom_components.hikcentral_connect.const import DOMAIN
from homeassistant.components.automation.config import AUTOMATION_BLUEPRINT_SCHEMA
from homeassistant.components.blueprint import models
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util import yaml as yaml_util
from simulator.world.doors import Door
from simulator.world.events import CallPhase

from .conftest import Running
from .passes import entity, newest
from .phone import Phone, add_phone, until

FOLDER = Path(__file__).parents[1] / "blueprints/automation/hikcentral_connect"


def _blueprint(name: str) -> models.Blueprint:
    return models.Blueprint(
        yaml_util.load_yaml_dict(FOLDER / f"{name}.yaml"),
        path=f"{DOMAIN}/{name}.yaml",
        expected_domain="automation",
        schema=AUTOMATION_BLUEPRINT_SCHEMA,
    )


async def _automate(hass: HomeAssistant, name: str, **inputs: Any) -> None:
    """Set up an automation of a blueprint."""
    use = {"path": f"{DOMAIN}/{name}.yaml", "input": inputs}
    filled = models.BlueprintInputs(_blueprint(name), {"use_blueprint": use})
    filled.validate()
    config = filled.async_substitute()
    config.pop("blueprint", None)
    assert await async_setup_component(hass, "automation", {"automation": [config]})
    await hass.async_block_till_done()
    (automation,) = hass.states.async_all("automation")
    assert automation.state == "on"


@pytest.fixture
async def ended(running: Running) -> AsyncGenerator[None]:
    """End automations that still wait, for which the test would wait."""
    yield
    if running.hass.services.has_service("automation", "turn_off"):
        await running.hass.services.async_call(
            "automation", "turn_off", {"entity_id": "all"}, blocking=True
        )


@pytest.fixture
def phone(running: Running, ended: None) -> Phone:
    """Return a phone."""
    return add_phone(running.hass)


def _door(running: Running, name: str = "Front door") -> Door:
    return next(one for one in running.account.world.doors.values() if one.name == name)


def _of_door(running: Running, domain: str) -> str:
    return _registered(running, domain, f"_{_door(running).id}_")


def _registered(running: Running, domain: str, *parts: str) -> str:
    """Return the first entity of a domain whose unique id has all the parts."""
    return next(
        one.entity_id
        for one in er.async_get(running.hass).entities.values()
        if one.platform == DOMAIN
        and one.domain == domain
        and all(part in one.unique_id for part in parts)
    )


def _camera_id(running: Running, name: str) -> str:
    cameras = running.account.world.cameras
    return next(one.id for one in cameras.values() if one.name == name)


async def _hear(running: Running) -> None:
    """Let Home Assistant hear what happened."""
    runtime = running.entry.runtime_data
    await runtime.alarms.async_refresh()
    await runtime.messages.async_refresh()


@pytest.mark.parametrize("name", sorted(one.stem for one in FOLDER.glob("*.yaml")))
def test_is_for_everybody(name: str) -> None:
    """Each input says what it is, and is chosen, not typed as YAML."""
    blueprint = _blueprint(name)
    assert blueprint.metadata["name"].startswith("HikCentral Connect - ")
    assert len(blueprint.metadata["description"]) > 80
    assert blueprint.inputs
    for key, described in blueprint.inputs.items():
        assert described["name"], key
        assert described["description"].endswith("."), key
        assert "object" not in described["selector"], key
        assert "template" not in described["selector"], key


def _ring(running: Running) -> dict[str, Any]:
    return {
        "bell": _registered(running, "event", "_ring"),
        "camera": _registered(running, "camera", _camera_id(running, "Front door")),
        "door": _of_door(running, "lock"),
    }


@pytest.fixture
async def bell(running: Running) -> None:
    """Let it have rung once: in the reference that makes the bell."""
    call = running.account.happen.ring()
    await _hear(running)
    await running.hass.async_block_till_done()
    running.account.happen.end_call(call, CallPhase.ANSWERED)


@pytest.mark.usefixtures("bell")
async def test_ring(running: Running, phone: Phone) -> None:
    """The picture and a button come; one tap opens the door once."""
    await _automate(running.hass, "ring", phone=phone.device_id, **_ring(running))
    running.account.happen.ring()
    await _hear(running)

    rang = await phone.notification()
    assert rang["title"] == "Somebody rings"
    assert rang["message"].startswith("Front door, ")
    assert rang["data"]["image"].startswith("/api/camera_proxy/camera.")
    assert not _door(running).commands
    phone.tap(rang)
    phone.tap(rang)

    told = await phone.notification(2)
    assert told["message"] == "The door was opened."
    assert told["data"]["tag"] == rang["data"]["tag"]
    assert [one.action.value for one in _door(running).commands] == ["open"]
    assert len(running.sim.record.calls("*/remote/control")) == 1
    await running.hass.async_block_till_done()
    phone.tap(rang)
    await asyncio.sleep(0.1)
    assert len(running.sim.record.calls("*/remote/control")) == 1


@pytest.mark.usefixtures("bell")
async def test_ring_at_a_door_that_fails(running: Running, phone: Phone) -> None:
    """Who pressed the button hears that the door stayed shut."""
    _door(running).connected = False
    await _automate(running.hass, "ring", phone=phone.device_id, **_ring(running))
    running.account.happen.ring()
    await _hear(running)

    phone.tap(await phone.notification())

    told = await phone.notification(2)
    assert "could not open the door" in told["message"]


@pytest.mark.usefixtures("bell")
async def test_ring_that_nobody_answers(running: Running, phone: Phone) -> None:
    """After a while the button is gone, and the old one opens nothing."""
    inputs = {**_ring(running), "open_for": {"milliseconds": 50}}
    await _automate(running.hass, "ring", phone=phone.device_id, **inputs)
    running.account.happen.ring()
    await _hear(running)

    rang = await phone.notification()
    quiet = await phone.notification(2)
    assert "actions" not in quiet["data"]
    assert quiet["data"]["tag"] == rang["data"]["tag"]
    await running.hass.async_block_till_done()
    phone.tap(rang)
    await asyncio.sleep(0.1)
    assert not _door(running).commands


@pytest.mark.usefixtures("bell")
@pytest.mark.parametrize(("pin", "opened"), [("0246", 1), ("1357", 0), ("", 0)])
async def test_ring_at_a_door_with_a_pin(
    running: Running, phone: Phone, pin: str, opened: int
) -> None:
    """The button opens a door that has a PIN only if the automation knows it."""
    stored = {_door(running).id: {"pin": "0246"}}
    running.hass.config_entries.async_update_entry(
        running.entry, options={"doors": stored}
    )
    await running.hass.async_block_till_done(wait_background_tasks=True)
    inputs = {**_ring(running), "pin": pin}
    await _automate(running.hass, "ring", phone=phone.device_id, **inputs)
    running.account.happen.ring()
    await _hear(running)

    phone.tap(await phone.notification())

    await phone.notification(2)
    assert len(_door(running).commands) == opened


async def test_motion(running: Running, phone: Phone) -> None:
    """The camera's picture comes, once in a while, and only if the owner wants it."""
    hass = running.hass
    hass.states.async_set("input_boolean.away", "off")
    away = {"condition": "state", "entity_id": "input_boolean.away", "state": "on"}
    names = ("Driveway", "Terrace", "Back gate", "Koi pond")
    cameras = [_camera_id(running, name) for name in names]
    await _automate(
        hass,
        "motion_picture",
        detectors=[
            _registered(running, "binary_sensor", one, "_motion") for one in cameras
        ],
        phone=phone.device_id,
        quiet={"milliseconds": 300},
        only_if=[away],
    )

    async def move(camera: str) -> None:
        running.account.happen.alarm(camera, "motion")
        await _hear(running)
        await asyncio.sleep(0.1)

    await move(cameras[0])
    assert not phone.got
    hass.states.async_set("input_boolean.away", "on")
    await move(cameras[1])
    await move(cameras[2])
    seen = await phone.notification()
    await asyncio.sleep(0.5)
    await move(cameras[3])
    await phone.notification(2)

    assert len(phone.got) == 2
    assert seen["title"] == "Terrace Motion"
    camera = _registered(running, "camera", cameras[1])
    assert seen["data"]["image"] == f"/api/camera_proxy/{camera}"


async def _hold_open(running: Running) -> None:
    await running.hass.services.async_call(
        DOMAIN,
        "control_door",
        {"entity_id": _of_door(running, "lock"), "command": "hold_open"},
        blocking=True,
    )


@pytest.fixture
async def left_open(running: Running, phone: Phone) -> dict[str, Any]:
    """Return the notification that a door was left open."""
    await _automate(
        running.hass,
        "door_left_open",
        doors=[_of_door(running, "lock"), "binary_sensor.contact"],
        phone=phone.device_id,
        open_for={"milliseconds": 50},
    )
    await _hold_open(running)
    return await phone.notification()


async def test_door_left_open(
    running: Running, phone: Phone, left_open: dict[str, Any]
) -> None:
    """A tap locks the door, once, and the notification goes away."""
    assert left_open["title"] == "Front door"
    assert left_open["message"] == "The door has been open for too long."

    phone.tap(left_open)
    phone.tap(left_open)

    gone = await phone.notification(2)
    assert gone["message"] == "clear_notification"
    assert gone["data"]["tag"] == left_open["data"]["tag"]
    commands = [one.action.value for one in _door(running).commands]
    assert commands == ["remainOpen", "close"]


async def test_door_locked_by_somebody(
    running: Running, phone: Phone, left_open: dict[str, Any]
) -> None:
    """A door that is locked in another way needs no notification any more."""
    await running.hass.services.async_call(
        "lock", "lock", {"entity_id": _of_door(running, "lock")}, blocking=True
    )

    gone = await phone.notification(2)
    assert gone["data"]["tag"] == left_open["data"]["tag"]
    assert gone["message"] == "clear_notification"
    assert len(_door(running).commands) == 2


async def test_door_that_cannot_be_locked(
    running: Running, phone: Phone, left_open: dict[str, Any]
) -> None:
    """Who pressed the button hears that the door is still open."""
    _door(running).connected = False

    phone.tap(left_open)

    told = await phone.notification(2)
    assert "could not lock the door" in told["message"]


@pytest.mark.usefixtures("left_open")
async def test_contact_left_open(running: Running, phone: Phone) -> None:
    """A contact has nothing that could be locked, so there is no button."""
    running.hass.states.async_set(
        "binary_sensor.contact", "on", {"friendly_name": "Gate"}
    )

    told = await phone.notification(2)
    assert told["title"] == "Gate"
    assert "actions" not in told["data"]


@pytest.mark.parametrize("what", ["recorder", "camera"])
async def test_offline(running: Running, phone: Phone, what: str) -> None:
    """The phone is told what is offline, and when it is back."""
    runtime, world = running.entry.runtime_data, running.account.world
    camera = world.cameras[_camera_id(running, "Driveway")]
    thing = camera if what == "camera" else camera.device
    sensor = _registered(running, "binary_sensor", f"_{thing.id}_", "connectivity")
    await _automate(
        running.hass,
        "offline",
        things=[sensor],
        phone=phone.device_id,
        offline_for={"milliseconds": 50},
    )

    for online, said in ((False, "Offline since "), (True, "Online again since ")):
        if what == "camera":
            camera.connected = online
        else:
            camera.device.online = online
        await runtime.inventory.async_refresh()
        await runtime.status.async_refresh()
        told = await phone.notification(len(phone.got) + 1)
        assert told["title"] == thing.name
        assert told["message"].startswith(said)

    await running.hass.async_block_till_done()
    assert len(phone.got) == 2


@pytest.fixture
def saturday(freezer: FrozenDateTimeFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin on a Saturday. A pause would not end while the time is frozen."""
    freezer.move_to("2026-11-28 12:00:00+00:00")
    monkeypatch.setattr(session, "RETRY_PAUSE", 0)


@pytest.mark.usefixtures("saturday", "ended")
@pytest.mark.parametrize("personal", [False, True])
async def test_attendance_report(
    running: Running, freezer: FrozenDateTimeFactory, personal: bool
) -> None:
    """The report goes out at its time, on its days; names only if they may."""
    hass = running.hass
    running.hass.config_entries.async_update_entry(
        running.entry, options={"attendance": True, "personal_data": personal}
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    sent = async_mock_service(hass, "notify", "send_message")
    await _automate(
        hass, "attendance_report", recipients=["notify.office"], at="18:00:00"
    )

    zone = ZoneInfo(hass.config.time_zone)
    for day, mails in ((28, 0), (30, 1)):
        freezer.move_to(datetime(2026, 11, day, 18, tzinfo=zone))
        async_fire_time_changed(hass)
        await hass.async_block_till_done()
        assert len(sent) == mails

    (mail,) = sent
    assert mail.data["entity_id"] == ["notify.office"]
    assert mail.data["title"] == "Attendance 2026-11-30"
    people = list(running.account.world.people.values())
    assert f"of {len(people)}" in mail.data["message"]
    for person in people:
        assert (person.name in mail.data["message"]) is personal


@pytest.fixture
async def button(running: Running, phone: Phone) -> str:
    """Set up an automation that issues passes; return the button that starts it."""
    world = running.account.world
    resident = next(iter(world.residents), "")
    for_dialect = (
        {"access_levels": [next(iter(world.levels.values())).name]}
        if running.account.speech == DialectName.TEAMS
        else {"resident": resident}
    )
    running.hass.states.async_set("input_button.visitor", "2026-01-01")
    await _automate(
        running.hass,
        "visitor_pass",
        button="input_button.visitor",
        phone=phone.device_id,
        qr=entity(running, "image", "visitor_pass"),
        visitor="Jane",
        **for_dialect,
    )
    return "input_button.visitor"


async def test_visitor_pass(
    running: Running, phone: Phone, button: str, caplog: pytest.LogCaptureFixture
) -> None:
    """QR code and PIN go to the phone; after its first use the pass is revoked."""
    hass, world = running.hass, running.account.world
    hass.states.async_set(button, "unavailable")
    hass.states.async_set(button, "2026-01-01")
    await asyncio.sleep(0.1)
    assert not world.passes
    hass.states.async_set(button, "2026-01-02")

    sent = await phone.notification()
    made = newest(running)
    assert sent["title"] == made.name == "Jane"
    assert sent["message"].startswith(f"PIN {made.pin}, until ")
    assert sent["data"]["image"].startswith("/api/image_proxy/image.")
    assert "opens no door" not in sent["message"]

    door, person = next(iter(world.doors)), next(iter(world.people.values()))
    for method, left in (("card", 1), ("qr", 0)):
        running.account.happen.access(door, person, method=method, granted=True)
        await running.entry.runtime_data.messages.async_refresh()
        await asyncio.sleep(0.1)
        if running.account.speech == DialectName.TEAMS:
            await until(lambda left=left: len(world.passes) == left)
    # The automation ends now; while it waits, this would never return.
    await hass.async_block_till_done()
    assert "stays valid until" in caplog.text or not world.passes
