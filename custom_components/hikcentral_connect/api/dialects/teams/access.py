"""Access levels and access records of teams (guide section 2.6)."""

from collections.abc import Callable
import re
from typing import Final

from ... import checks
from ...call import Call, Kind, Page, nothing, page_reader, without_empty
from ...errors import FieldInvalid
from ...models.access import (
    AccessLevel,
    AccessRecord,
    CredentialStatus,
    DayPlan,
    ElementStatus,
    EncryptInfo,
    Failure,
    HolidayPlan,
    LevelRequest,
    LevelResource,
    RecordSearch,
    ScheduleTemplate,
    TimeSpan,
)
from ...row import JsonObject, Row
from .inner import code_of

RECORDS_AT_MOST: Final = 200
LEVELS_AT_MOST: Final = 100
"""Page of levels and templates; the guide names no limit."""

ID_AT_MOST: Final = 64
_PERSON_LEVEL_ID_AT_MOST: Final = 18
_ID: Final = re.compile(r"[\w-]+")
_AUTH_RESULT: Final = {None: 0, True: 1, False: 2}


def identity(field: str, value: str, longest: int = ID_AT_MOST) -> str:
    """Return an id that is safe in a path and in a list parted by commas."""
    trimmed = checks.text(field, value, longest)
    if not _ID.fullmatch(trimmed):
        raise FieldInvalid(field, "must hold only letters, digits, - and _")
    return trimmed


def identities(
    field: str, values: tuple[str, ...], longest: int = ID_AT_MOST
) -> list[str]:
    """Return ids, one at least: an empty list often means everything to the service."""
    if not values:
        raise FieldInvalid(field, "must name at least one")
    return [identity(field, value, longest) for value in values]


def encryption() -> Call[EncryptInfo]:
    """Read the Bluetooth keys of the account's doors (section 2.6); they never expire."""
    return Call("acs/v1/encryptinfo/get", _read_encryption, method="GET")


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


def assign(person_id: str, level_ids: tuple[str, ...]) -> Call[tuple[Failure, ...]]:
    """Give a person access levels beside those it has (section 2.6).

    Ids have 1 to 18 characters. Returns the levels that failed; the failure of the
    only one is raised: `NotFound`, `LimitReached`.
    """
    return _person_levels("add", person_id, level_ids)


def remove(person_id: str, level_ids: tuple[str, ...]) -> Call[tuple[Failure, ...]]:
    """Take access levels from a person (section 2.6); returns those that failed."""
    return _person_levels("delete", person_id, level_ids, deleteAll=False)


def remove_all(person_id: str) -> Call[tuple[Failure, ...]]:
    """Take all access levels from a person (section 2.6); returns what failed."""
    return _person_levels("delete", person_id, None, deleteAll=True)


def replace(person_id: str, level_ids: tuple[str, ...]) -> Call[tuple[Failure, ...]]:
    """Give a person exactly these levels, one or more (section 2.6).

    Returns those that failed; the failure of the only one is raised.
    """
    return _person_levels("modify", person_id, level_ids, deleteAll=False)


def apply_status(
    person_id: str, include_done: bool = False
) -> Call[list[ElementStatus]]:
    """Read how far a person's rights got at each door (section 2.6).

    Without `include_done` only what waits or failed is listed.
    """
    person = identity("person_id", person_id)
    return Call(
        f"acspm/v1/maintain/overview/person/{person}/elementdetail",
        lambda answer: answer.list_or_empty(_read_element, "elementDetailList"),
        {"returnSuccess": include_done},
    )


def schedules(page: int) -> Call[Page[ScheduleTemplate]]:
    """List the schedule templates that levels refer to (guide chapter 5.14)."""
    return Call(
        "acspm/v1/template/list",
        _nested_page("templateResponse", _read_schedule, "templateList"),
        {"pageIndex": page, "pageSize": LEVELS_AT_MOST},
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
    body = {"id": identity("level_id", level_id), **_level(level)}
    return Call(
        "acspm/v1/access/level/update", nothing, {"accessLevel": body}, Kind.WRITE
    )


def delete_level(level_id: str) -> Call[None]:
    """Delete one access level (guide chapter 5.14). Raises `NotFound`."""
    level = identity("level_id", level_id)
    return Call(f"acspm/v1/access/level/{level}/delete", nothing, kind=Kind.WRITE)


def delete_levels(level_ids: tuple[str, ...]) -> Call[tuple[Failure, ...]]:
    """Delete access levels (guide chapter 5.14); returns those that failed.

    An empty list would delete every level: this one always holds one at least.
    """
    return Call(
        "acspm/v1/access/level/delete",
        _failures("access_level", "accessLevelFailedList", asked=len(level_ids)),
        {"accessLevelIdList": identities("level_ids", level_ids)},
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


def records(page: int, search: RecordSearch) -> Call[Page[AccessRecord]]:
    """List who tried to pass which door, 200 to a page (section 2.6)."""
    begin, end = checks.iso("starts", search.starts), checks.iso("ends", search.ends)
    checks.order("ends", search.starts, search.ends)
    return Call(
        "acs/v1/event/certificaterecords/search",
        page_reader(
            _read_record, "recordList", "list", size=RECORDS_AT_MOST, total="totalNum"
        ),
        {
            "pageIndex": page,
            "pageSize": RECORDS_AT_MOST,
            "searchCriteria": {
                "beginTime": begin,
                "endTime": end,
                "type": int(search.clock),
                **_criteria(search),
            },
        },
    )


def read_failures(
    answer: Row, part: str, key: str, id_key: str, name_key: str
) -> tuple[Failure, ...]:
    """Read the list of what failed; there is none when all is well."""

    def read(row: Row) -> Failure:
        return Failure(
            part=part,
            code=code_of(row) or "unknown",
            id=row.text_or_none(id_key),
            name=row.text_or_none(name_key),
        )

    return tuple(answer.list_or_empty(read, key))


def told(failures: tuple[Failure, ...], asked: int) -> tuple[Failure, ...]:
    """Return the failures, or raise the one of a request for a single thing."""
    if asked == 1 and failures:
        raise failures[0].error
    return failures


def _person_levels(
    verb: str, person_id: str, level_ids: tuple[str, ...] | None, **more: bool
) -> Call[tuple[Failure, ...]]:
    person: JsonObject = {
        "personId": identity("person_id", person_id, _PERSON_LEVEL_ID_AT_MOST),
        **more,
    }
    if level_ids is not None:
        person["accessLevelIdList"] = identities(
            "level_ids", level_ids, _PERSON_LEVEL_ID_AT_MOST
        )
    asked = len(level_ids or ())
    return Call(
        f"acspm/v1/accesslevel/person/{verb}",
        lambda answer: told(_read_level_failures(answer), asked),
        {"personList": [person]},
        Kind.WRITE,
    )


def _level(level: LevelRequest) -> JsonObject:
    return without_empty(
        name=checks.text("name", level.name, 64),
        remark=checks.text("remark", level.remark, 128) if level.remark else None,
        timeSchedule={"id": identity("schedule_id", level.schedule_id, 18)},
        associateResList=_associated(level.resource_ids),
    )


def _associated(resource_ids: tuple[str, ...]) -> list[JsonObject]:
    return [{"id": one} for one in identities("resource_ids", resource_ids)]


def _resources(
    verb: str, level_id: str, resource_ids: tuple[str, ...]
) -> Call[tuple[Failure, ...]]:
    level = identity("level_id", level_id)
    return Call(
        f"acspm/v1/access/level/{level}/res/{verb}",
        _failures("resource", "resFailedList", asked=len(resource_ids)),
        {"associateResList": _associated(resource_ids)},
        Kind.WRITE,
    )


def _criteria(search: RecordSearch) -> JsonObject:
    persons = without_empty(
        personIds=_joined("person_ids", search.person_ids),
        personName=search.person_name,
    )
    if len(persons) > 1:
        raise FieldInvalid("person_name", "cannot be combined with person_ids")
    if persons and search.card_number:
        raise FieldInvalid("card_number", "cannot be combined with persons")
    for field in ("temperature", "mask"):
        if (value := getattr(search, field)) is not None:
            checks.within(field, value, 0, 3)
    return without_empty(
        swipeAuthResult=_AUTH_RESULT[search.granted],
        searchType=1 if search.card_number else 0,
        temperatureStatus=search.temperature,
        maskStatus=search.mask,
        eventTypes=_joined("event_types", search.event_types),
        elementIDs=_joined("door_ids", search.door_ids),
        cardNumber=search.card_number,
        personCondition=persons or None,
    )


def _joined(field: str, values: tuple[str, ...]) -> str | None:
    return ",".join(identities(field, values)) if values else None


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


def _read_level_failures(answer: Row) -> tuple[Failure, ...]:
    """Read the failed levels; the guide draws `data` as a list and as an object."""
    parts = answer.raw if isinstance(answer.raw, list) else [answer.raw]
    return tuple(
        failed
        for part in parts
        for failed in read_failures(
            Row(part, answer.skipped),
            "access_level",
            "accessLevelFailed",
            "accessLevelId",
            "accessLevelName",
        )
    )


def _read_encryption(answer: Row) -> EncryptInfo:
    return EncryptInfo(
        algorithm=answer.text("encryptType"),
        auth_data=answer.text("authData"),
        vector=answer.text("vector"),
        loop_count=answer.integer("loopCount"),
    )


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


def _read_element(row: Row) -> ElementStatus:
    status = row.row("elementStatus")
    return ElementStatus(
        id=row.text("id"),
        name=row.text_or_none("name"),
        is_device=row.text_or_none("type") == "1",
        state_code=status.text_or_none("status"),
        error_code=code_of(status),
        credentials=tuple(row.list_or_empty(_read_credential, "certificateStatusList")),
    )


def _read_credential(row: Row) -> CredentialStatus:
    return CredentialStatus(
        id=row.text_or_none("id"),
        kind_code=row.text_or_none("type"),
        state_code=row.text_or_none("status"),
        error_code=code_of(row),
        message=row.text_or_none("message"),
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


def _read_record(row: Row) -> AccessRecord:
    person = row.row("personInfo")
    base = person.row("baseInfo")
    names = (base.text_or_none("firstName"), base.text_or_none("lastName"))
    return AccessRecord(
        id=row.text("recordGuid", "id"),
        event_type=row.text_or_none("eventType"),
        granted=row.flag_or_none("swipeAuthResult"),
        occurred=row.moment_or_none("occurTime"),
        device_time=row.moment_or_none("deviceTime"),
        recorded=row.moment_or_none("recordTime"),
        door_id=row.text_or_none("elementId"),
        door_name=row.text_or_none("elementName"),
        element_type=row.text_or_none("elementType"),
        area_id=row.text_or_none("areaId"),
        area_name=row.text_or_none("areaName"),
        device_id=row.text_or_none("deviceId"),
        device_name=row.text_or_none("deviceName"),
        reader_id=row.text_or_none("cardReaderId"),
        reader_name=row.text_or_none("cardReaderName"),
        person_id=person.text_or_none("id"),
        person_name=" ".join(filter(None, names)) or None,
        person_code=base.text_or_none("personCode"),
        group_path=base.text_or_none("fullPath"),
        card_number=row.text_or_none("cardNumber"),
        direction_code=row.text_or_none("direction"),
        clocking_code=row.text_or_none("attendanceStatus"),
        pictures=tuple(
            row.list_or_empty(lambda one: one.text("snapPicUrl"), "acsSnapPicList")
        ),
    )
