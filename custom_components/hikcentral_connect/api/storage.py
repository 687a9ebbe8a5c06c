"""The disks of a recorder, as its own interface tells them (ISAPI)."""

from dataclasses import dataclass
from typing import Final

from . import xml
from .errors import BadAnswer
from .models.isapi import IsapiAnswer, IsapiRequest
from .row import Row

STORAGE_PATH: Final = "/ISAPI/ContentMgmt/Storage"


@dataclass(frozen=True, slots=True)
class StoredDisk:
    """One disk: its slot, its state in the device's word, and sizes in megabytes."""

    number: int
    state: str | None
    capacity: int | None
    free: int | None


def storage_request(device_id: str) -> IsapiRequest:
    """Return the request for the disks of a device."""
    return IsapiRequest(device_id, STORAGE_PATH)


def read_storage(answer: IsapiAnswer) -> dict[int, StoredDisk]:
    """Return the disks by their slot. Raises `BadAnswer`."""
    root = xml.parse(answer.body.strip().removeprefix("\ufeff"))
    if root is None or xml.local(root) != "storage":
        raise BadAnswer("the device did not describe its storage")
    rows = (Row(xml.fields(one)) for one in root.iter() if xml.local(one) == "hdd")
    disks = (_read_disk(row) for row in rows)
    return {disk.number: disk for disk in disks}


def _read_disk(row: Row) -> StoredDisk:
    return StoredDisk(
        number=row.integer("id"),
        state=row.text_or_none("status"),
        capacity=row.integer_or_none("capacity"),
        free=row.integer_or_none("freeSpace"),
    )
