"""Access levels of teams (guide section 2.6 and chapter 5.14)."""

from collections.abc import Callable
from typing import Final

from ... import checks
from ...call import Call, Kind, Page, nothing, page_reader, without_empty
from ...models.access import (
    AccessLevel,
    DayPlan,
    Failure,
    HolidayPlan,
    LevelRequest,
    LevelResource,
    ScheduleTemplate,
    TimeSpan,
)
from ...row import JsonObject, Row
from .. import ids
from .inner import read_failures, told

LEVELS_AT_MOST: Final = 100
"""Page of levels and templates; the guide names no limit."""


def levels(page: int) -> Call[Page[AccessLevel]]:
    """List the access levels (section 2.6)."""
    return Call(
        "acspm/v1/accesslevel/list",
        _nested_page("accessLevelResponse", _read_level, "accessLevelList"),
        {
            "accessLevelSearchRequest": {
                "pageIndex": page,
                "pageSize": LEVELS_AT_MOST,
                "searchCriteria": {},
            }
        },
    )


def add_level(level: LevelRequest) -> Call[AccessLevel]:
    """Make an access level (guide chapter 5.14).

    The name has at most 64 characters, the remark 128, the schedule's id 18. Raises
    `LimitReached`, `AlreadyExists`.
    """
    return Call(
        "acspm/v1/access/level/add",
        lambda answer: _read_level(answer.row("accessLevel")),
        {"accessLevel": _level(level)},
        Kind.WRITE,
    )


def update_level(level_id: str, level: LevelRequest) -> Call[None]:
    """Make an access level be as told, all of it (guide chapter 5.14).

    Without doors the service would delete the level: one at least is needed.
    """
    body = {"id": ids.plain("level_id", level_id), **_level(level)}
    return Call(
        "acspm/v1/access/level/update", nothing, {"accessLevel": body}, Kind.WRITE
    )


def delete_level(level_id: str) -> Call[None]:
    """Delete one access level (guide chapter 5.14). Raises `NotFound`."""
    level = ids.plain("level_id", level_id)
    return Call(f"acspm/v1/access/level/{level}/delete", nothing, kind=Kind.WRITE)


def delete_levels(level_ids: tuple[str, ...]) -> Call[tuple[Failure, ...]]:
    """Delete access levels (guide chapter 5.14); returns those that failed.

    An empty list would delete every level: this one always holds one at least.
    """
    return Call(
        "acspm/v1/access/level/delete",
        _failures("access_level", "accessLevelFailedList", asked=len(level_ids)),
        {"accessLevelIdList": ids.some_plain("level_ids", level_ids)},
        Kind.WRITE,
    )


def add_resources(
    level_id: str, resource_ids: tuple[str, ...]
) -> Call[tuple[Failure, ...]]:
    """Add doors to an access level (guide chapter 5.14); returns those that failed."""
    return _resources("add", level_id, resource_ids)


def remove_resources(
    level_id: str, resource_ids: tuple[str, ...]
) -> Call[tuple[Failure, ...]]:
    """Take doors from an access level (guide chapter 5.14); returns those that failed.

    A level that loses its last door is deleted by the service.
    """
    return _resources("delete", level_id, resource_ids)


def schedules(page: int) -> Call[Page[ScheduleTemplate]]:
    """List the schedule templates that levels refer to (guide chapter 5.14)."""
    return Call(
        "acspm/v1/template/list",
        _nested_page("templateResponse", _read_schedule, "templateList"),
        {"pageIndex": page, "pageSize": LEVELS_AT_MOST},
    )


def _level(level: LevelRequest) -> JsonObject:
    return without_empty(
        name=checks.text("name", level.name, 64),
        remark=checks.text_or_none("remark", level.remark, 128),
        timeSchedule={"id": ids.plain("schedule_id", level.schedule_id, 18)},
        associateResList=_associated(level.resource_ids),
    )


def _associated(resource_ids: tuple[str, ...]) -> list[JsonObject]:
    return [{"id": one} for one in ids.some_plain("resource_ids", resource_ids)]


def _resources(
    verb: str, level_id: str, resource_ids: tuple[str, ...]
) -> Call[tuple[Failure, ...]]:
    level = ids.plain("level_id", level_id)
    return Call(
        f"acspm/v1/access/level/{level}/res/{verb}",
        _failures("resource", "resFailedList", asked=len(resource_ids)),
        {"associateResList": _associated(resource_ids)},
        Kind.WRITE,
    )


def _nested_page[T](
    outer: str, read: Callable[[Row], T], key: str
) -> Callable[[Row], Page[T]]:
    """Return a reader of a page that lies under `outer`, or bare."""
    read_page = page_reader(read, key, "list", size=LEVELS_AT_MOST, total="totalNum")
    return lambda answer: read_page(
        answer.row(outer) if answer.first(outer) is not None else answer
    )


def _failures(part: str, key: str, asked: int) -> Callable[[Row], tuple[Failure, ...]]:
    return lambda answer: told(read_failures(answer, part, key, "id", "name"), asked)


def _read_level(row: Row) -> AccessLevel:
    own_id = row.text("id", "accessLevelId")
    schedule, area = row.row("timeSchedule"), row.row("areaInfo")
    return AccessLevel(
        id=own_id,
        name=row.text_or_none("name", "accessLevelName") or own_id,
        remark=row.text_or_none("remark"),
        schedule_id=schedule.text_or_none("id"),
        schedule_name=schedule.text_or_none("name"),
        area_id=area.text_or_none("id"),
        area_name=area.text_or_none("name"),
        resources=tuple(row.list_or_empty(_read_resource, "associateResList")),
        system=row.flag_or_none("usageType"),
    )


def _read_resource(row: Row) -> LevelResource:
    return LevelResource(
        id=row.text("id"),
        name=row.text_or_none("name"),
        type=row.text_or_none("type"),
    )


def _read_schedule(row: Row) -> ScheduleTemplate:
    own_id = row.text("id")
    week = row.row("weekSchedule")
    return ScheduleTemplate(
        id=own_id,
        name=row.text_or_none("name") or own_id,
        remark=row.text_or_none("remark"),
        week=tuple(week.list_or_empty(_read_day, "timeSettingList")),
        holidays=tuple(row.list_or_empty(_read_holiday, "holidayScheduleList")),
    )


def _read_day(row: Row) -> DayPlan:
    return DayPlan(row.integer("dayIndex"), _read_spans(row))


def _read_holiday(row: Row) -> HolidayPlan:
    return HolidayPlan(row.text("id"), row.text_or_none("name"), _read_spans(row))


def _read_spans(row: Row) -> tuple[TimeSpan, ...]:
    return tuple(
        row.list_or_empty(
            lambda span: TimeSpan(span.text("beginTime"), span.text("endTime")),
            "timeSpanList",
        )
    )
