"""The log of alarms: read for the owner, and to fill gaps that a queue left."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
import logging
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..api import Client, DialectName
from ..api.dialects.teams.alarms import LOG_SPAN
from ..api.errors import HikError, ServiceUnreachable
from ..api.models.messages import Alarm, LogQuery, Phase
from ..turns import async_take_turns
from .hub import MessageHub
from .memory import Gap, Memory
from .twins import Source

_LOGGER = logging.getLogger(__name__)

SECOND: Final = timedelta(seconds=1)
"""Times are sent without fractions, so an end is sent a second later."""
SLACK: Final = timedelta(days=1)
"""By how much more is read where the log goes by the clock of the devices: their time
zone is not known, and no two places on earth are further apart."""
OVERLAP: Final = timedelta(minutes=5)
"""An alarm may have happened this long before it could have reached the queue."""
REACH: Final = timedelta(days=31)
"""How far back a gap is filled: a year without Home Assistant is not a year of news."""
RETRY_FIRST: Final = 30.0
RETRY_AT_MOST: Final = 900.0


async def read_log(client: Client, starts: datetime, ends: datetime) -> list[Alarm]:
    """Return the alarms that started in a span of time, the oldest first.

    Teams lists one day at a time, so there every day costs a request.
    """
    if await client.dialect() is DialectName.REFERENCE:
        query = LogQuery(dt_util.as_utc(starts), dt_util.as_utc(ends + SECOND))
        found = await client.alarms.log(query)
    else:
        found = await _read_days(client, starts - SLACK, ends + SLACK)
    alarms = {alarm.id: alarm for alarm in found if _is_within(alarm, starts, ends)}
    return sorted(alarms.values(), key=lambda alarm: alarm.occurred or starts)


async def _read_days(client: Client, starts: datetime, ends: datetime) -> list[Alarm]:
    found: list[Alarm] = []
    start = dt_util.as_local(starts)
    last = dt_util.as_local(ends)
    while start < last:
        end = min(start + LOG_SPAN, last)
        found += await client.alarms.log(LogQuery(start, end))
        start = end
    return found


def _is_within(alarm: Alarm, starts: datetime, ends: datetime) -> bool:
    """Tell whether an alarm is of the span; times are told to the second only."""
    occurred = alarm.occurred
    return occurred is None or starts.replace(microsecond=0) <= occurred <= ends


def messages_of(logged: Alarm) -> Iterator[Alarm]:
    """Return the messages that the queue would have brought of an alarm of the log.

    The log has one row for an alarm, the queue one message for each of its phases.
    """
    if logged.phase in (Phase.START, Phase.PULSE):
        yield logged
        return
    yield replace(logged, phase=Phase.START, ended=None)
    if logged.phase is Phase.END:
        yield replace(logged, occurred=logged.ended or logged.occurred)


class History:
    """Fills gaps from the log: what it tells is late, and comes only once."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry[Any],
        *,
        client: Client,
        hub: MessageHub,
        memory: Memory,
    ) -> None:
        """Hand over to `hub` what `memory` does not know."""
        self._hass = hass
        self._entry = entry
        self._client = client
        self._hub = hub
        self._memory = memory
        self._task: asyncio.Task[None] | None = None

    @callback
    def async_fill(self, gap: Gap) -> None:
        """Read a span from the log soon; it is kept in mind until that is done."""
        starts = max(gap.starts - OVERLAP, gap.ends - REACH)
        self._memory.gap = Gap(starts, gap.ends).with_(self._memory.gap)
        self.async_resume()

    @callback
    def async_resume(self) -> None:
        """Go on with a gap that was not filled before a restart."""
        if self._memory.gap is None or (self._task and not self._task.done()):
            return
        self._task = self._entry.async_create_background_task(
            self._hass, self._fill_all(), "filling a gap from the alarm log"
        )

    async def _fill_all(self) -> None:
        pause = RETRY_FIRST
        while (gap := self._memory.gap) is not None:
            try:
                found = await self.async_hand_over(gap)
            except HikError as err:
                _LOGGER.debug("The alarm log cannot be read yet: %s", err)
                await asyncio.sleep(pause)
                pause = min(2 * pause, RETRY_AT_MOST)
                continue
            _LOGGER.info("%d messages were only in the alarm log", found)
            if self._memory.gap == gap:
                self._memory.gap = None
            await self._memory.async_save()

    async def async_hand_over(self, gap: Gap) -> int:
        """Hand over what the log has of a span and did not come; tell how many."""
        found = 0
        rows = await read_log(self._client, gap.starts, gap.ends)
        # Whatever stands in the log and came to the queue, too, is known after this.
        if not await self._entry.runtime_data.alarms.async_empty():
            raise ServiceUnreachable("the queue of alarms could not be read")
        for row in rows:
            for alarm in messages_of(row):
                news = self._memory.take(alarm, Source.LOG)
                if news.is_new:
                    self._hub.async_hand_over(alarm, news.is_first, stored=True)
                    found += news.is_first
            await async_take_turns(self._hass)
        return found
