"""Recordings and alarm pictures for players and browsers, each to who may see them."""

from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

from aiohttp import web

from homeassistant.components.http import KEY_HASS, KEY_HASS_USER, HomeAssistantView
from homeassistant.core import HomeAssistant, callback

from ..api.errors import HikError
from ..const import DOMAIN
from .access import Shown, async_camera
from .exports import LONGEST, Span

RECORDING: Final = "recording"
PICTURE: Final = "picture"
MP4: Final = "video/mp4"
_KEPT: Final = {"Cache-Control": "private, max-age=600"}


@callback
def async_register_views(hass: HomeAssistant) -> None:
    """Serve the media of all accounts."""
    hass.http.register_view(RecordingView)
    hass.http.register_view(PictureView)


def address_of(kind: str, shown: Shown, *parts: str) -> str:
    """Return where something of a camera is served."""
    path = (shown.entry.entry_id, shown.camera.id, *parts)
    places = "/".join(quote(part, safe="") for part in path)
    return f"/api/{DOMAIN}/{kind}/{places}"


def span_of(shown: Shown, starts: str, ends: str) -> Span | None:
    """Return the span between two times in seconds since 1970, None if it is none."""
    try:
        first, last = (datetime.fromtimestamp(int(one), UTC) for one in (starts, ends))
    except ValueError, OverflowError, OSError:
        return None
    if not timedelta() < last - first <= LONGEST:
        return None
    return Span(shown.camera, first, last)


class RecordingView(HomeAssistantView):
    """Serves files that were exported; players may ask for parts of them."""

    url = f"/api/{DOMAIN}/{RECORDING}/{{entry_id}}/{{camera_id}}/{{starts}}/{{ends}}"
    name = f"api:{DOMAIN}:{RECORDING}"

    async def get(
        self,
        request: web.Request,
        entry_id: str,
        camera_id: str,
        starts: str,
        ends: str,
    ) -> web.StreamResponse:
        """Serve a recording that has been exported."""
        shown = _camera(request, entry_id, camera_id)
        span = span_of(shown, starts, ends)
        path = await shown.entry.runtime_data.exports.async_file(span) if span else None
        if path is None:
            raise web.HTTPNotFound
        return web.FileResponse(path, headers={"Content-Type": MP4, **_KEPT})


class PictureView(HomeAssistantView):
    """Serves pictures of the log of alarms."""

    url = (
        f"/api/{DOMAIN}/{PICTURE}/{{entry_id}}/{{camera_id}}/{{day}}/{{alarm_id}}"
        r"/{number:\d{1,3}}"
    )
    name = f"api:{DOMAIN}:{PICTURE}"

    async def get(
        self,
        request: web.Request,
        entry_id: str,
        camera_id: str,
        day: str,
        alarm_id: str,
        number: str,
    ) -> web.Response:
        """Fetch a picture, decrypted if need be."""
        shown = _camera(request, entry_id, camera_id)
        runtime = shown.entry.runtime_data
        try:
            moment = date.fromisoformat(day)
            alarms = await runtime.library.async_alarms(shown.camera, moment)
            found = {alarm.id: alarm.pictures for alarm in alarms}.get(alarm_id, ())
            if int(number) >= len(found):
                raise web.HTTPNotFound
            url = found[int(number)].url
            content = await runtime.stills.fetch(url, shown.camera.device_serial)
        except ValueError, OverflowError:
            raise web.HTTPNotFound from None
        except HikError:
            return web.Response(status=HTTPStatus.BAD_GATEWAY)
        kind = "image/png" if content.startswith(b"\x89PNG") else "image/jpeg"
        return web.Response(body=content, content_type=kind, headers=_KEPT)


def _camera(request: web.Request, entry_id: str, camera_id: str) -> Shown:
    hass = request.app[KEY_HASS]
    shown = async_camera(hass, entry_id, camera_id, request[KEY_HASS_USER])
    if shown is None:
        raise web.HTTPNotFound
    return shown
