"""Cameras: pictures shared, cached, and kept when the device is away."""

import asyncio
from io import BytesIO

from PIL import Image
import pytest

from custom_components.hikcentral_connect import stills
from custom_components.hikcentral_connect.api import DialectName
from homeassistant.components.camera import async_get_image
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from simulator.world.places import Camera

from .common import camera_named
from .conftest import Running


def _entity_id(hass: HomeAssistant, camera: Camera) -> str:
    registry = er.async_get(hass)
    return next(
        entity.entity_id
        for entity in registry.entities.values()
        if entity.domain == "camera" and f"_{camera.id}_" in entity.unique_id
    )


async def _look(running: Running, name: str) -> bytes:
    camera = camera_named(running, name)
    image = await async_get_image(running.hass, _entity_id(running.hass, camera))
    return image.content


async def test_picture(running: Running) -> None:
    """A picture is a JPEG, taken on the camera's own channel."""
    content = await _look(running, "Back gate")

    assert Image.open(BytesIO(content)).format == "JPEG"
    (call,) = running.sim.record.calls("*/capturePic")
    camera = camera_named(running, "Back gate")
    assert camera.channel_no == 3
    assert call.body == {
        "deviceSerial": camera.device.serial,
        "channelNo": camera.channel_no,
    }


async def test_many_viewers_cost_one_capture(running: Running) -> None:
    """Fifty dashboards at once share one request, and so does the next minute's."""
    pictures = await asyncio.gather(*(_look(running, "Terrace") for _ in range(50)))

    assert len(set(pictures)) == 1
    assert len(running.sim.record.calls("*/capturePic")) == 1


async def test_next_picture(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture that is no longer fresh is taken again."""
    await _look(running, "Terrace")
    monkeypatch.setattr(stills, "FRESH_SECONDS", 0.0)

    await _look(running, "Terrace")

    assert len(running.sim.record.calls("*/capturePic")) == 2


async def test_last_picture_when_offline(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A device that goes offline leaves its last good picture."""
    first = await _look(running, "Terrace")
    camera_named(running, "Terrace").device.online = False
    monkeypatch.setattr(stills, "FRESH_SECONDS", 0.0)

    assert await _look(running, "Terrace") == first
    assert await _look(running, "Terrace") == first
    # The second look found the camera failing a moment ago and left it alone.
    assert len(running.sim.record.calls("*/capturePic")) == 2


@pytest.mark.parametrize("dialect", [DialectName.TEAMS])
async def test_thumbnail_when_offline(running: Running) -> None:
    """A camera that never gave a picture shows what the service last kept."""
    content = await _look(running, "Shed")

    assert Image.open(BytesIO(content)).format == "JPEG"
    assert len(running.sim.record.calls("*/thumbnail/get")) == 1


@pytest.mark.parametrize("dialect", [DialectName.REFERENCE])
async def test_no_picture_yet_when_offline(running: Running) -> None:
    """A camera that never gave a picture says why."""
    with pytest.raises(HomeAssistantError) as failure:
        await _look(running, "Shed")

    assert failure.value.translation_key == "device_offline"


async def test_encrypted_picture(running: Running) -> None:
    """An encrypted picture is not passed on as if it were one."""
    with pytest.raises(HomeAssistantError) as failure:
        await _look(running, "Koi pond")

    assert failure.value.translation_key == "picture_encrypted"


async def test_encrypted_picture_with_its_code(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The owner enters the code and sees the camera, without a restart."""
    hass, entry = running.hass, running.entry
    monkeypatch.setattr(stills, "RETRY_SECONDS", 0.0)
    device = camera_named(running, "Koi pond").device
    for code, shown in (("WRONG1", False), (device.code, True)):
        menu = await hass.config_entries.options.async_init(entry.entry_id)
        form = await hass.config_entries.options.async_configure(
            menu["flow_id"], {"next_step_id": "codes"}
        )
        await hass.config_entries.options.async_configure(
            form["flow_id"], {"device": device.serial, "code": code}
        )
        await hass.async_block_till_done()
        if shown:
            assert Image.open(BytesIO(await _look(running, "Koi pond")))
        else:
            with pytest.raises(HomeAssistantError) as failure:
                await _look(running, "Koi pond")
            assert failure.value.translation_key == "code_wrong"
    assert len(running.sim.record.calls("*/token/get")) == 1


@pytest.mark.parametrize("fault", ["html", "http_error", "no_data", "wrong_types"])
async def test_trouble_keeps_last_picture(
    running: Running, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    """Trouble of the service changes nothing that is seen."""
    first = await _look(running, "Terrace")
    monkeypatch.setattr(stills, "FRESH_SECONDS", 0.0)
    running.sim.faults.add(fault, path="*/capturePic")

    assert await _look(running, "Terrace") == first


async def test_viewer_who_leaves(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A capture goes on for the next viewer when the first one leaves."""
    running.sim.faults.add("latency", path="*/capturePic", seconds=0.3)
    monkeypatch.setattr(stills, "PATIENCE_SECONDS", 0.05)
    with pytest.raises(HomeAssistantError):
        await _look(running, "Terrace")
    await asyncio.sleep(0.4)

    assert await _look(running, "Terrace")
    assert len(running.sim.record.calls("*/capturePic")) == 1
