"""An automation of a blueprint, and a phone that it notifies."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest

from custom_components.hikcentral_connect.const import DOMAIN
from homeassistant.components.automation.config import AUTOMATION_BLUEPRINT_SCHEMA
from homeassistant.components.blueprint import models
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util import yaml as yaml_util
from simulator.world.doors import Door

from ..conftest import Running
from ..phone import Phone, add_phone

FOLDER = Path(__file__).parents[2] / "blueprints/automation/hikcentral_connect"


def blueprint(name: str) -> models.Blueprint:
    """Return a blueprint as Home Assistant reads it."""
    return models.Blueprint(
        yaml_util.load_yaml_dict(FOLDER / f"{name}.yaml"),
        path=f"{DOMAIN}/{name}.yaml",
        expected_domain="automation",
        schema=AUTOMATION_BLUEPRINT_SCHEMA,
    )


async def automate(hass: HomeAssistant, name: str, **inputs: Any) -> None:
    """Set up an automation of a blueprint."""
    use = {"path": f"{DOMAIN}/{name}.yaml", "input": inputs}
    filled = models.BlueprintInputs(blueprint(name), {"use_blueprint": use})
    filled.validate()
    config = filled.async_substitute()
    config.pop("blueprint", None)
    assert await async_setup_component(hass, "automation", {"automation": [config]})
    await hass.async_block_till_done()
    (automation,) = hass.states.async_all("automation")
    assert automation.state == "on"


@pytest.fixture
async def ended(running: Running) -> AsyncGenerator[None]:
    """End automations that still wait, for which the test would wait."""
    yield
    if running.hass.services.has_service("automation", "turn_off"):
        await running.hass.services.async_call(
            "automation", "turn_off", {"entity_id": "all"}, blocking=True
        )


@pytest.fixture
def phone(running: Running, ended: None) -> Phone:
    """Return a phone."""
    return add_phone(running.hass)


def door_named(running: Running, name: str = "Front door") -> Door:
    """Return a door of the simulator."""
    return next(one for one in running.account.world.doors.values() if one.name == name)


def of_door(running: Running, domain: str) -> str:
    """Return the entity of the front door in a domain."""
    return registered(running, domain, f"_{door_named(running).id}_")


def registered(running: Running, domain: str, *parts: str) -> str:
    """Return the first entity of a domain whose unique id has all the parts."""
    return next(
        one.entity_id
        for one in er.async_get(running.hass).entities.values()
        if one.platform == DOMAIN
        and one.domain == domain
        and all(part in one.unique_id for part in parts)
    )


async def hear(running: Running) -> None:
    """Let Home Assistant hear what happened."""
    runtime = running.entry.runtime_data
    await runtime.alarms.async_refresh()
    await runtime.messages.async_refresh()
