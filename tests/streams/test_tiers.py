"""In which way a camera is shown, and when it moves to another."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed
from yarl import URL

from custom_components.hikcentral_connect.api import DialectName
from custom_components.hikcentral_connect.api.errors import BadAnswer
from custom_components.hikcentral_connect.api.hosts import may_hold_stream
from custom_components.hikcentral_connect.video import live, tiers
from custom_components.hikcentral_connect.video.playlist import NO_SEGMENTS, error_in
from custom_components.hikcentral_connect.video.settings import Choice
from custom_components.hikcentral_connect.video.tiers import (
    CameraTier,
    Tier,
    Why,
    choose,
)
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util
from simulator.world.places import Codec

from ..common import camera_named
from ..conftest import Running
from ..watching import check, entity_of, look, tier_of
from .common import ASKED, PLAYLIST, can_stream, issues, set_options


async def test_not_h264(running: Running) -> None:
    """An error in the playlist moves the camera on, and the owner is told the cure."""
    assert can_stream(running, "Workbench")

    with pytest.raises(HomeAssistantError) as failure:
        await entity_of(running, "Workbench").stream_source()

    assert failure.value.translation_key == "browser_only"
    assert tier_of(running, "Workbench") == (Tier.BROWSER, Why.NOT_H264)
    assert not can_stream(running, "Workbench")
    assert issues(running) == ["video_not_h264"]
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
    assert issues(running) == ["video_not_h264"]

    camera_named(running, "Workbench").codec = Codec.H264
    await pass_a_minute()

    assert not issues(running)
    assert tier_of(running, "Workbench") == (Tier.HLS, Why.PLAIN)
    assert can_stream(running, "Workbench")
    count = len(running.sim.record.calls(ASKED))
    await pass_a_minute()
    assert len(running.sim.record.calls(ASKED)) == count


async def test_encrypted(running: Running) -> None:
    """A refusal for want of the code names the cure, which heals at once."""
    camera = camera_named(running, "Koi pond")
    with pytest.raises(HomeAssistantError):
        await entity_of(running, "Koi pond").stream_source()
    assert tier_of(running, "Koi pond") == (Tier.BROWSER, Why.ENCRYPTED)
    assert issues(running) == ["video_encrypted"]

    set_options(running, codes={camera.device.serial: "ABCDEF"})
    await running.hass.async_block_till_done()

    assert not issues(running)
    assert tier_of(running, "Koi pond") == (Tier.BROWSER, Why.ENCRYPTED)
    set_options(running, relay=True)
    await running.hass.async_block_till_done()
    assert tier_of(running, "Koi pond") == (Tier.RELAY, Why.ENCRYPTED)
    assert can_stream(running, "Koi pond")


async def test_code_of_wrong_form(running: Running) -> None:
    """A code that the service does not take is told as such."""
    serial = camera_named(running, "Koi pond").device.serial
    set_options(running, codes={serial: "ABC"})

    with pytest.raises(HomeAssistantError):
        await entity_of(running, "Koi pond").stream_source()

    assert issues(running) == ["video_code_wrong"]


@pytest.mark.parametrize("options", [{"relay": True}])
async def test_relay_steps_in(hass: HomeAssistant, running: Running) -> None:
    """Where the relay is allowed, the first who asks gets its address already."""
    address = await entity_of(running, "Workbench").stream_source()

    check(await look(hass, address, 3), camera_named(running, "Workbench"))
    assert tier_of(running, "Workbench") == (Tier.RELAY, Why.NOT_H264)
    assert not issues(running)


@pytest.mark.parametrize("dialect", [DialectName.REFERENCE], indirect=True)
async def test_reference(running: Running) -> None:
    """The reference has no HLS: nothing is claimed and nothing asked."""
    assert tier_of(running, "Terrace") == (Tier.BROWSER, Why.NOT_OFFERED)
    assert not can_stream(running, "Terrace")
    with pytest.raises(HomeAssistantError):
        await entity_of(running, "Terrace").stream_source()
    assert not running.sim.record.calls(ASKED)
    assert not issues(running)

    set_options(running, relay=True)
    await running.hass.async_block_till_done()
    assert can_stream(running, "Terrace")


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
    assert not issues(running)


@pytest.mark.parametrize("choice", ["browser", "hls", "relay"])
async def test_owner_decides(running: Running, choice: str) -> None:
    """What the owner chose stays, and HLS by choice still tells what is wrong."""
    set_options(
        running, video={camera_named(running, "Workbench").id: {"tier": choice}}
    )
    await running.hass.async_block_till_done()
    assert tier_of(running, "Workbench") == (Tier(choice), Why.CHOSEN)
    assert can_stream(running, "Workbench") is (choice != "browser")

    if choice == "relay":
        assert await entity_of(running, "Workbench").stream_source()
    else:
        with pytest.raises(HomeAssistantError):
            await entity_of(running, "Workbench").stream_source()

    assert tier_of(running, "Workbench") == (Tier(choice), Why.CHOSEN)
    assert issues(running) == (["video_not_h264"] if choice == "hls" else [])


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
