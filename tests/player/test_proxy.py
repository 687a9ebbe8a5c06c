"""What of the maker's API a session may ask, and in what form that goes out."""

from datetime import UTC, datetime, timedelta
import json
from typing import Any

from aiohttp import FormData
from aiohttp.test_utils import TestClient
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.hikcentral_connect.api.models.platform import StreamToken
from custom_components.hikcentral_connect.const import DOMAIN
from custom_components.hikcentral_connect.panel import vendor
from custom_components.hikcentral_connect.panel.vendor import Target

from ..common import camera_named
from ..conftest import Running
from ..watching import entity_id_of
from .common import (
    CAMERA_LIST,
    EZOPEN,
    LOCAL_QUERY,
    STUBS,
    day,
    open_stream,
    sent,
    window,
)


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
            params={"accessToken": "session", **window(1)},
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
    strange = StreamToken("key", "at.secret", "https://example.com", None)

    async def get() -> StreamToken:
        return strange

    monkeypatch.setattr(running.entry.runtime_data.live.tokens, "get", get)
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
    entity_id = entity_id_of(running.hass, camera_named(running, "Terrace"))
    await socket.send_json_auto_id(
        {"type": f"{DOMAIN}/recordings", "entity_id": entity_id, **day()}
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
