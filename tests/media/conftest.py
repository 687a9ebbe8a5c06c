"""The media browser, and what it shows."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from custom_components.hikcentral_connect.api import DialectName
from custom_components.hikcentral_connect.const import DOMAIN
from custom_components.hikcentral_connect.video import exports
from homeassistant.components.media_source import async_browse_media
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from simulator.world.places import Camera

from ..conftest import Running

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


def place_of(running: Running, camera: Camera, *parts: str) -> str:
    """Return the place of a camera, or of something below it."""
    return "/".join([ROOT, running.entry.entry_id, camera.id, *parts])


def files_of(running: Running) -> list[Path]:
    """Return the files that are kept."""
    cache = running.hass.config.cache_path(DOMAIN, running.entry.entry_id)
    return list(Path(cache).glob("*"))


def yesterday() -> str:
    """Return the day before this one, as a place names it."""
    return (dt_util.now().date() - timedelta(days=1)).isoformat()


async def titles(hass: HomeAssistant, place: str) -> list[str]:
    """Return the titles below a place."""
    return [one.title for one in (await async_browse_media(hass, place)).children or ()]


async def recordings(hass: HomeAssistant, place: str) -> list[Any]:
    """Return the recordings below a place."""
    children = (await async_browse_media(hass, place)).children or ()
    return [one for one in children if one.media_class == "video"]
