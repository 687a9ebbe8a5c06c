"""Messages of the queues, in one form for both dialects."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

import orjson

from ..errors import BadAnswer


class Phase(StrEnum):
    """Where in the life of an alarm a message stands."""

    START = "start"
    END = "end"
    PULSE = "pulse"
    """A moment without an end of its own."""
    ACKNOWLEDGED = "acknowledged"
    MARKED = "marked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class MessagePicture:
    """A picture that belongs to a message; its address dies in 15 minutes."""

    url: str = field(repr=False)
    encrypted: bool


@dataclass(frozen=True, slots=True)
class Alarm:
    """One message about one alarm.

    `id` is the service's own. Several messages may share it: start and end, or the
    same alarm again with pictures. `event_type` is the code or word as sent.
    `occurred` is None when the service sent a time without a zone; in the log it is the
    start of the alarm and `ended` its end. `ended` is None while it lasts. `live` is
    False for messages that a device stored and sent later.
    """

    id: str
    event_type: str
    phase: Phase
    occurred: datetime | None
    source_type: str | None = None
    source_id: str | None = None
    source_name: str | None = None
    device_id: str | None = None
    device_serial: str | None = None
    device_name: str | None = None
    channel: int | None = None
    area_name: str | None = None
    rule_name: str | None = None
    priority: str | None = None
    live: bool = True
    pictures: tuple[MessagePicture, ...] = ()
    ended: datetime | None = None


@dataclass(frozen=True, slots=True)
class LogQuery:
    """Which alarms of the past to list.

    An empty `event_types` means all. The reference can be asked for devices, teams for
    an area. Teams looks at one day at most, by the clock of the devices: give its times
    in their zone.
    """

    starts: datetime
    ends: datetime
    event_types: tuple[str, ...] = ()
    device_ids: tuple[str, ...] = ()
    area_id: str | None = None


@dataclass(frozen=True, slots=True)
class Batch[T]:
    """Messages handed out together; they stay in the queue until acknowledged.

    `receipts` acknowledge: the batch id (teams) or the ids of the messages
    (reference). None means that there is nothing to acknowledge. `remaining` counts
    what still waits, where the service tells.
    """

    messages: list[T]
    receipts: tuple[str, ...]
    remaining: int | None


def content_id(content: Any) -> str:
    """Return an id for a message without one: the same content, the same id."""
    try:
        text = orjson.dumps(content, option=orjson.OPT_SORT_KEYS)
    except TypeError:
        raise BadAnswer("the message is nested too deeply") from None
    return sha256(text).hexdigest()[:32]
