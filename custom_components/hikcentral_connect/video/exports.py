"""Recordings as MP4 files: made by the device, fetched, and kept for a while.

The device uploads a span when asked (teams only), which takes from seconds to minutes.
Whoever asks for the same span meanwhile or soon after gets the same file.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
import logging
from pathlib import Path
from shutil import rmtree
import time
from typing import Final

import aiohttp

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback

from ..api import Client
from ..api.errors import BadAnswer, HikError, ServiceUnreachable
from ..api.hosts import may_hold_media, read_url
from ..api.models.records import SaveState
from ..api.models.resources import Camera
from ..const import DOMAIN

_LOGGER = logging.getLogger(__name__)

LONGEST: Final = timedelta(hours=1)
"""What may be exported at once."""
POLL_SECONDS: Final = 2.0
WAIT_AT_MOST: Final = 900.0
FILE_AT_MOST: Final = 1024**3
KEPT_BYTES: Final = 2 * 1024**3
KEPT_SECONDS: Final = 24 * 3600.0
PORTION: Final = 1024 * 1024
TIMEOUT: Final = aiohttp.ClientTimeout(total=3600, sock_connect=8, sock_read=30)
"""In all as long as the longest span takes to play: drop by drop is no way to send."""


class ExportFailed(HikError):
    """The device did not hand over a recording."""


class NotWritten(HikError):
    """The disk did not take a recording."""


class Stage(StrEnum):
    """How far an export is."""

    WAITING = "waiting"
    """The device uploads."""
    LOADING = "loading"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Span:
    """A time of a camera, to the second."""

    camera: Camera
    starts: datetime
    ends: datetime

    @property
    def name(self) -> str:
        """A name for its file, in which nothing stands that anybody chose."""
        times = f"{int(self.starts.timestamp())} {int(self.ends.timestamp())}"
        return sha256(f"{self.camera.id} {times}".encode()).hexdigest()[:40] + ".mp4"


@dataclass(slots=True)
class Export:
    """An export under way; `percent` is None while its size is not known."""

    stage: Stage = Stage.WAITING
    percent: int | None = None
    task: asyncio.Task[Path] | None = None
    listeners: list[Callable[[Stage, int | None], None]] = field(default_factory=list)

    @callback
    def async_tell(self, stage: Stage, percent: int | None = None) -> None:
        """Note how far it is, and tell those who want to know."""
        if (stage, percent) == (self.stage, self.percent):
            return
        self.stage, self.percent = stage, percent
        for listener in tuple(self.listeners):
            listener(stage, percent)


class Exports:
    """The files of one account."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry, client: Client) -> None:
        """Keep files in the cache of Home Assistant, which no backup holds."""
        self._hass = hass
        self._entry = entry
        self._client = client
        self._folder = _folder_of(hass, entry)
        self._running: dict[str, Export] = {}

    async def async_file(self, span: Span) -> Path | None:
        """Return the file of a span that was exported before."""
        return await self._hass.async_add_executor_job(_known, self._folder / span.name)

    async def async_export(
        self, span: Span, listener: Callable[[Stage, int | None], None] | None = None
    ) -> Path:
        """Return the file of a span, made if need be; it goes on if the caller leaves.

        Raises `NotOffered`, `ExportFailed`, `NotWritten`, `DeviceOffline` and others.
        """
        if (known := await self.async_file(span)) is not None:
            return known
        export = self._running.get(span.name)
        if export is None:
            export = self._running[span.name] = Export()
            export.task = self._entry.async_create_background_task(
                self._hass, self._make(span, export), f"export of {span.camera.name}"
            )
        if listener is not None:
            export.listeners.append(listener)
        assert export.task is not None
        return await asyncio.shield(export.task)

    async def _make(self, span: Span, export: Export) -> Path:
        path = self._folder / span.name
        part = path.with_suffix(".part")
        try:
            await self._load(span, part, export)
            await self._hass.async_add_executor_job(part.replace, path)
        except OSError as err:
            raise NotWritten(err.strerror or "unknown error") from err
        finally:
            job = self._hass.async_add_executor_job(_discard, part)
            job.add_done_callback(lambda _: self._running.pop(span.name))
            await asyncio.shield(job)
        export.async_tell(Stage.READY, 100)
        return path

    async def _load(self, span: Span, part: Path, export: Export) -> None:
        url = await self._upload(span)
        await self._hass.async_add_executor_job(_make_room, self._folder)
        await self._fetch(url, part, export)

    async def _upload(self, span: Span) -> str:
        """Have the device upload the span; return where it lies."""
        client = self._client
        task_id = await client.recordings.save(span.camera.id, span.starts, span.ends)
        try:
            async with asyncio.timeout(WAIT_AT_MOST):
                saved = await client.recordings.saved(task_id)
                while saved.state is SaveState.UPLOADING:
                    await asyncio.sleep(POLL_SECONDS)
                    saved = await client.recordings.saved(task_id)
        except TimeoutError:
            raise ExportFailed("it took too long") from None
        if saved.state is not SaveState.READY or not saved.urls:
            raise ExportFailed(saved.state.value)
        if len(saved.urls) > 1:
            _LOGGER.warning(
                "A recording of %s came in %d files, of which the first is kept",
                span.camera.name,
                len(saved.urls),
            )
        return saved.urls[0]

    async def _fetch(self, address: str, part: Path, export: Export) -> None:
        """Write what lies at an address; no error names the address."""
        session = self._client.session
        try:
            url = read_url(address)
        except ValueError:
            raise BadAnswer("the address of the recording is broken") from None
        if not may_hold_media(url, session.account.url):
            raise BadAnswer(f"the recording lies on a foreign host ({url.host})")
        try:
            async with session.http.get(
                url, allow_redirects=False, timeout=TIMEOUT
            ) as response:
                if response.status != 200:
                    raise BadAnswer(f"the recording answers HTTP {response.status}")
                await self._write(response, part, export)
        except aiohttp.ClientError, TimeoutError:
            raise ServiceUnreachable("the recording could not be fetched") from None

    async def _write(
        self, response: aiohttp.ClientResponse, part: Path, export: Export
    ) -> None:
        size, whole = 0, response.content_length
        portion = bytearray()
        export.async_tell(Stage.LOADING, 0 if whole else None)
        async for chunk in response.content.iter_chunked(64 * 1024):
            portion += chunk
            size += len(chunk)
            if size > FILE_AT_MOST:
                raise BadAnswer("the recording is too large")
            if len(portion) >= PORTION:
                await self._hass.async_add_executor_job(_append, part, bytes(portion))
                portion.clear()
                percent = min(99, 100 * size // whole) if whole else None
                export.async_tell(Stage.LOADING, percent)
        await self._hass.async_add_executor_job(_append, part, bytes(portion))


async def async_remove_exports(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Remove all files of an account."""
    folder = _folder_of(hass, entry)
    await hass.async_add_executor_job(lambda: rmtree(folder, ignore_errors=True))


def _folder_of(hass: HomeAssistant, entry: ConfigEntry) -> Path:
    return Path(hass.config.cache_path(DOMAIN, entry.entry_id))


def _known(path: Path) -> Path | None:
    return path if path.is_file() else None


def _append(path: Path, data: bytes) -> None:
    with path.open("ab") as file:
        file.write(data)


def _discard(part: Path) -> None:
    """Remove what is left of an export, if a disk in trouble lets us."""
    with suppress(OSError):
        part.unlink(missing_ok=True)


def _make_room(folder: Path) -> None:
    """Remove files that are old, the oldest first while there is too much."""
    folder.mkdir(parents=True, exist_ok=True)
    files = sorted((file.stat().st_mtime, file) for file in folder.glob("*.mp4"))
    total = sum(file.stat().st_size for _, file in files)
    for written, file in files:
        if time.time() - written < KEPT_SECONDS and total <= KEPT_BYTES:
            return
        total -= file.stat().st_size
        file.unlink()
