"""When devices and their resources could not be reached."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from .clock import Clock
from .events import Alarm, AlarmKind, Event
from .places import Device


@dataclass(slots=True)
class Outage:
    """One span of time offline; ``end`` is None while it lasts."""

    start: datetime
    end: datetime | None = None


class Outages:
    """The outages of everything, by the id of the device or resource."""

    def __init__(self, clock: Clock) -> None:
        """Start without any."""
        self._clock = clock
        self._outages: dict[str, list[Outage]] = {}

    def note(self, name: str, *, online: bool, at: datetime | None = None) -> None:
        """Note that something went on- or offline; a repetition changes nothing."""
        at = at or self._clock.now()
        outages = self._outages.setdefault(name, [])
        last = outages[-1] if outages else None
        if online and last and last.end is None:
            last.end = at
        if not online and (not last or last.end is not None):
            outages.append(Outage(at))

    def hear(self, event: Event) -> None:
        """Note devices that tell they went on- or offline."""
        match event:
            case Alarm(
                source=Device() as device,
                kind=AlarmKind.DEVICE_OFFLINE | AlarmKind.DEVICE_ONLINE,
            ):
                self.note(device.id, online=device.online, at=event.started)

    def within(
        self, name: str, start: datetime, end: datetime
    ) -> tuple[int, timedelta]:
        """Return how often and how long something was offline in a span of time."""
        now = self._clock.now()
        lengths = [
            min(one.end or now, end, now) - max(one.start, start)
            for one in self._outages.get(name, [])
        ]
        found = [length for length in lengths if length > timedelta()]
        return len(found), sum(found, timedelta())
