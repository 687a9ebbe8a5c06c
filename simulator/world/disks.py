"""Disks of recorders."""

from dataclasses import dataclass
from enum import StrEnum


class DiskState(StrEnum):
    """How a disk is, in the words of ISAPI."""

    OK = "ok"
    UNFORMATTED = "unformatted"
    ERROR = "error"


@dataclass(slots=True, kw_only=True)
class Disk:
    """A disk in a slot that counts from 1; sizes are in megabytes."""

    number: int
    capacity: int
    free: int
    state: DiskState = DiskState.OK
    temperature: int = 38
    days_on: int = 412


class Disks:
    """The disks of a world, by the id of their device."""

    def __init__(self) -> None:
        """Start without any."""
        self._disks: dict[str, list[Disk]] = {}

    def add(self, device_id: str, capacity: int, free: int) -> Disk:
        """Put a disk into the next slot of a device."""
        disks = self._disks.setdefault(device_id, [])
        disk = Disk(number=len(disks) + 1, capacity=capacity, free=free)
        disks.append(disk)
        return disk

    def of(self, device_id: str) -> list[Disk]:
        """Return the disks of a device."""
        return self._disks.get(device_id, [])
