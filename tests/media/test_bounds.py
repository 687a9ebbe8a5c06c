"""Nobody gets further than his rights, and the disk does not fill."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockUser
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.hikcentral_connect.const import DOMAIN
from custom_components.hikcentral_connect.video import exports
from homeassistant.auth.models import Group
from homeassistant.auth.permissions.const import POLICY_READ
from homeassistant.components.media_player import BrowseError
from homeassistant.components.media_source import (
    Unresolvable,
    async_browse_media,
    async_resolve_media,
)
from homeassistant.core import HomeAssistant

from ..common import camera_named
from ..conftest import Running
from ..watching import entity_id_of
from .conftest import ROOT, files_of, place_of, recordings, yesterday


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
        camera.id: (await recordings(hass, place_of(running, camera, yesterday())))[0]
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
        place = place_of(running, camera, yesterday())
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
    for piece in (await recordings(hass, place_of(running, camera, yesterday())))[:3]:
        await async_resolve_media(hass, piece.media_content_id, None)
    assert len(files_of(running)) == 1

    await hass.config_entries.async_remove(running.entry.entry_id)
    await hass.async_block_till_done()

    assert not files_of(running)
