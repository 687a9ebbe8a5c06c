"""Recordings in the reference ("Video Services")."""

from datetime import datetime
from typing import Final

from ... import checks
from ...call import Call, Page
from ...models.records import Recording, RecordSettings, Storage
from ...row import Row
from .. import times

_TARGET: Final = {Storage.CLOUD: "0", Storage.LOCAL: "1"}
"""Teams numbers the two the other way round."""


def search(
    page: int, camera_id: str, starts: datetime, ends: datetime, storage: Storage
) -> Call[Page[Recording]]:
    """List the spans in which a camera recorded ("Search Recording Segments").

    The reference has no pages here: there is one. Raises `RecordingNotFound`.
    """
    checks.order("ends", starts, ends)

    def read(row: Row) -> Recording:
        return Recording(row.moment("beginTime"), row.moment("endTime"), storage)

    def read_all(answer: Row) -> Page[Recording]:
        recordings = answer.list_of(read, "list", "recordList")
        return Page(recordings, len(recordings), size=len(recordings), more=False)

    return Call(
        "video/v1/record/element/search",
        read_all,
        {
            "resourceId": checks.text("camera_id", camera_id, 64),
            "filter": {
                "beginTime": times.milliseconds("starts", starts),
                "endTime": times.milliseconds("ends", ends),
                "targetType": _TARGET[storage],
            },
        },
    )


def settings(camera_id: str) -> Call[RecordSettings]:
    """Read the recording schedule of a camera ("Get Recording Schedule").

    The reference does not say what `settings` holds: it is in `raw` as it came.
    """
    wanted = checks.text("camera_id", camera_id, 64)

    def read(answer: Row) -> RecordSettings:
        raw = answer.row("settings").fields
        return RecordSettings(wanted, local=None, cloud=None, raw=raw)

    return Call("video/v1/recordsettings/get", read, {"resourceId": wanted})
