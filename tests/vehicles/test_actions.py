"""Actions on vehicles and drivers."""

from base64 import b64encode
from io import BytesIO
from typing import Any

from PIL import Image
import pytest

from custom_components.hikcentral_connect.api import DialectName
from custom_components.hikcentral_connect.const import DOMAIN
from custom_components.hikcentral_connect.vehicles.fleet import Track
from homeassistant.const import STATE_UNKNOWN
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import device_registry as dr, entity_registry as er
from simulator.world.fleet import Vehicle
from simulator.world.places import Category

from ..common import call
from ..conftest import Running


def _tracker(running: Running, vehicle: Vehicle) -> str:
    return er.async_get(running.hass).async_get_entity_id(
        "device_tracker",
        DOMAIN,
        f"{running.entry.unique_id}_vehicle_{vehicle.id}_tracker",
    )


async def test_list_vehicles(driving: Running) -> None:
    """The action lists the vehicles and where they were last; drivers only if allowed."""
    van = driving.account.world.fleet.with_plate("B-VN 1207")
    van.driver_first_name = "Ada"
    fleet = driving.entry.runtime_data.fleet
    fleet.async_locate(van.id, Track(52.5, 13.4, speed=12.0))
    rows = (await call(driving, "list_vehicles"))["vehicles"]
    (row,) = [one for one in rows if one["plate"] == van.plate]
    assert len(rows) == 2
    assert row["position"]["latitude"] == 52.5
    assert row["position"]["speed"] == 12.0
    assert "driver" not in row


async def test_add_vehicle(driving: Running) -> None:
    """A vehicle that is added has a tracker at once."""
    answer = await call(driving, "add_vehicle", plate="B-NE 1", name="New", kind="car")
    vehicle = driving.account.world.fleet.with_plate("B-NE 1")
    assert answer["vehicle_id"] == vehicle.id
    assert driving.hass.states.get(_tracker(driving, vehicle)).state == STATE_UNKNOWN


async def test_add_vehicle_with_its_device(driving: Running) -> None:
    """The on-board device is picked from the devices of Home Assistant."""
    world = driving.account.world
    tracker = world.add_device("Bus tracker", Category.MOBILE)
    await driving.entry.runtime_data.inventory.async_refresh()
    device = dr.async_get(driving.hass).async_get_device_by_identifier(
        (DOMAIN, f"{driving.entry.unique_id}_device_{tracker.id}"),
        driving.entry.entry_id,
    )
    await call(driving, "add_vehicle", plate="B-NE 2", device_id=device.id)
    assert world.fleet.with_plate("B-NE 2").device is tracker


async def test_plate_in_use(driving: Running) -> None:
    """A plate that is taken is refused, in words."""
    with pytest.raises(HomeAssistantError) as failure:
        await call(driving, "add_vehicle", plate="B-VN 1207")
    assert failure.value.translation_key == "already_exists"


async def test_add_driver(driving: Running) -> None:
    """A driver is added with what the service needs."""
    image = BytesIO()
    Image.effect_noise((640, 480), 60).convert("RGB").save(image, "JPEG")
    data: dict[str, Any] = {"first_name": "Ann", "last_name": "Gray"}
    if driving.account.speech == DialectName.TEAMS:
        data["photo"] = b64encode(image.getvalue()).decode()
        data |= {"phone": "+4930123456", "email": "a@example.com", "description": "-"}
    else:
        data["license_number"] = "L1"
    answer = await call(driving, "add_driver", **data)
    driver = driving.account.world.fleet.drivers[answer["driver_id"]]
    assert driver.name == "Ann Gray"


async def test_actions_while_off(running: Running) -> None:
    """While vehicles are off the actions say so, and nothing is sent."""
    running.sim.record.clear()
    for action, data in (
        ("list_vehicles", {}),
        ("add_vehicle", {"plate": "X"}),
        ("add_driver", {"first_name": "X"}),
    ):
        with pytest.raises(ServiceValidationError) as failure:
            await call(running, action, **data)
        assert failure.value.translation_key == "vehicles_off"
    assert len(running.sim.record) == 0
