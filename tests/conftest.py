"""Fixtures: a simulated cloud in both dialects, and the integration on it."""

from collections.abc import AsyncGenerator, Generator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
import logging
from pathlib import Path
import re
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.syrupy import HomeAssistantSnapshotExtension
from syrupy.assertion import SnapshotAssertion

from custom_components.hikcentral_connect import turns
from custom_components.hikcentral_connect.api import DialectName, session
from custom_components.hikcentral_connect.api.limiter import Limiter
from custom_components.hikcentral_connect.const import (
    CONF_APP_KEY,
    CONF_DIALECT,
    CONF_REGION,
    CONF_SECRET_KEY,
    DOMAIN,
    REGION_CUSTOM,
    SUBENTRY_DOOR,
)
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_URL
from homeassistant.core import HomeAssistant
from simulator import Simulator
from simulator.account import Account

OUTDATED = re.compile("deprecated|Detected (that custom|blocking)|will stop working")
"""What Home Assistant logs of an integration that has to be changed."""


@pytest.fixture(autouse=True)
def _use_custom_integrations(enable_custom_integrations: None) -> None:
    """Let Home Assistant find the integration."""


@pytest.fixture(autouse=True)
def enable_event_loop_debug() -> None:
    """Leave the debug mode of the event loop to PYTHONASYNCIODEBUG: it halves speed."""


class _Warnings(logging.Handler):
    """Notes what is logged; caplog would make Home Assistant log everything."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(record.getMessage())


@pytest.fixture(autouse=True)
def _nothing_deprecated() -> Generator[None]:
    """Fail if Home Assistant says that we use what it will take away."""
    warnings = _Warnings()
    logging.getLogger().addHandler(warnings)
    yield
    logging.getLogger().removeHandler(warnings)
    assert not [one for one in warnings.told if DOMAIN in one and OUTDATED.search(one)]


@pytest.fixture
def snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Compare entities as core does."""
    return snapshot.use_extension(HomeAssistantSnapshotExtension)


@pytest.fixture
def rate_limit() -> int | None:
    """Return the requests a second that are allowed; tests of it override this."""
    return None


@pytest.fixture(autouse=True)
def _rate(rate_limit: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep tests quick that are not about the rate limit."""
    limiter = partial(Limiter, rate=rate_limit or 10_000)
    monkeypatch.setattr("custom_components.hikcentral_connect.account.Limiter", limiter)
    monkeypatch.setattr(session, "RETRY_PAUSE", 0.01)
    monkeypatch.setattr(session, "FAILED_PAUSE", 0)
    monkeypatch.setattr(turns, "FIRST_LOOKS", 0)


@pytest.fixture(autouse=True)
def _journals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the journals of messages in a folder of the test's own."""
    folder = "custom_components.hikcentral_connect.messages.memory.STORAGE_DIR"
    monkeypatch.setattr(folder, str(tmp_path / "storage"))


@pytest.fixture
async def sim(
    socket_enabled: None, rate_limit: int | None
) -> AsyncGenerator[Simulator]:
    """Run a cloud in which nothing happens unless a test makes it."""
    async with Simulator(seed=1, life=False, rate_limit=rate_limit) as simulator:
        yield simulator


@pytest.fixture(params=list(DialectName), ids=str)
def dialect(request: pytest.FixtureRequest) -> DialectName:
    """Run the test in each dialect."""
    return DialectName(request.param)


@pytest.fixture
def account(sim: Simulator, dialect: DialectName) -> Account:
    """Return the account of the dialect under test."""
    return sim.account(dialect.value)


def account_input(sim: Simulator, account: Account) -> dict[str, Any]:
    """Return what an owner types to add the account."""
    return {
        CONF_REGION: REGION_CUSTOM,
        CONF_URL: sim.url,
        CONF_APP_KEY: account.key,
        CONF_SECRET_KEY: account.secret,
    }


def unique_id_of(account: Account) -> str:
    """Return the unique id that the flow gives an account."""
    if account.speech.value == DialectName.TEAMS:
        return account.guid
    return sha256(account.key.encode()).hexdigest()[:32]


def make_entry(
    sim: Simulator,
    account: Account,
    options: dict[str, Any] | None = None,
    unique_id: str | None = None,
) -> MockConfigEntry:
    """Return a config entry as the flow makes it, its doors declared if need be."""
    reference = account.speech.value == DialectName.REFERENCE
    doors = [
        {
            "data": {"door_id": door.id},
            "subentry_type": SUBENTRY_DOOR,
            "title": door.name,
            "unique_id": door.id,
        }
        for door in account.world.doors.values()
    ]
    return MockConfigEntry(
        domain=DOMAIN,
        title="HikCentral Connect",
        unique_id=unique_id or unique_id_of(account),
        entry_id=f"entry_{account.speech.value}",
        data={
            **account_input(sim, account),
            CONF_DIALECT: account.speech.value,
        },
        options=options or {},
        subentries_data=doors if reference else [],
    )


@dataclass(frozen=True)
class Running:
    """The integration, set up on an account."""

    hass: HomeAssistant
    sim: Simulator
    account: Account
    entry: MockConfigEntry


@pytest.fixture
async def running(
    hass: HomeAssistant, sim: Simulator, account: Account
) -> AsyncGenerator[Running]:
    """Set the integration up on the account under test."""
    entry = make_entry(sim, account)
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.state is ConfigEntryState.LOADED
    yield Running(hass, sim, account, entry)
    if entry.state is ConfigEntryState.LOADED:
        assert await hass.config_entries.async_unload(entry.entry_id)
        await hass.async_block_till_done(wait_background_tasks=True)
