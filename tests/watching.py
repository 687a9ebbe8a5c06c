"""What tests of video have in common: the integration with `stream`, and pictures."""

from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from typing import Any

import av
from PIL import Image

from custom_components.hikcentral_connect.camera import HikCamera
from custom_components.hikcentral_connect.video.tiers import Tier, Why
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity_component import DATA_INSTANCES
from simulator.streams.scene import Stamp, mark, read_colour, read_stamp
from simulator.world.places import Camera

from .common import camera_named
from .conftest import Running


def entity_id_of(hass: HomeAssistant, camera: Camera) -> str:
    """Return the id of the entity of a camera."""
    return next(
        entity.entity_id
        for entity in er.async_get(hass).entities.values()
        if entity.domain == "camera" and f"_{camera.id}_" in entity.unique_id
    )


def entity_of(running: Running, name: str) -> HikCamera:
    """Return the entity of a camera."""
    component: Any = running.hass.data[DATA_INSTANCES]["camera"]
    entity_id = entity_id_of(running.hass, camera_named(running, name))
    entity: HikCamera = component.get_entity(entity_id)
    return entity


def tier_of(running: Running, name: str) -> tuple[Tier, Why]:
    """Return how a camera is shown, and why."""
    runtime = running.entry.runtime_data
    camera = runtime.inventory.data.cameras[camera_named(running, name).id]
    now = runtime.live.tiers.of(camera)
    return now.tier, now.why


def check(pictures: list[Image.Image], camera: Camera) -> list[Stamp]:
    """Return what pictures say, after looking that they show the camera in colour."""
    stamps = [read_stamp(one) for one in pictures]
    assert {one.camera for one in stamps} == {mark(camera.id)}
    for picture, stamp in zip(pictures, stamps, strict=True):
        assert read_colour(picture) == stamp.second % 8
    return stamps


def decode(content: bytes, form: str) -> list[Image.Image]:
    """Return the pictures of a file."""
    with av.open(BytesIO(content), "r", form) as container:
        frames = container.decode(container.streams.video[0])
        return [one.to_image() for one in frames]  # type: ignore[no-untyped-call]


def decode_live(address: str, frames: int) -> list[Image.Image]:
    """Return the first pictures at an address, as FFmpeg sees them (blocks).

    There are fewer if the stream ends: FFmpeg takes the end of a live stream, which
    has no length, for an error.
    """
    pictures: list[Image.Image] = []
    with av.open(address, "r", timeout=20) as container, suppress(OSError):
        for frame in container.decode(container.streams.video[0]):
            pictures.append(frame.to_image())  # type: ignore[no-untyped-call]
            if len(pictures) >= frames:
                break
    assert pictures
    return pictures


async def look(
    hass: HomeAssistant,
    address: str,
    frames: int,
    decoder: Callable[..., Any] = decode_live,
) -> list[Image.Image]:
    """Decode what is at an address, as another program does."""
    return await hass.async_add_executor_job(decoder, address, frames)
