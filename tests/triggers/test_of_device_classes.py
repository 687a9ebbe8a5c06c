"""Triggers of Home Assistant itself that reach our entities."""

from ..common import camera_named
from ..conftest import Running
from .conftest import (
    Automate,
    access,
    area_of,
    device_id_of,
    door_id_of,
    entity_id_of,
    poll,
)


async def test_motion_detected(running: Running, automate: Automate) -> None:
    """Home Assistant's own trigger knows our motion, by area."""
    camera = camera_named(running)
    area_id = area_of(running, device_id_of(running, "camera", camera.id))
    fired = await automate("motion.detected", target={"area_id": area_id})
    running.account.happen.alarm(camera_named(running, "Shed").id, "motion")
    running.account.happen.alarm(camera.id, "motion")
    await poll(running)

    sensor = entity_id_of(running, "binary_sensor", "camera", camera.id, "motion")
    assert [one.data["entity_id"] for one in fired] == [sensor]


async def test_doorbell_rang(running: Running, automate: Automate) -> None:
    """Home Assistant's own trigger knows our ring, by area."""
    device = next(
        one for one in running.account.world.devices.values() if "station" in one.name
    )
    area_id = area_of(running, device_id_of(running, "device", device.id))
    fired = await automate("doorbell.rang", target={"area_id": area_id})
    running.account.happen.ring(device.id)
    await poll(running)

    ring = entity_id_of(running, "event", "device", device.id, "ring")
    assert [one.data["entity_id"] for one in fired] == [ring]


async def test_event_received(running: Running, automate: Automate) -> None:
    """Home Assistant's own trigger knows our accesses and alarms, by area."""
    door_id = door_id_of(running)
    area_id = area_of(running, device_id_of(running, "door", door_id))
    fired = await automate(
        "event.received", target={"area_id": area_id}, options={"event_type": "denied"}
    )
    access(running, "Ada Berg", granted=True)
    access(running, None)
    await poll(running)

    door = entity_id_of(running, "event", "door", door_id, "access")
    assert [one.data["entity_id"] for one in fired] == [door]


async def test_lock_unlocked(running: Running, automate: Automate) -> None:
    """Home Assistant's own trigger knows our locks, by area."""
    door_id = door_id_of(running)
    area_id = area_of(running, device_id_of(running, "door", door_id))
    fired = await automate("lock.unlocked", target={"area_id": area_id})
    lock = entity_id_of(running, "lock", "door", door_id, "lock")
    await running.hass.services.async_call(
        "lock", "unlock", {"entity_id": lock}, blocking=True
    )
    await running.hass.async_block_till_done()

    assert [one.data["entity_id"] for one in fired] == [lock]
