"""Images: the last alarm picture of each camera, the QR code of the newest pass."""

from collections.abc import Iterable
from datetime import datetime
import logging
from typing import Final, override

from homeassistant.components.image import DOMAIN as IMAGE_DOMAIN, ImageEntity
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.event import async_call_later
from homeassistant.util import dt as dt_util

from .adding import async_add, async_add_found
from .api.errors import HikError
from .api.models.messages import Alarm, MessagePicture
from .api.models.resources import Camera
from .devices import entity_id_of
from .entity import HikAccountEntity, HikCameraEntity
from .messages.hub import Notice
from .people.passes import QR_SECONDS
from .runtime import HikConfigEntry

_LOGGER = logging.getLogger(__name__)

PARALLEL_UPDATES = 0

ALARM_IMAGE_KEY: Final = "alarm_image"


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HikConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up an image for each camera, and the one of the newest pass."""
    async_add_entities([HikPassImage(hass, entry)])
    images = _AlarmImages(hass, entry, async_add_entities)
    hub = entry.runtime_data.hub
    entry.async_on_unload(hub.async_listen(None, images.async_on_notice))
    await async_add_found(
        entry, async_add_entities, lambda inventory: inventory.cameras, images.expected
    )


class _AlarmImages:
    """Makes the image of a camera: at once, or where there are many when it is needed."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: HikConfigEntry,
        async_add_entities: AddConfigEntryEntitiesCallback,
    ) -> None:
        self._hass = hass
        self._entry = entry
        self._add = async_add_entities
        self._made: set[str] = set()

    def expected(self, camera: Camera) -> Iterable[Entity]:
        """Return the image, unless many cameras wait for their first picture."""
        if camera.id in self._made:
            return
        inventory = self._entry.runtime_data.inventory.data
        known = (self._hass, self._entry, IMAGE_DOMAIN, camera, ALARM_IMAGE_KEY)
        if not inventory.has_many_cameras or entity_id_of(*known):
            yield self._make(camera)

    @callback
    def async_on_notice(self, notice: Notice) -> None:
        """Make the image of a camera whose first picture comes."""
        alarm = notice.message
        if not isinstance(alarm, Alarm) or not alarm.pictures or notice.late:
            return
        camera = self._entry.runtime_data.inventory.data.camera_of(alarm)
        if camera is None or camera.id in self._made:
            return
        image = self._make(camera)
        image.first = notice
        # Not before all listeners were told: the image would fetch its picture twice.
        self._hass.loop.call_soon(async_add, self._entry, self._add, [image])

    def _make(self, camera: Camera) -> HikAlarmImage:
        self._made.add(camera.id)
        return HikAlarmImage(self._hass, self._entry, camera)


class _HikImage(ImageEntity):
    """An image that is there only after something happened."""

    @property
    @override
    def entity_picture(self) -> str | None:
        """Return the address of the picture; until there is one an icon is shown."""
        return None if self.image_last_updated is None else super().entity_picture


class HikAlarmImage(HikCameraEntity, _HikImage):
    """The newest alarm picture of one camera.

    Its address dies in 15 minutes, so it is fetched when it comes and kept.
    """

    _attr_translation_key = "alarm"
    _attr_content_type = "image/jpeg"
    first: Notice | None = None
    """The notice that made this image."""

    def __init__(
        self, hass: HomeAssistant, entry: HikConfigEntry, camera: Camera
    ) -> None:
        """Represent a camera."""
        ImageEntity.__init__(self, hass)
        HikCameraEntity.__init__(self, entry, camera, ALARM_IMAGE_KEY)
        self._picture: bytes | None = None

    @override
    async def async_added_to_hass(self) -> None:
        """Listen for the camera's alarms."""
        await super().async_added_to_hass()
        hub = self.entry.runtime_data.hub
        topic = f"camera:{self.camera_id}"
        self.async_on_remove(hub.async_listen(topic, self._on_notice))
        if self.first is not None:
            self._on_notice(self.first)

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


class HikPassImage(HikAccountEntity, _HikImage):
    """The QR code of the newest visitor pass.

    Nobody tells whether a code is dynamic, that is dead after a minute. So it is asked
    for again while somebody looks, until it comes back unchanged.
    """

    _attr_translation_key = "visitor_pass"
    _attr_content_type = "image/png"

    def __init__(self, hass: HomeAssistant, entry: HikConfigEntry) -> None:
        """Follow the passes."""
        ImageEntity.__init__(self, hass)
        HikAccountEntity.__init__(self, entry, "visitor_pass")
        self._book = entry.runtime_data.passes
        self._pass_id: str | None = None
        self._static = False
        self._renewal: CALLBACK_TYPE | None = None

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the passes."""
        await super().async_added_to_hass()
        self._follow()
        self.async_on_remove(self._book.async_add_listener(self._on_change))
        self.async_on_remove(self._stop_renewal)

    @callback
    def _on_change(self) -> None:
        if self._follow():
            self.async_write_ha_state()

    @callback
    def _follow(self) -> bool:
        """Turn to the newest pass; tell whether it is another one."""
        newest = self._book.newest
        pass_id = newest.id if newest else None
        if pass_id == self._pass_id:
            return False
        self._stop_renewal()
        self._pass_id = pass_id
        self._static = False
        self._attr_image_last_updated = dt_util.utcnow() if pass_id else None
        return True

    @override
    async def async_image(self) -> bytes | None:
        """Return the QR code, and renew it in a while: somebody looks."""
        if self._pass_id is None:
            return None
        try:
            picture = await self._book.async_picture(self._pass_id)
        except HikError as err:
            _LOGGER.debug("No QR code of the newest pass: %s", err)
            return None
        if not self._static and self._renewal is None:
            self._renewal = async_call_later(self.hass, QR_SECONDS, self._renew)
        return picture

    async def _renew(self, _now: datetime) -> None:
        self._renewal = None
        if (pass_id := self._pass_id) is None:
            return
        try:
            before = self._book.kept_picture(pass_id)
            after = await self._book.async_renew_picture(pass_id)
        except HikError as err:
            _LOGGER.debug("The QR code of the newest pass was not renewed: %s", err)
            return
        if pass_id != self._pass_id:
            return
        self._static = before == after
        if not self._static:
            self._attr_image_last_updated = dt_util.utcnow()
            self.async_write_ha_state()

    @callback
    def _stop_renewal(self) -> None:
        if self._renewal is not None:
            self._renewal()
            self._renewal = None
