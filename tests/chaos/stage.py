"""The integration at work, while somebody lives in the house, and what was promised."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC
from itertools import pairwise
import logging
import random
import time
from typing import Any, Final

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.hikcentral_connect.api.limiter import WAITING_AT_MOST
from custom_components.hikcentral_connect.const import DOMAIN, EVENT_MESSAGE
from custom_components.hikcentral_connect.coordinator import HikCoordinator
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from simulator import Simulator
from simulator.account import Account
from simulator.world.doors import Door

from .machine import until

LOGIN: Final = "*/platform/v1/token/*"
LOGINS_AN_HOUR: Final = 90
RECOVERS_WITHIN: Final = 300.0
"""Seconds after the end of all trouble in which everything is as before."""
RATE: Final = 5
UNCERTAIN: Final = "outcome_unknown"


@dataclass(frozen=True, slots=True)
class Press:
    """Somebody who opened a door: what he was told, and how often it opened."""

    door: str
    told: str | None
    opened: int


@dataclass
class Stage:
    """One account on a clock that jumps."""

    hass: HomeAssistant
    sim: Simulator
    account: Account
    entry: MockConfigEntry
    chance: random.Random
    caplog: pytest.LogCaptureFixture
    presses: list[Press] = field(default_factory=list)
    heard: Counter[tuple[Any, ...]] = field(default_factory=Counter)
    alarms: set[tuple[str, str]] = field(default_factory=set)
    most_waiting: int = 0
    at_random: bool = False
    without_lost: bool = False
    """Whether somebody else took messages away."""
    absent: set[str] = field(default_factory=set)
    """Entities that were unavailable before any trouble."""

    def __post_init__(self) -> None:
        """Listen to the bus."""
        self.hass.bus.async_listen(EVENT_MESSAGE, self._on_message)

    @property
    def runtime(self) -> Any:
        """Return the running parts."""
        return self.entry.runtime_data

    @property
    def clocks(self) -> Iterator[HikCoordinator[Any]]:
        """Return the clocks that run."""
        runtime = self.runtime
        known = (
            *(getattr(runtime, name) for name in runtime.__slots__),
            *vars(runtime.health).values(),
        )
        for one in known:
            if isinstance(one, HikCoordinator) and one._unsub_refresh is not None:
                yield one

    @callback
    def _on_message(self, event: Event[dict[str, Any]]) -> None:
        data = event.data
        key = (data["category"], data["message_id"], data.get("phase"))
        self.heard[(*key, data["type"])] += 1
        if data["category"] == "alarm" and data["phase"] in ("start", "pulse"):
            self.heard["seen", data["source_id"], data["occurred"][:19]] += 1

    async def live(self, seconds: float) -> None:
        """Let things happen and doors be opened for a while."""
        doors = list(self.account.world.doors.values())
        ends = time.monotonic() + seconds
        busy: dict[str, asyncio.Task[None]] = {}
        while time.monotonic() < ends:
            limiter = self.runtime.client.session.limiter
            self.most_waiting = max(self.most_waiting, limiter.waiting)
            if (
                cameras := list(self.account.world.cameras)
            ) and self.chance.random() < 0.5:
                self.alarm(self.chance.choice(cameras))
            door = self.chance.choice(doors)
            if self.chance.random() < 0.3 and door.id not in busy:
                press = self.hass.async_create_task(self.press(door), "press")
                busy[door.id] = press
                press.add_done_callback(lambda _, key=door.id: busy.pop(key, None))
            await asyncio.sleep(self.chance.uniform(1.1, 12))
        with suppress(asyncio.TimeoutError):
            await asyncio.gather(*busy.values())

    def alarm(self, camera_id: str) -> None:
        """Let something move before a camera."""
        at = self.account.world.clock.now()
        key = camera_id, f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}"
        if key in self.alarms:
            return
        self.account.happen.alarm(camera_id, "motion", pictures=1, seconds=5, at=at)
        self.alarms.add(key)

    async def press(self, door: Door) -> None:
        """Open a door as somebody does; nobody else opens it meanwhile."""
        before = door.opened
        told = None
        try:
            await self.hass.services.async_call(
                "lock", "unlock", {"entity_id": self._lock_of(door)}, blocking=True
            )
        except HomeAssistantError as err:
            told = err.translation_key or repr(err)
        self.presses.append(Press(door.id, told, door.opened - before))

    def _lock_of(self, door: Door) -> str:
        unique_id = f"{self.entry.unique_id}_door_{door.id}_lock"
        found = er.async_get(self.hass).async_get_entity_id("lock", DOMAIN, unique_id)
        assert found, unique_id
        return found

    # ---------------------------------------------------------------- promises

    def is_well(self) -> bool:
        """Tell whether everything works and nothing waits."""
        if any(not clock.last_update_success for clock in self.clocks):
            return False
        if not all(queue.trusted for queue in self.runtime.queues):
            return False
        if self.gone():
            return False
        return self.waiting == 0 and self.runtime.memory.gap is None

    @property
    def waiting(self) -> int:
        """Return how many messages the cloud holds for us."""
        account = self.account
        own = {mark.subscription for mark in self.runtime.memory._bookmarks.values()}
        queues = [
            account.subscriptions[one] for one in own & set(account.subscriptions)
        ]
        return sum(
            queue.waiting for queue in (account.alarms, account.messages, *queues)
        )

    def ill(self) -> str:
        """Return what does not work."""
        found = [c.name for c in self.clocks if not c.last_update_success]
        gap = self.runtime.memory.gap
        return f"clocks {found}, {self.waiting} waiting, gap {gap}, gone {self.gone()}"

    async def recover(self) -> float:
        """Wait until all is well again; return after how many seconds."""
        started = time.monotonic()
        try:
            await until(self.is_well, RECOVERS_WITHIN, "recovery")
        except AssertionError as err:
            raise AssertionError(f"{err}: {self.ill()}") from err
        return time.monotonic() - started

    def check(self) -> None:
        """Check every promise of the record and of the log."""
        self.check_doors()
        self.check_messages()
        self.check_rate()
        self.check_logins()
        self.check_log()
        self.check_states()
        assert self.most_waiting <= WAITING_AT_MOST

    def check_doors(self) -> None:
        """No command was lost silently, or sent twice."""
        for press in self.presses:
            if press.told is None:
                assert press.opened == 1, press
            elif press.told == UNCERTAIN:
                assert press.opened in (0, 1), press
            else:
                assert press.opened == 0, press

    def check_messages(self) -> None:
        """Each message was fired once; none was lost."""
        twice = [key for key, times in self.heard.items() if times > 1]
        assert not twice, f"twice: {twice[:5]}"
        if not self.without_lost:
            lost = [one for one in self.alarms if ("seen", *one) not in self.heard]
            assert not lost, f"{len(lost)} of {len(self.alarms)} lost: {lost[:5]}"

    def check_rate(self) -> None:
        """No second saw more than five requests."""
        assert self.sim.record.max_per_second() <= RATE

    def check_logins(self) -> None:
        """One login at a time, and never very many."""
        logins = sorted(self.sim.record.calls(LOGIN), key=lambda one: one.tick)
        for one, following in pairwise(logins):
            assert one.tick + min(one.seconds, 19.9) <= following.tick, "two logins"
        for first in logins:
            hour = [one for one in logins if 0 <= one.tick - first.tick < 3600]
            assert len(hour) <= LOGINS_AN_HOUR, f"{len(hour)} logins in an hour"

    def check_log(self) -> None:
        """Trouble is told once when it comes and once when it goes, without traces."""
        told: dict[str, list[str]] = {}
        for record in self.caplog.records:
            assert not (record.exc_info and record.levelno >= logging.WARNING), (
                record.getMessage()
            )
            line = record.getMessage()
            for start, name in (("Error fetching", "bad"), ("Fetching", "good")):
                if line.startswith(f"{start} {DOMAIN}"):
                    clock = line.removeprefix(f"{start} {DOMAIN} ").partition(" data")[
                        0
                    ]
                    told.setdefault(clock, []).append(name)
        for clock, lines in told.items():
            assert lines == ["bad", "good"] * (len(lines) // 2), f"{clock}: {lines}"

    def check_states(self) -> None:
        """See that everything is there again, without a reload."""
        gone = self.gone()
        assert not gone, gone

    def gone(self) -> list[str]:
        """Return what is unavailable and was not before any trouble."""
        return sorted(self._unavailable() - self.absent)

    def _unavailable(self) -> set[str]:
        return {
            state.entity_id
            for state in self.hass.states.async_all()
            if state.state == STATE_UNAVAILABLE
        }

    def note_absent(self) -> None:
        """Remember what is unavailable in good times."""
        self.absent = self._unavailable()

    def count(self, total: Counter[str], troubles: int) -> None:
        """Add what this account went through."""
        total["sequences"] += 1
        total["troubles"] += troubles
        total["requests"] += len(self.sim.record)
        total["messages"] += sum(n for key, n in self.heard.items() if key[0] != "seen")
        total["alarms"] += len(self.alarms)
        total["door presses"] += len(self.presses)
        total["doors opened"] += sum(one.opened for one in self.presses)
        total["uncertain"] += sum(one.told == UNCERTAIN for one in self.presses)
        total["logins"] += len(self.sim.record.calls(LOGIN))
