"""Recordings in teams (guide section 2.5)."""

from datetime import datetime
from typing import Final

from ... import checks
from ...call import Call, Kind, Page, page_reader
from ...models.records import (
    Recording,
    RecordSettings,
    SavedVideo,
    SaveState,
    Sound,
    Storage,
)
from ...row import Row

PAGE_SIZE: Final = 200
"""Segments to a page; the guide names no limit of its own for this list."""
CLOCK_OF_DEVICE: Final = 1

_TARGET: Final = {Storage.LOCAL: 0, Storage.CLOUD: 1}
_STATES: Final = {
    "0": SaveState.READY,
    "1": SaveState.UPLOADING,
    "2": SaveState.FAILED,
    "3": SaveState.EXPIRED,
    "4": SaveState.DELETED,
}


def search(
    page: int, camera_id: str, starts: datetime, ends: datetime, storage: Storage
) -> Call[Page[Recording]]:
    """List the spans in which a camera recorded (section 2.5).

    Both times are best given in the zone of the device, whose clock the service goes
    by. Raises `RecordingNotFound` or `DeviceOffline`.
    """
    checks.order("ends", starts, ends)

    def read(row: Row) -> Recording:
        return Recording(row.moment("beginTime"), row.moment("endTime"), storage)

    return Call(
        "video/v1/record/element/search",
        page_reader(read, "recordList", "list", size=PAGE_SIZE),
        {
            "pageSize": PAGE_SIZE,
            "pageIndex": page,
            "cameraId": checks.text("camera_id", camera_id, 64),
            "filter": {
                "timeType": CLOCK_OF_DEVICE,
                "beginTime": checks.iso("starts", starts),
                "endTime": checks.iso("ends", ends),
                "targetType": _TARGET[storage],
            },
        },
    )


def settings(camera_id: str) -> Call[RecordSettings]:
    """Read the recording schedule of a camera (section 2.5)."""
    wanted = checks.text("camera_id", camera_id, 64)

    def read(answer: Row) -> RecordSettings:
        rows = answer.list_of(_read_settings, "recordSetting", "recordSettings")
        none = RecordSettings(wanted, local=None, cloud=None)
        return next((row for row in rows if row.camera_id == wanted), none)

    return Call("video/v1/recordsettings/get", read, {"cameraId": [wanted]})


def save(
    camera_id: str, starts: datetime, ends: datetime, sound: Sound = Sound.AUTO
) -> Call[str]:
    """Have the device upload a span as MP4; return the id of the task (section 2.5)."""
    checks.order("ends", starts, ends)
    return Call(
        "video/v1/video/save",
        lambda answer: answer.text("taskId"),
        {
            "cameraId": checks.text("camera_id", camera_id, 64),
            "beginTime": checks.iso("starts", starts),
            "endTime": checks.iso("ends", ends),
            "voiceSwitch": sound.value,
        },
        Kind.WRITE,
    )


def saved(task_id: str) -> Call[SavedVideo]:
    """Read how far a task of `save` is and where its video lies (section 2.5)."""
    return Call(
        "video/v1/video/download/url",
        _read_saved,
        {"taskId": checks.text("task_id", task_id, 256)},
    )


def _read_settings(row: Row) -> RecordSettings:
    local = row.row("localStorage")
    return RecordSettings(
        camera_id=row.text("cameraID", "cameraId"),
        local=row.flag_or_none("enableLocalStorage"),
        cloud=row.flag_or_none("enableCloudStorage"),
        schedule_id=local.text_or_none("scheduleTemplateId"),
        stream=local.text_or_none("recordingStreamType"),
        post_seconds=local.integer_or_none("postRecordTime"),
        kept_days=local.integer_or_none("storageTime"),
        raw=row.fields,
    )


def _read_saved(answer: Row) -> SavedVideo:
    urls = answer.list_or_empty(_read_url, "urls")
    return SavedVideo(
        state=_STATES.get(answer.text("status"), SaveState.UNKNOWN),
        urls=tuple(url for url in urls if url),
        expires=answer.moment_or_none("expireTime"),
    )


def _read_url(row: Row) -> str:
    return row.raw if isinstance(row.raw, str) else ""
