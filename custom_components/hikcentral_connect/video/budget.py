"""For how long the relay may keep each camera awake in a day."""

from datetime import date
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util

from ..api.errors import HikError
from ..const import DOMAIN
from ..options import Options

STORAGE_VERSION: Final = 1
WRITE_AFTER: Final = 30


class DailyLimitReached(HikError):
    """A camera was watched for as long as its options allow in a day."""


class Budget:
    """Counts the seconds of today, also over a restart."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Keep the count in a store of the entry."""
        self._store: Store[dict[str, Any]] = Store(
            hass, STORAGE_VERSION, f"{DOMAIN}.{entry.entry_id}.relay", private=True
        )
        self._options = Options(entry)
        self._day: date | None = None
        self._spent: dict[str, float] = {}

    async def async_load(self) -> None:
        """Recall what was spent before a restart."""
        stored = await self._store.async_load() or {}
        if day := stored.get("day"):
            self._day = date.fromisoformat(day)
            self._spent = dict(stored["spent"])

    def is_spent(self, camera_id: str) -> bool:
        """Tell whether a camera has had its time today."""
        minutes = self._options.video(camera_id).daily_minutes
        return bool(minutes) and self._today().get(camera_id, 0) >= minutes * 60

    @callback
    def async_spend(self, camera_id: str, seconds: float) -> None:
        """Count what a camera was watched, if there is a limit to it."""
        if not self._options.video(camera_id).daily_minutes:
            return
        spent = self._today()
        spent[camera_id] = spent.get(camera_id, 0) + seconds
        self._store.async_delay_save(self._dump, WRITE_AFTER)

    async def async_remove(self) -> None:
        """Forget everything: the account was removed."""
        await self._store.async_remove()

    def _today(self) -> dict[str, float]:
        if (today := dt_util.now().date()) != self._day:
            self._day, self._spent = today, {}
        return self._spent

    def _dump(self) -> dict[str, Any]:
        return {"day": self._day and self._day.isoformat(), "spent": self._spent}
