"""What the owner set, read at the moment of use: no option needs a restart to count."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry

from .video.settings import VideoOptions, video_options

OPT_DOORS: Final = "doors"
OPT_CONTROLS: Final = "controls"
OPT_RELOCK: Final = "relock_seconds"
OPT_HOLD: Final = "hold"
OPT_PIN: Final = "pin"
OPT_BARRIERS: Final = "barriers"
OPT_ALARM_HOLD: Final = "alarm_hold_seconds"
OPT_FRESHNESS: Final = "freshness_seconds"
OPT_PACE_ACTIVE: Final = "pace_active_seconds"
OPT_PACE_IDLE: Final = "pace_idle_seconds"
OPT_RECORDS: Final = "records_seconds"
OPT_PUSH: Final = "push"
OPT_CODES: Final = "codes"
OPT_PERSONAL_DATA: Final = "personal_data"
OPT_VEHICLES: Final = "vehicles"
OPT_ATTENDANCE: Final = "attendance"
OPT_ATTENDANCE_GROUPS: Final = "attendance_groups"
"""Names of the groups by id, as they were when the owner chose them."""
OPT_VIDEO: Final = "video"
OPT_RELAY: Final = "relay"

RECORDS_PACE_AT_LEAST: Final = 30

DEFAULTS: Final[Mapping[str, Any]] = {
    OPT_DOORS: {},
    OPT_BARRIERS: [],
    OPT_ALARM_HOLD: 30,
    OPT_FRESHNESS: 120,
    OPT_PACE_ACTIVE: 1,
    OPT_PACE_IDLE: 2,
    OPT_RECORDS: 60,
    OPT_PUSH: False,
    OPT_CODES: {},
    OPT_PERSONAL_DATA: False,
    OPT_VEHICLES: False,
    OPT_ATTENDANCE: False,
    OPT_ATTENDANCE_GROUPS: {},
    OPT_VIDEO: {},
    OPT_RELAY: False,
}


class DoorControls(StrEnum):
    """As what a door is shown."""

    LOCK = "lock"
    BUTTON = "button"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class DoorOptions:
    """What the owner set for one door.

    After `relock_seconds` an opened door is shown as locked. `hold` tells whether it
    may be held open or closed. `pin` is asked by the lock and by `control_door`.
    """

    controls: DoorControls = DoorControls.BOTH
    relock_seconds: float = 5
    hold: bool = True
    pin: str | None = field(default=None, repr=False)

    @property
    def has_lock(self) -> bool:
        """Tell whether the door is shown as a lock."""
        return self.controls is not DoorControls.BUTTON

    @property
    def has_button(self) -> bool:
        """Tell whether the door has a button."""
        return self.controls is not DoorControls.LOCK


class Options:
    """The options of one entry."""

    def __init__(self, entry: ConfigEntry) -> None:
        """Read from `entry` whenever asked."""
        self._entry = entry

    def door(self, door_id: str) -> DoorOptions:
        """Return what the owner set for a door."""
        return _door_options(self._get(OPT_DOORS).get(door_id, {}))

    @property
    def barriers(self) -> frozenset[str]:
        """Ids of the cameras at which a barrier stands."""
        return frozenset(self._get(OPT_BARRIERS))

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

    @property
    def records_pace(self) -> timedelta | None:
        """Time between two looks into the access records; None for never."""
        seconds = self._get(OPT_RECORDS)
        return (
            timedelta(seconds=max(RECORDS_PACE_AT_LEAST, seconds)) if seconds else None
        )

    @property
    def push(self) -> bool:
        """Whether the service is to push messages; polls then bring nothing."""
        return bool(self._get(OPT_PUSH))

    @property
    def personal_data(self) -> bool:
        """Whether names of persons may reach the event bus, and so the logbook."""
        return bool(self._get(OPT_PERSONAL_DATA))

    def video(self, camera_id: str) -> VideoOptions:
        """Return what the owner set for the video of a camera."""
        return video_options(self._get(OPT_VIDEO).get(camera_id, {}))

    @property
    def relay(self) -> bool:
        """Whether the relay may show what HLS cannot (experimental)."""
        return bool(self._get(OPT_RELAY))

    @property
    def vehicles(self) -> bool:
        """Whether vehicles are followed; if not, nothing is asked about them."""
        return bool(self._get(OPT_VEHICLES))

    @property
    def attendance(self) -> bool:
        """Whether attendance is counted; if not, nothing is asked about it."""
        return bool(self._get(OPT_ATTENDANCE))

    @property
    def attendance_groups(self) -> dict[str, str]:
        """Groups that are counted, by id; none means everybody."""
        return dict(self._get(OPT_ATTENDANCE_GROUPS))

    def code(self, device_serial: str) -> str | None:
        """Return the verification code of a device, if the owner entered it."""
        code: str | None = self._get(OPT_CODES).get(device_serial)
        return code

    def _get(self, name: str) -> Any:
        return self._entry.options.get(name, DEFAULTS[name])


def _door_options(stored: Mapping[str, Any]) -> DoorOptions:
    default = DoorOptions()
    return DoorOptions(
        controls=DoorControls(stored.get(OPT_CONTROLS, default.controls)),
        relock_seconds=float(stored.get(OPT_RELOCK, default.relock_seconds)),
        hold=stored.get(OPT_HOLD, default.hold),
        pin=stored.get(OPT_PIN),
    )


def shape_of(entry: ConfigEntry) -> object:
    """Return what cannot change without starting the account again."""
    doors = {key: (one.title, dict(one.data)) for key, one in entry.subentries.items()}
    return dict(entry.data), doors
