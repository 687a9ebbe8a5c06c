"""What was recorded and seen of a camera on a day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from time import monotonic
from typing import Final

from homeassistant.util import dt as dt_util

from ..api import Client
from ..api.errors import RecordingNotFound
from ..api.models.messages import Alarm
from ..api.models.records import Recording, Storage
from ..api.models.resources import Camera
from ..coordinator import InventoryCoordinator
from ..messages.history import read_log

PIECE: Final = timedelta(minutes=10)
"""Longer recordings are offered in pieces of the clock: a day of video is no file."""
LOG_SECONDS: Final = 600.0
"""How long a day's log serves: addresses of its pictures die after 15 minutes."""
TODAY_SECONDS: Final = 60.0
LOGS_AT_MOST: Final = 8


@dataclass(frozen=True, slots=True)
class _Log:
    read: float
    alarms: list[Alarm]


class Library:
    """Recordings and alarm pictures of one account's cameras."""

    def __init__(self, client: Client, inventory: InventoryCoordinator) -> None:
        """Ask nothing yet."""
        self._client = client
        self._inventory = inventory
        self._logs: dict[date, _Log] = {}

    async def async_recordings(
        self, camera: Camera, starts: datetime, ends: datetime, storage: Storage
    ) -> list[Recording]:
        """Return when a camera recorded, the oldest first; nothing is an empty list.

        Raises `DeviceOffline` and others.
        """
        try:
            found = await self._client.recordings.search(
                camera.id, dt_util.as_local(starts), dt_util.as_local(ends), storage
            )
        except RecordingNotFound:
            return []
        return sorted(found, key=lambda one: one.starts)

    async def async_alarms(self, camera: Camera, day: date) -> list[Alarm]:
        """Return the alarms of a camera on a day that have pictures, oldest first."""
        inventory = self._inventory.data
        return [
            alarm
            for alarm in await self._log(day)
            if alarm.pictures and inventory.camera_of(alarm) == camera
        ]

    async def _log(self, day: date) -> list[Alarm]:
        log = self._logs.get(day)
        kept = TODAY_SECONDS if day == dt_util.now().date() else LOG_SECONDS
        if log is None or monotonic() - log.read > kept:
            starts, ends = day_of(day)
            alarms = await read_log(self._client, starts, ends)
            self._logs.pop(day, None)
            self._logs[day] = log = _Log(monotonic(), alarms)
            if len(self._logs) > LOGS_AT_MOST:
                del self._logs[next(iter(self._logs))]
        return log.alarms


def day_of(day: date) -> tuple[datetime, datetime]:
    """Return when a day of the house begins and ends; today ends now."""
    starts = dt_util.start_of_local_day(day)
    ends = dt_util.start_of_local_day(day + timedelta(days=1))
    return starts, max(min(ends, dt_util.now()), starts + timedelta(seconds=1))


def pieces(recording: Recording) -> list[tuple[datetime, datetime]]:
    """Return a recording in pieces that can be exported."""
    found = []
    starts = recording.starts
    while starts < recording.ends:
        passed = timedelta(seconds=starts.timestamp() % PIECE.total_seconds())
        ends = min(starts - passed + PIECE, recording.ends)
        found.append((starts, ends))
        starts = ends
    return found
