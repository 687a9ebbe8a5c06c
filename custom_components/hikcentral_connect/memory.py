"""Which messages were handed over, remembered beyond a restart."""

from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store

from .api.models.events import Other, Ring
from .api.models.messages import Alarm
from .api.seen import Seen
from .const import DOMAIN
from .messages import AnyMessage

STORAGE_VERSION: Final = 1
KEPT: Final = 4000
"""Ids kept: several full batches of each queue, and far more than come twice."""


@dataclass(frozen=True, slots=True)
class News:
    """What is new about a message: anything at all, and more than its pictures."""

    is_new: bool
    is_first: bool


class Memory:
    """Recognises messages that come again.

    One comes again when its receipt was lost, also over a restart; and an alarm comes
    again when its pictures are ready.
    """

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Keep the ids in a store of the entry."""
        self._store: Store[dict[str, Any]] = Store(
            hass, STORAGE_VERSION, f"{DOMAIN}.{entry_id}.messages"
        )
        self._seen = Seen(KEPT)

    async def async_load(self) -> None:
        """Recall what was handed over before a restart."""
        stored = await self._store.async_load() or {}
        for key in stored.get("seen", []):
            self._seen.add(key)

    def take(self, message: AnyMessage) -> News:
        """Remember a message and tell what is new about it."""
        key = _key(message)
        first = self._seen.add(key)
        pictures = len(message.pictures) if isinstance(message, Alarm | Other) else 0
        more = pictures > 0 and self._seen.add(f"{key}+{pictures}")
        return News(first or more, first)

    async def async_save(self) -> None:
        """Write down what was handed over."""
        await self._store.async_save({"seen": self._seen.ids()})

    async def async_remove(self) -> None:
        """Forget everything: the account was removed."""
        await self._store.async_remove()


def _key(message: AnyMessage) -> str:
    """Return a short key of what makes a message the same message.

    The messages of one alarm share its id and differ in their phase; those of a call
    differ in its state.
    """
    part = ""
    if isinstance(message, Alarm):
        part = message.phase.value
    elif isinstance(message, Ring):
        part = message.state.value
    text = f"{type(message).__name__}|{message.id}|{part}"
    return blake2b(text.encode(), digest_size=8).hexdigest()
