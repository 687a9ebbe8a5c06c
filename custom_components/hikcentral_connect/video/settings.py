"""What the owner set for the video of one camera."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from ..api.models.video import StreamQuality

OPT_TIER: Final = "tier"
OPT_QUALITY: Final = "quality"
OPT_DAILY_MINUTES: Final = "daily_minutes"


class Choice(StrEnum):
    """How a camera is to be shown."""

    AUTO = "auto"
    HLS = "hls"
    BROWSER = "browser"
    RELAY = "relay"


class Quality(StrEnum):
    """Which of a camera's streams is watched."""

    MAIN = "main"
    SUB = "sub"

    @property
    def stream(self) -> StreamQuality:
        """The word of the service for it."""
        return StreamQuality.MAIN if self is Quality.MAIN else StreamQuality.SUB


@dataclass(frozen=True, slots=True)
class VideoOptions:
    """What the owner set for one camera.

    `daily_minutes` is for how long a day the relay may keep it awake; 0 is no limit.
    """

    choice: Choice = Choice.AUTO
    quality: Quality = Quality.MAIN
    daily_minutes: int = 0


_DEFAULT: Final = VideoOptions()


def video_options(stored: Mapping[str, Any]) -> VideoOptions:
    """Return what is stored for a camera, and the defaults for the rest."""
    if not stored:
        return _DEFAULT
    return VideoOptions(
        Choice(stored.get(OPT_TIER, _DEFAULT.choice)),
        Quality(stored.get(OPT_QUALITY, _DEFAULT.quality)),
        int(stored.get(OPT_DAILY_MINUTES, _DEFAULT.daily_minutes)),
    )
