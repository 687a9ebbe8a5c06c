"""Native streams: HLS of the service where it works, and what happens where not."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from yarl import URL

from custom_components.hikcentral_connect.api import DialectName
from custom_components.hikcentral_connect.api.errors import BadAnswer
from custom_components.hikcentral_connect.api.hosts import may_hold_stream
from custom_components.hikcentral_connect.video import live, tiers
from custom_components.hikcentral_connect.video.hls import NO_SEGMENTS, error_in
from custom_components.hikcentral_connect.video.settings import Choice
from custom_components.hikcentral_connect.video.tiers import (
    CameraTier,
    Tier,
    Why,
    choose,
)
from homeassistant.components.camera import (
    CameraEntityFeature,
    CameraWebRTCProvider,
    async_register_webrtc_provider,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from simulator import Simulator
from simulator.account import Account
from simulator.streams.scene import RATE
from simulator.world.places import Codec

from .conftest import Running, make_entry
from .watching import camera_named, check, decode, entity_of, look, tier_of

ASKED = "*/live/address/get"
PLAYLIST = "*.m3u8"


@pytest.fixture(params=[DialectName.TEAMS], ids=str)
def dialect(request: pytest.FixtureRequest) -> DialectName:
    """Most tests need one dialect only."""
    return DialectName(request.param)


@pytest.fixture
def options() -> dict[str, Any]:
    """Return what the owner set: nothing."""
    return {}


@pytest.fixture
async def running(
    hass: HomeAssistant, sim: Simulator, account: Account, options: dict[str, Any]
) -> AsyncGenerator[Running]:
    """Set the integration up with these options, beside `stream`."""
    assert await async_setup_component(hass, "stream", {})
    entry = make_entry(sim, account, options)
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    yield Running(hass, sim, account, entry)
    assert await hass.config_entries.async_unload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)


def _set(running: Running, **options: Any) -> None:
    running.hass.config_entries.async_update_entry(
        running.entry, options={**running.entry.options, **options}
    )


def _issues(running: Running) -> list[str | None]:
    issues = ir.async_get(running.hass).issues.values()
    return [issue.translation_key for issue in issues]


def _streams(running: Running, name: str) -> bool:
    features = entity_of(running, name).supported_features
    state = running.hass.states.get(entity_of(running, name).entity_id)
    assert state.attributes["supported_features"] == features
    return features is CameraEntityFeature.STREAM


async def test_fresh_address_each_time(hass: HomeAssistant, running: Running) -> None:
    """An address is asked for, its playlist read once, and then anybody can play it."""
    camera = camera_named(running, "Terrace")
    running.sim.record.clear()
    first = await entity_of(running, "Terrace").stream_source()
    running.sim.clock.shift(1)
    second = await entity_of(running, "Terrace").stream_source()

    assert first != second
    assert len(running.sim.record.calls(ASKED)) == 2
    assert len(running.sim.record.calls(PLAYLIST)) == 2
    assert running.sim.record.calls(ASKED)[0].body == {
        "resourceId": camera.id,
        "deviceSerial": camera.device.serial,
        "type": "1",
        "protocol": 2,
        "quality": "1",
        "expireTime": 600,
    }
    pictures = await look(hass, second, RATE)
    check(pictures, camera)
    assert pictures[0].size == (640, 360)
    assert _streams(running, "Terrace")
    assert not _issues(running)


async def test_sub_stream(hass: HomeAssistant, running: Running) -> None:
    """The owner may choose the smaller stream."""
    camera = camera_named(running, "Terrace")
    _set(running, video={camera.id: {"quality": "sub"}})

    address = await entity_of(running, "Terrace").stream_source()

    pictures = await look(hass, address, 3)
    check(pictures, camera)
    assert pictures[0].size == (320, 180)


async def test_many_at_once_cost_one_request(running: Running) -> None:
    """A dashboard, a recording and a cast that begin together share an address."""
    entity = entity_of(running, "Terrace")
    running.sim.record.clear()

    found = await asyncio.gather(*(entity.stream_source() for _ in range(20)))

    assert len(set(found)) == 1
    assert len(running.sim.record.calls(ASKED)) == 1


class Provider(CameraWebRTCProvider):
    """One who plays everything, as go2rtc does."""

    seen: list[str]

    @property
    def domain(self) -> str:
        """Return a name."""
        return "test"

    @callback
    def async_is_supported(self, stream_source: str) -> bool:
        """Take note of what is asked."""
        self.seen.append(stream_source)
        return stream_source.startswith("http")

    async def async_handle_async_webrtc_offer(self, *args: Any) -> None:
        """Play nothing."""

    async def async_on_webrtc_candidate(self, *args: Any) -> None:
        """Take nothing."""


async def test_start_costs_no_requests(hass: HomeAssistant, running: Running) -> None:
    """Core asks every camera at the start whether WebRTC is possible."""
    provider = Provider()
    provider.seen = []
    async_register_webrtc_provider(hass, provider)
    await hass.async_block_till_done()
    assert len(provider.seen) == len(running.account.world.cameras)

    await hass.config_entries.async_reload(running.entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)

    assert len(provider.seen) == 2 * len(running.account.world.cameras)
    assert entity_of(running, "Terrace").webrtc_provider is provider
    assert not running.sim.record.calls(ASKED)
    assert not running.sim.record.calls(PLAYLIST)
    assert not running.sim.streams.sessions


async def test_not_h264(running: Running) -> None:
    """An error in the playlist moves the camera on, and the owner is told the cure."""
    assert _streams(running, "Workbench")

    with pytest.raises(HomeAssistantError) as failure:
        await entity_of(running, "Workbench").stream_source()

    assert failure.value.translation_key == "browser_only"
    assert tier_of(running, "Workbench") == (Tier.BROWSER, Why.NOT_H264)
    assert not _streams(running, "Workbench")
    assert _issues(running) == ["video_not_h264"]
    qualities = [call.body["quality"] for call in running.sim.record.calls(ASKED)]
    assert qualities == ["1", "2"]
    with pytest.raises(HomeAssistantError):
        await entity_of(running, "Workbench").stream_source()
    assert len(running.sim.record.calls(ASKED)) == 2


async def test_heals(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """A camera that was set to H.264 is found within the hour, at no great cost."""
    with pytest.raises(HomeAssistantError):
        await entity_of(running, "Workbench").stream_source()
    now = dt_util.utcnow()

    async def pass_a_minute() -> None:
        nonlocal now
        now += live.RECHECK_INTERVAL
        async_fire_time_changed(running.hass, now)
        await running.hass.async_block_till_done(wait_background_tasks=True)

    await pass_a_minute()
    assert len(running.sim.record.calls(ASKED)) == 2
    monkeypatch.setattr(tiers, "RECHECK_SECONDS", 0.0)
    await pass_a_minute()
    assert len(running.sim.record.calls(ASKED)) == 4
    assert _issues(running) == ["video_not_h264"]

    camera_named(running, "Workbench").codec = Codec.H264
    await pass_a_minute()

    assert not _issues(running)
    assert tier_of(running, "Workbench") == (Tier.HLS, Why.PLAIN)
    assert _streams(running, "Workbench")
    count = len(running.sim.record.calls(ASKED))
    await pass_a_minute()
    assert len(running.sim.record.calls(ASKED)) == count


async def test_encrypted(running: Running) -> None:
    """A refusal for want of the code names the cure, which heals at once."""
    camera = camera_named(running, "Koi pond")
    with pytest.raises(HomeAssistantError):
        await entity_of(running, "Koi pond").stream_source()
    assert tier_of(running, "Koi pond") == (Tier.BROWSER, Why.ENCRYPTED)
    assert _issues(running) == ["video_encrypted"]

    _set(running, codes={camera.device.serial: "ABCDEF"})
    await running.hass.async_block_till_done()

    assert not _issues(running)
    assert tier_of(running, "Koi pond") == (Tier.BROWSER, Why.ENCRYPTED)
    _set(running, relay=True)
    await running.hass.async_block_till_done()
    assert tier_of(running, "Koi pond") == (Tier.RELAY, Why.ENCRYPTED)
    assert _streams(running, "Koi pond")


async def test_code_of_wrong_form(running: Running) -> None:
    """A code that the service does not take is told as such."""
    serial = camera_named(running, "Koi pond").device.serial
    _set(running, codes={serial: "ABC"})

    with pytest.raises(HomeAssistantError):
        await entity_of(running, "Koi pond").stream_source()

    assert _issues(running) == ["video_code_wrong"]


@pytest.mark.parametrize("options", [{"relay": True}])
async def test_relay_steps_in(hass: HomeAssistant, running: Running) -> None:
    """Where the relay is allowed, the first who asks gets its address already."""
    address = await entity_of(running, "Workbench").stream_source()

    check(await look(hass, address, 3), camera_named(running, "Workbench"))
    assert tier_of(running, "Workbench") == (Tier.RELAY, Why.NOT_H264)
    assert not _issues(running)


@pytest.mark.parametrize("dialect", [DialectName.REFERENCE], indirect=True)
async def test_reference(running: Running) -> None:
    """The reference has no HLS: nothing is claimed and nothing asked."""
    assert tier_of(running, "Terrace") == (Tier.BROWSER, Why.NOT_OFFERED)
    assert not _streams(running, "Terrace")
    with pytest.raises(HomeAssistantError):
        await entity_of(running, "Terrace").stream_source()
    assert not running.sim.record.calls(ASKED)
    assert not _issues(running)

    _set(running, relay=True)
    await running.hass.async_block_till_done()
    assert _streams(running, "Terrace")


@pytest.mark.parametrize(
    ("fault", "key"),
    [
        (("rate_limit", ASKED, {}), "rate_limited"),
        (("http_error", PLAYLIST, {}), "stream_failed"),
        (("html", PLAYLIST, {}), "bad_answer"),
        (("reset", PLAYLIST, {}), "service_unreachable"),
        (None, "device_offline"),
    ],
    ids=str,
)
async def test_trouble_is_no_reason_to_move(
    running: Running, fault: tuple[str, str, dict[str, Any]] | None, key: str
) -> None:
    """What passes by itself is told, and changes nothing."""
    if fault:
        running.sim.faults.add(fault[0], path=fault[1], **fault[2])
    else:
        camera_named(running, "Terrace").device.online = False

    with pytest.raises(HomeAssistantError) as failure:
        await entity_of(running, "Terrace").stream_source()

    assert failure.value.translation_key == key
    assert "m3u8" not in str(failure.value)
    assert tier_of(running, "Terrace") == (Tier.HLS, Why.PLAIN)
    assert not _issues(running)


@pytest.mark.parametrize("choice", ["browser", "hls", "relay"])
async def test_owner_decides(running: Running, choice: str) -> None:
    """What the owner chose stays, and HLS by choice still tells what is wrong."""
    _set(running, video={camera_named(running, "Workbench").id: {"tier": choice}})
    await running.hass.async_block_till_done()
    assert tier_of(running, "Workbench") == (Tier(choice), Why.CHOSEN)
    assert _streams(running, "Workbench") is (choice != "browser")

    if choice == "relay":
        assert await entity_of(running, "Workbench").stream_source()
    else:
        with pytest.raises(HomeAssistantError):
            await entity_of(running, "Workbench").stream_source()

    assert tier_of(running, "Workbench") == (Tier(choice), Why.CHOSEN)
    assert _issues(running) == (["video_not_h264"] if choice == "hls" else [])


@pytest.mark.parametrize("name", ["Terrace", "Koi pond"])
@pytest.mark.parametrize("options", [{"relay": True}])
async def test_home_assistant_plays_and_records(
    hass: HomeAssistant,
    running: Running,
    hass_client: ClientSessionGenerator,
    tmp_path: Path,
    name: str,
) -> None:
    """Core's own stream shows tier A and tier C as HLS, and records them as MP4."""
    camera = camera_named(running, name)
    if camera.device.code:
        _set(running, codes={camera.device.serial: camera.device.code})
    hass.config.allowlist_external_dirs = {str(tmp_path)}
    entity = entity_of(running, name)
    # The first one to ask finds out that the camera is encrypted.
    await entity.stream_source()
    await hass.async_block_till_done()
    tier = tier_of(running, name)[0]
    assert tier is (Tier.RELAY if camera.device.code else Tier.HLS)

    stream = await entity.async_create_stream()
    stream.add_provider("hls")
    await stream.start()
    client = await hass_client()
    root = URL(stream.endpoint_url("hls")).parent
    content = b""
    for part in ("playlist.m3u8", "init.mp4", "segment/0.m4s"):
        async with client.get(str(root / part)) as response:
            assert response.status == 200, part
            content = b"" if part.endswith("m3u8") else content + await response.read()
    check(decode(content, "mp4"), camera)

    target = tmp_path / "clip.mp4"
    await hass.services.async_call(
        "camera",
        "record",
        {"entity_id": entity.entity_id, "filename": str(target), "duration": 3},
        blocking=True,
    )
    recorded = await hass.async_add_executor_job(target.read_bytes)
    stamps = check(decode(recorded, "mp4"), camera)
    assert len({one.second for one in stamps}) >= 2


async def test_next_address_before_the_end(running: Running) -> None:
    """A stream that runs is given its next address in time, and goes on."""
    entity = entity_of(running, "Terrace")
    stream = await entity.async_create_stream()
    first = stream.source
    stream.add_provider("hls")
    await stream.start()
    output = stream.outputs()["hls"]
    assert await output.recv()
    running.sim.clock.shift(1)
    # Moving the time would end the stream, whose viewer would seem to have left.
    assert entity._renewal is not None
    entity._cancel_renewal()
    await entity._on_time(dt_util.utcnow())

    assert stream.source != first
    assert stream.get_diagnostics()["update_source"] == 1
    assert await output.recv()
    for _ in range(50):
        if stream.get_diagnostics()["start_worker"] == 2:
            break
        await asyncio.sleep(0.1)
    assert stream.get_diagnostics()["start_worker"] == 2
    assert stream.available


async def test_old_address_is_not_used_again(
    hass: HomeAssistant, running: Running
) -> None:
    """Who opens a camera again after its address ended gets another one."""
    entity = entity_of(running, "Terrace")
    stream = await entity.async_create_stream()
    first = stream.source
    assert await entity.async_create_stream() is stream
    assert stream.source == first

    entity._expires = dt_util.utcnow()
    running.sim.clock.shift(700)
    assert await entity.async_create_stream() is stream

    assert stream.source != first
    check(await look(hass, stream.source, 3), camera_named(running, "Terrace"))


async def test_stream_that_breaks_gets_another_address(
    hass: HomeAssistant, running: Running
) -> None:
    """When a stream breaks, its next try has a fresh address."""
    entity = entity_of(running, "Terrace")
    stream = await entity.async_create_stream()
    broken = stream.source.replace("&t=", "&t=0")
    stream.source = broken
    stream.add_provider("hls")
    await stream.start()
    for _ in range(80):
        if stream.source != broken:
            break
        await asyncio.sleep(0.1)

    assert stream.source != broken
    assert not stream.get_diagnostics().get("update_source")


async def test_secrets_are_not_told(
    running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    """Addresses let anybody watch: they are in no log, state or error."""
    caplog.set_level("DEBUG")
    address = URL(await entity_of(running, "Terrace").stream_source())
    source = await running.entry.runtime_data.live.async_source(
        running.entry.runtime_data.inventory.data.cameras[
            camera_named(running, "Terrace").id
        ]
    )
    running.sim.faults.add("http_error", path=PLAYLIST)
    with pytest.raises(HomeAssistantError) as failure:
        await entity_of(running, "Terrace").stream_source()

    told = f"{failure.value!r} {failure.value.__cause__!r} {source!r} {caplog.text}"
    told += "".join(str(state.as_dict()) for state in running.hass.states.async_all())
    assert address.query["t"] not in told
    assert URL(source.url).query["t"] not in told


PLAIN = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2.0,\n/v3/openlive/1.ts?x=ErrCode\n"


@pytest.mark.parametrize(
    ("playlist", "error"),
    [
        (PLAIN, None),
        ("#EXTM3U\n#EXT-X-TARGETDURATION:2\n", None),
        ("#EXTM3U\n#EXT-X-ENDLIST\n", NO_SEGMENTS),
        ("#EXTM3U\n#EXTINF:1,\n/a/ErrCode/9053_0.ts?x\n#EXT-X-ENDLIST\n", "9053"),
        ("#EXTM3U\r\n#EXTINF:1,\r\nErrCode/9053\r\n", "9053"),
        (f"{PLAIN}https://x/ErrCode/9048_0.ts\n", "9048"),
    ],
)
def test_playlists(playlist: str, error: str | None) -> None:
    """The forms in which the service says that there is no video."""
    assert error_in(playlist) == error


def test_what_is_no_playlist() -> None:
    """A page of a proxy is not taken for video."""
    with pytest.raises(BadAnswer):
        error_in("<html>")


@pytest.mark.parametrize(
    ("choice", "relay", "obstacle", "has_code", "tier"),
    [
        (Choice.AUTO, False, Why.PLAIN, False, Tier.HLS),
        (Choice.AUTO, True, Why.PLAIN, True, Tier.HLS),
        (Choice.AUTO, False, Why.NOT_H264, True, Tier.BROWSER),
        (Choice.AUTO, True, Why.NOT_H264, False, Tier.RELAY),
        (Choice.AUTO, True, Why.ENCRYPTED, False, Tier.BROWSER),
        (Choice.AUTO, True, Why.ENCRYPTED, True, Tier.RELAY),
        (Choice.AUTO, True, Why.CODE_WRONG, True, Tier.BROWSER),
        (Choice.AUTO, True, Why.NOT_OFFERED, False, Tier.RELAY),
        (Choice.BROWSER, True, Why.PLAIN, True, Tier.BROWSER),
        (Choice.RELAY, False, Why.PLAIN, False, Tier.RELAY),
        (Choice.HLS, True, Why.NOT_H264, True, Tier.HLS),
    ],
)
def test_choice(
    choice: Choice, relay: bool, obstacle: Why, has_code: bool, tier: Tier
) -> None:
    """Which way is taken."""
    why = obstacle if choice is Choice.AUTO else Why.CHOSEN
    chosen = choose(choice, relay=relay, obstacle=obstacle, has_code=has_code)
    assert chosen == CameraTier(tier, why)


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://ieuopen.ezvizlife.com/v3/x.m3u8", True),
        ("https://vtmeu.ezvizlife.com:8883/x.m3u8", True),
        ("wss://vtmeu.ezvizlife.com:20006/live", True),
        ("ws://vtmeu.ezvizlife.com:20006/live", False),
        ("http://ieuopen.ezvizlife.com/x.m3u8", False),
        ("https://ezvizlife.com.example.org/x.m3u8", False),
        ("https://evil-ezvizlife.com/", False),
        ("https://bucket.amazonaws.com/x", False),
        ("ws://127.0.0.1:8480/live", True),
        ("ws://127.0.0.1:8481/live", False),
        ("file:///etc/passwd", False),
        ("/etc/passwd", False),
    ],
)
def test_hosts(url: str, allowed: bool) -> None:
    """Tokens of streaming go to the vendor, or to what the owner typed."""
    assert may_hold_stream(URL(url), URL("http://127.0.0.1:8480")) is allowed
