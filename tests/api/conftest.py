"""The client of a simulated account, and one of a hand-made cloud."""

from collections.abc import AsyncGenerator, Callable

import aiohttp
import pytest
from yarl import URL

from custom_components.hikcentral_connect.api import (
    Account,
    Client,
    session as session_module,
    transport,
)
from custom_components.hikcentral_connect.api.limiter import Limiter
from custom_components.hikcentral_connect.api.models.doors import DoorAction
from simulator import Simulator
from simulator.account import Account as SimulatedAccount
from simulator.world.doors import Door

from .clock import HandClock
from .cloud import Cloud


@pytest.fixture(autouse=True)
def _use_custom_integrations() -> None:
    """Leave Home Assistant out: the client knows nothing of it."""


@pytest.fixture(autouse=True)
def enable_event_loop_debug() -> None:
    """Leave asyncio's debug mode off: it makes every request several times slower."""


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Repeat, and go on after a refusal as too fast, nearly at once."""
    monkeypatch.setattr(session_module, "RETRY_PAUSE", 0.01)
    monkeypatch.setattr(session_module, "FAILED_PAUSE", 0)
    monkeypatch.setattr(transport, "BACK_OFF_SECONDS", 0.01)


@pytest.fixture
async def http(socket_enabled: None) -> AsyncGenerator[aiohttp.ClientSession]:
    """Open the session that the client sends through."""
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def limiter(rate_limit: int | None) -> Limiter:
    """Return a limiter that holds nobody up, or one for the rate under test.

    The account has doors, for which a place is kept.
    """
    limiter = Limiter(rate=rate_limit or 10_000)
    limiter.keep_place(lambda: True)
    return limiter


@pytest.fixture
def keys(sim: Simulator, account: SimulatedAccount) -> Account:
    """Return what the owner of the simulated account types in."""
    return Account(URL(sim.url), account.key, account.secret)


@pytest.fixture
async def client(
    http: aiohttp.ClientSession, keys: Account, limiter: Limiter
) -> AsyncGenerator[Client]:
    """Return the client of the simulated account; it has not logged in yet."""
    client = Client(http, keys, limiter)
    yield client
    await client.close()


@pytest.fixture
def door(account: SimulatedAccount) -> Door:
    """Return a door of the simulated account."""
    return next(iter(account.world.doors.values()))


@pytest.fixture
def clock() -> HandClock:
    """Return a clock that stands still."""
    return HandClock()


@pytest.fixture
async def cloud(socket_enabled: None) -> AsyncGenerator[Cloud]:
    """Run a service whose answers the test writes."""
    async with Cloud() as service:
        yield service


@pytest.fixture
async def stranger(socket_enabled: None) -> AsyncGenerator[Cloud]:
    """Run a second service, which nobody may talk to."""
    async with Cloud() as service:
        yield service


@pytest.fixture
async def liar(
    http: aiohttp.ClientSession, cloud: Cloud, limiter: Limiter
) -> AsyncGenerator[Client]:
    """Return the client of the hand-made cloud."""
    client = Client(http, Account(URL(cloud.url), "key", "secret"), limiter)
    yield client
    await client.close()


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Return a function that sets for how many seconds the client waits."""

    def be_patient(seconds: float) -> None:
        timeout = aiohttp.ClientTimeout(total=seconds)
        monkeypatch.setattr(transport, "TIMEOUT", timeout)

    return be_patient


async def open_door(client: Client, door: Door) -> None:
    """Open a door through the client."""
    await client.doors.control(door.id, DoorAction.OPEN)


def fault_name(fault: object) -> str | None:
    """Return a name for the report of the tests, if this is a fault of the cloud."""
    return "-".join(map(str, fault.values())) if isinstance(fault, dict) else None
