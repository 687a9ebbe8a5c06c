"""HLS of the service: addresses that can be opened, and what is played from them."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from yarl import URL

from custom_components.hikcentral_connect.api.models.video import StreamProtocol
from custom_components.hikcentral_connect.video.tiers import Tier
from homeassistant.components.camera import (
    CameraWebRTCProvider,
    async_register_webrtc_provider,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.util import dt as dt_util
from simulator.streams.scene import RATE

from ..common import camera_named
from ..conftest import Running
from ..watching import check, decode, entity_of, look, tier_of
from .common import ASKED, PLAYLIST, can_stream, issues, set_options


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
    assert can_stream(running, "Terrace")
    assert not issues(running)


async def test_sub_stream(hass: HomeAssistant, running: Running) -> None:
    """The owner may choose the smaller stream."""
    camera = camera_named(running, "Terrace")
    set_options(running, video={camera.id: {"quality": "sub"}})

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
        set_options(running, codes={camera.device.serial: camera.device.code})
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
    broken = stream.source.replace("auth=", "auth=0")
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
    hass: HomeAssistant, running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    """Addresses let anybody watch: none leaves us, and ours are in no log or error."""
    caplog.set_level("DEBUG")
    camera = camera_named(running, "Terrace")
    shown = running.entry.runtime_data.inventory.data.cameras[camera.id]
    given = await running.entry.runtime_data.client.video.live_address(
        shown.id, shown.device_serial, StreamProtocol.HLS
    )
    assert "t" in URL(given.url).query
    entity = entity_of(running, "Terrace")
    stream = await entity.async_create_stream()
    source = await running.entry.runtime_data.live.async_source(shown)
    stream.add_provider("hls")
    await stream.start()
    assert await stream.outputs()["hls"].recv()
    running.sim.faults.add("http_error", path=PLAYLIST)
    stream.update_source(source.url)
    for _ in range(80):
        if "Error opening stream" in caplog.text:
            break
        await asyncio.sleep(0.1)
    with pytest.raises(HomeAssistantError) as failure:
        await entity.stream_source()
    async with async_get_clientsession(hass).get(source.url) as response:
        assert response.status == 502
        shown_to_player = f"{response.headers} {await response.text()}"
    running.sim.faults.clear()
    async with async_get_clientsession(hass).get(source.url) as response:
        shown_to_player += f"{response.headers} {await response.text()}"

    assert "Error opening stream" in caplog.text
    told = f"{failure.value!r} {failure.value.__cause__!r} {source!r} {caplog.text}"
    told += "".join(str(state.as_dict()) for state in hass.states.async_all())
    assert URL(source.url).query["auth"] in shown_to_player
    assert URL(source.url).query["auth"] not in told
    for secret in (URL(given.url).query["t"], camera.device.serial, "m3u8?expire"):
        assert secret not in told + shown_to_player + source.url
