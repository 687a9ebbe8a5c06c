"""Alarm-related services of teams (guide section 2.3)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from ... import checks
from ...call import Call, Kind, Page, nothing, page_reader, without_empty
from ...errors import FieldInvalid
from ...models.messages import Alarm, Batch, LogQuery, MessagePicture, Phase
from ...row import JsonObject, Row
from .. import times
from .platform import PAGE_SIZE

MESSAGES_AT_MOST: Final = 500
LOG_SPAN: Final = timedelta(days=1)
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
    body = _subscription(1, event_types)
    return Call("alarm/v1/mq/subscribe", lambda answer: "", body, Kind.POLL)


def unsubscribe(event_types: tuple[str, ...] = ()) -> Call[None]:
    """End the subscription of the key, or of some types only (section 2.3)."""
    body = _subscription(0, event_types)
    return Call("alarm/v1/mq/subscribe", nothing, body, Kind.POLL)


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
    body = {"batchId": batch_of(receipts)}
    return Call("alarm/v1/mq/messages/complete", nothing, body, Kind.POLL)


def batch_of(receipts: tuple[str, ...]) -> str:
    """Return the batch id that the receipts of a batch hold."""
    if len(receipts) != 1:
        raise FieldInvalid("receipts", "must be those of one batch")
    return checks.text("receipts", receipts[0], 256)


def log(page: int, query: LogQuery) -> Call[Page[Alarm]]:
    """List alarms of one day or less (section 2.3). Filters by area, not by devices.

    The times are in the zone of the devices: their wall clock is sent.
    """
    if query.device_ids:
        raise FieldInvalid("device_ids", "cannot be asked of this service")
    checks.order("ends", query.starts, query.ends)
    if query.ends - query.starts > LOG_SPAN:
        raise FieldInvalid("ends", "must be at most one day after the start")
    span = {
        "beginTime": times.wall_clock("starts", query.starts),
        "endTime": times.wall_clock("ends", query.ends),
    }
    return Call(
        "alarm/v1/alarmlog",
        page_reader(
            _read_logged,
            "alarmLogList",
            "alarmlogList",
            size=PAGE_SIZE,
            more="moreData",
        ),
        without_empty(
            pageIndex=page,
            pageSize=PAGE_SIZE,
            timeRange=span,
            areaID=query.area_id,
            eventTypeList=list(query.event_types),
        ),
    )


def set_low_battery(percent: int) -> Call[None]:
    """Set the charge, 0 to 100 %, below which solar cameras alarm.

    Source: the maker's guide, "Alarm Voltage Setting".
    """
    body = {"voltageThreshold": checks.within("percent", percent, 0, 100)}
    return Call("alarm/v1/voltagesetting/set", nothing, body, Kind.WRITE)


def _subscription(kind: int, event_types: tuple[str, ...]) -> JsonObject:
    return without_empty(
        subscribeType=kind,
        subscribeMode=1 if event_types else 0,
        eventType=[int(code) for code in event_types],
    )


def _read_batch(answer: Row) -> Batch[Alarm]:
    return read_batch(answer, read_alarm, "alarmMsg", "list")


def read_batch[T](answer: Row, read: Callable[[Row], T], *keys: str) -> Batch[T]:
    """Read what a queue of teams handed out.

    A batch without messages is not acknowledged: whatever it was, it must not be lost.
    Unreadable messages are, or they would come again for ever.
    """
    batch_id = answer.text_or_none("batchId")
    handed_out = bool(answer.first(*keys)) and batch_id and batch_id != NO_BATCH
    return Batch(
        messages=answer.list_or_empty(read, *keys),
        receipts=(batch_id,) if batch_id and handed_out else (),
        remaining=answer.integer_or_none("remainingNumber"),
    )


def read_alarm(row: Row) -> Alarm:
    """Read a message about an alarm, polled or pushed."""
    span = row.row("timeInfo")
    source = row.row("eventSource")
    device = source.row("deviceInfo")
    phase = _read_phase(row)
    ended = span.moment_or_none("endTime") if phase is Phase.END else None
    return Alarm(
        id=row.text("guid"),
        event_type=source.text("eventType"),
        phase=phase,
        occurred=ended or span.moment_or_none("startTime", "startTimeLocal"),
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
        pictures=_read_pictures(row.row("fileInfo")),
        ended=ended,
    )


def _read_logged(row: Row) -> Alarm:
    """Read an alarm of the log: one row holds its start, and its end if it has one."""
    alarm = read_alarm(row)
    started = row.row("timeInfo").moment_or_none("startTime", "startTimeLocal")
    phase = Phase.PULSE if row.flag_or_none("pulseAlarm") else alarm.phase
    return replace(alarm, phase=phase, occurred=started)


def _read_phase(row: Row) -> Phase:
    """Tell the phase; the log has no message type, only the state of the alarm."""
    word = row.text_or_none("msgType", "alarmState")
    phase = _PHASES.get(word or "", Phase.UNKNOWN)
    if phase is Phase.START and row.flag_or_none("pulseAlarm"):
        return Phase.PULSE
    return phase


def _read_pictures(files: Row) -> tuple[MessagePicture, ...]:
    """Read the pictures; most alarms have none (yet)."""
    if not files.first("file"):
        return ()
    return tuple(filter(None, files.list_of(_read_picture, "file")))


def _read_picture(row: Row) -> MessagePicture | None:
    """Read a picture that is ready; videos and files not saved (yet) are left out."""
    url = row.text_or_none("url", "URL")
    ready = row.text_or_none("saveState") in (None, "0")
    if url is None or not ready or row.text_or_none("type") == "2":
        return None
    encrypted = row.flag_or_none("encrypted") or "encrypt=" in url
    return MessagePicture(url, bool(encrypted))
