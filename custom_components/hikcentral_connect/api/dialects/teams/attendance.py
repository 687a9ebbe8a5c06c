"""Attendance services of teams (guide section 2.8)."""

from datetime import date, datetime, time, timedelta
import re
from typing import Final

from ... import checks
from ...call import Call, Page, page_reader, without_empty
from ...errors import BadAnswer, FieldInvalid
from ...models.attendance import AttendanceQuery, Clocking, TimeCard
from ...row import Row
from .. import times

LINES_AT_MOST: Final = 200
_FORMATS: Final = {
    "dateFormat": "yyyy/MM/dd",
    "timeFormat": "HH:mm",
    "durationFormat": "HH:MM",
}
"""The service's own defaults, sent so that the reader never has to guess."""

_DURATION: Final = re.compile(r"(\d+):([0-5]\d)")


def time_cards(page: int, query: AttendanceQuery) -> Call[Page[TimeCard]]:
    """Read the total time card, a line per person and day (section 2.8).

    200 lines to a page. There are none while the account has no work schedule.
    """
    if query.person_ids:
        raise FieldInvalid(
            "person_ids", "are not taken by this service; use person_code"
        )
    begin, end = checks.iso("starts", query.starts), checks.iso("ends", query.ends)
    checks.order("ends", query.starts, query.ends)
    return Call(
        "attendance/v1/report/totaltimecard/list",
        page_reader(_read_card, "reportDataList", size=LINES_AT_MOST, more="moreData"),
        without_empty(
            pageIndex=page,
            pageSize=LINES_AT_MOST,
            beginTime=begin,
            endTime=end,
            personName=query.person_name,
            personCode=query.person_code,
            personGroupIds=[query.group_id] if query.group_id else [],
            **_FORMATS,
        ),
    )


def _read_card(row: Row) -> TimeCard:
    names = (row.text_or_none("firstName"), row.text_or_none("lastName"))
    return TimeCard(
        person_name=row.text_or_none("fullName") or " ".join(filter(None, names)),
        person_code=row.text_or_none("personCode"),
        group=row.text_or_none("groupName", "fullPath"),
        day=_read_day(row, "date"),
        timetable=row.text_or_none("timetableName"),
        due_in=_read_clocking(row, "checkIn"),
        due_out=_read_clocking(row, "checkOut"),
        clock_in=_read_clocking(row, "clockIn"),
        clock_out=_read_clocking(row, "clockOut"),
        status_code=row.text_or_none("attendanceStatus"),
        worked=_read_duration(row, "workDuration"),
        absent=_read_duration(row, "absenceDuration"),
        late=_read_duration(row, "lateDuration"),
        early=_read_duration(row, "earlyDuration"),
        breaks=_read_duration(row, "breakDuration"),
        leave=_read_duration(row, "leaveDuration"),
        overtime=_read_duration(row, "overtimeDuration"),
        workday_overtime=_read_duration(row, "workdayOvertimeDuration"),
        weekend_overtime=_read_duration(row, "weekendOvertimeDuration"),
    )


def _read_clocking(row: Row, prefix: str) -> Clocking | None:
    day, at = _read_day(row, f"{prefix}Date"), _read_time(row, f"{prefix}Time")
    if day is None or at is None:
        return None
    return Clocking(
        day=day,
        at=at,
        source=row.text_or_none(f"{prefix}Source"),
        device=row.text_or_none(f"{prefix}Device"),
        area=row.text_or_none(f"{prefix}Area"),
    )


def _written(row: Row, key: str) -> str | None:
    """Return a text with figures; reports fill empty cells with dashes."""
    text = row.text_or_none(key)
    return text if text and any(sign.isdigit() for sign in text) else None


def _read_day(row: Row, key: str) -> date | None:
    text = _written(row, key)
    try:
        return datetime.strptime(text, "%Y/%m/%d").date() if text else None
    except ValueError:
        raise BadAnswer(f"{key} is not a day") from None


def _read_time(row: Row, key: str) -> time | None:
    text = _written(row, key)
    try:
        return time.fromisoformat(text) if text else None
    except ValueError:
        raise BadAnswer(f"{key} is not a time of day") from None


def _read_duration(row: Row, key: str) -> timedelta | None:
    text = _written(row, key)
    if text is None:
        return None
    if (parts := _DURATION.fullmatch(text)) is None:
        raise BadAnswer(f"{key} is not a duration")
    return times.span(hours=int(parts[1]), minutes=int(parts[2]))
