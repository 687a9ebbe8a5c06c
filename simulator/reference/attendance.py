"""Attendance Services of the reference, computed from what the doors remember.

The contract names two fields of a time card, ``personName`` and ``totalHours``, and
none of a record. As the example prints hours without a date, a report has one entry
for each person, about the whole period. Our assumption are ``personId`` and
``groupId`` after the requests; ``daysPresent``, ``daysLate`` and ``daysAbsent``; and
of a record ``recordId``, ``timestamp``, ``type`` ("checkIn" and "checkOut", the first
and the last access of a working day), ``doorId``, ``doorName`` and ``method``, as
messages have them. Only people with a timetable count, ``totalPersons`` included;
``checkedIn`` includes who was late.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, timedelta
import re
from typing import Any

from simulator.contract import (
    IsoTime,
    Json,
    ListOf,
    Mistake,
    Problem,
    Request,
    Text,
    may,
    need,
)
from simulator.world.attendance import Day, Status
from simulator.world.events import Access
from simulator.world.people import Person
from simulator.world.timecard import days

from .api import ID, PAGING, api, page
from .people import in_group
from .rules import rules

CHECK_IN, CHECK_OUT = "checkIn", "checkOut"
WHO = (may("personIds", ListOf(Text()), []), may("groupId", ID))
LATE = (Status.LATE, Status.LATE_AND_EARLY)


@dataclass(frozen=True, slots=True)
class PlainDate:
    """``YYYY-MM-DD``; becomes a date."""

    def read(self, name: str, value: object) -> date:
        """Return the date."""
        if not isinstance(value, str):
            raise Mistake(Problem.TYPE, name)
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
            raise Mistake(Problem.FORMAT, name)
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise Mistake(Problem.FORMAT, name) from None


@api.post(
    "attendance/v1/records/get",
    need("startTime", IsoTime()),
    need("endTime", IsoTime()),
    *WHO,
    *PAGING,
)
def records(request: Request) -> Json:
    """List who came and went, oldest first."""
    world, body = request.account.world, request.body
    _check_order(body, "startTime", "endTime")
    begin, end = body["startTime"], body["endTime"]
    first, last = (one.astimezone(world.zone).date() for one in (begin, end))
    rows = [
        row
        for day in days(world, _people(request), first, last)
        for row in _records(day)
        if begin <= row[1].at <= end
    ]
    rows.sort(key=lambda row: row[1].at)
    return page(rows, lambda row: record_row(*row), body)


@api.post(
    "attendance/v1/timecard/report",
    need("startDate", PlainDate()),
    need("endDate", PlainDate()),
    *WHO,
)
def time_card(request: Request) -> Json:
    """Report everybody's hours of a period."""
    body = request.body
    _check_order(body, "startDate", "endDate")
    staff = [one for one in _people(request) if one.timetable]
    found = list(days(request.account.world, staff, body["startDate"], body["endDate"]))
    rows = (
        report_row(person, [day for day in found if day.person.id == person.id])
        for person in staff
    )
    return {"report": list(rows)}


@api.post("attendance/v1/summary/get", need("date", PlainDate()), may("groupId", ID))
def summary(request: Request) -> Json:
    """Count a day."""
    staff = [one for one in in_group(request) if one.timetable]
    day = request.body["date"]
    found = [one.status for one in days(request.account.world, staff, day, day)]
    absent = found.count(Status.ABSENT)
    return {
        "totalPersons": len(staff),
        "checkedIn": len(found) - absent,
        "absent": absent,
        "late": sum(one in LATE for one in found),
    }


def record_row(day: Day, access: Access, kind: str) -> dict[str, Any]:
    """Return a row of Get Attendance Records."""
    return {
        "recordId": f"{day.person.id}_{access.at.astimezone(UTC):%Y%m%d%H%M%S}",
        "personId": day.person.id,
        "personName": day.person.name,
        "groupId": day.person.group,
        "timestamp": f"{access.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "type": kind,
        "doorId": access.door.id,
        "doorName": access.door.name,
        "method": access.method.value,
    }


def report_row(person: Person, theirs: list[Day]) -> dict[str, Any]:
    """Return an entry of Get Time Card Report."""
    states = [one.status for one in theirs]
    absent = states.count(Status.ABSENT)
    worked = sum((one.worked for one in theirs), timedelta())
    return {
        "personId": person.id,
        "personName": person.name,
        "groupId": person.group,
        "totalHours": round(worked / timedelta(hours=1), 2),
        "daysPresent": len(states) - absent,
        "daysLate": sum(one in LATE for one in states),
        "daysAbsent": absent,
    }


def _records(day: Day) -> Iterator[tuple[Day, Access, str]]:
    if day.came:
        yield day, day.came, CHECK_IN
    if day.went:
        yield day, day.went, CHECK_OUT


def _people(request: Request) -> list[Person]:
    """Return who is asked for by group and by ids."""
    people, ids = request.account.world.people, request.body["personIds"]
    with rules():
        wanted = {people.find(one).id for one in ids}
    found = in_group(request)
    return [one for one in found if not wanted or one.id in wanted]


def _check_order(body: dict[str, Any], first: str, last: str) -> None:
    if body[first] > body[last]:
        raise Mistake(Problem.RANGE, last)
