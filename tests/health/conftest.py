"""What the slow clocks read, and what the owner is told."""

from typing import Any

import pytest

from custom_components.hikcentral_connect.api import DialectName, session
from custom_components.hikcentral_connect.const import DOMAIN
from homeassistant.helpers import entity_registry as er, issue_registry as ir
from simulator.world.places import Device

from ..conftest import Running


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Repeat at once: a pause would not end while the time is frozen."""
    monkeypatch.setattr(session, "RETRY_PAUSE", 0)


async def look(running: Running) -> None:
    """Let the slow clocks read once."""
    health = running.entry.runtime_data.health
    await health.package.async_refresh()
    if running.account.speech == DialectName.TEAMS:
        await health.devices.async_refresh()
    await running.hass.async_block_till_done()


def state_of(running: Running, domain: str, unique: str) -> Any:
    """Return the state of an entity, or nothing."""
    entity_id = er.async_get(running.hass).async_get_entity_id(
        domain, DOMAIN, f"{running.entry.unique_id}_{unique}"
    )
    return running.hass.states.get(entity_id) if entity_id else None


def issues_of(running: Running) -> dict[str, ir.IssueEntry]:
    """Return the repairs of the integration."""
    issues = ir.async_get(running.hass).issues.values()
    return {one.translation_key: one for one in issues if one.domain == DOMAIN}


def recorder_of(running: Running) -> Device:
    """Return the recorder of the house."""
    devices = running.account.world.devices.values()
    return next(one for one in devices if one.name == "House recorder")
