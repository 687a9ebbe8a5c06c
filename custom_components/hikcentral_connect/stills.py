"""Pictures of cameras: one capture for all who ask, kept until a better one comes."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant

from .api import Client
from .api.errors import HikError
from .api.models.resources import Camera
from .api.pictures import plain_picture

FRESH_SECONDS: Final = 10.0
"""How long a picture serves everybody before the next one is taken."""
RETRY_SECONDS: Final = 20.0
"""How long a camera that gave none is left alone."""
PATIENCE_SECONDS: Final = 8.0
"""How long a viewer waits; core gives up after 10."""


@dataclass(slots=True)
class _Still:
    picture: bytes | None = None
    taken: float = 0.0
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
        self._stills: dict[str, _Still] = {}

    def last(self, camera_id: str) -> bytes | None:
        """Return the last good picture without asking for another."""
        still = self._stills.get(camera_id)
        return still.picture if still else None

    async def picture(self, camera: Camera) -> bytes:
        """Return a picture at most some seconds old, or the last good one.

        The capture goes on when the viewer leaves, for the next one. Raises the
        `HikError` of the capture when there is no picture at all.
        """
        still = self._stills.setdefault(camera.id, _Still())
        if self._is_due(still):
            still.task = self._entry.async_create_background_task(
                self._hass, self._take(camera, still), f"picture of {camera.name}"
            )
        if still.task is not None and not still.task.done():
            await asyncio.wait([still.task], timeout=PATIENCE_SECONDS)
        if still.picture is not None:
            return still.picture
        raise still.error or HikError("the camera is still taking its first picture")

    def _is_due(self, still: _Still) -> bool:
        if still.task is not None and not still.task.done():
            return False
        now = self._clock()
        if now - still.failed < RETRY_SECONDS:
            return False
        return still.picture is None or now - still.taken >= FRESH_SECONDS

    async def _take(self, camera: Camera, still: _Still) -> None:
        try:
            capture = await self._client.video.capture(
                camera.device_serial, camera.channel
            )
            picture = plain_picture(await self._client.fetch_media(capture.url))
        except HikError as err:
            still.failed = self._clock()
            still.error = err
            return
        still.picture = picture
        still.taken = self._clock()
        still.failed = float("-inf")
