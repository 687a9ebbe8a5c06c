"""Pictures of cameras: one capture for all who ask, kept until a better one comes."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant

from .api import Client, DialectName
from .api.errors import HikError
from .api.models.resources import Camera
from .api.pictures import is_encrypted, plain_picture
from .options import Options

FRESH_SECONDS: Final = 10.0
"""How long a picture serves everybody before the next one is taken."""
RETRY_SECONDS: Final = 20.0
"""How long a camera that gave none is left alone."""
PATIENCE_SECONDS: Final = 8.0
"""How long a viewer waits; core gives up after 10."""


@dataclass(slots=True)
class _Still:
    picture: bytes | None = None
    taken: float = float("-inf")
    failed: float = float("-inf")
    error: HikError | None = None
    task: asyncio.Task[None] | None = None


class Stills:
    """Keeps the last good picture of each camera."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        client: Client,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """Take pictures in tasks of `entry`, so that they end with it."""
        self._hass = hass
        self._entry = entry
        self._client = client
        self._clock = clock
        self._options = Options(entry)
        self._stills: dict[str, _Still] = {}

    async def picture(self, camera: Camera) -> bytes:
        """Return a picture at most some seconds old, or the last good one.

        The capture goes on when the viewer leaves, for the next one. Raises the
        `HikError` of the capture when there is no picture at all.
        """
        still = self._stills.setdefault(camera.id, _Still())
        if self._is_due(still):
            still.task = self._entry.async_create_background_task(
                self._hass, self._renew(camera, still), f"picture of {camera.name}"
            )
        if still.task is not None and not still.task.done():
            await asyncio.wait([still.task], timeout=PATIENCE_SECONDS)
        if still.picture is not None:
            return still.picture
        if still.error is not None:
            # Raised again and again, it would gather all the frames it went through.
            raise still.error.with_traceback(None)
        raise HikError("the camera is still taking its first picture")

    async def fetch(self, url: str, device_serial: str) -> bytes:
        """Return the picture at an address of the service, decrypted if need be.

        Raises the errors of `Client.fetch_media` and `plain_picture`.
        """
        content = await self._client.fetch_media(url)
        code = self._options.code(device_serial)
        if not is_encrypted(content):
            return plain_picture(content, code)
        return await self._hass.async_add_executor_job(plain_picture, content, code)

    def _is_due(self, still: _Still) -> bool:
        if still.task is not None and not still.task.done():
            return False
        now = self._clock()
        if now - still.failed < RETRY_SECONDS:
            return False
        return now - still.taken >= FRESH_SECONDS

    async def _renew(self, camera: Camera, still: _Still) -> None:
        try:
            still.picture = await self._capture(camera)
            still.taken = self._clock()
        except HikError as err:
            still.failed = self._clock()
            still.error = err
            if still.picture is None:
                still.picture = await self._thumbnail(camera)

    async def _capture(self, camera: Camera) -> bytes:
        capture = await self._client.video.capture(camera.device_serial, camera.channel)
        return await self.fetch(capture.url, camera.device_serial)

    async def _thumbnail(self, camera: Camera) -> bytes | None:
        """Return what the service last kept of a camera, better than no picture."""
        try:
            if await self._client.dialect() is not DialectName.TEAMS:
                return None
            thumbnail = await self._client.video.thumbnail(camera.id)
            return await self.fetch(thumbnail.url, camera.device_serial)
        except HikError:
            return None
