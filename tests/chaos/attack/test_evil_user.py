"""A user of Home Assistant without rights: everything there is refuses him.

What there is comes from the running integration, not from a list: something new that
is not covered here fails the test.
"""

from datetime import timedelta
import json
from typing import Any
from urllib.parse import quote

import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.hikcentral_connect.const import DOMAIN
from homeassistant.components.http import HomeAssistantView
from homeassistant.core import Context, HomeAssistant, ServiceCall, SupportsResponse
from homeassistant.exceptions import ServiceValidationError, Unauthorized
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util

from ...common import camera_named
from ...conftest import Running, make_entry
from ...watching import entity_id_of

DOOR = "entity of a door"
CAMERA = "entity of a camera"
RING = "entity of a ring"
NOW = dt_util.utcnow()
SPAN = {"starts": NOW - timedelta(hours=1), "ends": NOW}
# What an action must be told before it can refuse; all others need nothing.
TOLD: dict[str, dict[str, Any]] = {
    "control_door": {"entity_id": [DOOR], "command": "open"},
    "answer_call": {"entity_id": [RING]},
    "refuse_call": {"entity_id": [RING]},
    "hang_up_call": {"entity_id": [RING]},
    "search_recordings": {"entity_id": [CAMERA], "storage": ["local"], **SPAN},
    "get_recording_schedule": {"entity_id": [CAMERA]},
    "export_recording": {"entity_id": [CAMERA], **SPAN},
    "get_alarm_log": {"cameras": [], "kinds": [], **SPAN},
}
COMMANDS: dict[str, dict[str, Any]] = {
    "stream/open": {"entity_id": CAMERA},
    "stream/close": {"session": "0" * 32},
    "recordings": {
        "entity_id": CAMERA,
        "begin": SPAN["starts"].isoformat(),
        "end": NOW.isoformat(),
    },
}
HARMLESS = frozenset({"stream/close"})
"""Commands that everybody may send, because they do nothing to what is not his."""
VIEWS = {
    "api:hikcentral_connect:player": "/api/hikcentral_connect/player/{guess}/api/lapp/live/url/ezopen",
    "api:hikcentral_connect:recording": "/api/hikcentral_connect/recording/{entry}/{camera}/1/60",
    "api:hikcentral_connect:picture": "/api/hikcentral_connect/picture/{entry}/{camera}/2026-01-01/a/0",
}


@pytest.fixture
def nobody(hass_admin_user: Any) -> Any:
    """Return a user who may see and do nothing."""
    hass_admin_user.groups = []
    hass_admin_user.mock_policy({})
    assert not hass_admin_user.is_admin
    return hass_admin_user


@pytest.fixture
async def running(hass: HomeAssistant, sim: Any, account: Any) -> Any:
    """Set the integration up as the owner has it, with vehicles and attendance."""
    entry = make_entry(sim, account, {"vehicles": True, "attendance": True})
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    sim.record.clear()
    yield Running(hass, sim, account, entry)
    await hass.config_entries.async_unload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)


def _entity(running: Running, what: str) -> str:
    if what == CAMERA:
        return entity_id_of(running.hass, camera_named(running, "Terrace"))
    for state in running.hass.states.async_all():
        if what == DOOR and state.domain == "lock":
            return state.entity_id
        if what == RING and state.attributes.get("device_class") == "doorbell":
            return state.entity_id
    # The reference has no intercoms, so that there is no such entity to be asked.
    assert what == RING
    assert running.account.speech == "reference"
    return _entity(running, CAMERA)


def _filled(running: Running, value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _filled(running, one) for key, one in value.items()}
    if isinstance(value, list):
        return [_filled(running, one) for one in value]
    return _entity(running, value) if value in (DOOR, CAMERA, RING) else value


def _asked(running: Running) -> list[str]:
    """Return what went to the service, other than what the clocks ask."""
    calls = [one.path for one in running.sim.record]
    return [path for path in calls if not path.endswith(("/messages", "/get"))]


async def test_every_action(running: Running, nobody: Any) -> None:
    """No action does or tells anything; none asks the service for it."""
    hass, names = running.hass, running.hass.services.async_services()[DOMAIN]
    assert TOLD.keys() <= names.keys()
    let_through = []
    for name, registered in names.items():
        data = _filled(running, TOLD.get(name, {}))
        wants = registered.supports_response is not SupportsResponse.NONE
        call = ServiceCall(
            hass, DOMAIN, name, data, Context(user_id=nobody.id), return_response=wants
        )
        try:
            await hass.async_run_hass_job(registered.job, call)
        except Unauthorized:
            continue
        except ServiceValidationError:
            assert running.account.speech == "reference"
            assert TOLD[name] == {"entity_id": [RING]}
        except Exception as err:  # noqa: BLE001 - told below by name
            let_through.append(f"{name}: {err!r}")
        else:
            let_through.append(name)
    assert let_through == []
    assert len(names) >= 39
    assert _asked(running) == []
    assert not any(door.commands for door in running.account.world.doors.values())


async def test_every_action_of_entities(running: Running, nobody: Any) -> None:
    """Locks, buttons, selects, switches of ours obey whom the owner let, only."""
    sent = 0
    for state in running.hass.states.async_all():
        action = {
            "lock": ("unlock", {}),
            "button": ("press", {}),
            "select": ("select_option", {"option": "open"}),
            "switch": ("turn_on", {}),
            "camera": ("snapshot", {"filename": "/tmp/x.jpg"}),  # noqa: S108
        }.get(state.domain)
        if action is None:
            continue
        name, data = action
        with pytest.raises(Unauthorized):
            await running.hass.services.async_call(
                state.domain,
                name,
                {"entity_id": state.entity_id, **data},
                blocking=True,
                context=Context(user_id=nobody.id),
            )
        sent += 1
    assert sent > 10
    assert _asked(running) == []


async def test_every_websocket_command(
    running: Running, nobody: Any, hass_ws_client: WebSocketGenerator
) -> None:
    """Every command of ours is refused, or has no effect on what is not his."""
    registered = {
        name.removeprefix(f"{DOMAIN}/")
        for name in running.hass.data["websocket_api"]
        if name.startswith(f"{DOMAIN}/")
    }
    assert registered == COMMANDS.keys()
    socket = await hass_ws_client(running.hass)
    for name, fields in COMMANDS.items():
        message = {"type": f"{DOMAIN}/{name}", **_filled(running, fields)}
        await socket.send_json_auto_id(message)
        answer = await socket.receive_json()
        if name in HARMLESS:
            assert answer["result"] is None
        else:
            assert answer["error"]["code"] == "unauthorized", name
    assert _asked(running) == []


def _views(kind: type[HomeAssistantView] = HomeAssistantView) -> set[str]:
    found: set[str] = set()
    for view in kind.__subclasses__():
        if view.__module__.startswith(f"custom_components.{DOMAIN}"):
            found.add(view.name)
        found |= _views(view)
    return found


async def test_every_view(
    running: Running,
    nobody: Any,
    hass_client: ClientSessionGenerator,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    """Every address of ours is closed to the user, and to whom is not logged in."""
    assert _views() == VIEWS.keys()
    camera = camera_named(running, "Terrace").id
    inside, outside = await hass_client(), await hass_client_no_auth()
    for url in VIEWS.values():
        path = url.format(
            guess="0" * 32, entry=running.entry.entry_id, camera=quote(camera, safe="")
        )
        for method in ("get", "post"):
            for client in (inside, outside):
                answer = await getattr(client, method)(path)
                assert answer.status in (401, 404, 405), (path, method)
                body = await answer.read()
                assert camera.encode() not in body
    assert _asked(running) == []


async def test_every_route_is_a_view(running: Running) -> None:
    """Nothing else listens under an address of ours."""
    router = running.hass.http.app.router
    ours = {
        resource.canonical
        for resource in router.resources()
        if resource.canonical.startswith(f"/api/{DOMAIN}")
    }
    assert {path.split("/")[3] for path in ours} == {"player", "recording", "picture"}


async def test_media(
    hass: HomeAssistant,
    running: Running,
    nobody: Any,
    hass_ws_client: WebSocketGenerator,
) -> None:
    """The media browser shows no camera, and nothing below one can be opened."""
    assert await async_setup_component(hass, "media_source", {})
    root = f"media-source://{DOMAIN}"
    place = f"{root}/{running.entry.entry_id}/{camera_named(running, 'Terrace').id}"
    day = f"{place}/{NOW:%Y-%m-%d}"
    socket = await hass_ws_client(hass)

    async def ask(command: str, what: str) -> dict[str, Any]:
        message = {"type": f"media_source/{command}", "media_content_id": what}
        await socket.send_json_auto_id(message)
        answer: dict[str, Any] = await socket.receive_json()
        return answer

    shown = await ask("browse_media", root)
    assert shown["success"] is False or shown["result"]["children"] == []
    stamp = int(NOW.timestamp())
    for path in (place, day, f"{place}/../..", f"{day}/{stamp - 60}/{stamp}"):
        assert not (await ask("browse_media", path))["success"]
        assert not (await ask("resolve_media", path))["success"]
    assert not (await ask("resolve_media", f"{day}/picture/a/0"))["success"]
    assert _asked(running) == []
    assert "Terrace" not in json.dumps(shown)
