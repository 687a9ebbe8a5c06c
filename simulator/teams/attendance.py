"""The total time card (guide 5.10.1), computed from what the doors remember.

Only people with a timetable have one, and those get it in the portal: whoever was
added by the API has no rows. There is a row for every working day that has begun.
``groupName`` is the table's field, ``fullPath`` the example's; both are there.
Breaks, leave and work on free days do not exist in the simulated world.
"""

from datetime import datetime, timedelta
import re
from typing import Any

from simulator.contract import (
    IsoTime,
    Json,
    ListOf,
    Problem,
    Refusal,
    Request,
    Text,
    Whole,
    may,
    need,
)
from simulator.world import World
from simulator.world.attendance import NOTHING, Day, Status
from simulator.world.events import Access
from simulator.world.timecard import days

from .api import api, number
from .rules import NO_GROUP

DATES = (
    *("yyyy/MM/dd", "yyyy-MM-dd", "yyyy.MM.dd", "dd/MM/yyyy", "dd-MM-yyyy"),
    *("MM-dd-yyyy", "yy-MM-dd", "yy/MM/dd", "dd/MM/yy", "yy.MM.dd", "yyyyddMM"),
    *("yyyyMMdd", "MMddyyyy", "ddMMyyyy", "yyddMM", "yyMMdd", "MMddyy", "ddMMyy"),
)
TIMES = (
    *("HH:mm", "h:mm", "hh:mm tt", "h:mm tt", "HH:mm:ss", "h:mm:ss", "hh:mm:ss tt"),
    *("h:mm:ss tt", "HHmm", "Hmm", "HHmmss", "hmmss"),
)
HOURS, MINUTES = "HH:MM", "MM"
DIRECTIVES = {
    "yyyy": "%Y",
    "yy": "%y",
    "MM": "%m",
    "dd": "%d",
    "HH": "%H",
    "H": "%-H",
    "hh": "%I",
    "h": "%-I",
    "mm": "%M",
    "ss": "%S",
    "tt": "%p",
}
ORIGINAL = 1


@api.post(
    "attendance/v1/report/totaltimecard/list",
    may("pageIndex", number(1), 1),
    may("pageSize", Whole(1, 200, digits=True, problem=Problem.PAGE_SIZE), 20),
    need("beginTime", IsoTime()),
    need("endTime", IsoTime()),
    may("personName", Text(), ""),
    may("personCode", Text(), ""),
    may("personGroupIds", ListOf(Text()), []),
    may("dateFormat", Text(choices=DATES), DATES[0]),
    may("timeFormat", Text(choices=TIMES), TIMES[0]),
    may("durationFormat", Text(choices=(HOURS, MINUTES)), HOURS),
)
def total_time_card(request: Request) -> Json:
    """List people's days, oldest first."""
    world, body = request.account.world, request.body
    if body["beginTime"] > body["endTime"]:
        raise Refusal("OPEN000030")
    if not world.people.groups.keys() >= set(body["personGroupIds"]):
        raise Refusal(NO_GROUP)
    groups = set[str]().union(*map(world.people.below, body["personGroupIds"]))
    people = [
        one
        for one in world.people.values()
        if body["personName"].lower() in one.name.lower()
        and body["personCode"].lower() in one.code.lower()
        and (not groups or one.group in groups)
    ]
    begin, end = (body[one].astimezone(world.zone) for one in ("beginTime", "endTime"))
    found = list(days(world, people, begin.date(), end.date()))
    index, size = body["pageIndex"], body["pageSize"]
    rows = found[(index - 1) * size : index * size]
    return {
        "pageIndex": index,
        "pageSize": size,
        "moreData": int(len(found) > index * size),
        "reportDataList": [day_row(world, one, body) for one in rows],
    }


def day_row(world: World, day: Day, formats: dict[str, Any]) -> dict[str, Any]:
    """Return a TotalTimeCardReportData (A.3.164)."""
    person, shift = day.person, day.shift

    def on(moment: datetime) -> str:
        return f"{moment.astimezone(world.zone):{_pattern(formats['dateFormat'])}}"

    def at(moment: datetime) -> str:
        return f"{moment.astimezone(world.zone):{_pattern(formats['timeFormat'])}}"

    def clock(name: str, access: Access | None) -> dict[str, Any]:
        return {
            f"{name}Date": on(access.at) if access else "",
            f"{name}Time": at(access.at) if access else "",
            f"{name}Source": ORIGINAL if access else 0,
            f"{name}Device": access.door.device.name if access else "",
            f"{name}Area": access.door.area.name if access else "",
        }

    absent = shift.ends - shift.starts if day.status is Status.ABSENT else NOTHING
    durations = {
        "work": day.worked,
        "absence": absent,
        "late": day.late,
        "early": day.early,
        "break": NOTHING,
        "leave": NOTHING,
        "overtime": day.overtime,
        "workdayOvertime": day.overtime,
        "weekendOvertime": NOTHING,
    }
    return {
        "firstName": person.first_name,
        "lastName": person.last_name,
        "fullName": person.name,
        "personCode": person.code,
        "groupName": world.people.groups[person.group].name,
        "fullPath": world.people.path(person.group),
        "date": on(shift.starts),
        "weekday": shift.starts.isoweekday() % 7,
        "timetableName": day.timetable.name,
        "checkInDate": on(shift.starts),
        "checkInTime": at(shift.starts),
        "checkOutDate": on(shift.ends),
        "checkOutTime": at(shift.ends),
        **clock("clockIn", day.came),
        **clock("clockOut", day.went),
        "attendanceStatus": int(day.status),
        **{
            f"{name}Duration": _duration(span, formats["durationFormat"])
            for name, span in durations.items()
        },
    }


def _pattern(form: str) -> str:
    """Return a date or time format of the guide (A.2.2, A.2.3) for strftime."""
    return re.sub(r"([a-zA-Z])\1*", lambda found: DIRECTIVES[found[0]], form)


def _duration(span: timedelta, form: str) -> str:
    minutes = span // timedelta(minutes=1)
    if form == MINUTES:
        return str(minutes)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
