"""Messages in plain words, for the logbook."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from homeassistant.components.logbook import (
    LOGBOOK_ENTRY_ICON,
    LOGBOOK_ENTRY_MESSAGE,
    LOGBOOK_ENTRY_NAME,
)
from homeassistant.core import Event, HomeAssistant, callback

from .const import DOMAIN, EVENT_MESSAGE
from .messages.kinds import OTHER, words_of

type _Data = Mapping[str, Any]

_PHASES: Final = {
    "start": " began",
    "end": " ended",
    "acknowledged": " was acknowledged",
    "marked": " was marked",
}
_RINGS: Final = {
    "ringing": "somebody rings",
    "answered_elsewhere": "call was answered",
    "hung_up": "call was hung up",
    "cancelled": "nobody answered the call",
}
_ICONS: Final = {
    "alarm": "mdi:cctv",
    "access": "mdi:account-key",
    "ring": "mdi:doorbell",
    "position": "mdi:map-marker",
}


@callback
def async_describe_events(
    hass: HomeAssistant,
    async_describe_event: Callable[
        [str, str, Callable[[Event[dict[str, Any]]], dict[str, str]]], None
    ],
) -> None:
    """Describe the messages on the bus."""
    async_describe_event(DOMAIN, EVENT_MESSAGE, _describe)


@callback
def _describe(event: Event[dict[str, Any]]) -> dict[str, str]:
    """Return the line of a message; it may come from an older version's recording."""
    data = event.data
    category = data.get("category", OTHER)
    message = _MESSAGES.get(category, _kind)(data)
    return {
        LOGBOOK_ENTRY_NAME: _name(data),
        LOGBOOK_ENTRY_MESSAGE: f"{message} (told late)"
        if data.get("late")
        else message,
        LOGBOOK_ENTRY_ICON: _ICONS.get(category, "mdi:message-outline"),
    }


def _name(data: _Data) -> str:
    keys = ("source_name", "door_name", "device_name", "device_serial")
    return next((data[key] for key in keys if data.get(key)), "HikCentral Connect")


def _alarm(data: _Data) -> str:
    return _kind(data) + _PHASES.get(data.get("phase", ""), "")


def _access(data: _Data) -> str:
    outcome = data["type"] if data.get("type") in ("granted", "denied") else "attempted"
    words = "access under duress" if data.get("duress") else f"access {outcome}"
    if person := data.get("person_name"):
        words += f" to {person}"
    method = data.get("method", "unknown")
    return words if method == "unknown" else f"{words} ({words_of(method)})"


def _ring(data: _Data) -> str:
    words = _RINGS.get(data.get("type", ""), "call")
    return f"{words} for room {data['room']}" if data.get("room") else words


def _position(data: _Data) -> str:
    return "told its position"


def _kind(data: _Data) -> str:
    kind = data.get("type", OTHER)
    if kind != OTHER:
        return words_of(kind)
    noun = "alarm" if data.get("category") == "alarm" else "message"
    return f"{noun} {data['code']}" if data.get("code") else noun


_MESSAGES: Final[Mapping[str, Callable[[_Data], str]]] = {
    "alarm": _alarm,
    "access": _access,
    "ring": _ring,
    "position": _position,
}
