"""Something moves, and something is offline."""

import asyncio

import pytest

from ..common import camera_named
from ..conftest import Running
from ..phone import Phone
from .conftest import automate, hear, registered


async def test_motion(running: Running, phone: Phone) -> None:
    """The camera's picture comes, once in a while, and only if the owner wants it."""
    hass = running.hass
    hass.states.async_set("input_boolean.away", "off")
    away = {"condition": "state", "entity_id": "input_boolean.away", "state": "on"}
    names = ("Driveway", "Terrace", "Back gate", "Koi pond")
    cameras = [camera_named(running, name).id for name in names]
    await automate(
        hass,
        "motion_picture",
        detectors=[
            registered(running, "binary_sensor", one, "_motion") for one in cameras
        ],
        phone=phone.device_id,
        quiet={"milliseconds": 300},
        only_if=[away],
    )

    async def move(camera: str) -> None:
        running.account.happen.alarm(camera, "motion")
        await hear(running)
        await asyncio.sleep(0.1)

    await move(cameras[0])
    assert not phone.got
    hass.states.async_set("input_boolean.away", "on")
    await move(cameras[1])
    await move(cameras[2])
    seen = await phone.notification()
    await asyncio.sleep(0.5)
    await move(cameras[3])
    await phone.notification(2)

    assert len(phone.got) == 2
    assert seen["title"] == "Terrace Motion"
    camera = registered(running, "camera", cameras[1])
    assert seen["data"]["image"] == f"/api/camera_proxy/{camera}"


@pytest.mark.parametrize("what", ["recorder", "camera"])
async def test_offline(running: Running, phone: Phone, what: str) -> None:
    """The phone is told what is offline, and when it is back."""
    runtime = running.entry.runtime_data
    camera = camera_named(running, "Driveway")
    thing = camera if what == "camera" else camera.device
    sensor = registered(running, "binary_sensor", f"_{thing.id}_", "connectivity")
    await automate(
        running.hass,
        "offline",
        things=[sensor],
        phone=phone.device_id,
        offline_for={"milliseconds": 50},
    )

    for online, said in ((False, "Offline since "), (True, "Online again since ")):
        if what == "camera":
            camera.connected = online
        else:
            camera.device.online = online
        await runtime.inventory.async_refresh()
        await runtime.status.async_refresh()
        told = await phone.notification(len(phone.got) + 1)
        assert told["title"] == thing.name
        assert told["message"].startswith(said)

    await running.hass.async_block_till_done()
    assert len(phone.got) == 2
