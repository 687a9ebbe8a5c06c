"""Who may watch what: the commands of the panel and the card."""

from typing import Any

from aiohttp.test_utils import TestClient
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.hikcentral_connect.const import DOMAIN
from homeassistant.core import HomeAssistant

from ..common import camera_named
from ..conftest import Running
from ..watching import entity_id_of
from .common import EZOPEN, day, open_stream, sent


async def test_open_live(running: Running, stream: dict[str, Any]) -> None:
    """The browser gets an address and a session, and no token."""
    camera = camera_named(running, "Terrace")
    place = f"{camera.device.serial}/{camera.channel_no}"
    assert stream["ezopen"] == f"ezopen://open.ezviz.com/{place}.hd.live"
    assert stream["api_base"] == f"/api/{DOMAIN}/player/{stream['session']}"
    assert len(bytes.fromhex(stream["session"])) == 16


async def test_close(
    running: Running,
    hass_ws_client: WebSocketGenerator,
    stream: dict[str, Any],
    browser: TestClient[Any, Any],
) -> None:
    """A closed session opens nothing any more."""
    socket = await hass_ws_client(running.hass)
    await socket.send_json_auto_id(
        {"type": f"{DOMAIN}/stream/close", "session": stream["session"]}
    )
    assert (await socket.receive_json())["success"]
    assert (await browser.post(stream["api_base"] + EZOPEN)).status == 404


async def test_close_of_another_user(
    running: Running,
    hass_ws_client: WebSocketGenerator,
    hass_read_only_access_token: str,
    stream: dict[str, Any],
    browser: TestClient[Any, Any],
) -> None:
    """Nobody ends the session of somebody else."""
    socket = await hass_ws_client(running.hass, hass_read_only_access_token)
    await socket.send_json_auto_id(
        {"type": f"{DOMAIN}/stream/close", "session": stream["session"]}
    )
    assert (await socket.receive_json())["success"]
    assert (await browser.post(stream["api_base"] + EZOPEN)).status == 200


async def test_ends_with_connection(
    running: Running,
    hass_ws_client: WebSocketGenerator,
    browser: TestClient[Any, Any],
) -> None:
    """Who closes the page or logs out watches no longer."""
    socket = await hass_ws_client(running.hass)
    entity_id = entity_id_of(running.hass, camera_named(running, "Terrace"))
    opened = (await open_stream(socket, entity_id))["result"]
    await socket.close()
    await running.hass.async_block_till_done()
    assert (await browser.post(opened["api_base"] + EZOPEN)).status == 404


async def test_no_right_no_session(
    running: Running,
    hass_ws_client: WebSocketGenerator,
    hass_admin_user: Any,
) -> None:
    """A user who may not see the camera gets nothing."""
    hass_admin_user.groups = []
    hass_admin_user.mock_policy({"entities": {"domains": {"light": True}}})
    socket = await hass_ws_client(running.hass)
    entity_id = entity_id_of(running.hass, camera_named(running, "Terrace"))
    for command in ("stream/open", "recordings"):
        await socket.send_json_auto_id(
            {
                "type": f"{DOMAIN}/{command}",
                "entity_id": entity_id,
                **({} if command == "stream/open" else day()),
            }
        )
        answer = await socket.receive_json()
        assert not answer["success"]
        assert answer["error"]["code"] == "unauthorized"
    assert not sent(running, "/api/hccgw/video/v1/live/address/get")


async def test_not_a_camera(
    running: Running, hass_ws_client: WebSocketGenerator
) -> None:
    """Entities of others, other entities of ours and unknown ones are refused."""
    running.hass.states.async_set("camera.stranger", "idle")
    socket = await hass_ws_client(running.hass)
    for entity_id in ("camera.stranger", "camera.nowhere", "lock.front_door"):
        answer = await open_stream(socket, entity_id)
        assert answer["error"]["translation_key"] == "no_camera"


async def test_offline_camera(
    running: Running, hass_ws_client: WebSocketGenerator
) -> None:
    """The owner is told why nothing plays."""
    socket = await hass_ws_client(running.hass)
    entity_id = entity_id_of(running.hass, camera_named(running, "Shed"))
    answer = await open_stream(socket, entity_id)
    assert answer["error"]["translation_key"] == "device_offline"


async def test_encrypted_camera(
    running: Running, hass_ws_client: WebSocketGenerator, hass: HomeAssistant
) -> None:
    """The address holds the code that the owner entered, in both dialects."""
    camera = camera_named(running, "Koi pond")
    codes = {camera.device.serial: "ABCDEF"}
    hass.config_entries.async_update_entry(running.entry, options={"codes": codes})
    await hass.async_block_till_done()
    socket = await hass_ws_client(hass)
    answer = await open_stream(
        socket, entity_id_of(running.hass, camera), quality="sub"
    )
    place = f"{camera.device.serial}/{camera.channel_no}"
    assert answer["result"]["ezopen"] == f"ezopen://ABCDEF@open.ezviz.com/{place}.live"


async def test_recordings_of_both_places(
    running: Running, hass_ws_client: WebSocketGenerator
) -> None:
    """The timeline gets what lies on the device and in the cloud."""
    socket = await hass_ws_client(running.hass)
    camera = camera_named(running, "Driveway")
    running.account.world.recordings.cloud.add(camera.id)
    await socket.send_json_auto_id(
        {
            "type": f"{DOMAIN}/recordings",
            "entity_id": entity_id_of(running.hass, camera),
            **day(),
        }
    )
    spans = (await socket.receive_json())["result"]["spans"]
    assert {span["storage"] for span in spans} == {"local", "cloud"}
    assert [one["starts"] for one in spans] == sorted(one["starts"] for one in spans)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"mode": "playback"}, "no_span"),
        ({"mode": "playback", "begin": "2026-01-01T00:00:00"}, "invalid_format"),
        ({"quality": "best"}, "invalid_format"),
    ],
)
async def test_bad_request(
    running: Running,
    hass_ws_client: WebSocketGenerator,
    fields: dict[str, str],
    code: str,
) -> None:
    """A recording needs both times, each with its zone."""
    socket = await hass_ws_client(running.hass)
    entity_id = entity_id_of(running.hass, camera_named(running, "Terrace"))
    error = (await open_stream(socket, entity_id, **fields))["error"]
    assert code in (error["code"], error.get("translation_key"))
