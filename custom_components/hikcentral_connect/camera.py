"""Cameras: a still picture of each channel, and its live stream where there is one."""

from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any, Final, override

from homeassistant.components.camera import Camera as CameraEntity, CameraEntityFeature
from homeassistant.components.stream import DOMAIN as STREAM_DOMAIN, Stream
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.event import async_call_later
from homeassistant.util import dt as dt_util

from .adding import async_add_found
from .api.models.resources import Camera
from .const import MANUFACTURER
from .entity import HikCameraEntity
from .exceptions import told_to_owner
from .runtime import HikConfigEntry
from .stills import FRESH_SECONDS
from .video.settings import VideoOptions
from .video.tiers import Tier

PARALLEL_UPDATES = 0

RENEW_BEFORE_END: Final = timedelta(seconds=30)
"""A stream that runs gets its next address this long before the old one ends."""

_KIND_ONLY: ContextVar[bool] = ContextVar("kind_only", default=False)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HikConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up a camera for each channel."""
    await async_add_found(
        entry,
        async_add_entities,
        lambda inventory: inventory.cameras,
        lambda camera: [HikCamera(entry, camera)],
    )


class HikCamera(HikCameraEntity, CameraEntity):
    """One video channel."""

    _attr_name = None
    _attr_brand = MANUFACTURER
    # Without a stream, core shows "live" as stills at this pace; each costs a request.
    _attr_frame_interval = FRESH_SECONDS

    def __init__(self, entry: HikConfigEntry, camera: Camera) -> None:
        """Take pictures through the shared cache."""
        CameraEntity.__init__(self)
        HikCameraEntity.__init__(self, entry, camera, "camera")
        device = entry.runtime_data.inventory.data.device_of(camera)
        self._attr_model = device.model if device else None
        self._expires: datetime | None = None
        self._renewal: CALLBACK_TYPE | None = None
        self._renewing = False
        self._shown = self._showing

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the tier of the camera."""
        await super().async_added_to_hass()
        tiers = self.entry.runtime_data.live.tiers
        self.async_on_remove(tiers.async_listen(self.camera_id, self._on_tier))
        self.async_on_remove(self._forget_stream)

    @property
    @override
    def supported_features(self) -> CameraEntityFeature:
        """Return whether Home Assistant can play the camera by itself."""
        tier, _ = self._shown
        if tier.is_native and STREAM_DOMAIN in self.hass.config.components:
            return CameraEntityFeature.STREAM
        return CameraEntityFeature(0)

    @override
    async def async_camera_image(
        self, width: int | None = None, height: int | None = None
    ) -> bytes | None:
        """Return a picture a few seconds old at most, or the last good one."""
        with told_to_owner():
            return await self.entry.runtime_data.stills.picture(self.channel)

    @override
    async def stream_source(self) -> str | None:
        """Return a fresh address of the live stream."""
        live = self.entry.runtime_data.live
        if _KIND_ONLY.get():
            return await live.async_kind(self.channel)
        with told_to_owner():
            source = await live.async_source(self.channel)
        self._expires = source.expires
        return source.url

    @override
    async def _async_get_supported_webrtc_provider(self, fn: Any) -> Any:
        """Let providers decide by the kind of the address.

        Core asks each camera at every start, and an address costs a request or two.
        """
        token = _KIND_ONLY.set(True)
        try:
            return await super()._async_get_supported_webrtc_provider(fn)
        finally:
            _KIND_ONLY.reset(token)

    @override
    async def async_create_stream(self) -> Stream | None:
        """Return the stream of the camera, with an address that can be opened."""
        known = self.stream
        stream = await super().async_create_stream()
        if stream is None:
            return None
        if stream is not known:
            stream.set_update_callback(self._on_stream)
            self._renew_in_time()
        elif not stream.outputs() and self._is_ending():
            await self._renew()
        return stream

    def _is_ending(self) -> bool:
        if self._expires is None:
            return False
        return self._expires - dt_util.utcnow() <= RENEW_BEFORE_END

    @callback
    def _renew_in_time(self) -> None:
        self._cancel_renewal()
        if self._expires is None:
            return
        left = self._expires - RENEW_BEFORE_END - dt_util.utcnow()
        self._renewal = async_call_later(
            self.hass, max(left, RENEW_BEFORE_END), self._on_time
        )

    async def _on_time(self, _now: datetime) -> None:
        """Renew the address of a stream that runs; another gets one when it starts."""
        self._renewal = None
        if self.stream is not None and self.stream.outputs():
            await self._renew()

    async def _renew(self) -> None:
        if self.stream is None or self._renewing:
            return
        self._renewing = True
        try:
            source = await self.stream_source()
        except HomeAssistantError:
            # The stream tells by itself when it comes to an end.
            return
        finally:
            self._renewing = False
        if self.stream is None or source is None:
            return
        self._renew_in_time()
        if self.stream.available and self.stream.outputs():
            self.stream.update_source(source)
        else:
            # It starts, or tries again, by itself, and would take an update for its end.
            self.stream.source = source

    @callback
    def _on_stream(self) -> None:
        """Find another address for a stream that broke."""
        self.async_write_ha_state()
        if self.stream is not None and not self.stream.available:
            self.entry.async_create_background_task(
                self.hass, self._renew(), f"next address of {self.camera_id}"
            )

    @property
    def _showing(self) -> tuple[Tier, VideoOptions]:
        """Return what makes a stream another stream."""
        runtime = self.entry.runtime_data
        tier = runtime.live.tiers.of(self.channel).tier
        return tier, runtime.options.video(self.camera_id)

    @callback
    def _on_tier(self) -> None:
        """Show whether there is a stream now; one of another kind ends."""
        if self._shown != self._showing:
            self._shown = self._showing
            self._forget_stream()
            self.async_write_ha_state()

    @callback
    def _forget_stream(self) -> None:
        self._cancel_renewal()
        stream, self.stream = self.stream, None
        if stream is not None:
            stream.set_update_callback(lambda: None)
            self.hass.async_create_task(_end(stream), f"end of {self.camera_id}")

    @callback
    def _cancel_renewal(self) -> None:
        if self._renewal is not None:
            self._renewal()
            self._renewal = None


async def _end(stream: Stream) -> None:
    """Take the stream from all who watch it: with the last one it stops."""
    for output in stream.outputs().values():
        await stream.remove_provider(output)
