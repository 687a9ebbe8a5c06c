"""Doors: commands that are sent once, and the state we may assume from them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import async_call_later

from .api import Client
from .api.models.doors import DoorAction
from .const import DOMAIN
from .exceptions import told_to_owner
from .options import Options


class Hold(StrEnum):
    """How a door is held, as far as commands from here tell."""

    NORMAL = "normal"
    OPEN = "open"
    CLOSED = "closed"


_HOLD_AFTER: Final = {
    DoorAction.CLOSE: Hold.NORMAL,
    DoorAction.HOLD_OPEN: Hold.OPEN,
    DoorAction.HOLD_CLOSED: Hold.CLOSED,
}


@dataclass(slots=True)
class DoorState:
    """What we assume of one door; no service reports it.

    `pending` is the command on its way.
    """

    hold: Hold = Hold.NORMAL
    released: bool = False
    pending: DoorAction | None = None
    relock: CALLBACK_TYPE | None = None
    listeners: list[Callable[[], None]] = field(default_factory=list)

    @property
    def locked(self) -> bool:
        """Tell whether the door should be locked now."""
        return self.hold is not Hold.OPEN and not self.released


class Doors:
    """Sends commands to doors and keeps what follows from them."""

    def __init__(self, hass: HomeAssistant, client: Client, options: Options) -> None:
        """Show a door as locked again after the owner's relock time."""
        self._hass = hass
        self._client = client
        self._options = options
        self._states: dict[str, DoorState] = {}

    def state(self, door_id: str) -> DoorState:
        """Return what we assume of a door."""
        return self._states.setdefault(door_id, DoorState())

    @callback
    def async_listen(self, door_id: str, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Call `listener` when what we assume of a door changes."""
        listeners = self.state(door_id).listeners
        listeners.append(listener)
        return lambda: listeners.remove(listener)

    async def async_command(self, door_id: str, action: DoorAction) -> None:
        """Send one command, once.

        The same command while the first is on its way is not sent again. Raises a
        translated `HomeAssistantError` when the door or the service refuses.
        """
        state = self.state(door_id)
        if state.pending is action:
            return
        if state.pending is not None:
            raise HomeAssistantError(
                translation_domain=DOMAIN, translation_key="door_command_pending"
            )
        self._change(state, pending=action)
        try:
            with told_to_owner():
                # Sent to its end even if the caller leaves: it must be known whether
                # the door was commanded.
                await asyncio.shield(
                    self._hass.async_create_task(
                        self._client.doors.control(door_id, action)
                    )
                )
        except BaseException:
            self._change(state, pending=None)
            raise
        self._assume(state, action)

    @callback
    def async_restore_hold(self, door_id: str, hold: Hold) -> None:
        """Take over how a door was held before Home Assistant restarted."""
        state = self.state(door_id)
        state.hold = hold
        self._notify(state)

    @callback
    def async_close(self) -> None:
        """Stop the timers."""
        for state in self._states.values():
            if state.relock is not None:
                state.relock()
                state.relock = None

    def _assume(self, state: DoorState, action: DoorAction) -> None:
        self._stop_relock(state)
        state.pending = None
        state.hold = _HOLD_AFTER.get(action, state.hold)
        state.released = action is DoorAction.OPEN
        if state.released:
            state.relock = async_call_later(
                self._hass, self._options.relock_seconds, partial(self._relocked, state)
            )
        self._notify(state)

    @callback
    def _relocked(self, state: DoorState, _now: datetime) -> None:
        state.relock = None
        state.released = False
        self._notify(state)

    def _change(self, state: DoorState, pending: DoorAction | None) -> None:
        state.pending = pending
        self._notify(state)

    @staticmethod
    def _stop_relock(state: DoorState) -> None:
        if state.relock is not None:
            state.relock()
            state.relock = None

    @staticmethod
    def _notify(state: DoorState) -> None:
        for listener in tuple(state.listeners):
            listener()
