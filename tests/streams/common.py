"""What tests of live streams have in common."""

from typing import Any

from homeassistant.components.camera import CameraEntityFeature
from homeassistant.helpers import issue_registry as ir

from ..conftest import Running
from ..watching import entity_of

ASKED = "*/live/address/get"
PLAYLIST = "*.m3u8"


def set_options(running: Running, **options: Any) -> None:
    """Change options as the owner does."""
    running.hass.config_entries.async_update_entry(
        running.entry, options={**running.entry.options, **options}
    )


def issues(running: Running) -> list[str | None]:
    """Return what the owner is told to repair."""
    found = ir.async_get(running.hass).issues.values()
    return [issue.translation_key for issue in found]


def can_stream(running: Running, name: str) -> bool:
    """Tell whether Home Assistant can play a camera by itself."""
    features = entity_of(running, name).supported_features
    state = running.hass.states.get(entity_of(running, name).entity_id)
    assert state.attributes["supported_features"] == features
    return features is CameraEntityFeature.STREAM
