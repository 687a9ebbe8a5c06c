"""docs/api.md is up to date and leaves out no call."""

import ast
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from custom_components import hikcentral_connect
from scripts import api_table
from tests.contract.table import OPERATIONS

REFERENCE_CALLS = {
    "Get Access Token": "platform/v1/token/get",
    "Refresh Access Token": "platform/v1/token/refresh",
    "Get System Properties": "GET platform/v1/systemproperties",
    "Get Service Package Info": "GET platform/v1/servicepackage",
    "Get Streaming Token": "GET platform/v1/streamtoken/get",
    "Get Users": "platform/v1/users/get",
    "Add Device": "resource/v1/devices/add",
    "Update Device": "resource/v1/devices/update",
    "Get Devices": "resource/v1/devices/get",
    "Delete Device": "resource/v1/devices/delete",
    "Add Area": "resource/v1/areas/add",
    "Get Areas": "resource/v1/areas/get",
    "Get Cameras by Area": "resource/v1/areas/cameras/get",
    "Subscribe to Message Queue": "alarm/v1/mq/subscribe",
    "Get Message Queue Messages": "alarm/v1/mq/messages",
    "Add Alarm Rule": "alarm/v1/alarmrules/add",
    "Get Alarm Logs": "alarm/v1/alarmlogs/get",
    "Get Raw Messages": "message/v1/rawmessage/get",
    "Acknowledge Messages": "message/v1/rawmessage/ack",
    "Get Video URL (Live & Playback)": "video/v1/live/address/get",
    "Get Playback URL": "video/v1/live/address/get",
    "Search Recording Segments": "video/v1/record/element/search",
    "Capture Snapshot": "resource/v1/device/capturePic",
    "Get Recording Schedule": "video/v1/recordsettings/get",
    "Add Building": "visp/v1/buildings/add",
    "Get Buildings": "visp/v1/buildings/get",
    "Add Resident": "visp/v1/residents/add",
    "Issue Visitor Pass": "visp/v1/passes/issue",
    "Remote Door Control": "acs/v1/remote/control",
    "Get Encryption Info": "GET acs/v1/encryptinfo/get",
    "Get Access Levels": "acspm/v1/accesslevel/list",
    "Assign Access to Person": "acspm/v1/personaccess/assign",
    "Search Person Groups": "person/v1/groups/search",
    "Add Person": "person/v1/persons/add",
    "Upload Person Photo": "person/v1/persons/photo",
    "Quick Add Person": "person/v1/persons/quick/add",
    "Search Persons": "person/v1/persons/search",
    "Add Vehicle": "obd/v1/vehicles/add",
    "Get Vehicles": "obd/v1/vehicles/get",
    "Add Driver": "obd/v1/drivers/add",
    "Get Vehicle Location": "obd/v1/vehicles/location",
    "Get Attendance Records": "attendance/v1/records/get",
    "Get Time Card Report": "attendance/v1/timecard/report",
    "Get Attendance Summary": "attendance/v1/summary/get",
}
"""Headings of the reference and their paths: 44 headings of 43 calls."""


@pytest.fixture(scope="module")
def rows() -> list[list[str]]:
    """Return the cells of docs/api.md."""
    lines = api_table.TARGET.read_text().splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("|---"))
    return [line.strip("|").split("|") for line in lines[start + 1 :]]


def test_fresh() -> None:
    """The document is what the script writes."""
    again = "stale; run: .venv/bin/python -m scripts.api_table"
    assert api_table.TARGET.read_text() == api_table.table(), again


def test_the_reference_has_43_calls() -> None:
    """Live and recorded video share a call; nothing else does."""
    assert len(REFERENCE_CALLS) == 44
    assert len(set(REFERENCE_CALLS.values())) == 43


@pytest.mark.parametrize("heading", REFERENCE_CALLS)
def test_call_of_the_reference(heading: str, rows: list[list[str]]) -> None:
    """Every call of the reference has a row."""
    path = f"`{REFERENCE_CALLS[heading]}`"
    assert any(path in cells[1].strip().split(", ") for cells in rows)


def test_every_operation_has_a_row(rows: list[list[str]]) -> None:
    """Every operation stands there once, under the name that the client has for it."""
    names = {kind.__name__: name for kind, name in api_table.service_names().items()}
    methods = {
        f"`{names[service]}.{method}`"
        for service, method in (operation.split(".") for operation in OPERATIONS)
    }
    listed = [cells[0].strip() for cells in rows]
    assert sorted(listed) == sorted([*methods, "every method"])


def test_what_home_assistant_uses() -> None:
    """The last column tells of exactly the operations that the integration calls."""
    services = {name: kind for kind, name in api_table.service_names().items()}
    called = {
        f"{services[service].__name__}.{method}"
        for node in _integration()
        for service, method in (*_called(node), *_queued(node))
        if service in services
    }
    assert called & OPERATIONS.keys() == api_table.SHOWS.keys()


def _integration() -> Iterator[ast.AST]:
    """Return the syntax of the integration outside its client."""
    folder = Path(hikcentral_connect.__file__).parent
    for file in folder.rglob("*.py"):
        if folder / "api" not in file.parents:
            yield from ast.walk(ast.parse(file.read_text()))


def _called(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Return (b, c) of `a.b.c`."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute):
        yield node.value.attr, node.attr


def _queued(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Return what a queue calls of the service b that it is given as `a.b`."""
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "Queue":
        services = [one.attr for one in node.args if isinstance(one, ast.Attribute)]
        yield from product(services, ("acknowledge", "messages", "subscribe"))
