"""The pages of the options about video."""

from typing import Any

import pytest

from custom_components.hikcentral_connect.api import DialectName
from custom_components.hikcentral_connect.video.tiers import Tier, Why
from homeassistant.config_entries import ConfigFlowResult
from homeassistant.data_entry_flow import FlowResultType, InvalidData

from .common import camera_named
from .conftest import Running
from .watching import tier_of


async def _page(running: Running, *steps: dict[str, Any]) -> ConfigFlowResult:
    options = running.hass.config_entries.options
    result: ConfigFlowResult = await options.async_init(running.entry.entry_id)
    for step in ({"next_step_id": "video"}, *steps):
        result = await options.async_configure(result["flow_id"], step)
    await running.hass.async_block_till_done()
    return result


async def test_relay(running: Running) -> None:
    """The relay is off until the owner wants it, and then needs no restart."""
    assert not running.entry.runtime_data.options.relay

    result = await _page(running, {"relay": True})

    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert running.entry.runtime_data.options.relay
    assert len(running.sim.record.calls("*/token/get")) == 1


async def test_camera(running: Running) -> None:
    """One camera is shown differently, others stay as they are."""
    camera = camera_named(running, "Terrace")
    other = tier_of(running, "Workbench")
    chosen = {"tier": "relay", "quality": "sub", "daily_minutes": 30.0}

    form = await _page(running, {"relay": False, "camera": camera.id})
    assert form["description_placeholders"] == {"camera": "Terrace"}
    result = await _page(running, {"relay": False, "camera": camera.id}, chosen)

    assert result["data"]["video"] == {camera.id: {**chosen, "daily_minutes": 30}}
    assert tier_of(running, "Terrace") == (Tier.RELAY, Why.CHOSEN)
    assert tier_of(running, "Workbench") == other
    form = await _page(running, {"relay": False, "camera": camera.id})
    shown = {str(key): key.default() for key in form["data_schema"].schema}
    assert shown == {**chosen, "daily_minutes": 30}
    back = {"tier": "auto", "quality": "main", "daily_minutes": 0}
    await _page(running, {"relay": False, "camera": camera.id}, back)
    assert tier_of(running, "Terrace")[1] is not Why.CHOSEN


@pytest.mark.parametrize("dialect", [DialectName.REFERENCE])
async def test_reference_has_no_hls(running: Running) -> None:
    """What the service does not offer cannot be chosen."""
    camera = camera_named(running, "Terrace")
    chosen = {"tier": "hls", "quality": "main", "daily_minutes": 0}

    with pytest.raises(InvalidData):
        await _page(running, {"relay": False, "camera": camera.id}, chosen)
