"""What was handed over and how far was read, remembered beyond a restart."""

import asyncio
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
import errno
import logging
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers.storage import STORAGE_DIR, Store

from ..api import DialectName
from ..api.models.events import AccessEvent, Other
from ..api.models.messages import Alarm
from ..api.seen import Seen
from ..const import CONF_DIALECT, DOMAIN
from .hub import AnyMessage
from .journal import Journal
from .traces import Asked, key_of, trace_of
from .twins import Source, Twins

_LOGGER = logging.getLogger(__name__)

STORAGE_VERSION: Final = 1
KNOWN: Final = 20_000
"""Ids known: far more than queues tell twice, for a log tells again of long ago."""
TWINS_KEPT: Final = 4000
"""Traces written down of what another source may tell again."""
JOURNAL_AT_MOST: Final = 256 * 1024
"""Bytes of the journal after which everything is written down anew."""
WRONG_CLOCK: Final = timedelta(days=1)
WRITE_EVERY: Final = timedelta(minutes=10)
"""How old what is written of an empty queue may be: an older time costs a longer look
into the log after a crash, and every write wears the disk."""
TRY_EVERY: Final = timedelta(minutes=1)
"""How soon what a disk in trouble did not take is written, without a new message."""


@dataclass(slots=True)
class Bookmark:
    """How far a source was read, by the clock of the service.

    `subscription` is what its queue is asked by; None before the first.
    """

    read: datetime | None = None
    subscription: str | None = None


def read_since(mark: datetime, now: datetime) -> datetime:
    """Return from when on a source is to be read that was read until `mark`.

    A mark that lies ahead was set while the service's clock was wrong, nobody knows
    for how long; what is read twice is known again.
    """
    return mark if mark <= now else now - WRONG_CLOCK


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
        key = f"{DOMAIN}.{entry.entry_id}.messages"
        self._store: Store[dict[str, Any]] = Store(
            hass, STORAGE_VERSION, key, private=True
        )
        self._hass = hass
        self._key = key
        self._journal: Journal | None = None
        self._old_journal: Journal | None = None
        self._writing = asyncio.Lock()
        self._failing = False
        # What came since the last line: ids, and what was asked of the twins.
        self._new_ids: list[str] = []
        self._new_traces: list[Asked] = []
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
        self._recall(stored)
        self._twins.load(stored.get("twins", []))
        if name := stored.get("journal"):
            # Its last line may be unfinished, so nothing is added to it any more: the
            # next time everything is written, and a new one begins.
            self._old_journal = journal = self._journal_of(name)
            for line in await self._hass.async_add_executor_job(journal.read):
                self._recall(line)
                for asked in line["asked"]:
                    self._ask(Asked.of(asked))

    def _recall(self, stored: dict[str, Any]) -> None:
        """Take over what was written down, all of it or one line."""
        for key in stored.get("seen", []):
            self._seen.add(key)
        for name, mark in stored.get("bookmarks", {}).items():
            read = mark["read"] and datetime.fromisoformat(mark["read"])
            self._bookmarks[name] = Bookmark(read, mark["subscription"])
        gap = stored.get("gap")
        self.gap = gap and Gap(*(datetime.fromisoformat(gap[key]) for key in _GAP))
        self.push = stored.get("push", {})

    def take(self, message: AnyMessage, source: Source = Source.QUEUE) -> News:
        """Remember a message and tell what is new about it."""
        key = key_of(message)
        first = self._remember(key)
        if first and self._is_told(message, source):
            return NOTHING_NEW
        pictures = len(message.pictures) if isinstance(message, Alarm | Other) else 0
        more = pictures > 0 and self._remember(f"{key}+{pictures}")
        return News(first or more, first)

    def _remember(self, key: str) -> bool:
        is_new = self._seen.add(key)
        if is_new:
            self._new_ids.append(key)
        return is_new

    def _is_told(self, message: AnyMessage, source: Source) -> bool:
        """Tell whether the other source told of this under another id."""
        trace = trace_of(message) if isinstance(message, self._told_twice) else None
        if trace is None:
            return False
        # The log is compared after the queue was read, never before.
        only_noted = isinstance(message, Alarm) and source is Source.QUEUE
        asked = Asked(source, trace, only_noted)
        self._new_traces.append(asked)
        return self._ask(asked)

    def _ask(self, asked: Asked) -> bool:
        if asked.only_noted:
            self._twins.note(asked.source, asked.trace)
            return False
        return self._twins.met(asked.source, asked.trace)

    def bookmark(self, name: str) -> Bookmark:
        """Return how far the source of a name was read."""
        return self._bookmarks.setdefault(name, Bookmark())

    async def async_read_until(self, name: str, moment: datetime) -> None:
        """Note that a source held nothing older; written down now and then."""
        self.bookmark(name).read = moment
        every = TRY_EVERY if self._failing else WRITE_EVERY
        if self._written is None or abs(moment - self._written) > every:
            self._written = moment
            await self.async_save()

    @callback
    def async_save_at_end(self, entry: ConfigEntry) -> None:
        """Write down what is left when the account or Home Assistant ends.

        What was being handed over when it was stopped would come again otherwise.
        """

        async def save(_event: Event) -> None:
            await self.async_save()

        listen = self._hass.bus.async_listen
        entry.async_on_unload(listen(EVENT_HOMEASSISTANT_FINAL_WRITE, save))
        entry.async_on_unload(self.async_save)

    async def async_save(self) -> None:
        """Write down what was handed over: what is new, and now and then everything.

        When it returns, all that was taken before is on its way to the disk. A disk that
        takes nothing is tried again the next time. It goes on if the caller is stopped.
        """
        await asyncio.shield(
            self._hass.async_create_task(self._save(), f"{self._key} written down")
        )

    async def _save(self) -> None:
        async with self._writing:
            try:
                await self._write()
            except OSError as err:
                if not self._failing:
                    _LOGGER.error(
                        "What was handed over cannot be written down: %s", err
                    )
                self._failing = True
                self._old_journal = self._journal or self._old_journal
                self._journal = None
                return
            if self._failing:
                _LOGGER.info("What is handed over is written down again")
            self._failing = False

    async def _write(self) -> None:
        ids, self._new_ids = self._new_ids, []
        traces, self._new_traces = self._new_traces, []
        if self._journal is None:
            await self._write_all()
            return
        line = {
            "seen": ids,
            "asked": [one.as_json() for one in traces],
            **self._state(),
        }
        size = await self._hass.async_add_executor_job(self._journal.add, line)
        if size > JOURNAL_AT_MOST:
            await self._write_all()

    async def _write_all(self) -> None:
        """Write everything into the store, and begin a new journal.

        The store names its journal: an older one, left by a crash, counts no more.
        """
        old, name = self._journal or self._old_journal, uuid4().hex
        journal = self._journal_of(name)
        try:
            # A disk that takes no line need not be bothered with everything.
            first = {"asked": [], **self._state()}
            await self._hass.async_add_executor_job(journal.add, first)
            await self._write_store(name)
        except OSError:
            await self._hass.async_add_executor_job(journal.remove)
            raise
        self._journal, self._old_journal = journal, None
        if old is not None:
            await self._hass.async_add_executor_job(old.remove)

    async def _write_store(self, journal: str) -> None:
        await self._store.async_save(
            {
                "seen": self._seen.ids(),
                "twins": self._twins.dump(TWINS_KEPT),
                "journal": journal,
                **self._state(),
            }
        )
        # A store that cannot write tells nobody; then the old journal still counts.
        if (await self._store.async_load() or {}).get("journal") != journal:
            raise OSError(errno.EIO, "the store was not written")

    def _journal_of(self, name: str) -> Journal:
        file = f"{self._key}.journal.{name}"
        return Journal(Path(self._hass.config.path(STORAGE_DIR, file)))

    def _state(self) -> dict[str, Any]:
        """Return what is small enough to be written each time."""
        return {
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

    async def async_remove(self) -> None:
        """Forget everything: the account was removed."""
        await self._store.async_remove()
        if (journal := self._journal or self._old_journal) is not None:
            await self._hass.async_add_executor_job(journal.remove)


_GAP: Final = ("starts", "ends")
