"""Player sessions: who may watch, what goes out in their name, and for how long."""

from datetime import UTC, datetime, timedelta
import json
from typing import Any

from aiohttp import FormData
from aiohttp.test_utils import TestClient
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.hikcentral_connect.api.models.platform import StreamToken
from custom_components.hikcentral_connect.const import DOMAIN
from custom_components.hikcentral_connect.panel import vendor
from custom_components.hikcentral_connect.panel.sessions import (
    FIRST_USE_SECONDS,
    IDLE_SECONDS,
    LIFE_SECONDS,
    SESSIONS_AT_MOST,
    Mode,
    PlayerSessions,
    player_address,
)
from custom_components.hikcentral_connect.panel.vendor import Target
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from simulator.world.places import Camera

from .conftest import Running

EZOPEN = "/api/lapp/live/url/ezopen"
CAMERA_LIST = "/api/lapp/device/camera/list"
LOCAL_QUERY = "/api/v3/device/local/video/unify/query"
STUBS = (
    "/api/lapp/voice/query",
    "/api/lapp/alarm/device/list",
    "/api/lapp/cloud/v2/storage/device/info",
    "/api/lapp/device/ptz/start",
    "/api/lapp/live/talk/url",
)


def entity_of(running: Running, camera: Camera) -> str:
    """Return the entity of a simulated camera."""
    unique_id = f"{running.entry.unique_id}_camera_{camera.id}_camera"
    registry = er.async_get(running.hass)
    entity_id = registry.async_get_entity_id("camera", DOMAIN, unique_id)
    assert entity_id
    return entity_id


def camera_named(running: Running, name: str) -> Camera:
    """Return a simulated camera."""
    cameras = running.account.world.cameras.values()
    return next(camera for camera in cameras if camera.name == name)


def sent(running: Running, path: str) -> list[dict[str, Any]]:
    """Return what the cloud recorded of the calls of a path."""
    rows: list[dict[str, Any]] = running.sim.record.as_json("*", last=500)
    return [row for row in rows if row["path"] == path and row["method"] != "OPTIONS"]


async def open_stream(socket: Any, entity_id: str, **fields: Any) -> dict[str, Any]:
    """Send the command and return its whole answer."""
    await socket.send_json_auto_id(
        {"type": f"{DOMAIN}/stream/open", "entity_id": entity_id, **fields}
    )
    answer: dict[str, Any] = await socket.receive_json()
    return answer


@pytest.fixture
async def stream(
    running: Running, hass_ws_client: WebSocketGenerator
) -> dict[str, Any]:
    """Open the live stream of a camera that shares its recorder with others."""
    socket = await hass_ws_client(running.hass)
    entity_id = entity_of(running, camera_named(running, "Terrace"))
    result: dict[str, Any] = (await open_stream(socket, entity_id))["result"]
    return result


@pytest.fixture
async def browser(
    running: Running, hass_client_no_auth: ClientSessionGenerator
) -> TestClient[Any, Any]:
    """Return a browser that is not logged in, as a sandboxed frame is."""
    return await hass_client_no_auth()


async def test_open_live(running: Running, stream: dict[str, Any]) -> None:
    """The browser gets an address and a session, and no token."""
    camera = camera_named(running, "Terrace")
    place = f"{camera.device.serial}/{camera.channel_no}"
    assert stream["ezopen"] == f"ezopen://open.ezviz.com/{place}.hd.live"
    assert stream["api_base"] == f"/api/{DOMAIN}/player/{stream['session']}"
    assert len(bytes.fromhex(stream["session"])) == 16


async def test_identity_is_forced(
    running: Running, stream: dict[str, Any], browser: TestClient[Any, Any]
) -> None:
    """Whatever the player claims, it gets its own camera, with the real token."""
    mine = camera_named(running, "Terrace")
    other = camera_named(running, "Workbench")
    form = FormData()
    form.add_field("accessToken", "stolen")
    form.add_field("ezopen", f"ezopen://open.ezviz.com/{other.device.serial}/1.live")
    form.add_field("needStreamToken", "1")
    answer = await browser.post(
        stream["api_base"] + EZOPEN,
        data=form,
        headers={"deviceSerial": other.device.serial, "accessToken": "stolen"},
    )
    data = (await answer.json())["data"]
    assert f"dev={mine.device.serial}&chn={mine.channel_no}" in data["url"]
    assert data["token"].startswith("dv.")


@pytest.mark.parametrize("claimed", [{}, {"deviceSerial": "Q99999999"}])
async def test_other_channels_are_hidden(
    running: Running,
    stream: dict[str, Any],
    browser: TestClient[Any, Any],
    claimed: dict[str, str],
) -> None:
    """Of a recorder's channels the player sees its own, also if it names none."""
    answer = await browser.post(stream["api_base"] + CAMERA_LIST, params=claimed)
    rows = (await answer.json())["data"]
    camera = camera_named(running, "Terrace")
    assert [row["channelNo"] for row in rows] == [camera.channel_no]
    assert rows[0]["deviceSerial"] == camera.device.serial


@pytest.mark.parametrize("path", STUBS)
async def test_other_calls_do_not_go_out(
    running: Running, stream: dict[str, Any], browser: TestClient[Any, Any], path: str
) -> None:
    """A call that is not needed is answered with nothing and never sent."""
    answer = await browser.post(stream["api_base"] + path, data={"accessToken": "x"})
    assert answer.status == 200
    assert (await answer.json())["data"] == []
    assert not sent(running, path)


async def test_preflight(
    running: Running, stream: dict[str, Any], browser: TestClient[Any, Any]
) -> None:
    """A frame without origin may send the player's headers."""
    answer = await browser.options(
        stream["api_base"] + EZOPEN,
        headers={
            "Origin": "null",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "accesstoken,clienttype,sdkversion",
        },
    )
    assert answer.status == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "null"
    allowed = answer.headers["Access-Control-Allow-Headers"].lower()
    for header in ("accesstoken", "clienttype", "deviceserial", "localindex"):
        assert header in allowed
    assert "Access-Control-Allow-Credentials" not in answer.headers


async def test_unknown_session(running: Running, browser: TestClient[Any, Any]) -> None:
    """Without a session nothing is told and nothing goes out."""
    answer = await browser.post(f"/api/{DOMAIN}/player/{'0' * 32}{EZOPEN}")
    assert answer.status == 404
    assert not sent(running, EZOPEN)


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
    entity_id = entity_of(running, camera_named(running, "Terrace"))
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
    entity_id = entity_of(running, camera_named(running, "Terrace"))
    for command in ("stream/open", "recordings"):
        await socket.send_json_auto_id(
            {
                "type": f"{DOMAIN}/{command}",
                "entity_id": entity_id,
                **({} if command == "stream/open" else _day()),
            }
        )
        answer = await socket.receive_json()
        assert not answer["success"]
        assert answer["error"]["code"] == "unauthorized"
    assert not sent(running, "/api/hccgw/video/v1/live/address/get")


async def test_right_withdrawn(
    running: Running,
    stream: dict[str, Any],
    browser: TestClient[Any, Any],
    hass_admin_user: Any,
) -> None:
    """Who loses the right while watching cannot open the stream again."""
    hass_admin_user.groups = []
    hass_admin_user.mock_policy({"entities": {"domains": {"light": True}}})
    assert (await browser.post(stream["api_base"] + EZOPEN)).status == 404


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
    entity_id = entity_of(running, camera_named(running, "Shed"))
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
    answer = await open_stream(socket, entity_of(running, camera), quality="sub")
    place = f"{camera.device.serial}/{camera.channel_no}"
    assert answer["result"]["ezopen"] == f"ezopen://ABCDEF@open.ezviz.com/{place}.live"


async def test_token_is_shared_and_renewed(
    running: Running,
    hass_ws_client: WebSocketGenerator,
    stream: dict[str, Any],
    browser: TestClient[Any, Any],
) -> None:
    """One token serves everybody, until the maker's API refuses it."""
    path = "/api/hccgw/platform/v1/streamtoken/get"
    for _ in range(3):
        await browser.post(stream["api_base"] + EZOPEN)
    assert len(sent(running, path)) == 1
    running.account.streaming.expire()
    answer = await browser.post(stream["api_base"] + EZOPEN)
    assert (await answer.json())["code"] == "200"
    assert len(sent(running, path)) == 2


async def test_token_reaches_no_browser(
    running: Running, stream: dict[str, Any], browser: TestClient[Any, Any]
) -> None:
    """No answer holds the account's token, in whatever way it is asked for."""
    secret, _ = running.account.streaming.renew()
    seen = json.dumps(stream)
    for method, path in (*vendor.CALLS, *(("POST", path) for path in STUBS)):
        answer = await browser.request(
            method,
            stream["api_base"] + path,
            params={"accessToken": "session", **_window(1)},
        )
        seen += await answer.text() + str(answer.headers)
    assert answer.status == 200
    assert secret not in seen
    assert running.account.secret not in seen


async def test_foreign_stream_host(
    running: Running,
    stream: dict[str, Any],
    browser: TestClient[Any, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The token goes to nobody but the vendor."""
    players = running.entry.runtime_data.players
    strange = StreamToken("key", "at.secret", "https://example.com", None)
    monkeypatch.setattr(players, "_token", strange)
    answer = await (await browser.post(stream["api_base"] + EZOPEN)).json()
    assert "foreign host" in answer["msg"]


async def test_unreachable(
    running: Running, stream: dict[str, Any], browser: TestClient[Any, Any]
) -> None:
    """An outage reaches the player as an error it can tell."""
    running.sim.faults.add("http_error", path=EZOPEN, status=500)
    answer = await (await browser.post(stream["api_base"] + EZOPEN)).json()
    assert answer["code"] != "200"
    assert "500" in answer["msg"]


async def test_playback_in_another_zone(
    running: Running,
    hass_ws_client: WebSocketGenerator,
    browser: TestClient[Any, Any],
) -> None:
    """A browser elsewhere finds the recording at the clock time of the device."""
    socket = await hass_ws_client(running.hass)
    entity_id = entity_of(running, camera_named(running, "Terrace"))
    await socket.send_json_auto_id(
        {"type": f"{DOMAIN}/recordings", "entity_id": entity_id, **_day()}
    )
    found = (await socket.receive_json())["result"]
    assert found["failed"] == []
    # The first may have begun before the day that was asked for.
    span = [one for one in found["spans"] if one["storage"] == "local"][1]
    begin = datetime.fromisoformat(span["starts"])
    end = begin + timedelta(seconds=20)
    new_york = -5 * 3600
    opened = await open_stream(
        socket,
        entity_id,
        mode="playback",
        begin=span["starts"],
        end=end.isoformat(),
        utc_offset=new_york,
    )
    assert f"begin={begin:%Y%m%d%H%M%S}" in opened["result"]["ezopen"]
    # What a browser in New York makes of the clock time in the address.
    believed = int(begin.replace(tzinfo=UTC).timestamp()) - new_york
    answer = await browser.get(
        opened["result"]["api_base"] + LOCAL_QUERY,
        params={"startTime": str(believed - 60), "endTime": str(believed + 60)},
    )
    rows = (await answer.json())["data"]["records"]
    assert believed in [row["startTime"] for row in rows]


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
            "entity_id": entity_of(running, camera),
            **_day(),
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
    entity_id = entity_of(running, camera_named(running, "Terrace"))
    error = (await open_stream(socket, entity_id, **fields))["error"]
    assert code in (error["code"], error.get("translation_key"))


class Clock:
    """A clock that is moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        """Return the seconds."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Return a clock."""
    return Clock()


@pytest.fixture
def players(clock: Clock) -> PlayerSessions:
    """Return sessions that no client is behind."""
    return PlayerSessions(None, clock)


def open_one(players: PlayerSessions, user_id: str = "user") -> str:
    """Open a session and return its id."""
    target = Target("C1", 1, "ezopen://x")
    return players.open(user_id, "camera.a", Mode.LIVE, target).id


def test_unused_session_ends(players: PlayerSessions, clock: Clock) -> None:
    """A session must be used soon."""
    session = open_one(players)
    clock.now = FIRST_USE_SECONDS
    assert players.use(session) is None


def test_idle_session_ends(players: PlayerSessions, clock: Clock) -> None:
    """A session that is used goes on, and ends when it no longer is."""
    session = open_one(players)
    clock.now = FIRST_USE_SECONDS - 1
    assert players.use(session)
    clock.now += IDLE_SECONDS - 1
    assert players.use(session)
    clock.now += IDLE_SECONDS
    assert players.use(session) is None


def test_session_has_a_longest_life(players: PlayerSessions, clock: Clock) -> None:
    """Use does not keep a session for ever."""
    session = open_one(players)
    while clock.now < LIFE_SECONDS:
        assert players.use(session)
        clock.now += FIRST_USE_SECONDS / 2
    assert players.use(session) is None


def test_sessions_of_a_user_are_limited(players: PlayerSessions) -> None:
    """The oldest of a user's sessions makes room, and nobody else's."""
    foreign = open_one(players, "other")
    mine = [open_one(players) for _ in range(SESSIONS_AT_MOST + 2)]
    assert [players.use(one) is not None for one in mine[:3]] == [False, False, True]
    assert players.use(foreign)


@pytest.mark.parametrize(
    ("url", "code", "main", "wanted"),
    [
        ("ezopen://h/S/1.live", None, True, "ezopen://h/S/1.hd.live"),
        ("ezopen://h/S/1.hd.live", None, False, "ezopen://h/S/1.hd.live"),
        ("ezopen://h/S/1.live", "A/B", False, "ezopen://A%2FB@h/S/1.live"),
        ("ezopen://OLD@h/S/1.live", "NEW", False, "ezopen://NEW@h/S/1.live"),
        (
            "ezopen://h/S/1.cloud.rec?begin=1&end=2",
            "C",
            True,
            "ezopen://C@h/S/1.cloud.rec?begin=1&end=2",
        ),
        ("ezopen://h/token/live", "C", True, "ezopen://h/token/live"),
    ],
)
def test_player_address(url: str, code: str | None, main: bool, wanted: str) -> None:
    """Code and stream are put in; an address of another form is left alone."""
    assert player_address(url, code, main=main) == wanted


def test_long_fields_are_dropped() -> None:
    """What the player may choose is bounded, and nothing else is passed on."""
    call = vendor.CALLS["POST", EZOPEN]
    given = {"userAgent": "x" * 600, "isFlv": "false", "evil": "1", "deviceSerial": "Z"}
    target = Target("C1", 2, "ezopen://mine")
    out = vendor.outgoing(call, target, "at.real", given)
    wanted = {"accessToken": "at.real", "ezopen": "ezopen://mine", "isFlv": "false"}
    assert out.form == wanted
    assert out.headers["deviceSerial"] == "C1"
    assert out.headers["localIndex"] == "2"
    assert not out.query


def test_secrets_are_not_shown(players: PlayerSessions) -> None:
    """Neither the code in an address nor a token shows in a log."""
    target = Target("C1", 1, "ezopen://CODE@h/C1/1.live")
    session = players.open("user", "camera.a", Mode.LIVE, target)
    assert "CODE" not in repr(session)
    out = vendor.outgoing(vendor.CALLS["POST", EZOPEN], target, "at.real", {})
    assert "at.real" not in repr(out)


def _day() -> dict[str, str]:
    now = datetime.now(UTC)
    return {"begin": (now - timedelta(days=1)).isoformat(), "end": now.isoformat()}


def _window(unit: int) -> dict[str, str]:
    now = int(datetime.now(UTC).timestamp()) * unit
    return {
        "startTime": str(now - 3600 * unit),
        "endTime": str(now),
        "queryMonth": "2026-11",
    }
