"""Alarm outputs: relays that switch a siren, a light or a gate."""

from dataclasses import dataclass, field
from datetime import datetime

from .places import Area, Device


@dataclass(frozen=True, slots=True)
class Switching:
    """One command that took effect: when, to what, and who sent it."""

    at: datetime
    on: bool
    by: str


@dataclass(slots=True, kw_only=True)
class AlarmOutput:
    """A relay of a device. ``commands`` holds every command that took effect."""

    id: str
    name: str
    area: Area
    device: Device
    channel_id: str
    channel_no: int
    on: bool = False
    commands: list[Switching] = field(default_factory=list)

    @property
    def online(self) -> bool:
        """Return whether its device is reachable."""
        return self.device.online

    def switch(self, at: datetime, by: str, *, on: bool) -> None:
        """Switch the relay."""
        self.on = on
        self.commands.append(Switching(at, on, by))
