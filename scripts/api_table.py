"""Writes docs/api.md: every operation of the client, and where it comes out.

    .venv/bin/python -m scripts.api_table

Paths are those of the contract table in tests/contract, which the client is tested
against.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, cast

import aiohttp
from yarl import URL

from custom_components.hikcentral_connect.api import Account, Client, DialectName
from custom_components.hikcentral_connect.api.operation import Service, operations_of
from tests.contract.row import ContractRow
from tests.contract.table import OPERATIONS, ROWS

TARGET: Final = Path(__file__).parent.parent / "docs" / "api.md"
NOT_OFFERED: Final = "not offered"
CLIENT_ONLY: Final = "client only"

SHOWS: Final = {
    "Access.assign": "action `assign_access_levels`",
    "Access.remove": "action `remove_access_levels`",
    "AccessLevels.levels": "action `list_access_levels`; options of actions",
    "AccessRecords.records": "accesses: events and sensors, as a second source",
    "AlarmRules.add": "action `add_alarm_rule`",
    "AlarmRules.rules": "repairs: no alarm rules; action `list_alarm_rules`",
    "Alarms.acknowledge": "alarms: events and binary sensors",
    "Alarms.log": "action `get_alarm_log`; gaps of the queue",
    "Alarms.messages": "alarms: events and binary sensors",
    "Alarms.subscribe": "alarms: events and binary sensors",
    "Attendance.records": "action `get_attendance_records`",
    "Attendance.summary": "attendance: sensors, action `get_attendance_summary`",
    "Attendance.time_cards": "attendance: sensors, action `get_time_card`",
    "Credentials.set_cards": "actions `add_person`, `quick_add_person`",
    "Credentials.set_photo": "action `set_person_photo`",
    "Doors.control": "doors: locks, buttons and selects, action `control_door`",
    "Drivers.add": "action `add_driver`",
    "Drivers.groups": "action `add_driver`",
    "Inputs.control_output": "alarm outputs: switches",
    "Inputs.inputs": "alarm inputs: binary sensors",
    "Inputs.output_states": "alarm outputs: switches",
    "Inputs.outputs": "alarm outputs: switches",
    "Intercom.add_building": "action `add_building`",
    "Intercom.add_resident": "action `add_resident`",
    "Intercom.buildings": "action `list_buildings`; options of actions",
    "Intercom.residents": "action `list_residents`; options of actions",
    "Intercom.respond": "actions `answer_call`, `refuse_call`, `hang_up_call`",
    "Intercom.rooms": "action `list_rooms`; options of actions",
    "Isapi.send": "disks of recorders: sensors",
    "Maintenance.devices": "health of devices: sensors",
    "Messages.acknowledge": "accesses and rings: events and sensors",
    "Messages.messages": "accesses and rings: events and sensors",
    "Messages.subscribe": "accesses and rings: events and sensors",
    "Passes.delete": "action `revoke_visitor_pass`",
    "Passes.find": "action `list_visitor_passes`; calendar and sensor",
    "Passes.get": "image of the newest pass; action `update_visitor_pass`",
    "Passes.issue": "action `issue_visitor_pass`",
    "Passes.update": "action `update_visitor_pass`",
    "People.add": "action `add_person`",
    "People.quick_add": "action `quick_add_person`",
    "People.search": "action `search_people`; names in events",
    "PersonGroups.groups": "action `search_person_groups`; options of actions; groups of attendance",
    "Platform.service_package": "the service package: sensors and repairs",
    "Platform.stream_token": "player of panel and card, relay: opens streams",
    "Platform.system_properties": "adding the account: its identity",
    "Platform.users": "actions on calls: who answers; action `list_users`",
    "Recordings.save": "media browser, action `export_recording`",
    "Recordings.saved": "media browser, action `export_recording`",
    "Recordings.search": "panel: timeline; media browser; action `search_recordings`",
    "Recordings.settings": "sensors; action `get_recording_schedule`",
    "Resources.area_cameras": "inventory, and which cameras are online",
    "Resources.areas": "inventory: suggested areas",
    "Resources.cameras": "inventory, and which cameras are online",
    "Resources.devices": "inventory, and which devices are online",
    "Resources.doors": "inventory",
    "Resources.time_zones": "action `add_device`",
    "Site.add_area": "action `add_area`",
    "Site.add_device": "action `add_device`",
    "Site.delete_devices": "action `delete_device`",
    "Site.update_device": "action `update_device`",
    "Traffic.control_barrier": "barriers: buttons",
    "Vehicles.add": "action `add_vehicle`",
    "Vehicles.ignition": "vehicles: ignition",
    "Vehicles.location": "vehicles: trackers and speeds",
    "Vehicles.vehicles": "vehicles: trackers, action `list_vehicles`",
    "Video.capture": "cameras: picture",
    "Video.live_address": "cameras: stream; player of panel and card: live",
    "Video.playback_address": "player of panel and card: recordings",
    "Video.thumbnail": "cameras: picture while none can be taken",
    "Webhooks.delete": "repairs: removing a foreign webhook; option push",
    "Webhooks.query": "repairs: foreign webhook; option push",
    "Webhooks.save": "option push",
}
"""Operations that come out in Home Assistant, and as what."""

HEAD: Final = """\
# The operations of the client

Made by `scripts/api_table.py`; do not edit. An account speaks one of two contracts,
and which one shows at its login. "Not offered" means that a contract has no such call:
the operation then raises `NotOffered`. Every path follows `/api/hccgw/` and is a POST
unless it says GET.

| client method | reference | teams | in Home Assistant |
|---|---|---|---|
"""
LOGIN: Final = "platform/v1/token/get"
"""The session logs in by itself, so no operation and no contract row names this."""


def table() -> str:
    """Return the whole document."""
    login = _line("every method", f"`{LOGIN}`", f"`{LOGIN}`", "adding the account")
    return HEAD + login + "".join(_lines())


def service_names() -> dict[type[Service], str]:
    """Return under which name the client has each service."""
    http = cast("aiohttp.ClientSession", None)
    client = Client(http, Account(URL("https://example.com"), "", ""))
    return {
        type(value): name
        for name, value in vars(client).items()
        if isinstance(value, Service)
    }


def _lines() -> Iterator[str]:
    for service, name in sorted(service_names().items(), key=lambda item: item[1]):
        for method, operation in operations_of(service).items():
            yield _line(
                f"`{name}.{method}`",
                _paths(operation.name, DialectName.REFERENCE),
                _paths(operation.name, DialectName.TEAMS),
                SHOWS.get(operation.name, CLIENT_ONLY),
            )


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |\n"


def _paths(operation: str, dialect: DialectName) -> str:
    if not OPERATIONS[operation].offered_by(dialect):
        return NOT_OFFERED
    rows = (row for row in ROWS if (row.operation, row.dialect) == (operation, dialect))
    return ", ".join(dict.fromkeys(_path(row) for row in rows))


def _path(row: ContractRow) -> str:
    """Return the path of a row, with the names of arguments that stand in it."""
    names = {
        value: f"{{{name}}}"
        for name, value in row.arguments.items()
        if isinstance(value, str)
    }
    service, version, *rest = row.path.split("/")
    path = "/".join((service, version, *(names.get(part, part) for part in rest)))
    return f"`GET {path}`" if row.sent is None else f"`{path}`"


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(table())
    print(f"wrote {TARGET.relative_to(Path.cwd())}")
