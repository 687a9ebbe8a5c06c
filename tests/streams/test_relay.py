"""The relay: encrypted and H.265 cameras become native streams."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from custom_components.hikcentral_connect.api import DialectName
from custom_components.hikcentral_connect.video import feed
from custom_components.hikcentral_connect.video.tiers import Tier, Why
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.util import dt as dt_util
from simulator.account import Account
from simulator.streams.scene import RATE
from simulator.world.sites import DEMO_CODE

from ..common import camera_named
from ..conftest import Running
from ..watching import check, decode, entity_of, look, tier_of
from .common import set_options

CODE = "ABCDEF"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait."""
    monkeypatch.setattr(feed, "RETRY_SECONDS", 0.05)
    monkeypatch.setattr(feed, "IDLE_SECONDS", 0.3)


@pytest.fixture
def options(account: Account) -> dict[str, Any]:
    """Return what the owner set: the relay, and the code of the encrypted camera."""
    devices = account.world.devices.values()
    codes = {one.serial: one.code for one in devices if one.code}
    return {"relay": True, "codes": codes}


@pytest.fixture(autouse=True)
def _online(account: Account) -> None:
    """Have no device that is offline."""
    for camera in account.world.cameras.values():
        camera.device.online = True


async def _address(running: Running, name: str) -> str:
    source = await entity_of(running, name).stream_source()
    assert source.startswith("http://127.0.0.1:")
    return source


async def _quiet(running: Running) -> None:
    for _ in range(60):
        if not running.sim.streams.running:
            return
        await asyncio.sleep(0.05)
    raise AssertionError("the session goes on")


@pytest.mark.parametrize("dialect", list(DialectName), indirect=True)
@pytest.mark.parametrize("name", ["Workbench", "Koi pond", "Shed"])
async def test_pictures(running: Running, name: str) -> None:
    """H.265, encrypted and RTP cameras can be decoded by anybody, in right colours."""
    address = await _address(running, name)
    assert not running.sim.streams.running

    pictures = await look(running.hass, address, 2 * RATE)

    stamps = check(pictures, camera_named(running, name))
    assert len({one.second for one in stamps}) >= 2
    assert pictures[0].size == (640, 360)


@pytest.mark.parametrize("name", ["Workbench", "Shed"])
async def test_encrypted_h265(
    hass: HomeAssistant, running: Running, name: str, tmp_path: Path
) -> None:
    """Home Assistant records what it could not even decode, be it in RTP packets."""
    camera = camera_named(running, name)
    camera.device.code = DEMO_CODE
    codes = {**running.entry.options["codes"], camera.device.serial: DEMO_CODE}
    set_options(running, codes=codes)
    hass.config.allowlist_external_dirs = {str(tmp_path)}
    file = tmp_path / "garden.mp4"

    await hass.services.async_call(
        "camera",
        "record",
        {
            "entity_id": entity_of(running, name).entity_id,
            "filename": str(file),
            "duration": 4,
            "lookback": 0,
        },
        blocking=True,
    )

    content = await hass.async_add_executor_job(file.read_bytes)
    assert b"hvc1" in content or b"hev1" in content
    pictures = await hass.async_add_executor_job(decode, content, "mp4")
    assert len({one.second for one in check(pictures, camera)}) >= 2
    assert pictures[0].tobytes() != pictures[-1].tobytes()


@pytest.mark.parametrize("options", [{"relay": False}])
async def test_plain_camera_by_choice(hass: HomeAssistant, running: Running) -> None:
    """The owner may have any camera relayed, and its sub-stream."""
    camera = camera_named(running, "Terrace")
    video = {camera.id: {"tier": "relay", "quality": "sub"}}
    hass.config_entries.async_update_entry(running.entry, options={"video": video})
    await hass.async_block_till_done()

    assert tier_of(running, "Terrace") == (Tier.RELAY, Why.CHOSEN)
    pictures = await look(hass, await _address(running, "Terrace"), RATE)

    check(pictures, camera)
    assert pictures[0].size == (320, 180)


async def test_one_session_for_all(hass: HomeAssistant, running: Running) -> None:
    """However many watch, the camera is asked once; who comes later begins at once."""
    address = await _address(running, "Koi pond")
    first = asyncio.ensure_future(look(hass, address, 5 * RATE))
    await asyncio.sleep(2.5)

    late = await look(hass, address, 1)
    others = await asyncio.gather(*(look(hass, address, RATE) for _ in range(2)))

    check([*late, *await first], camera_named(running, "Koi pond"))
    assert [len(one) for one in others] == [RATE, RATE]
    assert len(running.sim.streams.sessions) == 1
    assert len(running.sim.record.calls("*/live/address/get")) == 2  # HLS first
    await _quiet(running)


async def test_closed_when_idle(hass: HomeAssistant, running: Running) -> None:
    """The session goes on for a moment for the next viewer, and then ends."""
    address = await _address(running, "Workbench")
    await look(hass, address, 5)
    await asyncio.sleep(0.1)
    assert len(running.sim.streams.running) == 1
    await look(hass, address, 5)
    assert len(running.sim.streams.sessions) == 1

    await _quiet(running)
    await look(hass, address, 5)

    assert len(running.sim.streams.sessions) == 2


async def test_goes_on_when_the_cloud_cuts(
    hass: HomeAssistant, running: Running
) -> None:
    """The cloud ends streams; who watches sees one that goes on."""
    running.sim.faults.add("cut", path="/live", seconds=1.5, times=2)
    address = await _address(running, "Koi pond")

    pictures = await look(hass, address, 5 * RATE)

    check(pictures, camera_named(running, "Koi pond"))
    assert len(running.sim.streams.sessions) == 3


@pytest.mark.parametrize(
    "fault",
    [
        ("refuse", "/api/lapp/live/url/ezopen", {"code": 20007}),
        ("refuse", "/live", {"code": 5404}),
        ("refuse", "/live", {"code": 5405}),
        ("html", "/api/lapp/live/url/ezopen", {}),
        ("reset", "/live", {}),
        ("rate_limit", "*/live/address/get", {}),
    ],
    ids=lambda fault: f"{fault[0]} {fault[1]}",
)
async def test_failure(
    hass: HomeAssistant, running: Running, fault: tuple[str, str, dict[str, Any]]
) -> None:
    """A stream that cannot be opened is answered so, and works again afterwards."""
    address = await _address(running, "Workbench")
    kind, path, more = fault
    running.sim.faults.add(kind, path=path, **more)
    http = async_get_clientsession(hass)
    async with http.get(address) as response:
        assert response.status == 503
        assert await response.read() == b""
    running.sim.faults.clear()

    check(await look(hass, address, 3), camera_named(running, "Workbench"))


async def test_expired_token_is_renewed(hass: HomeAssistant, running: Running) -> None:
    """The token of streaming may end before its time."""
    address = await _address(running, "Workbench")
    await look(hass, address, 3)
    await _quiet(running)
    running.account.streaming.expire()

    check(await look(hass, address, 3), camera_named(running, "Workbench"))
    assert len(running.sim.record.calls("*/streamtoken/get")) == 2


@pytest.mark.parametrize("code", ["WRONG1", "ABCDEG"])
async def test_wrong_code(
    hass: HomeAssistant, running: Running, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A wrong code ends the stream and tells the owner; the right one heals."""
    caplog.set_level("DEBUG")
    camera = camera_named(running, "Koi pond")
    serial = camera.device.serial
    options = {**running.entry.options, "codes": {serial: code}}
    hass.config_entries.async_update_entry(running.entry, options=options)
    address = await _address(running, "Koi pond")
    async with async_get_clientsession(hass).get(address) as response:
        assert response.status == 503
    issues = ir.async_get(hass).issues
    assert tier_of(running, "Koi pond") == (Tier.BROWSER, Why.CODE_WRONG)
    (issue,) = issues.values()
    assert issue.translation_key == "video_code_wrong"
    assert code not in caplog.text

    options = {**running.entry.options, "codes": {serial: CODE}}
    hass.config_entries.async_update_entry(running.entry, options=options)
    await hass.async_block_till_done()

    assert not ir.async_get(hass).issues
    address = await _address(running, "Koi pond")
    check(await look(hass, address, 3), camera)
    assert CODE not in caplog.text


async def test_path_cannot_be_guessed(hass: HomeAssistant, running: Running) -> None:
    """Only who was told the key sees anything; it changes with every start."""
    address = await _address(running, "Workbench")
    http = async_get_clientsession(hass)
    root, _, key = address.rpartition("?auth=")
    assert len(key) >= 43
    for other in (
        root,
        f"{root}?auth=",
        f"{address}x",
        address[:-1],
        f"{root}?auth=..%2f{key}",
        f"{root}?auth=x&auth={key}",
    ):
        async with http.get(other) as response:
            assert response.status == 404
    async with http.post(address) as response:
        assert response.status == 404
    assert not running.sim.streams.sessions

    await hass.config_entries.async_reload(running.entry.entry_id)
    with pytest.raises(aiohttp.ClientError):
        await http.get(address)


async def test_daily_limit(
    hass: HomeAssistant, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A camera on batteries is watched for so many minutes a day, also by those there."""
    camera = camera_named(running, "Workbench")
    options = {**running.entry.options, "video": {camera.id: {"daily_minutes": 1}}}
    hass.config_entries.async_update_entry(running.entry, options=options)
    address = await _address(running, "Workbench")
    budget = running.entry.runtime_data.live.relay.budget
    budget.async_spend(camera.id, 58.5)

    pictures = await look(hass, address, 1000)

    assert RATE / 2 < len(pictures) < 4 * RATE
    with pytest.raises(HomeAssistantError) as failure:
        await entity_of(running, "Workbench").stream_source()
    assert failure.value.translation_key == "daily_limit_reached"
    async with async_get_clientsession(hass).get(address) as response:
        assert response.status == 503
    tomorrow = dt_util.now() + timedelta(days=1)
    with monkeypatch.context() as patch:
        patch.setattr(dt_util, "now", lambda: tomorrow)
        assert not budget.is_spent(camera.id)


async def test_limit_is_kept_over_a_restart(
    hass: HomeAssistant, running: Running, hass_storage: dict[str, Any]
) -> None:
    """What was watched today counts after a restart too."""
    camera = camera_named(running, "Workbench")
    options = {**running.entry.options, "video": {camera.id: {"daily_minutes": 1}}}
    hass.config_entries.async_update_entry(running.entry, options=options)
    budget = running.entry.runtime_data.live.relay.budget
    budget.async_spend(camera.id, 61)
    await budget._store.async_save(budget._dump())

    await hass.config_entries.async_reload(running.entry.entry_id)

    assert running.entry.runtime_data.live.relay.budget.is_spent(camera.id)


async def test_slow_reader_is_dropped() -> None:
    """Who reads slower than the camera films loses the stream, and nobody else does."""
    viewer = feed.Viewer()
    given = 0
    while viewer.async_give(b"x"):
        given += 1
    assert given == feed.BEHIND_AT_MOST
    read = [await viewer.read() for _ in range(given)]
    assert read[-1] is None


async def test_unload_ends_everything(hass: HomeAssistant, running: Running) -> None:
    """Viewers of an account that is unloaded come to an end, and its session too."""
    address = await _address(running, "Workbench")
    watching = asyncio.ensure_future(look(hass, address, 10_000))
    await asyncio.sleep(1.5)
    assert running.sim.streams.running

    await hass.config_entries.async_unload(running.entry.entry_id)

    assert await asyncio.wait_for(watching, 5)
    await _quiet(running)
    await hass.config_entries.async_setup(running.entry.entry_id)


def test_decode_is_no_fake() -> None:
    """Bytes that are no stream do not decode."""
    with pytest.raises(Exception):  # noqa: B017
        decode(bytes(188 * 20), "mpegts")
