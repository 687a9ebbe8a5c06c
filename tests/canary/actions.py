"""Each action with what it needs, in the words of canaries where it takes any."""

from datetime import timedelta
from typing import Any, Final

from custom_components.hikcentral_connect.const import DOMAIN
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.util import dt as dt_util

from ..conftest import Running
from .plant import DOOR_PIN, PASSWORD, Canaries

TYPED: Final[Canaries] = {
    "QxTypedFirst": "typed name",
    "QxTypedLast": "typed name",
    "+4930999111": "typed phone",
    "qxtyped@example.invalid": "typed mail",
    "9555000111": "typed card",
    "73519": "typed PIN",
    PASSWORD: "typed password",
    "KITCHN": "typed code",
}
VISITOR: Final = "QxVisitorCanary"
_PERSON: Final = {
    "first_name": "QxTypedFirst",
    "last_name": "QxTypedLast",
    "phone": "+4930999111",
    "email": "qxtyped@example.invalid",
}


def entity_ids(running: Running, domain: str, part: str = "") -> list[str]:
    """Return the entities of a platform."""
    entries = er.async_entries_for_config_entry(
        er.async_get(running.hass), running.entry.entry_id
    )
    return [
        one.entity_id
        for one in entries
        if one.domain == domain and part in one.unique_id
    ]


def actions(running: Running) -> dict[str, dict[str, Any]]:
    """Return what each action is called with."""
    world = running.account.world
    now = dt_util.now().replace(microsecond=0)
    person = next(iter(world.people.values()))
    level, home = next(iter(world.levels)), next(iter(world.buildings))
    camera, door = entity_ids(running, "camera")[0], entity_ids(running, "lock")[0]
    ring = entity_ids(running, "event", "ring")[:1]
    day = {"starts": now - timedelta(days=1), "ends": now}
    visit = {"visitor": VISITOR, "ends": now + timedelta(hours=4)}
    reference = running.account.speech == "reference"
    visit |= (
        {"resident_id": next(iter(world.residents))}
        if reference
        else {"access_levels": [level]}
    )
    device = dr.async_entries_for_config_entry(
        dr.async_get(running.hass), running.entry.entry_id
    )[-1].id
    pass_id = next(iter(world.passes), "1")
    return {
        "issue_visitor_pass": visit,
        "list_visitor_passes": {},
        "update_visitor_pass": {"pass_id": pass_id, **visit},
        "revoke_visitor_pass": {"pass_id": pass_id},
        "answer_call": {"entity_id": ring},
        "refuse_call": {"entity_id": ring},
        "hang_up_call": {"entity_id": ring},
        "control_door": {"entity_id": door, "command": "open", "code": DOOR_PIN},
        "get_alarm_log": day,
        "search_person_groups": {},
        "search_people": {},
        "add_person": {**_PERSON, "group_id": person.group, "card": "9555000111"},
        "quick_add_person": {
            **_PERSON,
            "group_id": person.group,
            "pin": "73519",
            "photo_camera": camera,
        },
        "set_person_photo": {"person_id": person.id, "photo_camera": camera},
        "list_access_levels": {},
        "assign_access_levels": {"person_id": person.id, "access_levels": [level]},
        "remove_access_levels": {"person_id": person.id, "access_levels": [level]},
        "list_buildings": {},
        "add_building": {"name": "Barn", "number": "7"},
        "list_rooms": {"building_id": home},
        "list_residents": {},
        "add_resident": {**_PERSON, "building_id": home, "room_number": "101"},
        "list_vehicles": {},
        "add_vehicle": {
            "plate": "B-NE 1",
            "driver_first_name": "QxTypedFirst",
            "driver_phone": "+4930999111",
        },
        "add_driver": {**_PERSON, "license_number": "9555000111"},
        "get_attendance_records": day,
        "get_time_card": day,
        "get_attendance_summary": {},
        "add_device": {
            "name": "New",
            "serial": "Q10000001",
            "verification_code": "KITCHN",
            "user_name": "admin",
            "password": PASSWORD,
        },
        "update_device": {"device_id": device, "name": "Other", "password": PASSWORD},
        "delete_device": {"device_id": device, "serial": "wrong"},
        "add_area": {"name": "Attic"},
        "list_areas": {},
        "list_users": {},
        "add_alarm_rule": {"name": "Night", "kind": "motion", "cameras": [camera]},
        "list_alarm_rules": {},
        "search_recordings": {"entity_id": camera, **day},
        "get_recording_schedule": {"entity_id": camera},
        "export_recording": {
            "entity_id": camera,
            "starts": now - timedelta(seconds=9000),
            "ends": now - timedelta(seconds=8990),
        },
    }


def registered(running: Running) -> set[str]:
    """Return the actions that there are."""
    return set(running.hass.services.async_services_for_domain(DOMAIN))
