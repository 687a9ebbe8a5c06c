"""Pictures and streams."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Capture:
    """A picture the device took on request; its address dies in about 15 minutes."""

    url: str = field(repr=False)
    encrypted: bool


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A small picture the service keeps of a camera; its address lives a day."""

    url: str = field(repr=False)
    encrypted: bool


class StreamProtocol(StrEnum):
    """How a stream is carried (`protocol` in both contracts)."""

    EZOPEN = "1"
    HLS = "2"
    RTMP = "3"


class StreamQuality(StrEnum):
    """Main or sub stream (`quality` in both contracts)."""

    MAIN = "1"
    SUB = "2"


@dataclass(frozen=True, slots=True)
class StreamAddress:
    """Where a stream may be opened; the address is a secret."""

    url: str = field(repr=False)
    expires: datetime | None
