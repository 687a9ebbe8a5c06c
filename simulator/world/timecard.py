"""Attendance: what the doors remember, read against the timetables."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from .attendance import Day
from .events import Access
from .people import Person

if TYPE_CHECKING:
    from . import World

ONE_DAY = timedelta(days=1)


def days(
    world: World, people: Iterable[Person], first: date, last: date
) -> Iterator[Day]:
    """Return the days of people with a timetable, date by date.

    A day is left out while it has not begun (before the shift, unless somebody came)
    and when the doors' memory does not go back to it.
    """
    if not (oldest := world.accesses.oldest):
        return
    staff = [one for one in people if one.timetable]
    day = max(first, oldest.astimezone(world.zone).date())
    last = min(last, world.clock.now().astimezone(world.zone).date())
    while day <= last:
        seen = _granted(world, day)
        for person in staff:
            if one := _day(world, person, day, seen[person.id]):
                yield one
        day += ONE_DAY


def awaited(world: World, person: Person, at: datetime) -> bool:
    """Return whether an access now would be the person's coming for the day."""
    day = at.astimezone(world.zone).date()
    shift = person.timetable.shift(day, world.zone) if person.timetable else None
    if not shift or not shift.window[0] <= at <= shift.window[1]:
        return False
    found = world.accesses.between(shift.window[0], at)
    return not any(
        one.access.granted and one.access.person and one.access.person.id == person.id
        for one in found
    )


def _granted(world: World, day: date) -> defaultdict[str, list[Access]]:
    midnight = datetime.combine(day, time(), world.zone)
    found = defaultdict[str, list[Access]](list)
    for record in world.accesses.between(midnight, midnight + ONE_DAY):
        if (person := record.access.person) and record.access.granted:
            found[person.id].append(record.access)
    return found


def _day(world: World, person: Person, day: date, seen: list[Access]) -> Day | None:
    table, now = person.timetable, world.clock.now()
    shift = table.shift(day, world.zone) if table else None
    if not table or not shift:
        return None
    begin, end = shift.window
    counted = [one for one in seen if begin <= one.at <= end]
    if not counted and now < shift.starts:
        return None
    return Day(
        person=person,
        timetable=table,
        shift=shift,
        came=counted[0] if counted else None,
        went=counted[-1] if len(counted) > 1 else None,
        closed=now > end,
    )
