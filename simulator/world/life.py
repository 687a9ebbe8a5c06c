"""A world that lives on its own: motion, visitors at the bell, people at doors.

Life is a set of agenda entries that plan their own successor, so it needs no
background task. After a gap without any request it does not catch up with more
than the last minutes.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from . import World
from .events import AlarmKind, Method
from .happen import Happen
from .people import Person
from .places import Category
from .routine import follow
from .timecard import awaited

CATCH_UP = timedelta(minutes=10)
SIGHTS = (AlarmKind.MOTION,) * 6 + (
    AlarmKind.INTRUSION,
    AlarmKind.LINE_CROSSING,
    AlarmKind.FACE,
)


class Life:
    """Keeps one world busy."""

    def __init__(self, world: World, happen: Happen) -> None:
        """Plan the first of everything the world has the means for."""
        self._world = world
        self._happen = happen
        self._random = Random(world.random.getrandbits(64))
        if world.cameras:
            self._plan(self._motion, 40)
        if world.doors and world.people:
            self._plan(self._access, 180)
            follow(world, happen, world.clock.now())
        if world.fleet.vehicles:
            self._plan(self._drive, 20)
        if world.traffic.barriers:
            self._plan(self._pass_barrier, 900)
        devices = world.devices.values()
        if any(one.category is Category.INTERCOM for one in devices):
            self._plan(self._ring, 600)

    def _plan(
        self,
        action: Callable[[datetime], None],
        seconds: float,
        after: datetime | None = None,
    ) -> None:
        """Let ``action`` happen again and again, ``seconds`` apart on average."""

        def happen(due: datetime) -> None:
            now = self._world.clock.now()
            if now - due < CATCH_UP:
                action(due)
            self._plan(action, seconds, max(due, now - CATCH_UP))

        pause = timedelta(seconds=self._random.uniform(0.5, 1.5) * seconds)
        start = after or self._world.clock.now()
        self._world.agenda.add(start + pause, happen)

    def _motion(self, at: datetime) -> None:
        choice = self._random.choice
        cameras = [one for one in self._world.cameras.values() if one.online]
        if cameras:
            seconds = self._random.uniform(8, 25)
            camera = choice(cameras)
            self._happen.alarm(camera.id, choice(SIGHTS), seconds=seconds, at=at)

    def _access(self, at: datetime) -> None:
        random = self._random
        doors = [door for door in self._world.doors.values() if door.online]
        if not doors:
            return
        person = random.choice(self._people(at) or [None])
        method = random.choice((Method.CARD, Method.FACE, Method.FINGERPRINT))
        known = person if random.random() < 0.9 else None
        self._happen.access(random.choice(doors).id, known, method=method, at=at)

    def _people(self, at: datetime) -> list[Person | None]:
        """Return who may walk about: who has come, or who is not awaited."""
        everybody = self._world.people.values()
        return [one for one in everybody if not awaited(self._world, one, at)]

    def _drive(self, at: datetime) -> None:
        for vehicle in self._world.fleet.vehicles.values():
            self._happen.locate(vehicle.id, at=at)

    def _pass_barrier(self, at: datetime) -> None:
        cameras = self._world.cameras
        seen = [cameras[one] for one in self._world.traffic.barriers if one in cameras]
        plates = [one.plate for one in self._world.fleet.vehicles.values()]
        if seen:
            stranger = f"B-AL {self._random.randrange(1000, 9999)}"
            plate = self._random.choice((*plates, stranger))
            self._world.traffic.drive_by(self._random.choice(seen), plate, at)

    def _ring(self, at: datetime) -> None:
        self._happen.ring(at=at)
