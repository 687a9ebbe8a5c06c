"""Actions on recordings."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
import shutil
from typing import Any, Final

import voluptuous as vol

from homeassistant.components.camera import DOMAIN as CAMERA_DOMAIN
from homeassistant.const import CONF_FILENAME
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv, service
from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonValueType

from ..api.errors import FieldInvalid
from ..api.models.records import Recording, Storage
from ..camera import HikCamera
from ..const import DOMAIN
from ..exceptions import told_to_owner
from ..video.exports import LONGEST, NotWritten, Span, Stage

ATTR_STARTS: Final = "starts"
ATTR_ENDS: Final = "ends"
ATTR_STORAGE: Final = "storage"
EVENT_EXPORT: Final = f"{DOMAIN}_export"
"""Fired as an export goes on: `entity_id`, `stage`, `percent` (None if not known)."""

_SPAN: Final[VolDictType] = {
    vol.Required(ATTR_STARTS): cv.datetime,
    vol.Required(ATTR_ENDS): cv.datetime,
}
_SEARCH: Final[VolDictType] = {
    **_SPAN,
    vol.Optional(ATTR_STORAGE, default=list(Storage)): vol.All(
        cv.ensure_list, [vol.Coerce(Storage)]
    ),
}
_EXPORT: Final[VolDictType] = {**_SPAN, vol.Optional(CONF_FILENAME): cv.string}


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register the actions on the recordings of cameras."""
    for name, schema, action in (
        ("search_recordings", _SEARCH, _async_search),
        ("get_recording_schedule", None, _async_schedule),
        ("export_recording", _EXPORT, _async_export),
    ):
        service.async_register_platform_entity_service(
            hass,
            DOMAIN,
            name,
            entity_domain=CAMERA_DOMAIN,
            schema=schema,
            func=action,
            supports_response=SupportsResponse.OPTIONAL
            if action is _async_export
            else SupportsResponse.ONLY,
        )


async def _async_search(entity: HikCamera, call: ServiceCall) -> ServiceResponse:
    """Return when a camera recorded."""
    library = entity.entry.runtime_data.library
    found: list[Recording] = []
    with told_to_owner():
        starts, ends = _times(call.data)
        for storage in call.data[ATTR_STORAGE]:
            found += await library.async_recordings(
                entity.channel, starts, ends, storage
            )
    rows: list[JsonValueType] = [
        {
            ATTR_STARTS: dt_util.as_local(one.starts).isoformat(),
            ATTR_ENDS: dt_util.as_local(one.ends).isoformat(),
            ATTR_STORAGE: one.storage.value,
        }
        for one in sorted(found, key=lambda one: one.starts)
    ]
    return {"recordings": rows}


async def _async_schedule(entity: HikCamera, call: ServiceCall) -> ServiceResponse:
    """Return what a camera records by schedule."""
    client = entity.entry.runtime_data.client
    with told_to_owner():
        settings = await client.recordings.settings(entity.camera_id)
    return {
        "local": settings.local,
        "cloud": settings.cloud,
        "schedule_id": settings.schedule_id,
        "stream": settings.stream,
        "post_seconds": settings.post_seconds,
        "kept_days": settings.kept_days,
        "settings": settings.raw,
    }


async def _async_export(entity: HikCamera, call: ServiceCall) -> ServiceResponse:
    """Have a span made a file; return where it is to be found."""
    hass, camera = entity.hass, entity.channel
    filename: str | None = call.data.get(CONF_FILENAME)
    if filename is not None and not hass.config.is_allowed_path(filename):
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="path_not_allowed",
            translation_placeholders={"path": filename},
        )
    with told_to_owner():
        starts, ends = _times(call.data)
        if ends - starts > LONGEST:
            raise FieldInvalid(ATTR_ENDS, "must be at most an hour after the start")
        span = Span(camera, starts, ends)
        exports = entity.entry.runtime_data.exports
        path = await exports.async_export(span, _progress(hass, entity.entity_id))
        size = await hass.async_add_executor_job(_copy, path, filename)
    day = dt_util.as_local(starts).date().isoformat()
    times = f"{int(starts.timestamp())}/{int(ends.timestamp())}"
    place = f"{entity.entry.entry_id}/{camera.id}/{day}/{times}"
    return {
        "media_content_id": f"media-source://{DOMAIN}/{place}",
        "bytes": size,
        CONF_FILENAME: filename,
    }


def _times(data: dict[str, Any]) -> tuple[datetime, datetime]:
    starts, ends = (
        dt_util.as_utc(data[name]).replace(microsecond=0)
        for name in (ATTR_STARTS, ATTR_ENDS)
    )
    if starts >= ends:
        raise FieldInvalid(ATTR_ENDS, "must be after the start")
    return starts, ends


def _progress(
    hass: HomeAssistant, entity_id: str
) -> Callable[[Stage, int | None], None]:
    @callback
    def tell(stage: Stage, percent: int | None) -> None:
        data = {"entity_id": entity_id, "stage": stage.value, "percent": percent}
        hass.bus.async_fire(EVENT_EXPORT, data)

    return tell


def _copy(path: Path, filename: str | None) -> int:
    """Copy a recording to where the owner wants it; return its bytes."""
    try:
        if filename is not None:
            shutil.copyfile(path, filename)
        return path.stat().st_size
    except OSError as err:
        raise NotWritten(err.strerror or "unknown error") from err
