"""Doors: their lock, their hold states and everything they were ever told."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from .clock import Clock
from .places import Area, Device


class DoorAction(StrEnum):
    """The four commands both contracts know (A.3.138; "Remote Door Control")."""

    OPEN = "open"
    CLOSE = "close"
    REMAIN_OPEN = "remainOpen"
    REMAIN_CLOSED = "remainClose"


class DoorState(StrEnum):
    """What the lock is doing. No call of either contract tells it."""

    LOCKED = "locked"
    UNLOCKED = "unlocked"
    HELD_OPEN = "held open"
    HELD_CLOSED = "held closed"


class DoorOffline(Exception):
    """The door's device cannot be reached; the command had no effect."""


class DoorNotConfigured(Exception):
    """The door is not set up for remote control; the command had no effect."""


@dataclass(frozen=True, slots=True)
class DoorCommand:
    """One command that took effect: when, what, and who sent it."""

    at: datetime
    action: DoorAction
    by: str


@dataclass(slots=True, kw_only=True)
class Door:
    """A door of an access terminal or a door station.

    ``commands`` holds every command that took effect, ``refused`` the ones that
    could not. ``relock_after`` is how long an unlocked door stays so.
    """

    id: str
    name: str
    area: Area
    device: Device
    channel_id: str
    channel_no: int
    clock: Clock
    configured: bool = True
    connected: bool = True
    relock_after: timedelta = timedelta(seconds=5)
    commands: list[DoorCommand] = field(default_factory=list)
    refused: list[DoorCommand] = field(default_factory=list)
    _state: DoorState = DoorState.LOCKED
    _relock_at: datetime | None = None

    @property
    def online(self) -> bool:
        """Return whether the cloud reaches the door."""
        return self.connected and self.device.online

    @property
    def state(self) -> DoorState:
        """Return the lock's state now; an unlocked door relocks by itself."""
        if self._relock_at and self.clock.now() >= self._relock_at:
            self._relock_at, self._state = None, DoorState.LOCKED
        return self._state

    @property
    def opened(self) -> int:
        """Return how often a command released the lock."""
        opening = (DoorAction.OPEN, DoorAction.REMAIN_OPEN)
        return sum(command.action in opening for command in self.commands)

    def command(self, action: DoorAction, by: str) -> None:
        """Carry out a remote command; raise if the door cannot."""
        command = DoorCommand(self.clock.now(), action, by)
        if not self.configured:
            self.refused.append(command)
            raise DoorNotConfigured(self.id)
        if not self.online:
            self.refused.append(command)
            raise DoorOffline(self.id)
        self.commands.append(command)
        self._apply(action)

    def admit(self, at: datetime) -> bool:
        """Let a person with valid credentials in, unless held closed."""
        if self.state is DoorState.HELD_CLOSED:
            return False
        if self.state is not DoorState.HELD_OPEN:
            self._state, self._relock_at = DoorState.UNLOCKED, at + self.relock_after
        return True

    def _apply(self, action: DoorAction) -> None:
        self._relock_at = None
        match action:
            case DoorAction.OPEN:
                self._state = DoorState.UNLOCKED
                self._relock_at = self.clock.now() + self.relock_after
            case DoorAction.CLOSE:
                self._state = DoorState.LOCKED
            case DoorAction.REMAIN_OPEN:
                self._state = DoorState.HELD_OPEN
            case DoorAction.REMAIN_CLOSED:
                self._state = DoorState.HELD_CLOSED
