"""Which cameras a user may see recordings of."""

from collections.abc import Iterator
from dataclasses import dataclass

from homeassistant.auth.models import User
from homeassistant.auth.permissions.const import POLICY_READ
from homeassistant.components.camera import DOMAIN as CAMERA_DOMAIN
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er

from ..api.models.resources import Camera
from ..const import DOMAIN
from ..devices import entity_id_of
from ..runtime import HikConfigEntry


@dataclass(frozen=True, slots=True)
class Shown:
    """A camera with its entity, which may be seen."""

    entry: HikConfigEntry
    camera: Camera
    entity_id: str
    name: str


@callback
def async_cameras(hass: HomeAssistant, user: User | None) -> Iterator[Shown]:
    """Return the cameras that a user may see; nobody in particular sees all."""
    entries: list[HikConfigEntry] = hass.config_entries.async_loaded_entries(DOMAIN)
    for entry in entries:
        for camera in entry.runtime_data.inventory.data.cameras.values():
            if shown := _shown(hass, entry, camera, user):
                yield shown


@callback
def async_camera(
    hass: HomeAssistant, entry_id: str, camera_id: str, user: User | None
) -> Shown | None:
    """Return a camera if there is one and the user may see it."""
    entry: HikConfigEntry | None = hass.config_entries.async_get_entry(entry_id)
    if entry is None or entry.domain != DOMAIN:
        return None
    if entry.state is not ConfigEntryState.LOADED:
        return None
    camera = entry.runtime_data.inventory.data.cameras.get(camera_id)
    return _shown(hass, entry, camera, user) if camera else None


def _shown(
    hass: HomeAssistant, entry: HikConfigEntry, camera: Camera, user: User | None
) -> Shown | None:
    entity_id = entity_id_of(hass, entry, CAMERA_DOMAIN, camera, "camera")
    entity = er.async_get(hass).async_get(entity_id) if entity_id else None
    if entity is None or entity.disabled:
        return None
    if user and not user.permissions.check_entity(entity.entity_id, POLICY_READ):
        return None
    state = hass.states.get(entity.entity_id)
    return Shown(entry, camera, entity.entity_id, state.name if state else camera.name)
