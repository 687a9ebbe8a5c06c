"""Every entity of the demo house, as a snapshot."""

from unittest.mock import patch

import pytest
from syrupy.assertion import SnapshotAssertion

from custom_components.hikcentral_connect import PLATFORMS
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from simulator import Simulator
from simulator.account import Account

from .conftest import make_entry


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_platform(
    hass: HomeAssistant,
    sim: Simulator,
    account: Account,
    snapshot: SnapshotAssertion,
    entity_registry: er.EntityRegistry,
    *,
    platform: Platform,
) -> None:
    """The entities of one platform."""
    entry = make_entry(sim, account)
    entry.add_to_hass(hass)
    with (
        patch("custom_components.hikcentral_connect.PLATFORMS", [platform]),
        patch("homeassistant.components.camera._RND.getrandbits", return_value=1),
        patch("homeassistant.components.image._RND.getrandbits", return_value=1),
    ):
        await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done(wait_background_tasks=True)

    entities = er.async_entries_for_config_entry(entity_registry, entry.entry_id)
    assert {entity.domain for entity in entities} <= {platform}
    for entity in sorted(entities, key=lambda one: one.entity_id):
        assert entity == snapshot(name=f"{entity.entity_id}-entry")
        state = hass.states.get(entity.entity_id)
        assert state == snapshot(name=f"{entity.entity_id}-state")
    assert await hass.config_entries.async_unload(entry.entry_id)


async def test_devices(
    hass: HomeAssistant,
    sim: Simulator,
    account: Account,
    snapshot: SnapshotAssertion,
    device_registry: dr.DeviceRegistry,
) -> None:
    """The devices, their areas and parents."""
    entry = make_entry(sim, account)
    entry.add_to_hass(hass)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)

    devices = dr.async_entries_for_config_entry(device_registry, entry.entry_id)
    names = {device.id: device.name for device in devices}
    assert [
        (device.name, device.area_id, names.get(device.via_device_id), device.model)
        for device in devices
    ] == snapshot
    assert await hass.config_entries.async_unload(entry.entry_id)
