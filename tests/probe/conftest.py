"""An interview of a simulated account full of canaries."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import datetime, timedelta

import aiohttp
import pytest
from yarl import URL

from custom_components.hikcentral_connect.api import (
    Account as Keys,
    Client,
    DialectName,
)
from custom_components.hikcentral_connect.api.limiter import Limiter
from custom_components.hikcentral_connect.api.models.passes import PassRequest
from probe.ask import Interview, Probe
from probe.report import make_report
from simulator import Simulator
from simulator.account import Account

from .canaries import WORD, plant


@pytest.fixture(autouse=True)
def _use_custom_integrations() -> None:
    """Do without Home Assistant."""


@dataclass(frozen=True)
class Probed:
    """An account that was asked everything, and what became of it."""

    sim: Simulator
    account: Account
    keys: Keys
    secret: set[str]
    interview: Interview
    lines: list[str]
    report: str


@pytest.fixture
async def http(socket_enabled: None) -> AsyncGenerator[aiohttp.ClientSession]:
    """Open a client session."""
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def probed(
    sim: Simulator, account: Account, http: aiohttp.ClientSession
) -> Probed:
    """Let things happen in an account full of canaries, then ask it everything."""
    keys = Keys(URL(sim.url), account.key, account.secret)
    await _live(account, Client(http, keys, Limiter(rate=10_000)))
    secret = plant(account)
    sim.record.clear()
    lines: list[str] = []
    now = datetime.now().astimezone()
    limiter = Limiter(rate=10_000)
    interview = await Probe(http, keys, now, lines.append, limiter).run()
    report = make_report(
        interview, {"region": "custom"}, (keys.app_key, keys.secret_key)
    )
    return Probed(sim, account, keys, secret, interview, lines, report)


async def _live(account: Account, client: Client) -> None:
    """Let somebody pass a door, something move, and a visitor be expected."""
    world, now = account.world, datetime.now().astimezone()
    earlier = now - timedelta(hours=1)
    person = next(iter(world.people.values()))
    account.happen.access(next(iter(world.doors)), person, at=earlier)
    account.happen.alarm(next(iter(world.cameras)), at=earlier)
    if await client.dialect() is DialectName.TEAMS:
        await client.passes.issue(PassRequest(WORD, now, now + timedelta(hours=1)))
