"""Alarm rules of teams and what hangs on them (guide section 2.3)."""

from typing import Final

from ... import checks
from ...call import Call, Kind, Page, page_reader, without_empty
from ...errors import SUCCESS, FieldInvalid
from ...models.rules import (
    DayHours,
    Link,
    LinkResult,
    MailLink,
    OutputLink,
    PictureLink,
    Priority,
    RecordLink,
    Rule,
    RuleFilter,
    RuleRequest,
    Schedule,
    Target,
)
from ...row import JsonObject, Row
from .inner import raise_failed
from .platform import PAGE_SIZE

BY_TEMPLATE: Final = "1"
"""Type of a schedule that is given by a template, as in the guide's examples."""


def add(request: RuleRequest) -> Call[str]:
    """Make an alarm rule and return its id (section 2.3).

    The reason of a refusal is in the row of the answer; its error is raised.
    """
    rule = without_empty(
        name=checks.text("name", request.name, 255),
        color=request.color,
        alarmMainCategory=request.main_category,
        alarmSubCategory=request.sub_category,
        description=_description(request),
        enable=int(request.enabled),
        priority=_by_id(request.priority_id),
        notification=_notification(request),
        schedule=_schedule(request),
        ignoreRecurring=_recurring(request),
        eventSource=_source(request),
    )
    return Call(
        "alarm/v1/alarmrules/add", _read_added, {"alarmRule": [rule]}, Kind.WRITE
    )


def update(rule_id: str, request: RuleRequest) -> Call[None]:
    """Replace an alarm rule (section 2.3). Raises what the row of the answer says."""
    rule = without_empty(
        id=checks.text("rule_id", rule_id, 64),
        name=checks.text("name", request.name, 255),
        color=request.color,
        enable=int(request.enabled),
        alarmMainCategory=request.main_category,
        alarmSubCategory=request.sub_category,
        description=_description(request),
        notification=_notification(request),
        schedule=_schedule(request),
        priority=_by_id(request.priority_id),
        ignoreRecurring=_recurring(request),
        eventSource=_source(request),
    )
    return Call(
        "alarm/v1/alarmrules/update", _read_updated, {"alarmRule": [rule]}, Kind.WRITE
    )


def rules(page: int, wanted: RuleFilter = RuleFilter()) -> Call[Page[Rule]]:
    """List the alarm rules that match, all without a filter (section 2.3)."""
    body: JsonObject = _page(page)
    if conditions := _conditions(wanted):
        body["filter"] = conditions
    return Call(
        "alarm/v1/alarmrules/get",
        page_reader(_read_rule, "alarmRule", size=PAGE_SIZE, total="totalCount"),
        body,
    )


def priorities(page: int) -> Call[Page[Priority]]:
    """List the priorities that alarms can have (section 2.3)."""
    return Call(
        "alarm/v1/alarmpriorities/get",
        page_reader(
            _read_priority, "alarmpriorities", size=PAGE_SIZE, total="totalCount"
        ),
        _page(page),
    )


def schedules(page: int) -> Call[Page[Schedule]]:
    """List the schedule templates that rules can have (section 2.3).

    The maker's example shows the key of the priorities here; both are read.
    """
    return Call(
        "alarm/v1/receivingschedules/get",
        page_reader(
            _read_schedule,
            "receivingSchedule",
            "alarmpriorities",
            size=PAGE_SIZE,
            total="totalCount",
        ),
        _page(page),
    )


def link(rule_id: str, links: tuple[Link, ...]) -> Call[tuple[LinkResult, ...]]:
    """Say what happens when a rule raises an alarm (section 2.3).

    Each link has its own result: the call may succeed for some of them only.
    """
    if not links:
        raise FieldInvalid("links", "must hold at least one link")
    linkage = {
        "alarmRuleID": checks.text("rule_id", rule_id, 32),
        "linkageItem": [_link(item) for item in links],
    }
    return Call(
        "alarm/v1/alarmlinkage/add",
        lambda answer: tuple(answer.list_of(_read_link, "alarmLinkage")),
        {"alarmLinkage": [linkage]},
        Kind.WRITE,
    )


def _page(page: int) -> JsonObject:
    return {"pageIndex": page, "pageSize": PAGE_SIZE}


def _by_id(identity: str | None) -> JsonObject | None:
    return None if identity is None else {"id": identity}


def _description(request: RuleRequest) -> str | None:
    text = request.description
    return checks.text("description", text, 128) if text else None


def _notification(request: RuleRequest) -> JsonObject | None:
    if not request.recipients:
        return None
    users = [{"userID": key, "userName": name} for key, name in request.recipients]
    return {"enable": 1, "recipients": users}


def _schedule(request: RuleRequest) -> JsonObject | None:
    if request.hours is not None:
        raise FieldInvalid("hours", "are not taken here: use schedule_id")
    template = _by_id(request.schedule_id)
    return template and {"type": BY_TEMPLATE, "timeSchedule": template}


def _recurring(request: RuleRequest) -> JsonObject | None:
    value = request.ignore_recurring
    return None if value is None else {"enable": "1", "timeValue": str(value)}


def _source(request: RuleRequest) -> JsonObject:
    if not request.source_type or not request.source_id:
        raise FieldInvalid("source_id", "and source_type are required by this service")
    if not request.event_type.isdecimal():
        raise FieldInvalid("event_type", "must be the number of an alarm type")
    return without_empty(
        sourceType=checks.text("source_type", request.source_type, 64),
        eventType=int(request.event_type),
        sourceID=checks.text("source_id", request.source_id, 64),
        sourceName=request.source_name,
    )


def _conditions(wanted: RuleFilter) -> JsonObject:
    category = without_empty(
        mainCategory=wanted.main_category, subCategory=wanted.sub_category
    )
    return without_empty(
        alarmRuleID=wanted.rule_id,
        alarmRuleName=wanted.rule_name,
        eventSourceName=wanted.source_name,
        alarmRuleState=None if wanted.faulty is None else int(wanted.faulty),
        alarmRuleEnable=None if wanted.enabled is None else int(wanted.enabled),
        alarmCategory=category or None,
        eventSource=[
            {"sourceID": key, "sourceType": kind} for kind, key in wanted.sources
        ],
    )


def _link(item: Link) -> JsonObject:
    match item:
        case RecordLink():
            kind, key, config = "LinkCamera", "linkCamera", _record(item)
        case PictureLink():
            kind, key, config = "LinkCapturePicture", "linkCapturePicture", _shot(item)
        case OutputLink():
            kind, key, config = "LinkAlarmOutput", "linkAlarmOutput", _output(item)
        case _:
            kind, key, config = "LinkEMail", "linkEmail", _mail(item)
    return {"linkageType": kind, "linkageConfig": {key: config}}


def _record(item: RecordLink) -> JsonObject:
    return {
        "preRecordTime": item.before,
        "postRecordTime": item.after,
        "camera": _targets("cameras", item.cameras),
    }


def _shot(item: PictureLink) -> JsonObject:
    return {
        "captureInterval": item.interval,
        "captureMode": item.moments.value,
        "camera": _targets("cameras", item.cameras),
    }


def _output(item: OutputLink) -> JsonObject:
    return without_empty(
        autoClose=0 if item.closes_after is None else 1,
        autoCloseTime=item.closes_after,
        alarmOutput=_targets("outputs", item.outputs),
    )


def _mail(item: MailLink) -> JsonObject:
    return without_empty(
        emailTemplateId=checks.text("template_id", item.template_id, 64),
        emailTemplateName=item.template_name,
    )


def _targets(field: str, targets: tuple[Target, ...]) -> list[JsonObject]:
    if not targets:
        raise FieldInvalid(field, "must name at least one")
    return [
        without_empty(
            id=target.id,
            name=target.name,
            areaID=target.area_id,
            areaName=target.area_name,
        )
        for target in targets
    ]


def _read_added(answer: Row) -> str:
    return _first_id(answer) or answer.text("id")


def _read_updated(answer: Row) -> None:
    _first_id(answer)


def _first_id(answer: Row) -> str | None:
    """Return the id of the only rule, or raise the error of its row."""
    for row in answer.list_or_empty(lambda row: row, "alarmRule"):
        raise_failed(row)
        return row.text_or_none("id", "ID")
    return None


def _read_rule(row: Row) -> Rule:
    source = row.row("eventSource")
    return Rule(
        id=row.text("id", "ID"),
        name=row.text("name"),
        enabled=row.flag_or_none("enable"),
        faulty=row.flag_or_none("state"),
        event_type=source.text_or_none("eventType"),
        source_type=source.text_or_none("sourceType"),
        source_id=source.text_or_none("sourceID", "sourceId"),
        source_name=source.text_or_none("sourceName"),
        priority=row.row("priority").text_or_none("level"),
        schedule_id=row.row("schedule").row("timeSchedule").text_or_none("id", "ID"),
        main_category=row.text_or_none("alarmMainCategory"),
        sub_category=row.text_or_none("alarmSubCategory"),
        description=row.text_or_none("description"),
        raw=row.fields,
    )


def _read_priority(row: Row) -> Priority:
    return Priority(
        id=row.text("id", "ID"),
        level=row.text("level"),
        name=row.text_or_none("levelName"),
        color=row.text_or_none("color"),
    )


def _read_schedule(row: Row) -> Schedule:
    return Schedule(
        id=row.text("id", "ID"),
        name=row.text_or_none("name"),
        built_in=row.flag_or_none("systemTemplate"),
        days=tuple(row.list_or_empty(_read_day, "timeSetting")),
    )


def _read_day(row: Row) -> DayHours:
    spans = row.list_or_empty(
        lambda span: (span.text("beginTime"), span.text("endTime")), "timeSpan"
    )
    return DayHours(day=row.text("dayOfWeek"), spans=tuple(spans))


def _read_link(row: Row) -> LinkResult:
    return LinkResult(
        id=row.text_or_none("itemID"),
        rule_id=row.text("alarmRuleID"),
        kind=row.text("linkageType"),
        code=row.text_or_none("errorCode") or SUCCESS,
    )
