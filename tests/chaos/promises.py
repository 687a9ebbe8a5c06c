"""The promises, checked on what was asked, told, opened and logged."""

import asyncio
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
import logging
from typing import Final

from custom_components.hikcentral_connect.const import DOMAIN
from homeassistant.core import HomeAssistant
from simulator.account import Account
from simulator.faults import FaultKind
from simulator.gateway import DIALECTS
from simulator.record import Entry, Record

PACKAGE: Final = f"custom_components.{DOMAIN}"
LOGIN: Final = "*/platform/v1/token/*"
CONTROL: Final = "*/acs/v1/remote/control"
LOGINS_AN_HOUR: Final = 90
RATE: Final = 5
SILENCE: Final = 2.0
"""Seconds in which nothing is asked after the service said that we are too fast."""
TRAVEL: Final = 0.3
"""Seconds that an answer, and a request that was sent meanwhile, may be on the way."""
PATIENCE: Final = 19.9
"""Seconds after which nobody waits for an answer any more."""
UNCERTAIN: Final = "outcome_unknown"
_LINES: Final = {
    "Error fetching": "bad",
    "Authentication failed while fetching": "bad",
    "Fetching": "good",
}
"""With what a line of the log begins that tells of a clock."""
LOST: Final = frozenset(
    {
        FaultKind.LOST,
        FaultKind.CUT,
        FaultKind.BAD_JSON,
        FaultKind.TRUNCATED,
        FaultKind.BAD_GZIP,
    }
)
"""Faults after which the service's answer, whatever it was, is not understood."""


@dataclass(frozen=True, slots=True)
class Press:
    """Somebody who opened a door: what he was told, and how often it opened."""

    door: str
    told: str | None
    opened: int


def check_doors(presses: Iterable[Press]) -> None:
    """See that no command was lost silently, and none opened a door twice."""
    for press in presses:
        if press.told is None:
            assert press.opened == 1, press
        elif press.told == UNCERTAIN:
            assert press.opened in (0, 1), press
        else:
            assert press.opened == 0, press


def check_sent_once(presses: list[Press], record: Record, account: Account) -> None:
    """See that a command was repeated only after the service refused its token."""
    codes = DIALECTS[account.speech].codes
    refusals = (codes.no_token, codes.unknown_token, codes.expired_token)
    sent = [
        one
        for one in record.calls(CONTROL)
        if one.code not in refusals and one.status not in (401, 403)
    ]
    assert len(sent) <= len(presses), f"{len(sent)} sent for {len(presses)} presses"


def check_rate(record: Record) -> None:
    """See that no second saw more than five requests."""
    assert record.max_per_second() <= RATE


def check_silence(record: Record, account: Account) -> None:
    """See that nothing is asked for a while after a request was too fast."""
    code = DIALECTS[account.speech].too_fast().code
    ticks = sorted(one.tick for one in record.calls("/api/*"))
    for one in record.calls("/api/*"):
        if not _is_too_fast(one, code):
            continue
        told = one.tick + one.seconds
        following = ticks[bisect_right(ticks, told + TRAVEL) :][:1]
        for tick in following:
            assert tick >= told + SILENCE - TRAVEL, f"after {tick - told:.2f} s"


def _is_too_fast(one: Entry, code: str) -> bool:
    if one.seconds > PATIENCE or LOST & set((one.fault or "").split(", ")):
        return False
    return one.status == 429 or one.code == code


def check_logins(record: Record) -> None:
    """See that there is one login at a time, and never very many."""
    logins = sorted(record.calls(LOGIN), key=lambda one: one.tick)
    for one, following in pairwise(logins):
        assert one.tick + min(one.seconds, PATIENCE) <= following.tick, "two logins"
    for first in logins:
        hour = [one for one in logins if 0 <= one.tick - first.tick < 3600]
        assert len(hour) <= LOGINS_AN_HOUR, f"{len(hour)} logins in an hour"


def check_log(records: list[logging.LogRecord], starts: set[int]) -> None:
    """See that trouble is told when it comes and when it goes, and without traces.

    `starts` are the numbers of the lines at which a new life began: its clocks know
    nothing of what those before them told.
    """
    told: dict[str, list[str]] = {}
    for number, record in enumerate(records):
        line = record.getMessage()
        assert not (record.exc_info and record.levelno >= logging.WARNING), line
        if number in starts:
            _check_pairs(told, whole=False)
            told = {}
        for start, name in _LINES.items():
            if line.startswith(f"{start} {DOMAIN}"):
                clock = line.removeprefix(f"{start} {DOMAIN} ").partition(" data")[0]
                told.setdefault(clock, []).append(name)
    # The newest life may have had nothing to tell.
    _check_pairs(told, whole=len(records) not in starts)


def _check_pairs(told: dict[str, list[str]], *, whole: bool) -> None:
    for clock, lines in told.items():
        expected = ["bad", "good"] * (len(lines) // 2 + 1)
        assert lines == expected[: len(lines)], f"{clock}: {lines}"
        assert not whole or len(lines) % 2 == 0, f"{clock}: {lines}"


def check_left(hass: HomeAssistant) -> None:
    """See that an account that was unloaded left no task and no timer."""
    tasks = [one for one in asyncio.all_tasks() if DOMAIN in repr(one)]
    ours = [one for one in tasks if one is not asyncio.current_task()]
    assert ours == []
    timers = [one for one in hass.loop._scheduled if not one.cancelled()]  # type: ignore[attr-defined]
    assert [one for one in timers if PACKAGE in repr(one)] == []
