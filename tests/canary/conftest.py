"""Fixtures: an account full of canaries, recorded, logged and looked at."""

from collections.abc import AsyncGenerator, Generator
import logging
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.hikcentral_connect.api.dialects.teams import webhook as builders
from homeassistant.components.recorder import Recorder
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import MATCH_ALL
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from simulator import Simulator
from simulator.account import Account
from simulator.streams.service import Streams

from ..conftest import Running, make_entry
from .actions import TYPED, VISITOR
from .drive import Drive
from .outputs import Outputs
from .plant import CODE, DOOR_PIN, KEYS, Canaries, plant

PARTS = (
    *("diagnostics", "logbook", "history", "system_log", "system_health", "trace"),
    *("repairs", "config", "calendar", "camera", "image", "media_source"),
    *("persistent_notification", "stream"),
)


@pytest.fixture(autouse=True)
def _use_custom_integrations(
    recorder_mock: Recorder, enable_custom_integrations: None
) -> None:
    """Record what happens; the recorder must be there first."""


@pytest.fixture
async def sim(socket_enabled: None) -> AsyncGenerator[Simulator]:
    """Run a cloud whose keys are canaries."""
    async with Simulator(seed=1, life=False, rate_limit=None, accounts=KEYS) as one:
        yield one


@pytest.fixture
def canaries(account: Account) -> Canaries:
    """Plant, and return what must stay inside."""
    typed = {VISITOR: "visitor's name", **TYPED}
    return plant(account) | typed


@pytest.fixture
def outputs(monkeypatch: pytest.MonkeyPatch) -> Generator[Outputs]:
    """Keep every line that any logger writes, and print few of them."""
    kept, root = Outputs(), logging.getLogger()
    before = root.level
    for other in root.handlers:
        monkeypatch.setattr(other, "level", logging.ERROR)
    root.addHandler(kept)
    root.setLevel(logging.DEBUG)
    logging.getLogger("homeassistant").setLevel(logging.DEBUG)
    yield kept
    root.setLevel(before)
    root.removeHandler(kept)


@pytest.fixture
def sealed(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Keep what the addresses of streams are signed with."""
    kept: set[str] = set()
    seal = Streams.seal

    def keep(self: Streams, text: str) -> str:
        kept.add(seal(self, text))
        return seal(self, text)

    monkeypatch.setattr(Streams, "seal", keep)
    return kept


@pytest.fixture
def everything_on() -> Generator[None]:
    """Enable the entities that are off by default."""
    name = "homeassistant.helpers.entity.Entity.entity_registry_enabled_default"
    with patch(name, new=True):
        yield


@pytest.fixture
async def drive(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    hass_client: ClientSessionGenerator,
    hass_ws_client: WebSocketGenerator,
    everything_on: None,
    sim: Simulator,
    account: Account,
    canaries: Canaries,
    outputs: Outputs,
    sealed: set[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncGenerator[Drive]:
    """Set up all that could tell a secret, then the account."""
    hass.config.components.add("frontend")
    # On this machine there is no certificate to be pushed to.
    monkeypatch.setattr(builders, "_checked_url", lambda url: url)
    hass.config.allowlist_external_dirs = {str(tmp_path)}
    for part in PARTS:
        assert await async_setup_component(hass, part, {})
    hass.bus.async_listen(MATCH_ALL, outputs.on_event)
    entry = make_entry(sim, account, options(account))
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    http, socket = await hass_client(), await hass_ws_client(hass)
    yield Drive(Running(hass, sim, account, entry), outputs, http, socket, sealed)
    if entry.state is ConfigEntryState.LOADED:
        await hass.config_entries.async_unload(entry.entry_id)
        await hass.async_block_till_done(wait_background_tasks=True)
    if account.webhook is not None:
        await account.webhook.stop()


def options(account: Account) -> dict[str, Any]:
    """Switch everything on, but for the names of people."""
    world = account.world
    encrypted = [one.serial for one in world.devices.values() if one.code]
    return {
        "codes": dict.fromkeys(encrypted, CODE),
        "doors": {door: {"pin": DOOR_PIN} for door in world.doors},
        "relay": True,
        "vehicles": True,
        "attendance": True,
    }
