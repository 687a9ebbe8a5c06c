"""Attendance of the reference ("Attendance Services")."""

from datetime import date, datetime
from hashlib import sha256

import orjson

from ... import checks
from ...call import Call, Page, page_reader, without_empty
from ...errors import BadAnswer, FieldInvalid
from ...models.attendance import (
    AttendanceQuery,
    AttendanceRecord,
    AttendanceSummary,
    TimeCard,
)
from ...row import Row
from .. import times
from .platform import PAGE_SIZE


def records(page: int, query: AttendanceQuery) -> Call[Page[AttendanceRecord]]:
    """List check-ins and check-outs of a span ("Get Attendance Records")."""
    _check(query)
    return Call(
        "attendance/v1/records/get",
        page_reader(_read_record, "list", size=PAGE_SIZE, total="total"),
        without_empty(
            startTime=_time("starts", query.starts),
            endTime=_time("ends", query.ends),
            personIds=list(query.person_ids),
            groupId=query.group_id,
            pageNo=page,
            pageSize=PAGE_SIZE,
        ),
    )


def time_cards(page: int, query: AttendanceQuery) -> Call[Page[TimeCard]]:
    """Read the time card of the days from start to end ("Get Time Card Report").

    The reference has no pages here: there is one.
    """
    _check(query)
    return Call(
        "attendance/v1/timecard/report",
        _read_report,
        without_empty(
            startDate=query.starts.date().isoformat(),
            endDate=query.ends.date().isoformat(),
            personIds=list(query.person_ids),
            groupId=query.group_id,
        ),
    )


def summary(day: date, group_id: str | None = None) -> Call[AttendanceSummary]:
    """Count who was there on a day ("Get Attendance Summary")."""

    def read(answer: Row) -> AttendanceSummary:
        return AttendanceSummary(
            day=day,
            persons=answer.integer("totalPersons"),
            checked_in=answer.integer("checkedIn"),
            absent=answer.integer("absent"),
            late=answer.integer("late"),
        )

    return Call(
        "attendance/v1/summary/get",
        read,
        without_empty(date=day.isoformat(), groupId=group_id),
    )


def _check(query: AttendanceQuery) -> None:
    for field in ("person_name", "person_code"):
        if getattr(query, field):
            raise FieldInvalid(field, "is not taken by this service; use person_ids")
    for person_id in query.person_ids:
        checks.text("person_ids", person_id, 64)
    _time("starts", query.starts)
    _time("ends", query.ends)
    checks.order("ends", query.starts, query.ends)


def _time(field: str, moment: datetime) -> str:
    return checks.iso(field, moment).replace("+00:00", "Z")


def _read_record(row: Row) -> AttendanceRecord:
    return AttendanceRecord(
        id=row.text_or_none("recordId", "id") or _digest(row),
        person_id=row.text_or_none("personId"),
        person_name=row.text_or_none("personName", "name"),
        occurred=row.moment_or_none("time", "recordTime", "checkTime", "timestamp"),
        kind=row.text_or_none("type", "recordType", "checkType"),
        checked_in=row.moment_or_none("checkInTime", "checkIn"),
        checked_out=row.moment_or_none("checkOutTime", "checkOut"),
        raw=row.fields,
    )


def _digest(row: Row) -> str:
    """Return an id for a record without one: the same content, the same id."""
    content = orjson.dumps(row.fields, option=orjson.OPT_SORT_KEYS)
    return sha256(content).hexdigest()[:32]


def _read_report(answer: Row) -> Page[TimeCard]:
    cards = answer.list_of(_read_card, "report")
    return Page(cards, rows=len(cards), size=len(cards), more=False)


def _read_card(row: Row) -> TimeCard:
    hours = row.number_or_none("totalHours")
    return TimeCard(
        person_name=row.text("personName", "name"),
        person_id=row.text_or_none("personId"),
        group=row.text_or_none("groupName", "groupId"),
        day=_read_day(row),
        worked=None if hours is None else times.span(hours=hours),
    )


def _read_day(row: Row) -> date | None:
    day = row.text_or_none("date")
    try:
        return date.fromisoformat(day) if day else None
    except ValueError:
        raise BadAnswer("date is not a day") from None
