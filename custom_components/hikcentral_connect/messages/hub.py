"""The message hub: what came from a queue, to those whom it concerns."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_send
from homeassistant.util.signal_type import SignalType

from ..api import Client
from ..api.models.events import AccessEvent, Message, Position, Ring
from ..api.models.messages import Alarm, Phase
from ..const import DOMAIN, EVENT_MESSAGE, EVENT_POSITION
from ..coordinator import InventoryCoordinator
from ..options import Options
from .bus import event_data
from .kinds import kind_of

type AnyMessage = Alarm | Message


@dataclass(frozen=True, slots=True)
class Notice:
    """A message, and how it is to be taken.

    `first` is False when the same message came before and now brings only more, such
    as pictures. A `late` one tells of the past: it changes no live state. `data` is the
    message as the bus and automations get it.
    """

    message: AnyMessage
    first: bool
    late: bool
    data: dict[str, Any]

    @property
    def begins(self) -> bool:
        """Tell whether something begins now: the moment for events and triggers."""
        if not self.first or self.late:
            return False
        message = self.message
        return not isinstance(message, Alarm) or message.phase in (
            Phase.START,
            Phase.PULSE,
        )


type Listener = Callable[[Notice], None]


class MessageHub:
    """Hands each message to the bus and to the entities it concerns."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry_id: str,
        client: Client,
        inventory: InventoryCoordinator,
        options: Options,
    ) -> None:
        """Take messages older than the owner's freshness limit as late."""
        self._hass = hass
        self.entry_id = entry_id
        self._client = client
        self._inventory = inventory
        self._options = options
        self._listeners: dict[str | None, list[Listener]] = {}

    @callback
    def async_listen(self, topic: str | None, listener: Listener) -> CALLBACK_TYPE:
        """Call `listener` with what concerns a topic, or with everything for None.

        Topics are "camera:ID", "camera:ID:KIND OF ALARM", "door:ID", "device:ID", "input:ID" and "vehicle:ID".
        Returns what stops it.
        """
        listeners = self._listeners.setdefault(topic, [])
        listeners.append(listener)
        return lambda: listeners.remove(listener)

    @callback
    def async_hand_over(self, message: AnyMessage, first: bool, stored: bool) -> None:
        """Hand a message over. `stored` marks one that was read from a log."""
        late = stored or self._is_late(message)
        data = event_data(self.entry_id, late, message, self._options.personal_data)
        notice = Notice(message, first, late, data)
        if first:
            self._hass.bus.async_fire(_event_of(message), data)
        for topic in (None, *self.topics_of(message)):
            for listener in tuple(self._listeners.get(topic, ())):
                listener(notice)
        async_dispatcher_send(self._hass, SIGNAL_NOTICE, self, notice)

    def topics_of(self, message: AnyMessage) -> Iterator[str]:
        """Return what a message concerns, as far as the inventory knows it."""
        inventory = self._inventory.data
        if isinstance(message, Alarm):
            if camera := inventory.camera_of(message):
                yield f"camera:{camera.id}"
                if kind := kind_of(message.event_type):
                    yield f"camera:{camera.id}:{kind.key}"
            elif message.source_id is not None:
                yield f"input:{message.source_id}"
        elif isinstance(message, AccessEvent) and message.door_id is not None:
            yield f"door:{message.door_id}"
        elif isinstance(message, Ring):
            yield from (f"door:{door.id}" for door in message.doors)
        elif isinstance(message, Position) and message.vehicle_id is not None:
            yield f"vehicle:{message.vehicle_id}"
        if device := inventory.device_named(message.device_id, message.device_serial):
            yield f"device:{device.id}"

    def _is_late(self, message: AnyMessage) -> bool:
        if not message.live:
            return True
        if message.occurred is None:
            return False
        return self.now() - message.occurred > self._options.freshness

    def now(self) -> datetime:
        """Return the time of the service, so that a wrong local clock does no harm."""
        return datetime.now(UTC) + self._client.clock_offset


SIGNAL_NOTICE: Final[SignalType[MessageHub, Notice]] = SignalType(f"{DOMAIN}_notice")
"""Sent for each notice of every account, after its entities were told."""


def _event_of(message: AnyMessage) -> str:
    return EVENT_POSITION if isinstance(message, Position) else EVENT_MESSAGE
