"""What happened lately: alarms and calls, each with its latest state."""

from collections.abc import Iterator
from datetime import datetime

from .events import Alarm, Event, Ring
from .places import Camera

KEPT_ALARMS = 10_000
KEPT_CALLS = 1_000


class History:
    """The latest alarms and calls of a world; the oldest are forgotten."""

    def __init__(self) -> None:
        """Start empty."""
        self._alarms: dict[str, Alarm] = {}
        self._calls: dict[str, Ring] = {}

    def note(self, event: Event) -> None:
        """Keep the latest message of an alarm or a call."""
        match event:
            case Alarm():
                _keep(self._alarms, event.guid, event, KEPT_ALARMS)
            case Ring():
                _keep(self._calls, event.call, event, KEPT_CALLS)

    def call(self, call: str) -> Ring | None:
        """Return the latest state of a call."""
        return self._calls.get(call)

    def alarms(self, begin: datetime, end: datetime) -> list[Alarm]:
        """Return the alarms that started in a time range, newest first."""
        found = (one for one in self._alarms.values() if begin <= one.started <= end)
        return sorted(found, key=lambda one: one.started, reverse=True)

    def alarms_of(self, camera: Camera) -> Iterator[Alarm]:
        """Go through the alarms of one camera."""
        return (one for one in self._alarms.values() if one.source is camera)


def _keep[T](kept: dict[str, T], key: str, value: T, most: int) -> None:
    kept[key] = value
    if len(kept) > most:
        del kept[next(iter(kept))]
