"""Images: the last alarm picture of each camera."""

import logging
from typing import override

from homeassistant.components.image import ImageEntity
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .api.errors import HikError
from .api.models.messages import Alarm, MessagePicture
from .api.models.resources import Camera
from .entity import HikCameraEntity, async_add_found
from .messages import Notice
from .runtime import HikConfigEntry

_LOGGER = logging.getLogger(__name__)

PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HikConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up an image for each camera."""
    async_add_found(
        entry,
        async_add_entities,
        lambda inventory: inventory.cameras,
        lambda camera: [HikAlarmImage(hass, entry, camera)],
    )


class HikAlarmImage(HikCameraEntity, ImageEntity):
    """The newest alarm picture of one camera.

    Its address dies in 15 minutes, so it is fetched when it comes and kept.
    """

    _attr_translation_key = "alarm"
    _attr_content_type = "image/jpeg"

    def __init__(
        self, hass: HomeAssistant, entry: HikConfigEntry, camera: Camera
    ) -> None:
        """Represent a camera."""
        ImageEntity.__init__(self, hass)
        HikCameraEntity.__init__(self, entry, camera, "alarm_image")
        self._picture: bytes | None = None

    @override
    async def async_added_to_hass(self) -> None:
        """Listen for the camera's alarms."""
        await super().async_added_to_hass()
        hub = self.entry.runtime_data.hub
        topic = f"camera:{self.camera_id}"
        self.async_on_remove(hub.async_listen(topic, self._on_notice))

    @callback
    def _on_notice(self, notice: Notice) -> None:
        message = notice.message
        if isinstance(message, Alarm) and message.pictures and not notice.late:
            self.entry.async_create_background_task(
                self.hass,
                self._fetch(message.pictures[-1], message),
                f"alarm picture of {self.camera_id}",
            )

    async def _fetch(self, picture: MessagePicture, alarm: Alarm) -> None:
        stills = self.entry.runtime_data.stills
        try:
            self._picture = await stills.fetch(picture.url, self.channel.device_serial)
        except HikError as err:
            _LOGGER.debug("No picture of alarm %s: %s", alarm.id, err)
            return
        self._attr_image_last_updated = alarm.occurred or dt_util.utcnow()
        self.async_write_ha_state()

    @override
    async def async_image(self) -> bytes | None:
        """Return the picture, if there has been one."""
        return self._picture
