"""What cameras recorded: the same stretches of a day whoever asks, and clips of them.

Nothing is stored. A camera's stretches follow from its id and the day, and every
alarm it had is recorded too.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from random import Random

from .clock import Clock
from .history import History
from .ids import Ids
from .places import Camera

KEPT_CLIPS = 200
BEFORE_ALARM = timedelta(seconds=5)
AFTER_ALARM = timedelta(seconds=10)


class Recording(Enum):
    """Where a recording lies, as EZOPEN addresses spell it."""

    DEVICE = "rec"
    CLOUD = "cloud.rec"


KEPT = {Recording.DEVICE: timedelta(days=30), Recording.CLOUD: timedelta(days=7)}
"""How long recordings are kept."""

CHANCE = {Recording.DEVICE: 0.7, Recording.CLOUD: 0.3}
"""How probably an hour has a recorded stretch without any alarm."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time for which there is video."""

    begin: datetime
    end: datetime


@dataclass(slots=True, kw_only=True)
class Clip:
    """A time of a camera to be made a file, asked for at ``made``.

    ``recorded`` tells whether there was video; ``url`` is set once it was offered.
    """

    id: str
    camera: Camera
    begin: datetime
    end: datetime
    made: datetime
    recorded: bool
    url: str | None = None


class Recordings:
    """The recordings of a world. ``cloud`` are ids of cameras with cloud storage."""

    def __init__(self, clock: Clock, history: History, ids: Ids) -> None:
        """Record everything at the devices and nothing in the cloud."""
        self.cloud: set[str] = set()
        self.clips: dict[str, Clip] = {}
        self._clock = clock
        self._history = history
        self._ids = ids

    def keeps(self, camera: Camera, place: Recording) -> bool:
        """Return whether a camera records there."""
        return place is Recording.DEVICE or camera.id in self.cloud

    def find(
        self, camera: Camera, place: Recording, begin: datetime, end: datetime
    ) -> list[Stretch]:
        """Return what is recorded between two moments, oldest first."""
        now = self._clock.now().replace(microsecond=0)
        begin, end = max(begin, now - KEPT[place]), min(end, now)
        if begin >= end or not self.keeps(camera, place):
            return []
        stretches = [*_routine(camera, place, begin, end), *self._alarms(camera)]
        return list(_within(_merged(stretches), begin, end))

    def add_clip(self, camera: Camera, begin: datetime, end: datetime) -> Clip:
        """Ask for a file of the device's recording."""
        clip = Clip(
            id=f"{self._ids.unique('task')}#{self._ids.unique('file')}",
            camera=camera,
            begin=begin,
            end=end,
            made=self._clock.now(),
            recorded=bool(self.find(camera, Recording.DEVICE, begin, end)),
        )
        self.clips[clip.id] = clip
        if len(self.clips) > KEPT_CLIPS:
            del self.clips[next(iter(self.clips))]
        return clip

    def _alarms(self, camera: Camera) -> Iterator[Stretch]:
        for alarm in self._history.alarms_of(camera):
            begin = alarm.started.replace(microsecond=0) - BEFORE_ALARM
            ended = alarm.ended or self._clock.now()
            yield Stretch(begin, ended.replace(microsecond=0) + AFTER_ALARM)


def _routine(
    camera: Camera, place: Recording, begin: datetime, end: datetime
) -> Iterator[Stretch]:
    day = begin.astimezone(UTC).date()
    while day <= end.astimezone(UTC).date():
        yield from _day(camera, place, day)
        day += timedelta(days=1)


def _day(camera: Camera, place: Recording, day: date) -> Iterator[Stretch]:
    random = Random(f"{camera.id} {place.value} {day}")
    for hour in range(24):
        first, length = random.randrange(2400), random.randrange(30, 1100)
        if random.random() < CHANCE[place]:
            begin = datetime.combine(day, time(hour), UTC) + timedelta(seconds=first)
            yield Stretch(begin, begin + timedelta(seconds=length))


def _merged(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    open_: Stretch | None = None
    for one in sorted(stretches, key=lambda one: one.begin):
        if open_ and one.begin <= open_.end:
            open_ = Stretch(open_.begin, max(open_.end, one.end))
            continue
        if open_:
            yield open_
        open_ = one
    if open_:
        yield open_


def _within(
    stretches: Iterable[Stretch], begin: datetime, end: datetime
) -> Iterator[Stretch]:
    for one in stretches:
        if one.begin < end and one.end > begin:
            yield Stretch(max(one.begin, begin), min(one.end, end))
