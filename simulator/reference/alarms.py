"""Alarm Services of the reference: logs and rules (the subscription is in queues).

The contract names no field of a log's row. The simulator gives the fields of a
message without its id, and ``alarmId``, the newest alarm first. A rule's name is
its own, and no call lists rules.
"""

from typing import Any

from simulator.contract import (
    ClockTime,
    IsoTime,
    Json,
    ListOf,
    Mistake,
    Problem,
    Refusal,
    Request,
    Text,
    Whole,
    group,
    may,
    need,
)
from simulator.world import World
from simulator.world.events import Alarm, AlarmKind
from simulator.world.places import Device

from .api import PAGING, api, page
from .events import EVENT_TYPES, alarm_message

KINDS = tuple(AlarmKind)


@api.post(
    "alarm/v1/alarmlogs/get",
    need("startTime", IsoTime()),
    need("endTime", IsoTime()),
    may("deviceIds", ListOf(Text())),
    may("eventTypes", ListOf(Text(choices=tuple(sorted(EVENT_TYPES))))),
    *PAGING,
)
def alarm_logs(request: Request) -> Json:
    """List the alarms that started in a time range."""
    world, body = request.account.world, request.body
    if body["startTime"] > body["endTime"]:
        raise Mistake(Problem.RANGE, "endTime")
    found = world.history.alarms(body["startTime"], body["endTime"])
    if devices := body["deviceIds"]:
        _check_devices(world, devices)
        found = [one for one in found if _device(one).id in devices]
    if types := body["eventTypes"]:
        found = [one for one in found if one.kind in types]
    return page(found, log_row, body)


@api.post(
    "alarm/v1/alarmrules/add",
    need("ruleName", Text()),
    need("deviceIds", ListOf(Text())),
    need("eventType", Text(choices=KINDS)),
    may(
        "schedule",
        group(
            need("startTime", ClockTime()),
            need("endTime", ClockTime()),
            need("weekDays", ListOf(Whole(1, 7))),
        ),
    ),
)
def add_rule(request: Request) -> Json:
    """Add a rule for some devices."""
    world, body = request.account.world, request.body
    if not body["deviceIds"]:
        raise Mistake(Problem.MISSING, "deviceIds")
    _check_devices(world, body["deviceIds"])
    if any(one.name == body["ruleName"] for one in world.alarm_rules.values()):
        raise Refusal("0x3002")
    rule = world.alarm_rules.add_rule(
        body["ruleName"],
        AlarmKind(body["eventType"]),
        tuple(body["deviceIds"]),
        settings={"schedule": body["schedule"]} if body["schedule"] else {},
    )
    return {"ruleId": rule.id}


def log_row(alarm: Alarm) -> dict[str, Any]:
    """Return a row of Get Alarm Logs."""
    return {"alarmId": alarm.guid} | alarm_message(alarm)


def _device(alarm: Alarm) -> Device:
    return alarm.source if isinstance(alarm.source, Device) else alarm.source.device


def _check_devices(world: World, ids: list[str]) -> None:
    if not world.devices.keys() >= set(ids):
        raise Refusal("0x3001")
