"""Two accounts side by side share nothing but the code."""

from collections.abc import AsyncGenerator
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.hikcentral_connect.api import DialectName
from custom_components.hikcentral_connect.const import DOMAIN, EVENT_MESSAGE
from homeassistant.config_entries import SOURCE_USER, ConfigEntryState
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import Event, HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import device_registry as dr, entity_registry as er
from simulator import Simulator

from .conftest import Running, account_input, make_entry

OPTIONS = {"vehicles": True, "attendance": True}


@pytest.fixture
async def both(hass: HomeAssistant, sim: Simulator) -> AsyncGenerator[list[Running]]:
    """Set both demo accounts up: another key, another dialect, one Home Assistant."""
    running = []
    for dialect in DialectName:
        account = sim.account(dialect.value)
        entry = make_entry(sim, account, OPTIONS)
        entry.add_to_hass(hass)
        assert await hass.config_entries.async_setup(entry.entry_id)
        running.append(Running(hass, sim, account, entry))
    await hass.async_block_till_done(wait_background_tasks=True)
    yield running
    for one in running:
        if one.entry.state is ConfigEntryState.LOADED:
            assert await hass.config_entries.async_unload(one.entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)


def _ids(hass: HomeAssistant, entry: MockConfigEntry) -> tuple[set[str], set[str]]:
    """Return the devices and entities of an account."""
    return (
        {
            one.id
            for one in dr.async_entries_for_config_entry(
                dr.async_get(hass), entry.entry_id
            )
        },
        {
            one.entity_id
            for one in er.async_entries_for_config_entry(
                er.async_get(hass), entry.entry_id
            )
        },
    )


async def test_each_has_its_own(both: list[Running], hass: HomeAssistant) -> None:
    """No device and no entity belongs to both, and both have all of theirs."""
    first, second = (_ids(hass, one.entry) for one in both)
    assert first[0].isdisjoint(second[0])
    assert first[1].isdisjoint(second[1])
    for one, (devices, entities) in zip(both, (first, second), strict=True):
        world = one.account.world
        assert len(devices) > len(world.devices) + len(world.cameras)
        cameras = [one for one in entities if one.startswith("camera.")]
        assert len(cameras) == len(world.cameras)


async def test_nothing_is_shared(both: list[Running]) -> None:
    """Client, limiter, queues and all the other parts exist once for each account."""
    first, second = (one.entry.runtime_data for one in both)
    for name in type(first).__dataclass_fields__:
        if name != "shape":
            assert getattr(first, name) is not getattr(second, name), name
    assert first.client.session.limiter is not second.client.session.limiter


async def test_a_message_reaches_its_account(
    both: list[Running], hass: HomeAssistant
) -> None:
    """An alarm of one account is none of the other's."""
    heard: list[Event[dict[str, Any]]] = []
    hass.bus.async_listen(EVENT_MESSAGE, heard.append)
    one, other = both
    camera = next(iter(one.account.world.cameras))
    one.account.happen.alarm(camera, "motion", pictures=0)
    for running in both:
        await running.entry.runtime_data.alarms.async_refresh()
    await hass.async_block_till_done()

    (message,) = heard
    assert message.data["entry_id"] == one.entry.entry_id
    on = [
        state.entity_id
        for state in hass.states.async_all("binary_sensor")
        if state.state == "on" and "connectivity" not in state.entity_id
    ]
    assert len(on) == 1
    assert set(on) <= _ids(hass, one.entry)[1]
    assert not set(on) & _ids(hass, other.entry)[1]


async def test_trouble_of_one(both: list[Running], hass: HomeAssistant) -> None:
    """An account whose key is revoked, and is then removed, leaves the other alone."""
    one, other = both
    one.account.revoke_key()
    for running in both:
        await running.entry.runtime_data.status.async_refresh()
    await hass.async_block_till_done()
    theirs = _ids(hass, other.entry)[1]

    def states(entities: set[str]) -> set[str]:
        found = (hass.states.get(key) for key in entities if "connectivity" in key)
        return {state.state for state in found if state}

    assert states(_ids(hass, one.entry)[1]) == {STATE_UNAVAILABLE}
    assert STATE_UNAVAILABLE not in states(theirs)

    await hass.config_entries.async_remove(one.entry.entry_id)
    await hass.async_block_till_done()
    assert _ids(hass, other.entry)[1] == theirs
    assert STATE_UNAVAILABLE not in states(theirs)


async def test_actions_name_their_account(
    both: list[Running], hass: HomeAssistant
) -> None:
    """With two accounts an action says which one it means."""
    one, other = both
    one.account.world.add_user("only here")
    for running, expected in ((one, True), (other, False)):
        answer: Any = await hass.services.async_call(
            DOMAIN,
            "list_users",
            {"config_entry_id": running.entry.entry_id},
            blocking=True,
            return_response=True,
        )
        names = {user["name"] for user in answer["users"]}
        assert ("only here" in names) is expected
    with pytest.raises(ServiceValidationError):
        await hass.services.async_call(
            DOMAIN, "list_users", {}, blocking=True, return_response=True
        )


@pytest.mark.parametrize("rate_limit", [5])
async def test_each_has_its_own_rate(both: list[Running], sim: Simulator) -> None:
    """Each key keeps its own limit of five requests a second."""
    for one in both:
        assert sim.record.max_per_second(one.account.key) <= 5
    assert {call.code for call in sim.record.calls("/api/*")} == {"0"}


async def test_names_tell_accounts_apart(hass: HomeAssistant, sim: Simulator) -> None:
    """The second account gets a name of its own, and the first free one counts."""
    taken = MockConfigEntry(domain=DOMAIN, title="HikCentral Connect 2")
    taken.add_to_hass(hass)
    titles = []
    for dialect in DialectName:
        flow = await hass.config_entries.flow.async_init(
            DOMAIN,
            context={"source": SOURCE_USER},
            data=account_input(sim, sim.account(dialect.value)),
        )
        titles.append(flow["title"])
    await hass.async_block_till_done(wait_background_tasks=True)
    assert titles == ["HikCentral Connect", "HikCentral Connect 3"]
    for entry in hass.config_entries.async_entries(DOMAIN):
        if entry is not taken:
            assert await hass.config_entries.async_unload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
