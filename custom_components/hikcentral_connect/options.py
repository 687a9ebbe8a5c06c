"""What the owner set, read at the moment of use: no option needs a restart to count.

Only what decides which entities exist is part of the `shape` of an entry; a change of
that starts the account again.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry

OPT_RELOCK: Final = "relock_seconds"
OPT_ALARM_HOLD: Final = "alarm_hold_seconds"
OPT_FRESHNESS: Final = "freshness_seconds"
OPT_PACE_ACTIVE: Final = "pace_active_seconds"
OPT_PACE_IDLE: Final = "pace_idle_seconds"
OPT_CODES: Final = "codes"

DEFAULTS: Final[Mapping[str, Any]] = {
    OPT_RELOCK: 5,
    OPT_ALARM_HOLD: 30,
    OPT_FRESHNESS: 120,
    OPT_PACE_ACTIVE: 1,
    OPT_PACE_IDLE: 2,
    OPT_CODES: {},
}


class Options:
    """The options of one entry."""

    def __init__(self, entry: ConfigEntry) -> None:
        """Read from `entry` whenever asked."""
        self._entry = entry

    @property
    def relock_seconds(self) -> float:
        """Seconds after which an opened door is shown as locked."""
        return float(self._get(OPT_RELOCK))

    @property
    def alarm_hold_seconds(self) -> float:
        """Seconds after which an alarm without an end goes off."""
        return float(self._get(OPT_ALARM_HOLD))

    @property
    def freshness(self) -> timedelta:
        """Age from which a message tells of the past."""
        return timedelta(seconds=self._get(OPT_FRESHNESS))

    @property
    def active_pace(self) -> timedelta:
        """Time between two looks into a queue soon after a message."""
        return timedelta(seconds=self._get(OPT_PACE_ACTIVE))

    @property
    def idle_pace(self) -> timedelta:
        """Time between two looks into a queue in which nothing happens."""
        return timedelta(seconds=self._get(OPT_PACE_IDLE))

    def code(self, device_serial: str) -> str | None:
        """Return the verification code of a device, if the owner entered it."""
        code: str | None = self._get(OPT_CODES).get(device_serial)
        return code

    def _get(self, name: str) -> Any:
        return self._entry.options.get(name, DEFAULTS[name])


def shape_of(entry: ConfigEntry) -> object:
    """Return what cannot change without starting the account again."""
    return (
        dict(entry.data),
        {key: (one.title, dict(one.data)) for key, one in entry.subentries.items()},
    )
