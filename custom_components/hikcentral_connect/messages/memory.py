"""What was handed over and how far was read, remembered beyond a restart."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store

from ..api import DialectName
from ..api.models.events import AccessEvent, Other, Ring
from ..api.models.messages import Alarm
from ..api.seen import Seen
from ..const import CONF_DIALECT, DOMAIN
from .hub import AnyMessage
from .twins import Source, Trace, Twins

STORAGE_VERSION: Final = 1
KEPT: Final = 4000
"""Ids written down: several full batches of each queue, and far more than come twice.
"""
KNOWN: Final = 20_000
"""Ids known while Home Assistant runs: what a log tells again reaches further back."""
WRITE_EVERY: Final = timedelta(minutes=10)
"""How old what is written of an empty queue may be: an older time costs a longer look
into the log after a crash, and every write wears the disk."""


@dataclass(slots=True)
class Bookmark:
    """How far a source was read, by the clock of the service.

    `subscription` is what its queue is asked by; None before the first.
    """

    read: datetime | None = None
    subscription: str | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A span of time whose messages may be missing."""

    starts: datetime
    ends: datetime

    def with_(self, other: Gap | None) -> Gap:
        """Return the span over both."""
        if other is None:
            return self
        return Gap(min(self.starts, other.starts), max(self.ends, other.ends))


@dataclass(frozen=True, slots=True)
class News:
    """What is new about a message: anything at all, and more than its pictures."""

    is_new: bool
    is_first: bool


NOTHING_NEW: Final = News(is_new=False, is_first=False)


class Memory:
    """Recognises messages that come again, and knows how far was read.

    One comes again when its receipt was lost, also over a restart; an alarm comes
    again when its pictures are ready; and a log tells again what a queue told.
    """

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Keep everything in a store of the entry."""
        self._store: Store[dict[str, Any]] = Store(
            hass, STORAGE_VERSION, f"{DOMAIN}.{entry.entry_id}.messages", private=True
        )
        # The second source whose ids differ: the reference's log of alarms, or the
        # access records of teams. Alarms of teams keep their guid in the log.
        reference = entry.data.get(CONF_DIALECT) == DialectName.REFERENCE
        self._told_twice: type[AnyMessage] = Alarm if reference else AccessEvent
        self._seen = Seen(KNOWN)
        self._twins = Twins(KNOWN)
        self._bookmarks: dict[str, Bookmark] = {}
        self._written: datetime | None = None
        self.gap: Gap | None = None
        """What is still to be read from the log."""
        self.push: dict[str, str] = {}
        """Id and secret of our webhook, once there is one."""

    async def async_load(self) -> None:
        """Recall what was handed over before a restart."""
        stored = await self._store.async_load() or {}
        for key in stored.get("seen", []):
            self._seen.add(key)
        self._twins.load(stored.get("twins", []))
        for name, mark in stored.get("bookmarks", {}).items():
            read = mark["read"] and datetime.fromisoformat(mark["read"])
            self._bookmarks[name] = Bookmark(read, mark["subscription"])
        if gap := stored.get("gap"):
            self.gap = Gap(*(datetime.fromisoformat(gap[key]) for key in _GAP))
        self.push = stored.get("push", {})

    def take(self, message: AnyMessage, source: Source = Source.QUEUE) -> News:
        """Remember a message and tell what is new about it."""
        key = _key(message)
        first = self._seen.add(key)
        if first and self._is_told(message, source):
            return NOTHING_NEW
        pictures = len(message.pictures) if isinstance(message, Alarm | Other) else 0
        more = pictures > 0 and self._seen.add(f"{key}+{pictures}")
        return News(first or more, first)

    def _is_told(self, message: AnyMessage, source: Source) -> bool:
        """Tell whether the other source told of this under another id."""
        trace = _trace(message) if isinstance(message, self._told_twice) else None
        if trace is None:
            return False
        if isinstance(message, Alarm) and source is Source.QUEUE:
            # The log is compared after the queue was read, never before.
            self._twins.note(source, trace)
            return False
        return self._twins.met(source, trace)

    def bookmark(self, name: str) -> Bookmark:
        """Return how far the source of a name was read."""
        return self._bookmarks.setdefault(name, Bookmark())

    async def async_read_until(self, name: str, moment: datetime) -> None:
        """Note that a source held nothing older; written down now and then."""
        self.bookmark(name).read = moment
        if self._written is None or moment - self._written > WRITE_EVERY:
            self._written = moment
            await self.async_save()

    async def async_save(self) -> None:
        """Write down what was handed over."""
        await self._store.async_save(
            {
                "seen": self._seen.ids()[-KEPT:],
                "twins": self._twins.dump(KEPT),
                "bookmarks": {
                    name: {
                        "read": mark.read and mark.read.isoformat(),
                        "subscription": mark.subscription,
                    }
                    for name, mark in self._bookmarks.items()
                },
                "gap": self.gap
                and {key: when.isoformat() for key, when in asdict(self.gap).items()},
                "push": self.push,
            }
        )

    async def async_remove(self) -> None:
        """Forget everything: the account was removed."""
        await self._store.async_remove()


_GAP: Final = ("starts", "ends")


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
    return _digest(type(message).__name__, message.id, part)


def _trace(message: AnyMessage) -> Trace | None:
    """Return by what another source tells the same; None without a time."""
    if message.occurred is None:
        return None
    moment = message.occurred.timestamp()
    if isinstance(message, AccessEvent):
        about = _digest(message.door_id, message.person_id, message.event_type)
        device = message.device_id
        known = device is not None and message.serial is not None
        return Trace(about, moment, f"{device}#{message.serial}" if known else None)
    if isinstance(message, Alarm):
        source = (message.device_id, message.source_id, message.event_type)
        return Trace(_digest(*source, message.phase, str(moment)), moment)
    return None


def _digest(*parts: str | None) -> str:
    text = "|".join(part or "" for part in parts)
    return blake2b(text.encode(), digest_size=8).hexdigest()
