"""Visitor passes: issued, listed, changed, revoked, shown; and kept where need be."""

import asyncio
from base64 import b64decode
from collections.abc import AsyncGenerator, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
import json
from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from PIL import Image
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
    async_mock_service,
)
import zxingcpp

from custom_components.hikcentral_connect.api import DialectName
from custom_components.hikcentral_connect.const import DOMAIN
from homeassistant.components.automation.config import AUTOMATION_BLUEPRINT_SCHEMA
from homeassistant.components.blueprint import models
from homeassistant.components.image import async_get_image
from homeassistant.core import Context
from homeassistant.exceptions import (
    HomeAssistantError,
    ServiceValidationError,
    Unauthorized,
)
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util, yaml as yaml_util
from simulator.world.passes import Pass

from .conftest import Running

TEAMS = pytest.mark.parametrize("dialect", [DialectName.TEAMS])
REFERENCE = pytest.mark.parametrize("dialect", [DialectName.REFERENCE])


async def _call(running: Running, action: str, **data: Any) -> dict[str, Any]:
    answer: dict[str, Any] = await running.hass.services.async_call(
        DOMAIN, action, data, blocking=True, return_response=True
    )
    await running.hass.async_block_till_done()
    return answer


async def _issue(running: Running, **changes: Any) -> dict[str, Any]:
    world = running.account.world
    now = dt_util.now().replace(microsecond=0)
    data = {
        "visitor": "Jane Smith",
        "starts": now - timedelta(minutes=1),
        "ends": now + timedelta(hours=5),
        **changes,
    }
    if running.account.speech == "teams":
        data.setdefault("access_levels", [next(iter(world.levels))])
    else:
        data.setdefault("resident_id", next(iter(world.residents)))
    return await _call(running, "issue_visitor_pass", **data)


def _entity(running: Running, domain: str, key: str) -> str:
    registry = er.async_get(running.hass)
    account = running.entry.unique_id
    found = registry.async_get_entity_id(domain, DOMAIN, f"{account}_{key}")
    assert found is not None
    return found


def _state(running: Running, domain: str, key: str) -> Any:
    return running.hass.states.get(_entity(running, domain, key))


async def _qr(running: Running) -> str:
    image = await async_get_image(
        running.hass, _entity(running, "image", "visitor_pass")
    )
    return _read(image.content)


def _read(png: bytes) -> str:
    (code,) = zxingcpp.read_barcodes(Image.open(BytesIO(png)))
    return str(code.text)


def _made(running: Running) -> Pass:
    *_, made = running.account.world.passes.values()
    return made


async def test_issue_is_shown(running: Running) -> None:
    """A new pass is counted, in the calendar, and its QR code is the image."""
    assert _state(running, "sensor", "valid_passes").state == "0"
    assert _state(running, "image", "visitor_pass").state == "unknown"

    response = await _issue(running)

    made = _made(running)
    assert response["state"] == "valid"
    assert response["warnings"] == []
    assert response["code"] == made.pin
    assert _read(b64decode(response["qr_png"])) == made.qr_text
    assert _state(running, "sensor", "valid_passes").state == "1"
    assert _state(running, "calendar", "passes").state == "on"
    assert await _qr(running) == made.qr_text


async def test_newest_pass(running: Running) -> None:
    """The image follows the pass issued last, also one that opens later."""
    await _issue(running)
    first = _made(running)
    now = dt_util.now()
    await _issue(running, starts=now + timedelta(days=2), ends=now + timedelta(days=3))

    assert _made(running) is not first
    assert await _qr(running) == _made(running).qr_text
    assert _state(running, "sensor", "valid_passes").state == "1"


async def test_pass_begins_and_ends(
    running: Running, freezer: FrozenDateTimeFactory
) -> None:
    """Begin and end of a pass show at once."""
    now = dt_util.now().replace(microsecond=0)
    await _issue(
        running, starts=now + timedelta(minutes=2), ends=now + timedelta(minutes=5)
    )

    counted = []
    for _ in range(3):
        counted.append(_state(running, "sensor", "valid_passes").state)
        freezer.tick(timedelta(seconds=150))
        async_fire_time_changed(running.hass)
        await running.hass.async_block_till_done()

    assert counted == ["0", "1", "0"]
    assert _state(running, "image", "visitor_pass").state == "unknown"


async def test_calendar(running: Running) -> None:
    """A calendar that is opened shows names; the recorded state shows none."""
    response = await _issue(running)
    calendar = _entity(running, "calendar", "passes")

    answer = await running.hass.services.async_call(
        "calendar",
        "get_events",
        {"entity_id": calendar, "duration": {"days": 1}},
        blocking=True,
        return_response=True,
    )

    (event,) = answer[calendar]["events"]
    assert event["summary"] == "Jane Smith"
    assert datetime.fromisoformat(event["end"]) == datetime.fromisoformat(
        response["ends"]
    )
    assert "Jane" not in str(running.hass.states.get(calendar).attributes)

    running.hass.config_entries.async_update_entry(
        running.entry, options={"personal_data": True}
    )
    await running.entry.runtime_data.passes.async_refresh()
    running.entry.runtime_data.passes.async_update_listeners()
    assert running.hass.states.get(calendar).attributes["message"] == "Jane Smith"


async def test_list(running: Running) -> None:
    """Passes are listed with their codes and what they are worth now."""
    now = dt_util.now()
    await _issue(running, visitor="Now")
    await _issue(
        running,
        visitor="Later",
        starts=now + timedelta(days=1),
        ends=now + timedelta(days=2),
    )

    passes = (await _call(running, "list_visitor_passes"))["passes"]

    assert {one["visitor"]: one["state"] for one in passes} == {
        "Now": "valid",
        "Later": "upcoming",
    }
    pins = {one.pin for one in running.account.world.passes.values()}
    assert {one["code"] for one in passes} == pins


@TEAMS
async def test_list_shows_what_others_did(running: Running) -> None:
    """A pass made or deleted in the portal shows when passes are listed."""
    await _issue(running)
    running.account.world.passes.clear()

    assert (await _call(running, "list_visitor_passes"))["passes"] == []
    assert _state(running, "sensor", "valid_passes").state == "0"


@TEAMS
async def test_update(running: Running) -> None:
    """What is given changes; the rest stays, access levels too."""
    made = (await _issue(running, openings=3))["pass_id"]
    before = _made(running)

    response = await _call(
        running, "update_visitor_pass", pass_id=made, visitor="John", openings=7
    )

    after = running.account.world.passes[made]
    assert (after.name, after.opens) == ("John", 7)
    assert (after.starts, after.ends) == (before.starts, before.ends)
    assert after.levels == before.levels
    assert response["visitor"] == "John"
    assert response["warnings"] == []

    response = await _call(
        running, "update_visitor_pass", pass_id=made, access_levels=[]
    )
    assert len(response["warnings"]) == 1


@TEAMS
async def test_revoke(running: Running) -> None:
    """A revoked pass is gone, there and here."""
    made = (await _issue(running))["pass_id"]

    assert await _call(running, "revoke_visitor_pass", pass_id=made) == {
        "revoked": made
    }

    assert not running.account.world.passes
    assert _state(running, "sensor", "valid_passes").state == "0"
    assert _state(running, "image", "visitor_pass").state == "unknown"


@REFERENCE
@pytest.mark.parametrize("action", ["update_visitor_pass", "revoke_visitor_pass"])
async def test_what_the_reference_cannot(running: Running, action: str) -> None:
    """That a pass stays valid is said plainly, and nothing is sent."""
    made = (await _issue(running))["pass_id"]
    running.sim.record.clear()

    with pytest.raises(ServiceValidationError) as failure:
        await _call(running, action, pass_id=made)

    assert failure.value.translation_key == "pass_unchangeable"
    assert "stays valid until" in str(failure.value)
    assert len(running.sim.record) == 0


@pytest.mark.parametrize("action", ["update_visitor_pass", "revoke_visitor_pass"])
async def test_unknown_pass(running: Running, action: str) -> None:
    """A pass that does not exist is named as such; nothing is changed."""
    with pytest.raises(ServiceValidationError) as failure:
        await _call(running, action, pass_id="nonsense")

    assert failure.value.translation_key == "pass_unknown"
    assert not running.sim.record.calls("*tempauth/update")
    assert not running.sim.record.calls("*tempauth/delete")


@TEAMS
async def test_pass_that_opens_nothing(
    running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    """A pass without access levels is made, with a warning."""
    response = await _issue(running, access_levels=[])

    (warning,) = response["warnings"]
    assert warning.startswith("This pass has no access level, so it opens no door")
    assert "opens no door" in caplog.text
    assert "Jane" not in caplog.text


def _bad(**changes: Any) -> Any:
    return changes


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (_bad(ends=timedelta(days=-1)), "“ends” lies in the past"),
        (
            _bad(starts=timedelta(hours=3), ends=timedelta(hours=2)),
            "“ends” must be later than the start",
        ),
        (_bad(visitor="x" * 65), "“visitor” must have at most"),
        (_bad(visitor="  "), "“visitor” must not be empty"),
    ],
)
async def test_bad_input(running: Running, changes: dict[str, Any], said: str) -> None:
    """Each mistake has its own message, and nothing is sent."""
    running.sim.record.clear()
    data = {
        key: dt_util.now() + value if isinstance(value, timedelta) else value
        for key, value in changes.items()
    }

    with pytest.raises(ServiceValidationError) as failure:
        await _issue(running, **data)

    assert said in str(failure.value)
    assert len(running.sim.record) == 0
    assert not running.account.world.passes


@TEAMS
@pytest.mark.parametrize("openings", [0, 201])
async def test_bad_openings(running: Running, openings: int) -> None:
    """The number of openings has its limits."""
    running.sim.record.clear()
    with pytest.raises(ServiceValidationError) as failure:
        await _issue(running, openings=openings)
    assert "“openings” must be between 1 and 200" in str(failure.value)
    assert len(running.sim.record) == 0


@REFERENCE
async def test_unknown_resident(running: Running) -> None:
    """Only the service knows all residents; its refusal gets a message of its own."""
    with pytest.raises(ServiceValidationError) as failure:
        await _issue(running, resident_id="nobody")

    assert failure.value.translation_key == "resident_unknown"
    assert not running.account.world.passes


@REFERENCE
async def test_book_kept_here(running: Running, hass_storage: dict[str, Any]) -> None:
    """Where the service lists no passes, they and their QR codes outlive a restart."""
    response = await _issue(running)
    text = _made(running).qr_text
    running.sim.faults.add("refuse", path="*passes*", code="0x8001")

    await running.hass.config_entries.async_reload(running.entry.entry_id)
    await running.hass.async_block_till_done(wait_background_tasks=True)

    (one,) = (await _call(running, "list_visitor_passes"))["passes"]
    assert one["pass_id"] == response["pass_id"]
    assert one["code"] == response["code"]
    assert _state(running, "sensor", "valid_passes").state == "1"
    assert await _qr(running) == text

    key = f"{DOMAIN}.{running.entry.entry_id}.passes"
    assert key in hass_storage
    await running.hass.config_entries.async_remove(running.entry.entry_id)
    assert key not in hass_storage


@REFERENCE
async def test_old_passes_are_forgotten(
    running: Running, freezer: FrozenDateTimeFactory
) -> None:
    """A pass kept here is forgotten a month after its end."""
    await _issue(running)
    for days, left in ((20, 1), (40, 0)):
        freezer.tick(timedelta(days=days))
        passes = (await _call(running, "list_visitor_passes"))["passes"]
        assert len(passes) == left


@REFERENCE
async def test_qr_that_cannot_be_fetched(running: Running) -> None:
    """A pass is good without its picture, which is fetched when it is looked at."""
    running.sim.faults.add("http_error", path="/pictures/*")

    response = await _issue(running)
    assert response["qr_png"] is None
    assert response["code"] == _made(running).pin
    with pytest.raises(HomeAssistantError):
        await _qr(running)

    running.sim.faults.clear()
    assert await _qr(running) == _made(running).qr_text


@TEAMS
async def test_dynamic_qr_is_renewed(
    running: Running,
    freezer: FrozenDateTimeFactory,
) -> None:
    """A code that changes is renewed while somebody looks; one that does not is not."""
    made = (await _issue(running))["pass_id"]
    world = running.account.world
    seen = {await _qr(running)}
    stamp = _state(running, "image", "visitor_pass").state

    for pin in ("111111", "222222"):
        world.passes[made] = replace(world.passes[made], pin=pin)
        freezer.tick(timedelta(seconds=51))
        async_fire_time_changed(running.hass)
        await running.hass.async_block_till_done()
        renewed = _state(running, "image", "visitor_pass").state
        assert renewed != stamp
        stamp = renewed
        seen.add(await _qr(running))
    assert len(seen) == 3

    for _ in range(3):
        freezer.tick(timedelta(seconds=51))
        async_fire_time_changed(running.hass)
        await running.hass.async_block_till_done()
    asked = len(running.sim.record.calls("*tempauth/get"))
    assert asked == 3
    assert _state(running, "image", "visitor_pass").state == stamp


async def test_who_may(running: Running) -> None:
    """A pass opens doors: who may only look gets none."""
    hass = running.hass
    await hass.auth.async_create_user("Owner")
    guest = await hass.auth.async_create_user("Guest", group_ids=["system-read-only"])
    member = await hass.auth.async_create_user("Member", group_ids=["system-users"])

    async def passes(user_id: str) -> Any:
        return await hass.services.async_call(
            DOMAIN,
            "list_visitor_passes",
            {},
            blocking=True,
            return_response=True,
            context=Context(user_id=user_id),
        )

    with pytest.raises(Unauthorized):
        await passes(guest.id)
    assert await passes(member.id) == {"passes": []}


async def test_no_secret_in_states(running: Running) -> None:
    """Neither PIN nor QR text nor visitor is in any state."""
    response = await _issue(running)
    states = json.dumps(
        [state.as_dict() for state in running.hass.states.async_all()], default=str
    )
    for secret in (response["code"], response["visitor"], _made(running).qr_text):
        assert secret not in states


BLUEPRINT = Path(__file__).parent.parent / (
    "blueprints/automation/hikcentral_connect/visitor_pass.yaml"
)


@pytest.fixture
async def blueprint(running: Running) -> AsyncGenerator[str]:
    """Set up an automation of the blueprint and return the button that starts it."""
    hass, world = running.hass, running.account.world
    phone = MockConfigEntry(domain="mobile_app")
    phone.add_to_hass(hass)
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=phone.entry_id,
        identifiers={("mobile_app", "1")},
        name="Ada's phone",
    )
    options = (
        {"access_levels": [next(iter(world.levels))]}
        if running.account.speech == "teams"
        else {"resident_id": next(iter(world.residents))}
    )
    read = models.Blueprint(
        yaml_util.load_yaml_dict(BLUEPRINT),
        path="hikcentral_connect/visitor_pass.yaml",
        expected_domain="automation",
        schema=AUTOMATION_BLUEPRINT_SCHEMA,
    )
    inputs = models.BlueprintInputs(
        read,
        {
            "use_blueprint": {
                "path": "hikcentral_connect/visitor_pass.yaml",
                "input": {
                    "button": "input_button.visitor",
                    "notify": device.id,
                    "qr": _entity(running, "image", "visitor_pass"),
                    "visitor": "Jane",
                    "pass_options": options,
                },
            }
        },
    )
    inputs.validate()
    config = inputs.async_substitute()
    config.pop("blueprint", None)
    assert await async_setup_component(hass, "automation", {"automation": [config]})
    await hass.async_block_till_done()
    hass.states.async_set("input_button.visitor", "2026-01-01")
    yield "input_button.visitor"
    # A test that failed leaves it waiting, for which the others would wait.
    await hass.services.async_call(
        "automation", "turn_off", {"entity_id": "all"}, blocking=True
    )


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.01)


async def test_blueprint(
    running: Running, blueprint: str, caplog: pytest.LogCaptureFixture
) -> None:
    """QR code and PIN go to the phone; after its first use the pass is revoked."""
    hass, world = running.hass, running.account.world
    sent = async_mock_service(hass, "notify", "mobile_app_ada_s_phone")

    hass.states.async_set(blueprint, "unavailable")
    hass.states.async_set(blueprint, "2026-01-01")
    await asyncio.sleep(0.1)
    assert not world.passes
    hass.states.async_set(blueprint, "2026-01-02")
    await _until(lambda: bool(sent))

    made = _made(running)
    assert made.name == "Jane"
    (call,) = sent
    assert made.pin in call.data["message"]
    assert call.data["data"]["image"].startswith("/api/image_proxy/image.")

    door = next(iter(world.doors))
    for method, left in (("card", 1), ("qr", 0)):
        running.account.happen.access(
            door, next(iter(world.people.values())), method=method, granted=True
        )
        await running.entry.runtime_data.messages.async_refresh()
        await asyncio.sleep(0.1)
        if running.account.speech == "teams":
            await _until(lambda left=left: len(world.passes) == left)
    # The automation ends now; while it waits, this would never return.
    await hass.async_block_till_done()
    assert "stays valid until" in caplog.text or not world.passes
