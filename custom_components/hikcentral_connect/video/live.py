"""Where Home Assistant finds the live stream of a camera."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
import logging
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.event import async_track_time_interval

from ..api import Client, DialectName
from ..api.errors import CodeWrong, HikError, StreamEncrypted, StreamFailed
from ..api.models.resources import Camera
from ..api.models.video import StreamAddress, StreamProtocol, StreamQuality
from ..const import CONF_DIALECT
from ..options import Options
from .budget import DailyLimitReached
from .hls import HlsStreams, async_error_at
from .issues import async_update_issue, async_withdraw_issues
from .loopback import Loopback
from .relay import Relay
from .settings import Choice
from .tiers import Tier, Tiers, Why
from .tokens import StreamTokens

_LOGGER = logging.getLogger(__name__)

RECHECK_INTERVAL: Final = timedelta(minutes=1)

_WORDS: Final = {
    Why.CHOSEN: "its options say so",
    Why.NOT_OFFERED: "the service of the account has no other streams",
    Why.NOT_H264: "its video is not H.264",
    Why.ENCRYPTED: "its video is encrypted",
    Why.CODE_WRONG: "its verification code is wrong",
}


class BrowserOnly(HikError):
    """Only the maker's player in the browser can show the camera at present."""


@dataclass(frozen=True, slots=True)
class Source:
    """The address of a stream, which is a secret, and until when it may be opened."""

    url: str = field(repr=False)
    expires: datetime | None


class Live:
    """Finds streams for the cameras of one account, each in its tier."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry, client: Client) -> None:
        """Ask nothing yet."""
        self._hass = hass
        self._entry = entry
        self._client = client
        self._options = Options(entry)
        self.tiers = Tiers(self._options, DialectName(entry.data[CONF_DIALECT]))
        self.tokens = StreamTokens(client)
        self._loopback = Loopback()
        session = client.session
        self._hls_streams = HlsStreams(
            session.http, session.account.url, self._loopback
        )
        self.relay = Relay(hass, entry, client, self.tokens, self._loopback, self._note)
        self._asked: dict[str, asyncio.Task[Source]] = {}
        self._looked_at: dict[str, Camera] = {}

    @callback
    def async_start(self) -> None:
        """Look again, one at a time, at cameras for which HLS did not work."""
        self._entry.async_on_unload(
            async_track_time_interval(self._hass, self._recheck, RECHECK_INTERVAL)
        )
        self._entry.async_on_unload(self._entry.add_update_listener(self._on_options))
        self._entry.async_on_unload(self._close)
        self._entry.async_on_unload(
            lambda: async_withdraw_issues(self._hass, self._entry, self._looked_at)
        )

    async def _close(self) -> None:
        self.relay.async_close()
        await self._loopback.async_close()

    async def async_source(self, camera: Camera) -> Source:
        """Return a fresh source; those who ask at the same time get the same.

        Raises `BrowserOnly`, `DailyLimitReached` or the error of the service.
        """
        task = self._asked.get(camera.id)
        if task is None:
            task = self._entry.async_create_background_task(
                self._hass, self._find(camera), f"stream address of {camera.name}"
            )
            self._asked[camera.id] = task
            task.add_done_callback(lambda _: self._asked.pop(camera.id, None))
        return await asyncio.shield(task)

    async def async_kind(self, camera: Camera) -> str | None:
        """Return an address such as `async_source` would give, without asking for it.

        It serves to decide who can play the camera, not to be opened.
        """
        tier = self.tiers.of(camera).tier
        if tier is Tier.RELAY:
            return await self.relay.async_address(camera)
        return str(self._client.session.account.url) if tier is Tier.HLS else None

    async def _find(self, camera: Camera) -> Source:
        if self.tiers.of(camera).tier is Tier.HLS:
            try:
                address = await self._hls(camera)
            except StreamEncrypted, CodeWrong, StreamFailed:
                if self.tiers.of(camera).tier is Tier.HLS:
                    raise
            else:
                local = await self._hls_streams.async_address(address.url)
                return Source(local, address.expires)
        if self.tiers.of(camera).tier is Tier.BROWSER:
            raise BrowserOnly(_WORDS[self.tiers.of(camera).why])
        if self.relay.budget.is_spent(camera.id):
            raise DailyLimitReached(camera.name)
        return Source(await self.relay.async_address(camera), None)

    async def _hls(self, camera: Camera) -> StreamAddress:
        """Return an address behind which there is video, and note what is found.

        Where the main stream is refused the sub-stream often is not.
        """
        wanted = self._options.video(camera.id).quality.stream
        error = None
        for quality in dict.fromkeys((wanted, StreamQuality.SUB)):
            address = await self._ask(camera, quality)
            error = await self._error_at(address)
            if error is None:
                self._note(camera, Why.PLAIN)
                return address
        self._note(camera, Why.NOT_H264)
        raise StreamFailed(error or "")

    async def _ask(self, camera: Camera, quality: StreamQuality) -> StreamAddress:
        code = self._options.code(camera.device_serial)
        try:
            return await self._client.video.live_address(
                camera.id, camera.device_serial, StreamProtocol.HLS, quality, code
            )
        except StreamEncrypted:
            self._note(camera, Why.ENCRYPTED)
            raise
        except CodeWrong:
            self._note(camera, Why.CODE_WRONG)
            raise

    async def _error_at(self, address: StreamAddress) -> str | None:
        session = self._client.session
        return await async_error_at(session.http, address.url, session.account.url)

    @callback
    def _note(self, camera: Camera, why: Why) -> None:
        self._looked_at[camera.id] = camera
        self.tiers.async_found(camera, why)
        self._tell(camera)

    @callback
    def _tell(self, camera: Camera) -> None:
        async_update_issue(self._hass, self._entry, self._options, self.tiers, camera)

    async def _recheck(self, _now: datetime) -> None:
        """Look at HLS of one camera again, if the owner leaves the choice to us."""
        camera_id = self.tiers.due()
        camera = self._looked_at.get(camera_id or "")
        if camera is None:
            return
        if camera.id not in self._entry.runtime_data.inventory.data.cameras:
            self._looked_at.pop(camera.id)
            self.tiers.async_forget(camera.id)
            async_withdraw_issues(self._hass, self._entry, [camera.id])
            return
        self.tiers.async_postpone(camera.id)
        if self._options.video(camera.id).choice not in (Choice.AUTO, Choice.HLS):
            return
        try:
            await self._hls(camera)
        except HikError as err:
            _LOGGER.debug("HLS of %s still does not work: %s", camera.name, err)

    async def _on_options(self, _hass: HomeAssistant, _entry: ConfigEntry) -> None:
        self.tiers.async_tell_all()
        for camera in self._looked_at.values():
            self._tell(camera)
