"""Actions that change the account: devices, areas, alarm rules."""

import pytest
from pytest_homeassistant_custom_component.common import MockUser

from custom_components.hikcentral_connect.api import DialectName
from custom_components.hikcentral_connect.const import DOMAIN
from homeassistant.core import Context
from homeassistant.exceptions import (
    HomeAssistantError,
    ServiceValidationError,
    Unauthorized,
)
from homeassistant.helpers import (
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)
from homeassistant.helpers.service import async_get_all_descriptions
from simulator.world.places import Device

from .common import REFERENCE, TEAMS, call
from .conftest import Running

ADMIN = {
    "add_device": {"name": "Pantry", "serial": "Q1", "verification_code": "X"},
    "update_device": {"device_id": "x"},
    "delete_device": {"device_id": "x", "serial": "x"},
    "add_area": {"name": "Attic"},
    "list_areas": {},
    "list_users": {},
    "add_alarm_rule": {"name": "R", "kind": "motion", "cameras": "camera.x"},
    "list_alarm_rules": {},
}


def _device(running: Running, name: str) -> Device:
    devices = running.account.world.devices.values()
    return next(one for one in devices if one.name == name)


def _registered(running: Running, device: Device) -> dr.DeviceEntry:
    return dr.async_get(running.hass).async_get_device_by_identifier(
        (DOMAIN, f"{running.entry.unique_id}_device_{device.id}"),
        running.entry.entry_id,
    )


@pytest.mark.parametrize("action", ADMIN)
async def test_administrators_only(
    running: Running, hass_read_only_user: MockUser, action: str
) -> None:
    """Nobody else may, and nothing is sent."""
    running.sim.record.clear()
    response = running.hass.services.supports_response(DOMAIN, action)
    with pytest.raises(Unauthorized):
        await running.hass.services.async_call(
            DOMAIN,
            action,
            ADMIN[action],
            blocking=True,
            return_response=response.value == "only",
            context=Context(user_id=hass_read_only_user.id),
        )
    assert len(running.sim.record) == 0


async def test_add_device(running: Running) -> None:
    """A device that is added is there at once, with its channels."""
    areas = running.account.world.areas
    kitchen = next(iter(areas))
    answer = await call(
        running,
        "add_device",
        name="Kitchen",
        serial="Q10000001",
        verification_code="KITCHN",
        area_id=kitchen,
    )
    device = _device(running, "Kitchen")
    assert answer["service_device_id"] == device.id
    assert _registered(running, device).serial_number == "Q10000001"
    cameras = running.entry.runtime_data.inventory.data.cameras.values()
    assert any(one.device_serial == "Q10000001" for one in cameras)


@TEAMS
async def test_add_device_in_a_vehicle(running: Running) -> None:
    """An on-board device brings its vehicle."""
    await call(
        running,
        "add_device",
        name="Lorry tracker",
        serial="Q10000005",
        verification_code="LORRYX",
        category="mobile",
        plate="B-LO 1",
    )
    vehicle = running.account.world.fleet.with_plate("B-LO 1")
    assert vehicle.device.serial == "Q10000005"


async def test_wrong_verification_code(running: Running) -> None:
    """A refusal is told, and the code stands nowhere in it."""
    with pytest.raises(HomeAssistantError) as failure:
        await call(
            running,
            "add_device",
            name="Kitchen",
            serial="Q10000001",
            verification_code="WRONGX",
        )
    assert failure.value.translation_key == "code_wrong"
    assert "WRONGX" not in str(failure.value)


async def test_update_device(running: Running) -> None:
    """A new name shows at once."""
    device = _device(running, "House recorder")
    await call(
        running,
        "update_device",
        answers=False,
        device_id=_registered(running, device).id,
        name="Cellar recorder",
    )
    assert device.name == "Cellar recorder"
    assert _registered(running, device).name == "Cellar recorder"


async def test_delete_device(running: Running) -> None:
    """With its serial number typed a device goes, here as well, without an issue."""
    device = _device(running, "Shed camera")
    registered = _registered(running, device)
    await call(
        running,
        "delete_device",
        answers=False,
        device_id=registered.id,
        serial=f" {device.serial} ",
    )
    assert device.id not in running.account.world.devices
    assert _registered(running, device) is None
    assert running.hass.states.get("camera.garden_shed") is None
    registry = dr.async_get(running.hass)
    for one in dr.async_entries_for_config_entry(registry, running.entry.entry_id):
        assert one.via_device_id != registered.id
    issues = ir.async_get(running.hass).issues
    assert not [key for key in issues if "device_missing" in key[1]]


@pytest.mark.parametrize("typed", ["", "Q", "wrong"])
async def test_delete_needs_the_serial(running: Running, typed: str) -> None:
    """Any other serial number deletes nothing and sends nothing."""
    device = _device(running, "Shed camera")
    running.sim.record.clear()
    with pytest.raises(ServiceValidationError) as failure:
        await call(
            running,
            "delete_device",
            answers=False,
            device_id=_registered(running, device).id,
            serial=typed,
        )
    assert failure.value.translation_key == "serial_differs"
    assert device.id in running.account.world.devices
    assert len(running.sim.record) == 0


async def test_delete_no_device(running: Running) -> None:
    """A camera or the account itself is no device that can be deleted."""
    camera = er.async_get(running.hass).async_get("camera.garden_shed")
    with pytest.raises(ServiceValidationError) as failure:
        await call(
            running,
            "delete_device",
            answers=False,
            device_id=camera.device_id,
            serial="x",
        )
    assert failure.value.translation_key == "not_a_device"


async def test_delete_that_is_refused(running: Running) -> None:
    """A device that the service keeps stays here as well."""
    device = _device(running, "Shed camera")
    running.sim.faults.add("http_error", path="*/devices/delete")
    with pytest.raises(HomeAssistantError):
        await call(
            running,
            "delete_device",
            answers=False,
            device_id=_registered(running, device).id,
            serial=device.serial,
        )
    assert _registered(running, device) is not None


async def test_areas(running: Running) -> None:
    """An area that is made is in the list, below its parent."""
    parent = await call(running, "add_area", name="Attic")
    child = await call(running, "add_area", name="Box", parent_id=parent["area_id"])
    areas = (await call(running, "list_areas"))["areas"]
    by_id = {one["area_id"]: one for one in areas}
    assert by_id[child["area_id"]]["name"] == "Box"
    assert by_id[child["area_id"]]["parent_id"] == parent["area_id"]
    assert by_id.keys() <= running.account.world.areas.keys()


async def test_what_actions_offer(running: Running) -> None:
    """Areas are chosen by name, and fields that the service lacks are not shown."""
    described = await async_get_all_descriptions(running.hass)
    fields = {name: one["fields"] for name, one in described[DOMAIN].items()}
    named = {one.area.id: one.area.name for one in running.account.world.doors.values()}
    if running.account.speech == DialectName.TEAMS:
        offered = fields["add_device"]["area_id"]["selector"]["select"]["options"]
        assert named.items() <= {one["value"]: one["label"] for one in offered}.items()
        assert "time_zone_id" in fields["add_device"]
        assert "starts" not in fields["add_alarm_rule"]
    else:
        assert "time_zone_id" not in fields["add_device"]
        assert "with_vehicle" not in fields["delete_device"]
        assert "starts" in fields["add_alarm_rule"]


async def test_inventory_is_read_again(running: Running) -> None:
    """Each change is followed by one look at the inventory."""
    running.sim.record.clear()
    await call(running, "add_area", name="Attic")
    assert len(running.sim.record.calls("*/devices/get")) == 1


async def test_users(running: Running) -> None:
    """The users of the platform are listed."""
    users = (await call(running, "list_users"))["users"]
    assert {one["name"] for one in users} == {"admin", "guard"}


async def test_add_alarm_rule(running: Running) -> None:
    """A rule turns a kind of sight into alarms; in teams one rule for each camera."""
    rules = running.account.world.alarm_rules
    before = set(rules)
    cameras = ["camera.garden_terrace", "camera.garden_shed"]
    answer = await call(
        running, "add_alarm_rule", name="Line", kind="line_crossing", cameras=cameras
    )
    new = {key: rules[key] for key in rules if key not in before}
    assert set(answer["rule_ids"]) == set(new)
    assert {str(rule.event) for rule in new.values()} == {"lineCrossing"}
    teams = running.account.speech == DialectName.TEAMS
    assert len(new) == (2 if teams else 1)


@REFERENCE
async def test_rule_with_hours(running: Running) -> None:
    """The reference takes hours and days."""
    answer = await call(
        running,
        "add_alarm_rule",
        name="Night",
        kind="motion",
        cameras="camera.garden_terrace",
        starts="22:00",
        ends="23:30",
        weekdays=["sat", "sun"],
    )
    rule = running.account.world.alarm_rules[answer["rule_ids"][0]]
    assert list(rule.settings["schedule"]["weekDays"]) == [6, 7]


@TEAMS
async def test_hours_that_are_not_taken(running: Running) -> None:
    """What a service does not take is named; nothing is made."""
    rules = len(running.account.world.alarm_rules)
    with pytest.raises(ServiceValidationError) as failure:
        await call(
            running,
            "add_alarm_rule",
            name="Night",
            kind="motion",
            cameras="camera.garden_terrace",
            starts="22:00",
        )
    assert failure.value.translation_placeholders["field"] == "starts"
    assert len(running.account.world.alarm_rules) == rules


async def test_rule_for_no_camera(running: Running) -> None:
    """An entity that is no camera of the account is named."""
    with pytest.raises(ServiceValidationError) as failure:
        await call(
            running, "add_alarm_rule", name="X", kind="motion", cameras="camera.nobody"
        )
    assert failure.value.translation_key == "not_a_camera"


async def test_list_alarm_rules(running: Running) -> None:
    """Rules are listed where the service can."""
    if running.account.speech == DialectName.REFERENCE:
        with pytest.raises(HomeAssistantError) as failure:
            await call(running, "list_alarm_rules")
        assert failure.value.translation_key == "not_offered"
        return
    rules = (await call(running, "list_alarm_rules"))["rules"]
    assert len(rules) == len(running.account.world.alarm_rules)
    assert {one["kind"] for one in rules} == {"motion"}
