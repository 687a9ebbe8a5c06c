"""Live: pictures, streams and recordings."""

from datetime import timedelta

import pytest

from custom_components.hikcentral_connect.api.errors import (
    CodeWrong,
    DeviceOffline,
    StreamEncrypted,
)
from custom_components.hikcentral_connect.api.models.records import (
    Recording,
    SaveState,
    Storage,
)
from custom_components.hikcentral_connect.api.models.video import StreamProtocol
from simulator.video import ezopen_live, ezopen_recording
from simulator.world import recordings
from simulator.world.places import Camera
from simulator.world.sites import DEMO_CODE

from .live import REFERENCE, TEAMS, Stage, live, named

JPEG = b"\xff\xd8\xff"
PLACES = {
    Storage.LOCAL: recordings.Recording.DEVICE,
    Storage.CLOUD: recordings.Recording.CLOUD,
}


def address(camera: Camera) -> dict[str, str]:
    """Return the arguments that name a camera."""
    return {"camera_id": camera.id, "device_serial": camera.device.serial}


@live("Video.capture")
async def test_capture(stage: Stage) -> None:
    """A camera takes a picture that can be fetched; one that is offline does not."""
    terrace = named(stage.world.cameras, "Terrace")
    capture = stage.client.video.capture
    picture = await capture(terrace.device.serial, terrace.channel_no)
    assert not picture.encrypted
    assert (await stage.client.fetch_media(picture.url)).startswith(JPEG)
    shed = named(stage.world.cameras, "Shed")
    with pytest.raises(DeviceOffline):
        await capture(shed.device.serial, shed.channel_no)


@live("Video.capture", only=TEAMS)
async def test_capture_encrypted(stage: Stage) -> None:
    """Teams tells that a picture is encrypted."""
    koi = named(stage.world.cameras, "Koi pond")
    picture = await stage.client.video.capture(koi.device.serial, None)
    assert picture.encrypted


@live("Video.live_address")
async def test_live_address(stage: Stage) -> None:
    """EZOPEN names the camera; HLS is a playlist that can be opened."""
    terrace = named(stage.world.cameras, "Terrace")
    live_address = stage.client.video.live_address
    stream = await live_address(**address(terrace))
    assert (stream.url, stream.expires) == (ezopen_live(terrace), None)
    stream = await live_address(**address(terrace), protocol=StreamProtocol.HLS)
    async with stage.client.session.http.get(stream.url) as response:
        assert (await response.text()).startswith("#EXTM3U")
    if await stage.client.dialect() is TEAMS:
        life = (stream.expires - stage.now).total_seconds()
        assert life == pytest.approx(600, abs=5)


@live("Video.live_address")
async def test_live_address_of_an_encrypted_camera(stage: Stage) -> None:
    """HLS is refused; teams wants the code of the device for EZOPEN."""
    koi = named(stage.world.cameras, "Koi pond")
    live_address = stage.client.video.live_address
    with pytest.raises(StreamEncrypted):
        await live_address(**address(koi), protocol=StreamProtocol.HLS)
    stream = await live_address(**address(koi), code=DEMO_CODE)
    if await stage.client.dialect() is REFERENCE:
        assert stream.url == ezopen_live(koi)
        return
    assert stream.url == ezopen_live(koi, DEMO_CODE)
    with pytest.raises(CodeWrong):
        await live_address(**address(koi), code="0")


@live("Video.playback_address")
@pytest.mark.parametrize("storage", Storage)
async def test_playback_address(stage: Stage, storage: Storage) -> None:
    """The address names the span by the clock of the site, and where it lies."""
    driveway = named(stage.world.cameras, "Driveway")
    starts, ends = stage.now - timedelta(hours=2), stage.now - timedelta(hours=1)
    stream = await stage.client.video.playback_address(
        **address(driveway), starts=starts, ends=ends, storage=storage
    )
    place, clock = PLACES[storage], (starts, ends)
    naive = (moment.replace(tzinfo=None) for moment in clock)
    assert stream.url == ezopen_recording(driveway, place, *naive)


@live("Video.thumbnail")
@pytest.mark.parametrize("refresh", [True, False])
async def test_thumbnail(stage: Stage, refresh: bool) -> None:
    """The small picture can be fetched, though the service writes its host twice."""
    terrace = named(stage.world.cameras, "Terrace")
    picture = await stage.client.video.thumbnail(terrace.id, refresh)
    assert not picture.encrypted
    assert (await stage.client.fetch_media(picture.url)).startswith(JPEG)


@live("Video.wake_up")
async def test_wake_up(stage: Stage) -> None:
    """The device wakes up once."""
    koi = named(stage.world.devices, "Koi pond camera")
    assert await stage.client.video.wake_up(koi.serial) is True
    assert stage.world.woken == [koi.serial]


@live("Recordings.search")
@pytest.mark.parametrize("storage", Storage)
async def test_search(stage: Stage, storage: Storage) -> None:
    """All that a camera recorded in three days, there and only there."""
    driveway = named(stage.world.cameras, "Driveway")
    starts, ends = stage.now - timedelta(days=3), stage.now - timedelta(hours=1)
    found = await stage.client.recordings.search(driveway.id, starts, ends, storage)
    place = PLACES[storage]
    kept = stage.world.recordings.find(driveway, place, starts, ends)
    assert found == [Recording(one.begin, one.end, storage) for one in kept]
    assert len(found) > 5


@live("Recordings.settings")
async def test_settings(stage: Stage) -> None:
    """Where and how long cameras record; the reference names no field for it."""
    driveway = named(stage.world.cameras, "Driveway")
    found = await stage.client.recordings.settings(driveway.id)
    assert found.camera_id == driveway.id
    if await stage.client.dialect() is REFERENCE:
        assert found.raw["targetTypes"] == ["0", "1"]
        return
    assert (found.local, found.cloud, found.kept_days) == (True, True, 30)
    terrace = named(stage.world.cameras, "Terrace")
    assert (await stage.client.recordings.settings(terrace.id)).cloud is False


@live("Recordings.save", "Recordings.saved")
async def test_save(stage: Stage) -> None:
    """A span is uploaded after a while, as a file that can be fetched for an hour."""
    terrace = named(stage.world.cameras, "Terrace")
    world, service = stage.world, stage.client.recordings
    begin, end = stage.now - timedelta(days=2), stage.now - timedelta(days=1)
    begin = world.recordings.find(terrace, PLACES[Storage.LOCAL], begin, end)[0].begin
    task = await service.save(terrace.id, begin, begin + timedelta(seconds=2))
    clip = world.recordings.clips[task]
    assert (clip.camera, clip.begin) == (terrace, begin)
    assert (await service.saved(task)).state is SaveState.UPLOADING
    stage.pass_time(4)
    ready = await service.saved(task)
    assert ready.state is SaveState.READY
    (url,) = ready.urls
    async with stage.client.session.http.get(url) as response:
        assert (await response.read())[4:8] == b"ftyp"
    stage.pass_time(3601)
    assert (await service.saved(task)).state is SaveState.EXPIRED
