"""What is asked, in this order: every operation that only reads, or why it is not."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from custom_components.hikcentral_connect.api.models.access import RecordSearch
from custom_components.hikcentral_connect.api.models.attendance import AttendanceQuery
from custom_components.hikcentral_connect.api.models.isapi import IsapiRequest
from custom_components.hikcentral_connect.api.models.maintenance import OfflineQuery
from custom_components.hikcentral_connect.api.models.messages import LogQuery
from custom_components.hikcentral_connect.api.models.records import Storage
from custom_components.hikcentral_connect.api.models.traffic import (
    FlowQuery,
    PassingQuery,
)
from custom_components.hikcentral_connect.api.models.video import StreamProtocol

from .found import Found

type Arguments = dict[str, Any]


def _no_arguments(thing: Any, found: Found) -> Arguments:
    return {}


@dataclass(frozen=True, slots=True)
class Question:
    """An operation to ask.

    `arguments` are made of the thing that the operation `needs`, the first one found or
    `every` one, and of what else was found. Of a list the first page is read, of a
    `whole` one all pages.
    """

    operation: str
    needs: str | None = None
    arguments: Callable[[Any, Found], Arguments] = _no_arguments
    every: bool = False
    whole: bool = False


def _span(operation: str, argument: str, query: Callable[..., Any]) -> Question:
    """Ask about the day until now."""
    return Question(
        operation,
        arguments=lambda _, found: {argument: query(found.yesterday, found.now)},
    )


def _by_id(operation: str, needs: str, argument: str) -> Question:
    return Question(operation, needs, lambda thing, _: {argument: thing.id})


def _by_ids(operation: str, needs: str, argument: str) -> Question:
    return Question(operation, needs, lambda thing, _: {argument: (thing.id,)})


def _isapi(operation: str) -> Question:
    path = "/ISAPI/System/deviceInfo"
    return Question(
        operation,
        "device",
        lambda device, _: {"request": IsapiRequest(device.id, path)},
    )


def _live(protocol: StreamProtocol) -> Question:
    return Question(
        "Video.live_address",
        "camera",
        lambda camera, _: {
            "camera_id": camera.id,
            "device_serial": camera.device_serial,
            "protocol": protocol,
        },
    )


def _recordings(camera: Any, found: Found) -> Arguments:
    return {
        "camera_id": camera.id,
        "starts": found.yesterday,
        "ends": found.now,
        "storage": Storage.LOCAL,
    }


def _playback(recording: Any, found: Found) -> Arguments:
    camera = found.one("camera")
    return {
        "camera_id": camera.id,
        "device_serial": camera.device_serial,
        "starts": recording.starts,
        "ends": recording.ends,
        "storage": Storage.LOCAL,
    }


_INVENTORY: Final = (
    Question("Resources.devices", whole=True),
    Question("Resources.areas", whole=True),
    Question("Resources.cameras", whole=True),
    Question(
        "Resources.area_cameras",
        "area",
        lambda area, _: {"area_id": area.id},
        every=True,
        whole=True,
    ),
    Question("Resources.doors", whole=True),
)

QUESTIONS: Final = (
    Question("Platform.system_properties"),
    Question("Platform.service_package"),
    Question("Platform.stream_token"),
    Question("Platform.users"),
    *_INVENTORY,
    Question(
        "Resources.device_detail", "device", lambda device, _: {"serial": device.serial}
    ),
    _by_id("Resources.refresh_device", "device", "device_id"),
    _by_ids("Resources.area_details", "area", "area_ids"),
    Question("Resources.time_zones"),
    Question("Inputs.inputs"),
    _by_ids("Inputs.input_states", "input", "input_ids"),
    _by_ids("Inputs.input_states_by_proxy", "input", "input_ids"),
    Question("Inputs.outputs"),
    _by_ids("Inputs.output_states", "output", "output_ids"),
    _span("Maintenance.offline", "query", OfflineQuery),
    Question("Maintenance.devices"),
    _isapi("Isapi.send"),
    _isapi("Isapi.send_by_proxy"),
    _by_id("Video.thumbnail", "camera", "camera_id"),
    Question(
        "Video.capture",
        "camera",
        lambda camera, _: {
            "device_serial": camera.device_serial,
            "channel": camera.channel,
        },
    ),
    _live(StreamProtocol.EZOPEN),
    _live(StreamProtocol.HLS),
    Question("Recordings.search", "camera", _recordings),
    _by_id("Recordings.settings", "camera", "camera_id"),
    Question("Video.playback_address", "recording", _playback),
    _span("Alarms.log", "query", LogQuery),
    Question("AlarmRules.rules"),
    Question("AlarmRules.priorities"),
    Question("AlarmRules.schedules"),
    Question("AccessLevels.levels"),
    Question("AccessLevels.schedules"),
    _span("AccessRecords.records", "search", RecordSearch),
    Question("PersonGroups.groups"),
    _by_id("PersonGroups.subgroups", "person group", "parent_id"),
    _by_ids("PersonGroups.groups_by_id", "person group", "group_ids"),
    Question("People.search"),
    _by_id("People.get", "person", "person_id"),
    _by_id("Access.apply_status", "person", "person_id"),
    Question(
        "Credentials.qr_code",
        "person",
        lambda person, found: {"person_id": person.id, "now": found.now},
    ),
    Question("Passes.find"),
    _by_id("Passes.get", "pass", "pass_id"),
    Question("Intercom.buildings"),
    Question("Intercom.rooms"),
    Question("Intercom.residents"),
    _span("Attendance.records", "query", AttendanceQuery),
    _span("Attendance.time_cards", "query", AttendanceQuery),
    Question(
        "Attendance.summary", arguments=lambda _, found: {"day": found.now.date()}
    ),
    Question("Vehicles.vehicles"),
    _by_id("Vehicles.location", "vehicle", "vehicle_id"),
    _by_ids("Vehicles.ignition", "vehicle", "vehicle_ids"),
    Question("Vehicles.picture_upload"),
    Question("Drivers.drivers"),
    Question("Drivers.groups"),
    _span("Traffic.passings", "query", PassingQuery),
    Question(
        "Traffic.people_flow",
        "area",
        lambda area, found: {
            "query": FlowQuery(found.yesterday, found.now, (area.id,))
        },
    ),
    Question("Webhooks.query"),
    Question(
        "Platform.refresh_token", "token", lambda token, _: {"access_token": token}
    ),
)

_QUEUE: Final = "only the owner's own client may take from the queues of the key"
UNASKED: Final = {
    "Access.encryption": "the answer is a key to every door that never expires",
    "Alarms.subscribe": _QUEUE,
    "Alarms.unsubscribe": _QUEUE,
    "Alarms.messages": _QUEUE,
    "Alarms.acknowledge": _QUEUE,
    "Messages.subscribe": _QUEUE,
    "Messages.unsubscribe": _QUEUE,
    "Messages.messages": _QUEUE,
    "Messages.acknowledge": _QUEUE,
    "Drivers.faces_sent": "follows a task that a change began",
    "Recordings.saved": "follows a task that a change began",
}
"""Operations that change nothing of the account and yet are not asked."""
