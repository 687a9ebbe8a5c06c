"""The integration at work, while somebody lives in the house, and what was promised."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
import random
import re
import time
from typing import Any, Final

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.hikcentral_connect.api.limiter import WAITING_AT_MOST
from custom_components.hikcentral_connect.const import (
    CONF_APP_KEY,
    CONF_SECRET_KEY,
    DOMAIN,
    EVENT_MESSAGE,
)
from custom_components.hikcentral_connect.coordinator import HikCoordinator
from homeassistant.config_entries import ConfigEntryState, OperationNotAllowed
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from simulator import Simulator
from simulator.account import Account
from simulator.world.doors import Door

from . import promises
from .disk import Disk
from .promises import Press

RECOVERS_WITHIN: Final = 300.0
"""Seconds after the end of all trouble in which everything is as before."""
INVENTED: Final = re.compile(r"-\d+-\d+$")
"""What the simulator adds to the ids of an endless list."""
HANDING_OVER: Final = 1.0
"""Seconds before a power cut in which a message was perhaps not yet written down."""


@dataclass
class Stage:
    """One account on a clock that jumps."""

    hass: HomeAssistant
    sim: Simulator
    account: Account
    entry: MockConfigEntry
    chance: random.Random
    caplog: pytest.LogCaptureFixture
    disk: Disk
    presses: list[Press] = field(default_factory=list)
    heard: Counter[tuple[Any, ...]] = field(default_factory=Counter)
    alarms: set[tuple[str, str]] = field(default_factory=set)
    most_waiting: int = 0
    at_random: bool = False
    busy: set[str] = field(default_factory=set)
    """Doors at which somebody stands."""
    entries: set[tuple[str, str]] = field(default_factory=set)
    """Doors that somebody went through, and when."""
    entries_lost: bool = False
    """Whether the service forgot some, which no log can tell of."""
    invented: set[tuple[Any, ...]] = field(default_factory=set)
    """Alarms of which an endless list told under ids of its own, as if they were many."""
    stolen: set[tuple[str, str]] = field(default_factory=set)
    """Alarms that somebody else took away."""
    may_repeat: set[tuple[Any, ...]] = field(default_factory=set)
    """Messages that were being handed over when the power failed."""
    when: dict[tuple[Any, ...], float] = field(default_factory=dict)
    """When each message was first fired."""
    starts: set[int] = field(default_factory=set)
    """Lines of the log at which the account began anew."""
    key_revoked: bool = False
    restarting: asyncio.Lock = field(default_factory=asyncio.Lock)
    present: set[str] = field(default_factory=set)
    """Entities that were available before any trouble."""

    def __post_init__(self) -> None:
        """Listen to the bus, and note each new life."""
        self.hass.bus.async_listen(EVENT_MESSAGE, self._on_message)
        self.entry.async_on_state_change(self._on_state_change)

    @callback
    def _on_state_change(self) -> None:
        if self.entry.state is ConfigEntryState.SETUP_IN_PROGRESS:
            self.starts.add(len(self.caplog.records))

    @property
    def runtime(self) -> Any:
        """Return the running parts."""
        return self.entry.runtime_data

    @property
    def loaded(self) -> bool:
        """Tell whether the account is at work."""
        return self.entry.state is ConfigEntryState.LOADED

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
        self._hear((*key, data["type"]))
        if data["category"] == "alarm" and data["phase"] in ("start", "pulse"):
            seen = ("seen", data["source_id"], _second(data["occurred"]))
            if INVENTED.search(data["message_id"]):
                self.invented.add(seen)
            else:
                self._hear(seen)
        elif data["category"] == "access":
            self._hear(("entered", data["door_id"], _second(data["occurred"])))

    def _hear(self, key: tuple[Any, ...]) -> None:
        self.heard[key] += 1
        self.when.setdefault(key, time.monotonic())

    async def live(self, seconds: float) -> None:
        """Let things happen and doors be opened for a while."""
        ends = time.monotonic() + seconds
        presses: set[asyncio.Task[None]] = set()
        while time.monotonic() < ends:
            if self.loaded:
                waiting = self.runtime.client.session.limiter.waiting
                self.most_waiting = max(self.most_waiting, waiting)
            world = self.account.world
            if (cameras := list(world.cameras)) and self.chance.random() < 0.5:
                self.alarm(self.chance.choice(cameras))
            for door_id in list(world.doors)[:1]:
                self.enter(door_id)
            if (doors := list(world.doors.values())) and self.chance.random() < 0.3:
                press = self.press(self.chance.choice(doors))
                presses.add(self.hass.async_create_task(press, "press"))
            await asyncio.sleep(self.chance.uniform(1.1, 12))
        await asyncio.gather(*presses)

    def alarm(self, camera_id: str) -> None:
        """Let something move before a camera."""
        at = self.account.world.clock.now()
        key = camera_id, _second(at.isoformat())
        if key in self.alarms:
            return
        self.account.happen.alarm(camera_id, "motion", pictures=1, seconds=5, at=at)
        self.alarms.add(key)

    def enter(self, door_id: str) -> None:
        """Let somebody go through a door with a card."""
        world, happen = self.account.world, self.account.happen
        at = world.clock.now()
        key = door_id, _second(at.isoformat())
        if key not in self.entries:
            happen.access(door_id, next(iter(world.people.values())), at=at)
            self.entries.add(key)

    async def press(self, door: Door) -> None:
        """Open a door as somebody does, if nobody else stands there."""
        lock = self._lock_of(door)
        if door.id in self.busy or lock is None or not self.loaded:
            return
        self.busy.add(door.id)
        before, told = door.opened, None
        try:
            await self.hass.services.async_call(
                "lock", "unlock", {"entity_id": lock}, blocking=True
            )
        except HomeAssistantError as err:
            told = err.translation_key or repr(err)
        finally:
            self.busy.remove(door.id)
        self.presses.append(Press(door.id, told, door.opened - before))

    def _lock_of(self, door: Door) -> str | None:
        unique_id = f"{self.entry.unique_id}_door_{door.id}_lock"
        return er.async_get(self.hass).async_get_entity_id("lock", DOMAIN, unique_id)

    async def begin_anew(self, *, power_cut: bool = False) -> None:
        """Unload and set up again; after a power cut only with what is written down."""
        async with self.restarting:
            if not self.loaded:
                return
            at, written = time.monotonic(), self.disk.read()
            await self.hass.config_entries.async_unload(self.entry.entry_id)
            if power_cut:
                self.disk.restore(written)
                self.may_repeat |= {
                    key for key, heard in self.when.items() if heard > at - HANDING_OVER
                }
            with suppress(OperationNotAllowed):  # the owner was quicker
                await self.hass.config_entries.async_setup(self.entry.entry_id)

    async def enter_keys(self) -> None:
        """Enter the keys if the integration asks for them."""
        flows = self.hass.config_entries.flow
        for flow in flows.async_progress_by_handler(DOMAIN):
            assert self.key_revoked, "the owner was asked for keys that were right"
            keys = {
                CONF_APP_KEY: self.account.key,
                CONF_SECRET_KEY: self.account.secret,
            }
            await flows.async_configure(flow["flow_id"], keys)

    # ---------------------------------------------------------------- promises

    def is_well(self) -> bool:
        """Tell whether everything works and nothing waits."""
        if not self.loaded:
            return False
        if any(not clock.last_update_success for clock in self.clocks):
            return False
        if not all(queue.trusted for queue in self.runtime.queues):
            return False
        if self.gone():
            return False
        return self.waiting == 0 and self.runtime.memory.gap is None and not self.lost()

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
        if not self.loaded:
            return f"the account is {self.entry.state}"
        found = [c.name for c in self.clocks if not c.last_update_success]
        gap = self.runtime.memory.gap
        waiting = f"{self.waiting} waiting, gap {gap}, lost {self.lost()[:5]}"
        return f"clocks {found}, {waiting}, gone {self.gone()}"

    async def recover(self) -> float:
        """Wait until all is well again; return after how many seconds."""
        started = time.monotonic()
        while not self.is_well():
            took = time.monotonic() - started
            assert took < RECOVERS_WITHIN, f"not well after {took:.0f} s: {self.ill()}"
            await self.enter_keys()
            await asyncio.sleep(0.5)
        return time.monotonic() - started

    def check(self) -> None:
        """Check every promise."""
        record = self.sim.record
        promises.check_doors(self.presses)
        promises.check_sent_once(self.presses, record, self.account)
        promises.check_rate(record)
        promises.check_silence(record, self.account)
        promises.check_logins(record)
        promises.check_log(self.caplog.records, self.starts)
        self.check_messages()
        self.check_states()
        assert self.most_waiting <= WAITING_AT_MOST

    def check_messages(self) -> None:
        """Each message was fired once; none was lost."""
        twice = [
            key
            for key, times in self.heard.items()
            if times > 1 + (key in self.may_repeat)
        ]
        assert not twice, f"twice: {twice[:5]}"
        assert not self.lost(), self.lost()[:5]

    def lost(self) -> list[tuple[str, ...]]:
        """Return what nobody was told of, nor can have been."""
        alarms = [("seen", *one) for one in self.alarms - self.stolen]
        entries = (
            [] if self.entries_lost else [("entered", *one) for one in self.entries]
        )
        told = self.heard.keys() | self.invented
        return [one for one in alarms + entries if one not in told]

    def check_states(self) -> None:
        """See that everything is there again, without a reload."""
        gone = self.gone()
        assert not gone, gone

    def gone(self) -> list[str]:
        """Return what is unavailable and was not before any trouble."""
        return sorted(self._unavailable() & self.present)

    def _unavailable(self) -> set[str]:
        return {
            state.entity_id
            for state in self.hass.states.async_all()
            if state.state == STATE_UNAVAILABLE
        }

    def note_present(self) -> None:
        """Remember what is there in good times."""
        self.present = set(self.hass.states.async_entity_ids()) - self._unavailable()

    def forget(self) -> None:
        """Remember nothing of what was, so that only others can."""
        self.sim.record.clear()
        for one in (self.heard, self.when, self.alarms, self.entries):
            one.clear()

    def count(self, total: Counter[str], troubles: int) -> None:
        """Add what this account went through."""
        total["sequences"] += 1
        total["troubles"] += troubles
        total["requests"] += len(self.sim.record)
        total["messages"] += sum(
            n for key, n in self.heard.items() if key[0] not in ("seen", "entered")
        )
        total["alarms"] += len(self.alarms)
        total["entries"] += len(self.entries)
        total["door presses"] += len(self.presses)
        total["doors opened"] += sum(one.opened for one in self.presses)
        total["uncertain"] += sum(
            one.told == promises.UNCERTAIN for one in self.presses
        )
        total["logins"] += len(self.sim.record.calls(promises.LOGIN))


def _second(moment: str) -> str:
    """Return a time as every source tells it: to the second."""
    return f"{datetime.fromisoformat(moment).astimezone(UTC):%Y-%m-%dT%H:%M:%S}"
