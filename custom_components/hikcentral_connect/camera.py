"""Cameras: a still picture of each channel."""

from typing import override

from homeassistant.components.camera import Camera as CameraEntity
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .api.models.resources import Camera
from .const import MANUFACTURER
from .entity import HikCameraEntity, async_add_found
from .exceptions import told_to_owner
from .runtime import HikConfigEntry
from .stills import FRESH_SECONDS

PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HikConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up a camera for each channel."""
    async_add_found(
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

    @override
    async def async_camera_image(
        self, width: int | None = None, height: int | None = None
    ) -> bytes | None:
        """Return a picture a few seconds old at most, or the last good one."""
        with told_to_owner():
            return await self.entry.runtime_data.stills.picture(self.channel)
