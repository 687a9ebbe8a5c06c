"""Alarm and message services of the reference ("Alarm Services", "Message Services").

The alarm queue hands messages out; "Acknowledge Messages" of the raw messages removes
them, with the subscription id as the queue id.
"""

from typing import Final

from ... import checks
from ...call import Call, Kind, Page, nothing, page_reader, without_empty
from ...errors import FieldInvalid
from ...models.messages import Alarm, Batch, LogQuery, MessagePicture, Phase, content_id
from ...row import Row
from .. import times
from .platform import PAGE_SIZE

MESSAGES_AT_MOST: Final = 100
"""Default and only figure that the reference names."""

DOCUMENTED_WORDS: Final = ("motion", "intrusion", "faceDetection")
"""The event types that the reference itself names."""
EVENT_WORDS: Final = (
    *DOCUMENTED_WORDS,
    "lineCrossing",
    "regionEntrance",
    "regionExiting",
    "videoTampering",
    "videoLoss",
    "alarmInput",
    "deviceOffline",
    "deviceOnline",
)

_PHASES: Final = {
    "start": Phase.START,
    "1": Phase.START,
    "end": Phase.END,
    "stop": Phase.END,
    "0": Phase.END,
}


def subscribe(event_types: tuple[str, ...]) -> Call[str]:
    """Subscribe to alarms and return the subscription id ("Subscribe to Message Queue").

    An empty `event_types` asks for every type we know a word for. Raises
    `SubscriptionRefused` for a word that the service does not know.
    """
    return Call(
        "alarm/v1/mq/subscribe",
        lambda answer: answer.text("subscriptionId"),
        {"eventTypes": list(event_types or EVENT_WORDS)},
        Kind.POLL,
    )


def messages(subscription: str) -> Call[Batch[Alarm]]:
    """Read up to 100 waiting messages ("Get Message Queue Messages").

    Raises `QueueLost` when the subscription is gone.
    """
    return Call(
        "alarm/v1/mq/messages",
        _read_batch,
        {"subscriptionId": subscription, "maxMessages": MESSAGES_AT_MOST},
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


def log(page: int, query: LogQuery) -> Call[Page[Alarm]]:
    """List alarms of the past ("Get Alarm Logs"). Filters by devices, not by area."""
    if query.area_id is not None:
        raise FieldInvalid("area_id", "cannot be asked of this service")
    checks.order("ends", query.starts, query.ends)
    return Call(
        "alarm/v1/alarmlogs/get",
        page_reader(_read_alarm, "list", size=PAGE_SIZE, total="total"),
        without_empty(
            startTime=times.zulu("starts", query.starts),
            endTime=times.zulu("ends", query.ends),
            deviceIds=list(query.device_ids),
            eventTypes=list(query.event_types),
            pageNo=page,
            pageSize=PAGE_SIZE,
        ),
    )


def _read_batch(answer: Row) -> Batch[Alarm]:
    receipts = answer.list_or_empty(_read_receipt, "messages")
    return Batch(
        messages=answer.list_or_empty(_read_alarm, "messages"),
        receipts=tuple(dict.fromkeys(filter(None, receipts))),
        remaining=None,
    )


def _read_receipt(row: Row) -> str | None:
    return row.text_or_none("messageId", "id") if isinstance(row.raw, dict) else None


def _read_alarm(row: Row) -> Alarm:
    event_type = row.text("eventType")
    return Alarm(
        id=row.text_or_none("messageId", "id", "alarmId") or content_id(row.raw),
        event_type=event_type,
        phase=_read_phase(row),
        occurred=row.moment_or_none("timestamp", "time", "eventTime", "startTime"),
        source_type=row.text_or_none("sourceType"),
        source_id=row.text_or_none("resourceId", "cameraId", "doorId", "sourceId"),
        source_name=row.text_or_none("cameraName", "doorName", "sourceName"),
        device_id=row.text_or_none("deviceId"),
        device_serial=row.text_or_none("deviceSerial"),
        device_name=row.text_or_none("deviceName"),
        channel=row.integer_or_none("channelNo"),
        area_name=row.text_or_none("areaName"),
        pictures=_read_pictures(row),
        ended=row.moment_or_none("endTime"),
    )


def _read_phase(row: Row) -> Phase:
    word = row.text_or_none("eventState", "state", "status")
    return Phase.PULSE if word is None else _PHASES.get(word.lower(), Phase.UNKNOWN)


def _read_pictures(row: Row) -> tuple[MessagePicture, ...]:
    url = row.text_or_none("pictureUrl", "picUrl", "captureUrl")
    if url is None:
        return ()
    return (MessagePicture(url, bool(row.flag_or_none("isEncrypted"))),)
