"""Doors: commands that are sent once, and the state we may assume from them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import partial
from hmac import compare_digest
from typing import Final

from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers.event import async_call_later

from ..api import Client
from ..api.models.doors import DoorAction
from ..commands import CommandSlot
from ..const import DOMAIN
from ..exceptions import told_to_owner
from ..options import Options


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

type DoorListener = Callable[[Context | None], None]
"""Is told of a change, and in which context it was asked for."""


@dataclass(slots=True)
class DoorState:
    """What we assume of one door; no service reports it.

    `pending` is the command on its way; `commanded` tells that one was carried out since
    the start, which counts more than what is remembered from before.
    """

    slot: CommandSlot
    hold: Hold = Hold.NORMAL
    released: bool = False
    pending: DoorAction | None = None
    relock: CALLBACK_TYPE | None = None
    commanded: bool = False
    listeners: list[DoorListener] = field(default_factory=list)

    @property
    def locked(self) -> bool:
        """Tell whether the door should be locked now."""
        return self.hold is not Hold.OPEN and not self.released


class Doors:
    """Sends commands to doors and keeps what follows from them."""

    def __init__(self, hass: HomeAssistant, client: Client, options: Options) -> None:
        """Show a door as locked again after the relock time its owner set."""
        self._hass = hass
        self._client = client
        self._options = options
        self._states: dict[str, DoorState] = {}
        self._closed = False

    def state(self, door_id: str) -> DoorState:
        """Return what we assume of a door."""
        if (state := self._states.get(door_id)) is None:
            state = self._states[door_id] = DoorState(CommandSlot(self._hass))
        return state

    @callback
    def async_listen(self, door_id: str, listener: DoorListener) -> CALLBACK_TYPE:
        """Call `listener` when what we assume of a door changes."""
        listeners = self.state(door_id).listeners
        listeners.append(listener)
        return lambda: listeners.remove(listener)

    async def async_command(
        self, door_id: str, action: DoorAction, context: Context | None = None
    ) -> None:
        """Send one command, once; `context` tells who asked for it.

        Raises a translated `HomeAssistantError` when the door or the service refuses,
        or another command is on its way.
        """
        state = self.state(door_id)
        await state.slot.async_send(
            action, partial(self._carry_out, door_id, action, context)
        )

    def check_allowed(self, door_id: str, action: DoorAction, code: object) -> None:
        """Raise a translated error if the owner forbade a command, or the PIN is wrong.

        A door that has a PIN is locked without it, as that lets nobody in.
        """
        door = self._options.door(door_id)
        holds = (DoorAction.HOLD_OPEN, DoorAction.HOLD_CLOSED)
        if action in holds and not door.hold:
            raise ServiceValidationError(
                translation_domain=DOMAIN, translation_key="hold_forbidden"
            )
        opens = (DoorAction.OPEN, DoorAction.HOLD_OPEN)
        if action not in opens or door.pin is None:
            return
        if not compare_digest(str(code or "").encode(), door.pin.encode()):
            raise ServiceValidationError(
                translation_domain=DOMAIN,
                translation_key="pin_wrong" if code else "pin_missing",
            )

    @callback
    def async_restore_hold(self, door_id: str, hold: Hold) -> None:
        """Take over how a door was held before Home Assistant restarted."""
        state = self.state(door_id)
        if not state.commanded:
            state.hold = hold
            self._notify(state, None)

    @callback
    def async_show(self) -> None:
        """Let all doors be shown again, because their options changed."""
        for state in self._states.values():
            self._notify(state, None)

    @callback
    def async_close(self) -> None:
        """Stop the timers, also those of commands that are still on their way."""
        self._closed = True
        for state in self._states.values():
            self._stop_relock(state)

    async def _carry_out(
        self, door_id: str, action: DoorAction, context: Context | None
    ) -> None:
        state = self.state(door_id)
        state.pending = action
        self._notify(state, context)
        try:
            with told_to_owner():
                await self._client.doors.control(door_id, action)
        except BaseException:
            state.pending = None
            self._notify(state, context)
            raise
        self._assume(door_id, state, action)
        self._notify(state, context)

    def _assume(self, door_id: str, state: DoorState, action: DoorAction) -> None:
        self._stop_relock(state)
        state.pending = None
        state.commanded = True
        state.hold = _HOLD_AFTER.get(action, state.hold)
        state.released = action is DoorAction.OPEN
        if state.released and not self._closed:
            state.relock = async_call_later(
                self._hass,
                self._options.door(door_id).relock_seconds,
                partial(self._relocked, state),
            )

    @callback
    def _relocked(self, state: DoorState, _now: datetime) -> None:
        state.relock = None
        state.released = False
        self._notify(state, None)

    @staticmethod
    def _stop_relock(state: DoorState) -> None:
        if state.relock is not None:
            state.relock()
            state.relock = None

    @staticmethod
    def _notify(state: DoorState, context: Context | None) -> None:
        for listener in tuple(state.listeners):
            listener(context)
