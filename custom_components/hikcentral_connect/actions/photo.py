"""The photo that an action is given: as base64, a file or a camera's picture."""

from typing import Final

import voluptuous as vol

from homeassistant.components.camera import async_get_image
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import VolDictType

from ..api.errors import FieldInvalid
from ..api.models.people import Photo
from ..people.photos import from_base64, from_bytes, from_file

ATTR_PHOTO: Final = "photo"
ATTR_PHOTO_FILE: Final = "photo_file"
ATTR_PHOTO_CAMERA: Final = "photo_camera"

PHOTO_FIELDS: Final[VolDictType] = {
    vol.Optional(ATTR_PHOTO): cv.string,
    vol.Optional(ATTR_PHOTO_FILE): cv.string,
    vol.Optional(ATTR_PHOTO_CAMERA): cv.entity_domain("camera"),
}


async def async_photo_of(call: ServiceCall, required: bool) -> Photo | None:
    """Return the photo, ready to be sent, or None if there is none.

    Raises `FieldInvalid` for more than one, for a file in a folder that is not
    allowed, for what is no picture of a face's size, and for none if `required`.
    """
    ways = [
        way
        for way in (ATTR_PHOTO, ATTR_PHOTO_FILE, ATTR_PHOTO_CAMERA)
        if call.data.get(way)
    ]
    if len(ways) > 1 or (required and not ways):
        raise FieldInvalid(
            ATTR_PHOTO, "must be given in one way: as base64, a file or a camera"
        )
    if not ways:
        return None
    value = call.data[ways[0]]
    if ways[0] == ATTR_PHOTO_CAMERA:
        image = await async_get_image(call.hass, value)
        return await call.hass.async_add_executor_job(from_bytes, image.content)
    if ways[0] == ATTR_PHOTO:
        return await call.hass.async_add_executor_job(from_base64, value)
    return await call.hass.async_add_executor_job(_from_allowed_file, call.hass, value)


def _from_allowed_file(hass: HomeAssistant, path: str) -> Photo:
    if not hass.config.is_allowed_path(path):
        raise FieldInvalid(
            ATTR_PHOTO_FILE,
            "is outside the folders that allowlist_external_dirs names",
        )
    return from_file(path)
