"""Alarm-related services of teams (guide section 2.3)."""

from typing import Final

from ...call import Call, Kind, nothing
from ...models.messages import Alarm, Batch, MessagePicture, Phase
from ...row import Row

MESSAGES_AT_MOST: Final = 500
NO_BATCH: Final = "0"
"""Batch id with which live servers answer when nothing waits."""

_PHASES: Final = {
    "0": Phase.END,
    "1": Phase.START,
    "2": Phase.ACKNOWLEDGED,
    "3": Phase.MARKED,
}


def subscribe(event_types: tuple[str, ...]) -> Call[str]:
    """Subscribe to the alarm queue of the key (section 2.3).

    An empty `event_types` asks for every type. Teams has no subscription id: the
    result is empty.
    """
    codes = [int(code) for code in event_types]
    return Call(
        "alarm/v1/mq/subscribe",
        lambda answer: "",
        {
            "subscribeType": 1,
            "subscribeMode": 1 if codes else 0,
            **({"eventType": codes} if codes else {}),
        },
        Kind.POLL,
    )


def messages(subscription: str) -> Call[Batch[Alarm]]:
    """Read up to 500 waiting messages (section 2.3).

    The same batch comes again until it is acknowledged. Raises `QueueLost` without a
    subscription.
    """
    return Call(
        "alarm/v1/mq/messages",
        _read_batch,
        {"maxNumberPerTime": MESSAGES_AT_MOST},
        Kind.POLL,
    )


def acknowledge(subscription: str, receipts: tuple[str, ...]) -> Call[None]:
    """Remove a batch from the queue (section 2.3). Raises `BatchUnknown`."""
    (batch_id,) = receipts
    return Call(
        "alarm/v1/mq/messages/complete", nothing, {"batchId": batch_id}, Kind.POLL
    )


def _read_batch(answer: Row) -> Batch[Alarm]:
    batch_id = answer.text_or_none("batchId")
    return Batch(
        messages=answer.list_or_empty(_read_alarm, "alarmMsg", "list"),
        receipts=(batch_id,) if batch_id and batch_id != NO_BATCH else (),
        remaining=answer.integer_or_none("remainingNumber"),
    )


def _read_alarm(row: Row) -> Alarm:
    times = row.row("timeInfo")
    source = row.row("eventSource")
    device = source.row("deviceInfo")
    phase = _read_phase(row)
    ended = times.moment_or_none("endTime") if phase is Phase.END else None
    return Alarm(
        id=row.text("guid"),
        event_type=source.text("eventType"),
        phase=phase,
        occurred=ended or times.moment_or_none("startTime", "startTimeLocal"),
        source_type=source.text_or_none("sourceType"),
        source_id=source.text_or_none("sourceID", "sourceId"),
        source_name=source.text_or_none("sourceName"),
        device_id=device.text_or_none("devID", "devId"),
        device_serial=device.text_or_none("deviceSerial"),
        device_name=device.text_or_none("devName"),
        area_name=source.text_or_none("areaName"),
        rule_name=row.row("alarmRule").text_or_none("name"),
        priority=row.row("alarmPriority").text_or_none("level"),
        live=row.flag_or_none("dataRetransmission") is not False,
        pictures=tuple(
            picture
            for picture in row.row("fileInfo").list_or_empty(_read_picture, "file")
            if picture
        ),
        raw=row.fields,
    )


def _read_phase(row: Row) -> Phase:
    phase = _PHASES.get(row.text_or_none("msgType") or "", Phase.UNKNOWN)
    pulse = row.flag_or_none("pulseAlarm")
    return Phase.PULSE if phase is Phase.START and pulse else phase


def _read_picture(row: Row) -> MessagePicture | None:
    """Read a picture that is ready (save states 1, 2 and 4 are not there yet)."""
    url = row.text_or_none("url")
    if url is None or row.text_or_none("saveState") in ("1", "2", "4"):
        return None
    encrypted = row.flag_or_none("encrypted") or "encrypt=" in url
    return MessagePicture(url, bool(encrypted))
