"""Recordings and where they lie."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any


class Storage(StrEnum):
    """Where a recording lies; each call of each dialect has its own number for it."""

    LOCAL = "local"
    """On the camera or recorder."""
    CLOUD = "cloud"


@dataclass(frozen=True, slots=True)
class Recording:
    """A span of time in which a camera recorded without a gap."""

    starts: datetime
    ends: datetime
    storage: Storage


@dataclass(frozen=True, slots=True)
class RecordSettings:
    """What a camera records by schedule.

    Everything but `camera_id` is None when the service did not say; the reference
    names no fields. `kept_days` is -1 when recordings are never removed.
    """

    camera_id: str
    local: bool | None
    cloud: bool | None
    schedule_id: str | None = None
    stream: str | None = None
    post_seconds: int | None = None
    kept_days: int | None = None
    raw: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)


class Sound(IntEnum):
    """Whether a saved video has sound (`voiceSwitch`)."""

    OFF = 0
    ON = 1
    AUTO = 2


class SaveState(StrEnum):
    """How far the saving of a video is."""

    READY = "ready"
    UPLOADING = "uploading"
    FAILED = "failed"
    EXPIRED = "expired"
    DELETED = "deleted"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SavedVideo:
    """A span that the device uploads as MP4.

    `urls` is empty until the state is READY; the addresses live about an hour.
    """

    state: SaveState
    urls: tuple[str, ...] = field(default=(), repr=False)
    expires: datetime | None = None
