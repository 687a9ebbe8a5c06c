"""The maker's API under the streaming domain, as the player uses it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from simulator import Simulator

from .conftest import Api
from .viewing import Player, camera

EZOPEN = "/api/lapp/live/url/ezopen"
INFO = "/api/lapp/device/info"


@pytest.fixture
def player(sim: Simulator, session: aiohttp.ClientSession) -> Player:
    """Return a client with a token."""
    return Player(sim, session)


async def get(player: Player, path: str, headers: dict[str, str], **query: Any) -> Any:
    """Call the other family, which takes the token in a header."""
    headers = {"accessToken": player.token} | headers
    url = player.sim.url + path
    async with player.session.get(url, params=query, headers=headers) as response:
        assert response.status == 200
        return await response.json()


async def test_the_token_comes_from_the_cloud(
    player: Player, teams: Api, reference: Api
) -> None:
    """Both dialects give one; asking again gives the same with its full life."""
    for api in (teams, reference):
        data = (await api.get("platform/v1/streamtoken/get"))["data"]
        assert data["streamAreaDomain"] == player.sim.url
        player.token = data["appToken"]
        serial = next(iter(player.sim.account("teams").world.devices.values())).serial
        code = (await player.ask(INFO, deviceSerial=serial))["code"]
        assert code == ("200" if api is teams else "20018")
    before = (await teams.get("platform/v1/streamtoken/get"))["data"]
    player.sim.clock.shift(3600)
    after = (await teams.get("platform/v1/streamtoken/get"))["data"]
    assert after["appToken"] == before["appToken"]
    assert int(after["expireTime"]) - int(before["expireTime"]) >= 3600_000


async def test_tokens_end(sim: Simulator, player: Player, teams: Api) -> None:
    """Unknown, expired and revoked ones are 10002; a new one is another."""
    serial = camera(sim, "Terrace").device.serial
    endings: list[Callable[[], None]] = [
        lambda: setattr(player, "token", "at.x"),
        lambda: sim.clock.shift(8 * 24 * 3600),
        sim.account("teams").streaming.expire,
        sim.account("teams").revoke_key,
    ]
    for spoil in endings:
        player.token = sim.account("teams").streaming.renew()[0]
        assert (await player.ask(INFO, deviceSerial=serial))["code"] == "200"
        spoil()
        answer = await player.ask(INFO, deviceSerial=serial)
        assert answer["code"] == "10002"
        assert "data" not in answer
    meta = await get(player, "/api/service/appKey/get", {}, sn=serial, cno="1")
    assert meta["meta"]["code"] == 10002
    assert meta["data"] == []


async def test_stream_addresses(sim: Simulator, player: Player) -> None:
    """Address and token of a stream, and what may be wrong with what is asked."""
    one, shed = camera(sim, "Terrace"), camera(sim, "Shed")
    other = camera(sim, "Terrace", "reference")
    place = f"{one.device.serial}/{one.channel_no}"
    data = (await player.ask(EZOPEN, ezopen=f"ezopen://open.ezviz.com/{place}.live"))[
        "data"
    ]
    base = sim.url.replace("http", "ws")
    query = f"dev={one.device.serial}&chn={one.channel_no}&stream=2"
    assert data["url"] == f"{base}/live?{query}"
    assert data["token"].startswith("dv.")
    for text, code in (
        (f"ezopen://x.com/{place}.hd.live", "200"),
        (f"ezopen://ABCDEF@x.com/{place}.live", "200"),
        (f"ezopen://x.com/{place}.cloud.rec?begin=1", "200"),
        (f"ezopen://x.com/{place}", "10001"),
        ("http://x.com", "10001"),
        ("", "10001"),
        (f"ezopen://x.com/{one.device.serial}/77.live", "20001"),
        ("ezopen://x.com/NOBODY/1.live", "20002"),
        (f"ezopen://x.com/{other.device.serial}/1.live", "20018"),
        (f"ezopen://x.com/{shed.device.serial}/1.live", "20007"),
    ):
        assert (await player.ask(EZOPEN, ezopen=text))["code"] == code


async def test_devices(sim: Simulator, player: Player) -> None:
    """What the player reads of devices; lists are never null."""
    pond = camera(sim, "Koi pond")
    serial = {"deviceSerial": pond.device.serial}
    info = (await player.ask(INFO, **serial))["data"]
    assert (info["deviceName"], info["isEncrypt"], info["status"]) == (
        "Koi pond camera",
        1,
        1,
    )
    channels = (await player.ask("/api/lapp/device/camera/list", **serial))["data"]
    assert [(one["channelNo"], one["channelName"]) for one in channels] == [
        (1, "Koi pond")
    ]
    capacity = (await player.ask("/api/lapp/device/capacity", **serial))["data"]
    assert set(capacity.values()) <= {"0", "1"}
    for path in ("/api/lapp/voice/query", "/api/lapp/alarm/device/list"):
        assert (await player.ask(path))["data"] == []
    storage = "/api/lapp/cloud/v2/storage/device/info"
    assert len((await player.ask(storage, **serial, channelNo=1))["data"]) == 1
    shed = camera(sim, "Shed").device.serial
    assert (await player.ask(storage, deviceSerial=shed))["data"] == []
    turn = "/api/lapp/device/ptz/start"
    assert (await player.ask(turn, **serial, channelNo=1))["code"] == "60020"
    assert (await player.ask("/api/lapp/live/talk/url", **serial))["code"] == "20018"
    path = "/api/service/device/capacity/video/quality"
    found = (await get(player, path, {}, **serial, channelNo="1"))["data"]
    assert [one["streamTypeIn"] for one in found] == [2, 1]
    path = "/api/service/media/stream/server/info"
    assert (await get(player, path, {}, version="2.0"))["data"]["backups"] == []


async def test_recordings(sim: Simulator, player: Player) -> None:
    """Lists of the cloud and of the device, and the days of a month."""
    one, now = camera(sim, "Driveway"), sim.clock.now()
    times = [int((now - timedelta(days=age)).timestamp()) for age in (2, 0)]
    serial = {"deviceSerial": one.device.serial}
    form = {**serial, "channelNo": one.channel_no, "version": "2.0"}
    form |= {"startTime": times[0] * 1000, "endTime": times[1] * 1000}
    path = "/api/lapp/video/by/time"
    for kind in (1, 2):
        data = (await player.ask(path, **form, recType=kind))["data"]
        assert data["isAll"] is True
        assert len(data["files"]) > 5
        assert all(row["recType"] == kind for row in data["files"])
    assert (await player.ask(path, **form, recType=3))["code"] == "10001"
    path = "/api/v3/device/local/video/unify/query"
    query = {"startTime": str(times[0]), "endTime": str(times[1])}
    records = (await get(player, path, serial, **query))["data"]["records"]
    assert [row["startTime"] * 1000 for row in records] == [
        row["startTime"] for row in data["files"]
    ]
    path = "/api/v3/open/cloud/video/exist/query/month"
    month = {**serial, "channelNo": "1", "queryMonth": f"{now:%Y-%m}", "recType": "2"}
    days = (await get(player, path, {}, **month))["data"]
    assert {row["recDay"][:7] for row in days} == {f"{now:%Y-%m}"}
    assert any(row["local"] == row["all"] == 1 for row in days)
    wrong = await get(player, path, {}, **(month | {"queryMonth": "soon"}))
    assert wrong["meta"]["code"] == 10001


async def test_browsers_of_any_origin_may_call(player: Player) -> None:
    """A sandboxed page sends "null" as its origin and asks first."""
    headers = {
        "Origin": "null",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "sdkversion",
    }
    url = player.sim.url + EZOPEN
    async with player.session.options(url, headers=headers) as response:
        assert response.status == 204
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["Access-Control-Allow-Headers"] == "*"
    async with player.session.post(url) as response:
        assert response.headers["Access-Control-Allow-Origin"] == "*"
    async with player.session.post(player.sim.url + "/api/lapp/other") as response:
        assert response.status == 404


async def test_faults(sim: Simulator, player: Player) -> None:
    """Errors on demand, and calls on record without their tokens."""
    serial = camera(sim, "Terrace").device.serial
    for kind, options, code in (
        ("refuse", {"code": 20007}, "20007"),
        ("token_expired", {}, "10002"),
    ):
        sim.faults.add(kind, path="/api/lapp/*", times=1, **options)
        assert (await player.ask(INFO, deviceSerial=serial))["code"] == code
    sim.faults.add("http_error", path=INFO, status=500, times=1)
    async with player.session.post(sim.url + INFO) as response:
        assert response.status == 500
    assert [one.status for one in sim.record.calls(INFO)] == [200, 200, 500]
    assert player.token not in str(sim.record.as_json("*"))
