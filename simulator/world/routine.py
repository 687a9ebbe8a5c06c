"""How people with a timetable come and go: mostly on time, sometimes late or never.

Of any five people three are on time on a working day, one of them with a walk at
noon, one is late and one is absent; who it is goes round.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING

from .events import Access, Method
from .people import Person

if TYPE_CHECKING:
    from . import World
    from .happen import Happen

PAST = timedelta(days=14)
FRESH = timedelta(minutes=10)
WALKER, LATE, ABSENT = 2, 3, 4
METHODS = (Method.CARD, Method.FACE, Method.FINGERPRINT)


def remember(world: World) -> None:
    """Fill the doors' memory with the last two weeks, up to now."""
    now = world.clock.now()
    day = (now - PAST).astimezone(world.zone).date()
    while day <= now.astimezone(world.zone).date():
        for person, at in _visits(world, day):
            if at <= now:
                world.accesses.add(_access(world, person, at))
        day += timedelta(days=1)


def follow(world: World, happen: Happen, since: datetime) -> None:
    """Let people come and go from ``since`` on, day after day.

    What fell due long ago is remembered only, nobody is told.
    """
    day = since.astimezone(world.zone).date()
    for person, at in _visits(world, day):
        if at > since:
            world.agenda.add(at, partial(_visit, world, happen, person))
    midnight = datetime.combine(day + timedelta(days=1), time(), world.zone)
    world.agenda.add(midnight, partial(follow, world, happen))


def _visit(world: World, happen: Happen, who: Person, due: datetime) -> None:
    if not (person := world.people.get(who.id)):
        return
    access = _access(world, person, due)
    if world.clock.now() - due > FRESH:
        world.accesses.add(access)
    else:
        happen.access(access.door.id, person, method=access.method, at=due)


def _visits(world: World, day: date) -> Iterator[tuple[Person, datetime]]:
    if not world.doors:
        return
    for index, person in enumerate(world.people.values()):
        shift = person.timetable.shift(day, world.zone) if person.timetable else None
        if not shift:
            continue
        role = (index + day.toordinal()) % 5
        random = Random(f"{person.code} {day}")
        for at in _times(role, shift.starts, shift.ends, random):
            yield person, at


def _times(
    role: int, starts: datetime, ends: datetime, random: Random
) -> Iterator[datetime]:
    def minutes(low: int, high: int) -> timedelta:
        return timedelta(seconds=random.randint(low * 60, high * 60))

    if role == ABSENT:
        return
    yield starts + (minutes(12, 55) if role == LATE else minutes(-25, -2))
    if role == WALKER:
        noon = starts + (ends - starts) / 2
        yield noon - minutes(5, 20)
        yield noon + minutes(10, 25)
    yield ends + minutes(1, 25)


def _access(world: World, person: Person, at: datetime) -> Access:
    random = Random(f"{person.code} {at}")
    return Access(
        at=at,
        door=random.choice(list(world.doors.values())),
        method=random.choice(METHODS),
        granted=True,
        person=person,
        number=world.accesses.number(),
    )
