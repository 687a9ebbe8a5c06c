"""The tree, and recordings and pictures that play."""

import asyncio
from datetime import timedelta
from io import BytesIO
from itertools import pairwise

from PIL import Image
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.hikcentral_connect import media_source as source
from custom_components.hikcentral_connect.api import DialectName
from custom_components.hikcentral_connect.api.models.records import Recording, Storage
from custom_components.hikcentral_connect.video import exports
from custom_components.hikcentral_connect.video.library import PIECE, pieces
from homeassistant.components.media_player import BrowseError
from homeassistant.components.media_source import (
    Unresolvable,
    async_browse_media,
    async_resolve_media,
)
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from simulator.world.recordings import Recording as Stored

from ..common import camera_named
from ..conftest import Running
from ..watching import decode
from .conftest import ROOT, files_of, place_of, recordings, titles, yesterday


@pytest.mark.parametrize("dialect", list(DialectName), indirect=True)
async def test_tree(hass: HomeAssistant, running: Running) -> None:
    """Cameras, their days, and what a day has; teams can play it."""
    camera = camera_named(running, "Terrace")
    names = await titles(hass, ROOT)
    assert len(names) == len(running.account.world.cameras)
    assert any("Terrace" in name for name in names)
    days = await titles(hass, place_of(running, camera))
    assert days[:2] == [dt_util.now().date().isoformat(), yesterday()]

    found = await recordings(hass, place_of(running, camera, yesterday()))

    assert len(found) > 5
    times = [one.title for one in found]
    assert times == sorted(times)
    teams = running.account.speech == "teams"
    assert {one.can_play for one in found} == {teams}


async def test_play(
    hass: HomeAssistant, running: Running, hass_client: ClientSessionGenerator
) -> None:
    """A recording becomes an MP4 that plays, in parts too, and is made only once."""
    camera = camera_named(running, "Terrace")
    piece = (await recordings(hass, place_of(running, camera, yesterday())))[0]

    first, second = await asyncio.gather(
        *(async_resolve_media(hass, piece.media_content_id, None) for _ in range(2))
    )

    assert (first.url, first.mime_type) == (second.url, "video/mp4")
    client = await hass_client()
    async with client.get(first.url) as response:
        assert response.status == 200
        content = await response.read()
    assert len(decode(content, "mp4")) > 1
    async with client.get(first.url, headers={"Range": "bytes=4-7"}) as response:
        assert response.status == 206
        assert await response.read() == b"ftyp"
    await async_resolve_media(hass, piece.media_content_id, None)
    assert len(running.sim.record.calls("*/video/save")) == 1


async def test_still_uploading(
    hass: HomeAssistant, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who does not want to wait comes back: the upload goes on without him."""
    camera = camera_named(running, "Terrace")
    piece = (await recordings(hass, place_of(running, camera, yesterday())))[0]
    with monkeypatch.context() as patch:
        patch.setattr(source, "PATIENCE_SECONDS", 0.05)
        with pytest.raises(Unresolvable) as failure:
            await async_resolve_media(hass, piece.media_content_id, None)
    assert failure.value.translation_key == "recording_on_its_way"

    assert await async_resolve_media(hass, piece.media_content_id, None)
    assert len(running.sim.record.calls("*/video/save")) == 1


@pytest.mark.parametrize(
    ("fault", "path", "key"),
    [
        ("rate_limit", "*/video/save", "rate_limited"),
        ("http_error", "*.mp4", "bad_answer"),
        (None, "", "export_failed"),
    ],
)
async def test_export_that_fails(
    hass: HomeAssistant, running: Running, fault: str | None, path: str, key: str
) -> None:
    """A reason is given, nothing half is kept, and the next try may work."""
    camera = camera_named(running, "Terrace")
    piece = (await recordings(hass, place_of(running, camera, yesterday())))[0]
    wanted = piece.media_content_id
    if fault:
        running.sim.faults.add(fault, path=path)
    else:
        wanted = place_of(running, camera, "2020-01-01", "1577836800", "1577836900")

    with pytest.raises(Unresolvable) as failure:
        await async_resolve_media(hass, wanted, None)

    assert failure.value.translation_key == key
    assert not files_of(running)
    running.sim.faults.clear()
    if fault:
        assert await async_resolve_media(hass, wanted, None)


async def test_upload_without_end(
    hass: HomeAssistant, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for ever for a device that never finishes its upload."""
    monkeypatch.setattr("simulator.teams.recordings.UPLOAD_TIME", timedelta(hours=1))
    monkeypatch.setattr(exports, "WAIT_AT_MOST", 0.2)
    camera = camera_named(running, "Terrace")
    piece = (await recordings(hass, place_of(running, camera, yesterday())))[0]

    with pytest.raises(Unresolvable) as failure:
        await async_resolve_media(hass, piece.media_content_id, None)

    assert failure.value.translation_key == "export_failed"
    assert not files_of(running)


async def test_offline_camera(hass: HomeAssistant, running: Running) -> None:
    """What a device has cannot be listed while it is away."""
    camera = camera_named(running, "Shed")
    with pytest.raises(BrowseError) as failure:
        await async_browse_media(hass, place_of(running, camera, yesterday()))
    assert failure.value.translation_key == "device_offline"


@pytest.mark.parametrize("dialect", list(DialectName), indirect=True)
async def test_cloud(hass: HomeAssistant, running: Running) -> None:
    """What is in the cloud stands beside what is on the device, and says so."""
    camera = camera_named(running, "Driveway")
    place = place_of(running, camera, yesterday())
    found = await recordings(hass, place)
    cloud = [one for one in found if one.title.endswith(source.IN_CLOUD)]
    day = dt_util.start_of_local_day(dt_util.now() - timedelta(days=1))
    stored = running.account.world.recordings.find(
        camera, Stored.CLOUD, day, day + timedelta(days=1)
    )

    assert stored
    assert cloud[0].title.startswith(f"{dt_util.as_local(stored[0].begin):%H:%M:%S}")
    assert len(found) > len(cloud) >= len(stored)
    assert not any(one.can_play for one in cloud)
    with pytest.raises(Unresolvable):
        await async_resolve_media(hass, cloud[0].media_content_id, None)


async def test_cloud_of_a_device_that_is_away(
    hass: HomeAssistant, running: Running
) -> None:
    """What is in the cloud and what alarms showed can be seen without the device."""
    camera = camera_named(running, "Driveway")
    camera.device.online = False
    shown = await titles(hass, place_of(running, camera, yesterday()))
    assert shown
    assert any(one.endswith(source.IN_CLOUD) for one in shown)


async def test_alarm_pictures(
    hass: HomeAssistant, running: Running, hass_client: ClientSessionGenerator
) -> None:
    """Pictures of alarms stand between the recordings, and cost one look at the log."""
    camera = camera_named(running, "Terrace")
    at = dt_util.utcnow() - timedelta(seconds=30)
    running.account.happen.alarm(camera.id, "motion", pictures=2, at=at)
    other = camera_named(running, "Back gate")
    running.account.happen.alarm(other.id, "motion", at=at)
    day = dt_util.as_local(at).date().isoformat()

    children = (await async_browse_media(hass, place_of(running, camera, day))).children
    pictures = [one for one in children or () if one.media_class == "image"]

    assert len(pictures) == 2
    assert pictures[0].title.endswith(" motion")
    assert [one.title for one in children] == sorted(one.title for one in children)
    asked = len(running.sim.record.calls("*/alarmlog"))
    client = await hass_client()
    for picture in pictures:
        media = await async_resolve_media(hass, picture.media_content_id, None)
        assert media.url == picture.thumbnail
        async with client.get(media.url) as response:
            assert response.status == 200
            image = Image.open(BytesIO(await response.read()))
        assert image.format == "JPEG"
    assert len(running.sim.record.calls("*/alarmlog")) == asked


def test_pieces() -> None:
    """A day of video is offered in pieces of the clock, without gaps."""
    starts = dt_util.utcnow().replace(minute=7, second=30, microsecond=0)
    ends = starts + timedelta(hours=24)

    found = pieces(Recording(starts, ends, Storage.LOCAL))

    assert (found[0][0], found[-1][1]) == (starts, ends)
    assert all(last == first for (_, last), (first, _) in pairwise(found))
    assert max(last - first for first, last in found) == PIECE
    assert {first.minute % 10 for first, _ in found[1:]} == {0}
