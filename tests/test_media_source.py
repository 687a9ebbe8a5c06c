"""Recordings and alarm pictures in the media browser."""

import asyncio
from datetime import timedelta
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

from PIL import Image
import pytest
from pytest_homeassistant_custom_component.common import MockUser
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.hikcentral_connect import media_source as source
from custom_components.hikcentral_connect.api import DialectName
from custom_components.hikcentral_connect.api.models.records import Recording, Storage
from custom_components.hikcentral_connect.const import DOMAIN
from custom_components.hikcentral_connect.video import exports
from custom_components.hikcentral_connect.video.library import PIECE, pieces
from homeassistant.auth.models import Group
from homeassistant.auth.permissions.const import POLICY_READ
from homeassistant.components.media_player import BrowseError
from homeassistant.components.media_source import (
    Unresolvable,
    async_browse_media,
    async_resolve_media,
)
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from simulator.world.places import Camera
from simulator.world.recordings import Recording as Stored

from .conftest import Running
from .watching import camera_named, decode, entity_id_of

ROOT = f"media-source://{DOMAIN}"


@pytest.fixture(params=[DialectName.TEAMS], ids=str)
def dialect(request: pytest.FixtureRequest) -> DialectName:
    """Most tests need one dialect only."""
    return DialectName(request.param)


@pytest.fixture(autouse=True)
async def _media(
    hass: HomeAssistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Set up the media browser, and keep files out of the way."""
    hass.config.config_dir = str(tmp_path)
    monkeypatch.setattr(exports, "POLL_SECONDS", 0.05)
    assert await async_setup_component(hass, "media_source", {})


@pytest.fixture(autouse=True)
def _upload(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the simulated device upload in a moment."""
    monkeypatch.setattr(
        "simulator.teams.recordings.UPLOAD_TIME", timedelta(seconds=0.2)
    )


def _place(running: Running, camera: Camera, *parts: str) -> str:
    return "/".join([ROOT, running.entry.entry_id, camera.id, *parts])


def _files(running: Running) -> list[Path]:
    cache = running.hass.config.cache_path(DOMAIN, running.entry.entry_id)
    return list(Path(cache).glob("*"))


def _yesterday() -> str:
    return (dt_util.now().date() - timedelta(days=1)).isoformat()


async def _titles(hass: HomeAssistant, place: str) -> list[str]:
    return [one.title for one in (await async_browse_media(hass, place)).children or ()]


async def _recordings(hass: HomeAssistant, place: str) -> list[Any]:
    children = (await async_browse_media(hass, place)).children or ()
    return [one for one in children if one.media_class == "video"]


@pytest.mark.parametrize("dialect", list(DialectName), indirect=True)
async def test_tree(hass: HomeAssistant, running: Running) -> None:
    """Cameras, their days, and what a day has; teams can play it."""
    camera = camera_named(running, "Terrace")
    names = await _titles(hass, ROOT)
    assert len(names) == len(running.account.world.cameras)
    assert any("Terrace" in name for name in names)
    days = await _titles(hass, _place(running, camera))
    assert days[:2] == [dt_util.now().date().isoformat(), _yesterday()]

    found = await _recordings(hass, _place(running, camera, _yesterday()))

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
    piece = (await _recordings(hass, _place(running, camera, _yesterday())))[0]

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
    piece = (await _recordings(hass, _place(running, camera, _yesterday())))[0]
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
    piece = (await _recordings(hass, _place(running, camera, _yesterday())))[0]
    wanted = piece.media_content_id
    if fault:
        running.sim.faults.add(fault, path=path)
    else:
        wanted = _place(running, camera, "2020-01-01", "1577836800", "1577836900")

    with pytest.raises(Unresolvable) as failure:
        await async_resolve_media(hass, wanted, None)

    assert failure.value.translation_key == key
    assert not _files(running)
    running.sim.faults.clear()
    if fault:
        assert await async_resolve_media(hass, wanted, None)


async def test_offline_camera(hass: HomeAssistant, running: Running) -> None:
    """What a device has cannot be listed while it is away."""
    camera = camera_named(running, "Shed")
    with pytest.raises(BrowseError) as failure:
        await async_browse_media(hass, _place(running, camera, _yesterday()))
    assert failure.value.translation_key == "device_offline"


@pytest.mark.parametrize("dialect", list(DialectName), indirect=True)
async def test_cloud(hass: HomeAssistant, running: Running) -> None:
    """What is in the cloud stands beside what is on the device, and says so."""
    camera = camera_named(running, "Driveway")
    place = _place(running, camera, _yesterday())
    found = await _recordings(hass, place)
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
    titles = await _titles(hass, _place(running, camera, _yesterday()))
    assert titles
    assert any(one.endswith(source.IN_CLOUD) for one in titles)


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

    children = (await async_browse_media(hass, _place(running, camera, day))).children
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


@pytest.mark.parametrize(
    "tail",
    [
        "x",
        "{entry}",
        "{entry}/x",
        "{entry}/{camera}/../../secrets.yaml",
        "{entry}/{camera}/2026-13-01",
        "{entry}/{camera}/2026-03-01/..",
        "{entry}/{camera}/2026-03-01/1/x",
        "{entry}/{camera}/2026-03-01/1700000000/1600000000",
        "{entry}/{camera}/2026-03-01/1600000000/1700000000",
        "{entry}/{camera}/2026-03-01/1/99999999999999999999",
        "../{entry}/{camera}/2026-03-01",
    ],
)
async def test_nowhere(hass: HomeAssistant, running: Running, tail: str) -> None:
    """Identifiers that were never given out lead nowhere, and nothing is asked."""
    camera = camera_named(running, "Terrace")
    place = f"{ROOT}/{tail.format(entry=running.entry.entry_id, camera=camera.id)}"
    running.sim.record.clear()

    with pytest.raises((Unresolvable, BrowseError)):
        await async_resolve_media(hass, place, None)
    with pytest.raises(BrowseError):
        await async_browse_media(hass, place)
    assert len(running.sim.record) == 0


@pytest.mark.parametrize(
    "path",
    [
        "recording/{entry}/{camera}/1/2",
        "recording/{entry}/{camera}/..%2f..%2fsecrets/2",
        "recording/{entry}/..%2f{camera}/1/2",
        "recording/x/{camera}/1/2",
        "picture/{entry}/{camera}/2026-03-01/x/0",
        "picture/{entry}/{camera}/x/x/0",
        "picture/{entry}/x/2026-03-01/x/0",
    ],
)
async def test_no_way_out(
    hass: HomeAssistant,
    running: Running,
    hass_client: ClientSessionGenerator,
    path: str,
) -> None:
    """Addresses that were never given out are not found."""
    camera = camera_named(running, "Terrace")
    client = await hass_client()
    place = path.format(entry=running.entry.entry_id, camera=camera.id)
    async with client.get(f"/api/{DOMAIN}/{place}") as response:
        # Core's own filter refuses some of them before we are asked.
        assert response.status in (400, 404)


async def test_rights(
    hass: HomeAssistant,
    running: Running,
    hass_ws_client: WebSocketGenerator,
    hass_client: ClientSessionGenerator,
    hass_client_no_auth: ClientSessionGenerator,
    hass_admin_user: MockUser,
) -> None:
    """A user sees and gets what his rights allow, by any way."""
    allowed = camera_named(running, "Terrace")
    other = camera_named(running, "Back gate")
    pieces_of = {
        camera.id: (await _recordings(hass, _place(running, camera, _yesterday())))[0]
        for camera in (allowed, other)
    }
    urls = {
        camera_id: (await async_resolve_media(hass, piece.media_content_id, None)).url
        for camera_id, piece in pieces_of.items()
    }
    only = {entity_id_of(hass, allowed): {POLICY_READ: True}}
    policy = {"entities": {"entity_ids": only}}
    hass_admin_user.groups = [Group(name="few", policy=policy, id="few")]
    hass_admin_user.invalidate_cache()
    client = await hass_ws_client(hass)

    async def ask(kind: str, place: str) -> dict[str, Any]:
        await client.send_json_auto_id(
            {"type": f"media_source/{kind}", "media_content_id": place}
        )
        answer: dict[str, Any] = await client.receive_json()
        return answer

    root = await ask("browse_media", ROOT)
    assert len(root["result"]["children"]) == 1
    for camera in (allowed, other):
        may = camera is allowed
        place = _place(running, camera, _yesterday())
        assert (await ask("browse_media", place))["success"] is may
        piece = pieces_of[camera.id].media_content_id
        answer = await ask("resolve_media", piece)
        assert answer["success"] is may
        web = await hass_client()
        async with web.get(urls[camera.id]) as response:
            assert response.status == (200 if may else 404)
        nobody = await hass_client_no_auth()
        async with nobody.get(urls[camera.id]) as response:
            assert response.status == 401
        if may:
            async with nobody.get(answer["result"]["url"]) as response:
                assert response.status == 200


async def test_files_are_bounded(
    hass: HomeAssistant, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """New files make old ones go; with the account all go."""
    monkeypatch.setattr(exports, "KEPT_BYTES", 1)
    camera = camera_named(running, "Terrace")
    for piece in (await _recordings(hass, _place(running, camera, _yesterday())))[:3]:
        await async_resolve_media(hass, piece.media_content_id, None)
    assert len(_files(running)) == 1

    await hass.config_entries.async_remove(running.entry.entry_id)
    await hass.async_block_till_done()

    assert not _files(running)


def test_pieces() -> None:
    """A day of video is offered in pieces of the clock, without gaps."""
    starts = dt_util.utcnow().replace(minute=7, second=30, microsecond=0)
    ends = starts + timedelta(hours=24)

    found = pieces(Recording(starts, ends, Storage.LOCAL))

    assert (found[0][0], found[-1][1]) == (starts, ends)
    assert all(last == first for (_, last), (first, _) in pairwise(found))
    assert max(last - first for first, last in found) == PIECE
    assert {first.minute % 10 for first, _ in found[1:]} == {0}
