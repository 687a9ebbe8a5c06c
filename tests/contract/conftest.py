"""The client of a simulated account, and a look at the account behind it."""

from collections.abc import AsyncGenerator

import aiohttp
import pytest
from yarl import URL

from custom_components.hikcentral_connect.api import (
    Account,
    Client,
    DialectName,
    transport,
)
from custom_components.hikcentral_connect.api.limiter import Limiter
from custom_components.hikcentral_connect.api.operation import Builders
from simulator import Simulator
from simulator.account import Account as SimulatedAccount

from .live import TRIED, Stage


@pytest.fixture(autouse=True)
def _use_custom_integrations() -> None:
    """Leave Home Assistant out: the client knows nothing of it."""


@pytest.fixture(autouse=True)
def enable_event_loop_debug() -> None:
    """Leave asyncio's debug mode off: it makes every request several times slower."""


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Go on after a refusal as too fast nearly at once."""
    monkeypatch.setattr(transport, "BACK_OFF_SECONDS", 0.01)


@pytest.fixture
async def http(socket_enabled: None) -> AsyncGenerator[aiohttp.ClientSession]:
    """Open the session that the client sends through."""
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def stage(
    request: pytest.FixtureRequest,
    http: aiohttp.ClientSession,
    sim: Simulator,
    account: SimulatedAccount,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncGenerator[Stage]:
    """Set up an account; the test must use every operation that it says it tries."""
    used: set[str] = set()
    find = Builders.builder

    def builder(self: Builders[..., object], dialect: DialectName) -> object:
        used.add(self.name)
        return find(self, dialect)

    monkeypatch.setattr(Builders, "builder", builder)
    keys = Account(URL(sim.url), account.key, account.secret)
    client = Client(http, keys, Limiter(rate=10_000))
    yield Stage(client, sim, account)
    await client.close()
    assert used == TRIED[request.function]
