"""Live: who was there, and for how long."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import groupby

from custom_components.hikcentral_connect.api.models.attendance import (
    AttendanceQuery,
    AttendanceRecord,
    AttendanceSummary,
    Clocking,
)
from simulator.world.attendance import Day, Status
from simulator.world.events import Access
from simulator.world.timecard import days

from .live import REFERENCE, TEAMS, Stage, first, live, named

LATE = (Status.LATE, Status.LATE_AND_EARLY)


def week(stage: Stage) -> tuple[AttendanceQuery, list[Day]]:
    """Return the last eight days, to today, and how everybody's went."""
    today = stage.now.date()
    begin = datetime.combine(today - timedelta(days=7), time(), stage.world.zone)
    end = datetime.combine(today, time(23, 59, 59), stage.world.zone)
    people = stage.world.people.values()
    return AttendanceQuery(begin, end), list(
        days(stage.world, people, begin.date(), end.date())
    )


def record(stage: Stage, access: Access, kind: str) -> AttendanceRecord:
    """Return how the reference tells of a coming or going."""
    moment = stage.at(access.at)
    utc = moment - stage.world.zone.utcoffset(None)
    person = access.person
    return AttendanceRecord(
        f"{person.id}_{utc:%Y%m%d%H%M%S}", person.id, person.name, moment, kind
    )


@live("Attendance.records")
async def test_attendance_records(stage: Stage) -> None:
    """Every coming and going of a week, and those of one person."""
    query, everything = week(stage)
    came = [record(stage, day.came, "checkIn") for day in everything if day.came]
    went = [record(stage, day.went, "checkOut") for day in everything if day.went]
    expected = sorted((*came, *went), key=lambda one: (one.occurred, one.id))
    found = await stage.client.attendance.records(query)
    assert sorted(found, key=lambda one: (one.occurred, one.id)) == expected
    assert len(found) > 20
    ada = first(stage.world.people).id
    hers = await stage.client.attendance.records(replace(query, person_ids=(ada,)))
    assert {one.person_id for one in hers} == {ada}


@live("Attendance.time_cards", only=REFERENCE)
async def test_time_cards_reference(stage: Stage) -> None:
    """A line for each person, with the hours of the week."""
    query, everything = week(stage)
    everything.sort(key=lambda day: day.person.id)
    hours = {
        person: sum((day.worked for day in theirs), timedelta())
        for person, theirs in groupby(everything, lambda day: day.person.id)
    }
    cards = await stage.client.attendance.time_cards(query)
    assert [one.person_id for one in cards] == list(stage.world.people)
    for card in cards:
        assert card.person_name == stage.world.people[card.person_id].name
        # Hours have two digits behind the point.
        assert abs(card.worked - hours[card.person_id]) < timedelta(seconds=20)
    family = named(stage.world.people.groups, "Family").id
    assert len(
        await stage.client.attendance.time_cards(replace(query, group_id=family))
    )


@live("Attendance.time_cards", only=TEAMS)
async def test_time_cards_teams(stage: Stage) -> None:
    """A line for each person and day."""
    query, everything = week(stage)
    cards = await stage.client.attendance.time_cards(query)
    assert len(cards) == len(everything) > 20
    for card, day in zip(cards, everything, strict=True):
        date, minute = day.shift.starts.date(), timedelta(minutes=1)
        assert (card.person_name, card.person_code) == (
            day.person.name,
            day.person.code,
        )
        assert (card.day, card.timetable) == (date, "Working day")
        assert card.due_in == Clocking(date, time(8))
        assert card.due_out == Clocking(date, time(17))
        assert card.clock_in == clocking(stage, day.came)
        assert card.clock_out == clocking(stage, day.went)
        assert card.status_code == str(int(day.status))
        assert card.worked == day.worked // minute * minute
        assert card.late == day.late // minute * minute
    code = first(stage.world.people).code
    found = await stage.client.attendance.time_cards(replace(query, person_code=code))
    assert {one.person_code for one in found} == {code}


def clocking(stage: Stage, access: Access | None) -> Clocking | None:
    """Return how teams tells of a coming or going."""
    if access is None:
        return None
    moment, door = stage.at(access.at), access.door
    at = moment.time().replace(second=0)
    return Clocking(moment.date(), at, "1", door.device.name, door.area.name)


@live("Attendance.summary")
async def test_summary(stage: Stage) -> None:
    """A working day of the past, counted."""
    _, everything = week(stage)
    day = everything[0].shift.starts.date()
    theirs = [one.status for one in everything if one.shift.starts.date() == day]
    absent = theirs.count(Status.ABSENT)
    late = sum(one in LATE for one in theirs)
    expected = AttendanceSummary(day, 5, len(theirs) - absent, absent, late)
    assert await stage.client.attendance.summary(day) == expected
    family = named(stage.world.people.groups, "Family")
    found = await stage.client.attendance.summary(day, family.id)
    people = stage.world.people.values()
    assert found.persons == sum(one.group == family.id for one in people)
