"""Message services of the reference ("Message Services").

The reference names neither the fields nor the types of raw messages, and no call that
makes their queue. Assumed here: a subscription is a queue, its id the queue id; a
message has the flat fields that alarms have (`messageId`, `eventType`, `timestamp`,
`deviceId`, …) and those of its kind: `doorId`, `doorName`, `personId`, `personName`,
`cardNo`, `method` and `direction` of an access, `callId`, `state` and `roomNo` of a
ring, and what "Get Vehicle Location" returns of a position. The words for the types are
those of `_READERS`.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from ... import checks
from ...call import Call, Kind, nothing
from ...errors import BadAnswer
from ...models.access import Direction
from ...models.events import (
    AccessEvent,
    AccessMethod,
    Message,
    Other,
    Position,
    Ring,
    RingDoor,
    RingState,
)
from ...models.messages import Batch, MessagePicture, content_id
from ...row import Row
from . import alarms

MESSAGES_AT_MOST: Final = 100
"""Default and only figure that the reference names."""

EVENT_TYPES: Final = ("doorAccess", "doorAccessDenied", "doorbell")
"""What is subscribed to when all types are asked for: the reference has no word for
all, and a queue of no types is refused."""

_METHODS: Final = {method.value: method for method in AccessMethod}
_STATES: Final = {
    **{state.value.replace("_", ""): state for state in RingState},
    "answered": RingState.ANSWERED_ELSEWHERE,
    "canceled": RingState.CANCELLED,
}
_DIRECTIONS: Final = {
    "in": Direction.IN,
    "entrance": Direction.IN,
    "out": Direction.OUT,
    "exit": Direction.OUT,
}


def subscribe(event_types: tuple[str, ...]) -> Call[str]:
    """Make a queue of raw messages and return its id ("Subscribe to Message Queue").

    An empty `event_types` asks for accesses and rings.
    """
    return alarms.subscribe(event_types or EVENT_TYPES)


def messages(subscription: str) -> Call[Batch[Message]]:
    """Read up to 100 waiting messages ("Get Raw Messages").

    Raises `QueueLost` when the queue is gone.
    """
    return Call(
        "message/v1/rawmessage/get",
        _read_batch,
        {
            "queueId": checks.text("subscription", subscription, 256),
            "maxCount": MESSAGES_AT_MOST,
        },
        Kind.POLL,
    )


def acknowledge(subscription: str, receipts: tuple[str, ...]) -> Call[None]:
    """Remove messages from the queue by their ids ("Acknowledge Messages").

    Raises `BatchUnknown` when they are not waiting, `QueueLost` without the queue.
    """
    return Call(
        "message/v1/rawmessage/ack",
        nothing,
        {"queueId": subscription, "messageIds": list(receipts)},
        Kind.POLL,
    )


def _read_batch(answer: Row) -> Batch[Message]:
    receipts = answer.list_or_empty(_read_id, "messages")
    return Batch(
        messages=answer.list_or_empty(_read_message, "messages"),
        receipts=tuple(dict.fromkeys(filter(None, receipts))),
        remaining=None,
    )


def _read_id(row: Row) -> str | None:
    return row.text_or_none("messageId", "id") if isinstance(row.raw, dict) else None


def _read_message(row: Row) -> Message:
    """Read a message; what cannot be understood becomes `Other` and is noted."""
    fields = row.fields
    try:
        kind = _plain(row.text_or_none("eventType"))
        return _READERS.get(kind, _read_other)(row)
    except BadAnswer as err:
        row.skipped.append(f"raw message: {err}")
        return Other(id=content_id(fields), event_type="unknown")


def _plain(word: str | None) -> str:
    return "".join(letter for letter in (word or "").lower() if letter.isalnum())


def _common(row: Row) -> dict[str, Any]:
    return {
        "id": _read_id(row) or content_id(row.fields),
        "event_type": row.text_or_none("eventType") or "unknown",
        "occurred": row.moment_or_none("timestamp", "time", "eventTime"),
        "device_id": row.text_or_none("deviceId"),
        "device_serial": row.text_or_none("deviceSerial"),
        "device_name": row.text_or_none("deviceName"),
        "area_name": row.text_or_none("areaName"),
    }


def _read_access(row: Row, granted: bool) -> AccessEvent:
    method = _plain(row.text_or_none("method", "verifyMode"))
    direction = _plain(row.text_or_none("direction"))
    return AccessEvent(
        door_id=row.text_or_none("doorId"),
        door_name=row.text_or_none("doorName"),
        granted=granted,
        method=_METHODS.get(method, AccessMethod.UNKNOWN),
        direction=_DIRECTIONS.get(direction, Direction.UNKNOWN),
        person_id=row.text_or_none("personId"),
        person_name=row.text_or_none("personName"),
        card_number=row.text_or_none("cardNo"),
        **_common(row),
    )


def _read_ring(row: Row) -> Ring:
    """Read a ring; one without a state is the ringing itself."""
    common = _common(row)
    state = _plain(row.text_or_none("state", "callState", "status")) or "ringing"
    door_id = row.text_or_none("doorId")
    door = RingDoor(door_id, row.text_or_none("doorName")) if door_id else None
    return Ring(
        call_id=row.text_or_none("callId") or common["id"],
        state=_STATES.get(state, RingState.UNKNOWN),
        room=row.text_or_none("roomNo"),
        person_id=row.text_or_none("residentId"),
        doors=(door,) if door else (),
        **common,
    )


def _read_position(row: Row) -> Position:
    latitude, longitude = (row.number_or_none(key) for key in ("latitude", "longitude"))
    if latitude is None or longitude is None:
        raise BadAnswer("latitude or longitude is missing")
    return Position(
        latitude=latitude,
        longitude=longitude,
        speed=row.number_or_none("speed"),
        vehicle_id=row.text_or_none("vehicleId"),
        vehicle_name=row.text_or_none("plateNo", "vehicleName"),
        **_common(row),
    )


def _read_other(row: Row) -> Other:
    url = row.text_or_none("pictureUrl", "picUrl", "captureUrl")
    encrypted = bool(row.flag_or_none("isEncrypted"))
    return Other(
        source_id=row.text_or_none("resourceId", "cameraId", "doorId", "sourceId"),
        source_name=row.text_or_none("cameraName", "doorName", "sourceName"),
        pictures=(MessagePicture(url, encrypted),) if url else (),
        **_common(row),
    )


_READERS: Final[dict[str, Callable[[Row], Message]]] = {
    **dict.fromkeys(
        ("dooraccess", "accessgranted", "dooraccessgranted"),
        partial(_read_access, granted=True),
    ),
    **dict.fromkeys(
        ("dooraccessdenied", "accessdenied"), partial(_read_access, granted=False)
    ),
    **dict.fromkeys(("doorbell", "ring", "call", "intercomcall"), _read_ring),
    **dict.fromkeys(("gps", "location", "vehiclelocation"), _read_position),
}
