"""Alarm rules, their linkages, priorities and schedules (guide 5.3.2).

What the guide leaves open, and the simulator's choice:

* The list of rules is ``alarmrule`` in the tables and ``alarmRule`` in the
  examples: one of them is taken.
* ``enable`` and the categories stand in the examples only; they are taken.
* The tables write ``ID`` where all examples write ``id``: it is ``id``.
* A row that cannot be added has a code of its own: VMS000003 for an unknown source,
  priority or schedule, VMS003002 for an unknown recipient, VMS023008 if the source
  has a rule for the event type already. Updates are refused as a whole.
* The answer of ``receivingschedules/get`` is the table's ``receivingSchedule``; the
  example repeats that of the priorities.
"""

from typing import Any

from simulator.contract import Json, ListOf, Refusal, Request, Text, group, may, need
from simulator.world import World
from simulator.world.rules import AlarmRule

from .alarmtypes import CATEGORIES, SOURCE_TYPES, AlarmType, kind_of, type_of
from .api import PAGING, api, number, page, spelled

UNKNOWN = "VMS000003"
UNKNOWN_USER = "VMS003002"
EXISTS = "VMS023008"
ANY = -1

PRIORITIES = {
    str(level): {
        "id": str(level),
        "level": level,
        "levelName": name,
        "color": color,
        "audioName": "",
        "audioURL": "",
    }
    for level, name, color in (
        (1, "High", "#F40B0B"),
        (2, "Medium", "#D79931"),
        (3, "Low", "#2D8B3D"),
    )
}
SCHEDULES = {
    "1": ("All-Day Template", range(1, 8)),
    "2": ("Weekday Template", range(1, 6)),
    "3": ("Weekend Template", range(6, 8)),
}

BRIEF_SOURCE = group(
    may("eventType", Text(64, number=True)),
    may("sourceID", Text(64)),
    may("sourceType", Text(64)),
    may("sourceName", Text(64)),
)
FIELDS = (
    need("name", Text(255)),
    may("alarmMainCategory", Text(64, choices=CATEGORIES)),
    may("alarmSubCategory", Text(64, choices=CATEGORIES)),
    may("description", Text(128)),
    may("color", Text(64)),
    may("enable", number(0, 1)),
    may(
        "notification",
        group(
            need("enable", number(0, 1)),
            may(
                "recipients",
                ListOf(group(may("userID", Text(32)), may("userName", Text(64)))),
            ),
        ),
    ),
    may(
        "schedule",
        group(
            may("type", Text(64)),
            may("timeSchedule", group(may("id", Text(32)), may("name", Text(64)))),
        ),
    ),
    may(
        "priority",
        group(
            need("id", Text(64)),
            may("level", Text(64, number=True)),
            may("levelName", Text(64)),
            may("color", Text(64)),
        ),
    ),
    may(
        "ignoreRecurring",
        group(
            need("enable", number(0, 1)), may("timeValue", Text(16, number=True), "")
        ),
    ),
    need(
        "eventSource",
        group(
            need("eventType", AlarmType()),
            need("sourceID", Text(64)),
            need("sourceType", Text(64, choices=SOURCE_TYPES)),
            may("sourceName", Text(64)),
        ),
    ),
)
NEW = ListOf(group(*FIELDS))
CHANGED = ListOf(group(need("id", Text(64)), may("state", Text(number=True)), *FIELDS))
SETTINGS = (
    "description",
    "color",
    "alarmMainCategory",
    "alarmSubCategory",
    "notification",
    "schedule",
    "priority",
    "ignoreRecurring",
)


@api.post("alarm/v1/alarmrules/add", may("alarmRule", NEW), may("alarmrule", NEW))
def add(request: Request) -> Json:
    """Add rules; what failed becomes a row with its own code."""
    rules = spelled(request.body, "alarmRule", "alarmrule")
    return {"alarmRule": [_add(request.account.world, one) for one in rules]}


@api.post(
    "alarm/v1/alarmrules/get",
    *PAGING,
    may(
        "filter",
        group(
            may("alarmRuleID", Text(64)),
            may("alarmRuleName", Text(64), ""),
            may("eventSourceName", Text(64), ""),
            may("alarmRuleState", number(-1, 1), ANY),
            may("alarmRuleEnable", number(-1, 1), ANY),
            may("eventSource", ListOf(BRIEF_SOURCE)),
            may(
                "alarmCategory",
                group(may("mainCategory", Text(64)), may("subCategory", Text(64))),
            ),
        ),
    ),
)
def rules_get(request: Request) -> Json:
    """List rules."""
    world, wanted = request.account.world, request.body["filter"]
    rows = [rule_row(world, one) for one in world.alarm_rules.values()]
    if wanted:
        rows = [one for one in rows if _fits(one, wanted)]
    return page("alarmRule", rows, lambda row: row, request.body)


@api.post(
    "alarm/v1/alarmrules/update", may("alarmRule", CHANGED), may("alarmrule", CHANGED)
)
def update(request: Request) -> Json:
    """Change rules: what is not given stays."""
    world = request.account.world
    rows = spelled(request.body, "alarmRule", "alarmrule")
    for row in rows:
        if row["id"] not in world.alarm_rules:
            raise Refusal(UNKNOWN)
        if code := _problem(world, row):
            raise Refusal(code)
    known = world.alarm_rules
    return {"alarmRule": [_update(world, known[row["id"]], row) for row in rows]}


@api.post("alarm/v1/alarmpriorities/get", *PAGING)
def priorities(request: Request) -> Json:
    """List the priorities."""
    return page("alarmpriorities", PRIORITIES.values(), dict, request.body)


@api.post("alarm/v1/receivingschedules/get", *PAGING)
def schedules(request: Request) -> Json:
    """List the arming schedule templates."""
    return page("receivingSchedule", SCHEDULES, _schedule_row, request.body)


def rule_row(world: World, rule: AlarmRule) -> dict[str, Any]:
    """Return an AlarmRuleDetail (A.3.27)."""
    source_id = rule.sources[0]
    kind, source = source_of(world, source_id)
    details = {
        "description": "",
        "color": "",
        "alarmMainCategory": "alarmCategoryVideo",
        "alarmSubCategory": "alarmSubCategoryCamera",
        "notification": {"enable": 0, "recipients": []},
        "schedule": _schedule("1"),
        "priority": PRIORITIES["1"],
        "ignoreRecurring": {"enable": 0, "timeValue": 15},
    }
    return {
        "id": rule.id,
        "name": rule.name,
        "enable": int(rule.enabled),
        "state": "0" if source else "1",
        **(details | rule.settings),
        "eventSource": {
            "eventType": type_of(rule.event),
            "sourceID": source_id,
            "sourceType": kind,
            "sourceName": source,
        },
    }


def source_of(world: World, source_id: str) -> tuple[str, str]:
    """Return type and name of an alarm source, empty ones if there is none."""
    if camera := world.cameras.get(source_id):
        return "camera", camera.name
    if contact := world.alarm_inputs.get(source_id):
        return "alarmInput", contact.name
    if device := world.devices.get(source_id):
        return device.category.value, device.name
    if vehicle := world.fleet.vehicles.get(source_id):
        return "vehicle", vehicle.name
    return "", ""


def _add(world: World, row: dict[str, Any]) -> dict[str, str]:
    source, event = row["eventSource"]["sourceID"], kind_of(row["eventSource"])
    code = _problem(world, row)
    if not code and world.alarm_rules.covering(source, event):
        code = EXISTS
    if code:
        return {"name": row["name"], "errorCode": code, "id": ""}
    rule = world.alarm_rules.add_rule(row["name"], event, (source,))
    _update(world, rule, row)
    return {"name": rule.name, "errorCode": "", "id": rule.id}


def _update(world: World, rule: AlarmRule, row: dict[str, Any]) -> dict[str, str]:
    rule.name = row["name"]
    rule.event = kind_of(row["eventSource"])
    rule.sources = (row["eventSource"]["sourceID"],)
    if row["enable"] is not None:
        rule.enabled = bool(row["enable"])
    rule.settings |= {key: row[key] for key in SETTINGS if row[key] is not None}
    if row["priority"]:
        rule.settings["priority"] = PRIORITIES[row["priority"]["id"]]
    if schedule := (row["schedule"] or {}).get("timeSchedule"):
        rule.settings["schedule"] = _schedule(schedule["id"] or "1")
    if row["notification"]:
        rule.settings["notification"] = _notification(world, row["notification"])
    return {"name": rule.name, "id": rule.id}


def _problem(world: World, row: dict[str, Any]) -> str | None:
    """Return the code of what a rule names and does not exist."""
    source = row["eventSource"]
    if source_of(world, source["sourceID"])[0] != source["sourceType"]:
        return UNKNOWN
    if row["priority"] and row["priority"]["id"] not in PRIORITIES:
        return UNKNOWN
    schedule = (row["schedule"] or {}).get("timeSchedule") or {}
    if schedule.get("id") and schedule["id"] not in SCHEDULES:
        return UNKNOWN
    recipients = (row["notification"] or {}).get("recipients") or []
    if any(one["userID"] not in world.users for one in recipients):
        return UNKNOWN_USER
    return None


def _fits(row: dict[str, Any], wanted: dict[str, Any]) -> bool:
    category, source = wanted["alarmCategory"] or {}, row["eventSource"]
    sources = [one for one in wanted["eventSource"] or () if one["sourceID"]]
    return (
        wanted["alarmRuleID"] in (None, row["id"])
        and wanted["alarmRuleName"].lower() in row["name"].lower()
        and wanted["eventSourceName"].lower() in source["sourceName"].lower()
        and wanted["alarmRuleState"] in (ANY, int(row["state"]))
        and wanted["alarmRuleEnable"] in (ANY, row["enable"])
        and category.get("mainCategory") in (None, row["alarmMainCategory"])
        and category.get("subCategory") in (None, row["alarmSubCategory"])
        and (
            not sources
            or any(
                one["sourceID"] == source["sourceID"]
                and one["sourceType"] in (None, source["sourceType"])
                for one in sources
            )
        )
    )


def _notification(world: World, sent: dict[str, Any]) -> dict[str, Any]:
    """Return a Notification (A.3.117) with the names of who is told."""
    users = (world.users[one["userID"]] for one in sent["recipients"] or ())
    names = [{"userID": one.id, "userName": one.name} for one in users]
    return {"enable": sent["enable"], "recipients": names}


def _schedule(schedule_id: str) -> dict[str, Any]:
    name, _ = SCHEDULES[schedule_id]
    return {"type": "1", "timeSchedule": {"id": schedule_id, "name": name}}


def _schedule_row(schedule_id: str) -> dict[str, Any]:
    """Return a ReceivingSchedule (A.3.132)."""
    name, days = SCHEDULES[schedule_id]
    span = {"beginTime": "00:00:00", "endTime": "24:00:00"}
    return {
        "id": schedule_id,
        "name": name,
        "systemTemplate": 1,
        "timeSetting": [{"dayOfWeek": str(day), "timeSpan": [span]} for day in days],
    }
