"""The package of the account, and what its owner is told."""

from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.hikcentral_connect.api import DialectName
from custom_components.hikcentral_connect.const import DOMAIN
from homeassistant.components.repairs import repairs_flow_manager
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util

from ..common import REFERENCE, TEAMS
from ..conftest import Running
from .conftest import issues_of, look, recorder_of, state_of


async def test_nothing_is_asked_at_start(running: Running) -> None:
    """The slow clocks do not slow the start."""
    assert not running.sim.record.calls("*/servicepackage")
    assert not running.sim.record.calls("*/maintenance/*")


async def test_slow_clocks(running: Running, freezer: FrozenDateTimeFactory) -> None:
    """The first look comes soon after the start, the next one much later."""
    for minutes, looks in ((2, 1), (11 * 60, 1), (2 * 60, 2)):
        freezer.tick(timedelta(minutes=minutes))
        async_fire_time_changed(running.hass)
        await running.hass.async_block_till_done(wait_background_tasks=True)
        assert len(running.sim.record.calls("*/servicepackage")) == looks
    if running.account.speech == DialectName.REFERENCE:
        assert not running.sim.record.calls("*/maintenance/*")


@TEAMS
async def test_package_of_teams(running: Running) -> None:
    """Each service of the package has its figures."""
    await look(running)
    cameras = len(running.account.world.cameras)

    def figure(key: str) -> str:
        return state_of(running, "sensor", f"package_serviceVideo_{key}").state

    assert figure("used") == str(cameras)
    assert figure("limit") == str(cameras + running.account.package.room)
    assert figure("expires") == "2032-01-01T00:00:00+00:00"
    assert figure("status") == "normal"
    assert state_of(running, "sensor", "package_serviceVideo_used").name.endswith(
        "Video used"
    )
    assert not issues_of(running)


@REFERENCE
async def test_package_of_the_reference(running: Running) -> None:
    """The package has a name, and limits the devices that there are."""
    await look(running)
    name = state_of(running, "sensor", "package_name")
    assert name.state == "Professional"
    assert "video" in name.attributes["features"]
    used = state_of(running, "sensor", "package_devices_used")
    assert used.state == str(len(running.account.world.devices))
    assert state_of(running, "sensor", "package_devices_expires") is None


async def test_package_that_cannot_be_read(running: Running) -> None:
    """Without the package its sensors are unavailable and everything else works."""
    await look(running)
    running.sim.faults.add("http_error", path="*/servicepackage")
    await look(running)

    sensors = [
        one
        for one in er.async_entries_for_config_entry(
            er.async_get(running.hass), running.entry.entry_id
        )
        if "_package_" in one.unique_id
    ]
    assert sensors
    for one in sensors:
        assert running.hass.states.get(one.entity_id).state == STATE_UNAVAILABLE
    assert running.hass.states.get("camera.garden_terrace").state == "idle"


@TEAMS
@pytest.mark.parametrize(
    ("days", "kind"), [(31, None), (29, "package_ends"), (-1, "package_ended")]
)
async def test_package_ends(
    running: Running, freezer: FrozenDateTimeFactory, days: int, kind: str | None
) -> None:
    """The owner hears of it 30 days before; nobody has to ask the service for that."""
    await look(running)
    running.sim.record.clear()
    freezer.move_to(dt_util.parse_datetime("2032-01-01T00:00:00Z"))
    freezer.tick(timedelta(days=-days))
    running.entry.runtime_data.client.session._token = None
    listeners = running.entry.runtime_data.health.package._listeners
    for listen, _ in tuple(listeners.values()):
        listen()

    assert set(issues_of(running)) == ({kind} if kind else set())
    if kind:
        issue = issues_of(running)[kind]
        assert issue.translation_placeholders["service"] == "Video"
        assert issue.translation_placeholders["date"] == "2032-01-01"
    assert len(running.sim.record) == 0


@REFERENCE
async def test_over_the_limit(running: Running) -> None:
    """More devices than the package allows are an issue until they are fewer."""
    await look(running)
    runtime = running.entry.runtime_data
    limit, world = runtime.health.package.data.limit, running.account.world
    extra = [world.add_device(f"Extra {n}") for n in range(limit)]
    await runtime.inventory.async_refresh()
    issue = issues_of(running)["package_exceeded"]
    assert issue.translation_placeholders["limit"] == str(limit)

    for device in extra:
        world.remove_device(device)
    await runtime.inventory.async_refresh()
    assert "package_exceeded" not in issues_of(running)


async def test_missing_device_is_deleted_from_the_repairs(running: Running) -> None:
    """The repair deletes the device with what hangs on it, if it is still missing."""
    hass, world = running.hass, running.account.world
    inventory, registry = running.entry.runtime_data.inventory, dr.async_get(hass)
    gone = recorder_of(running)
    cameras = [one for one in world.cameras.values() if one.device is gone]
    world.remove_device(gone)
    await inventory.async_refresh()
    before = {one.name for one in registry.devices}
    assert {gone.name, *(one.name for one in cameras)} <= before

    assert await async_setup_component(hass, "repairs", {})
    assert await async_setup_component(hass, DOMAIN, {})
    flows, issue = repairs_flow_manager(hass), issues_of(running)["device_missing"]
    assert issue.is_fixable
    step = await flows.async_init(DOMAIN, data={"issue_id": issue.issue_id})
    assert step["step_id"] == "confirm"
    assert step["description_placeholders"]["device"] == gone.name
    step = await flows.async_configure(step["flow_id"], {})
    assert step["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    after = {one.name for one in registry.devices}
    assert gone.name not in after
    assert len(before - after) == 1 + len({one.name for one in cameras})
    assert "device_missing" not in issues_of(running)


async def test_device_missing(running: Running) -> None:
    """A device that leaves the account is an issue until it is back or deleted."""
    hass, world = running.hass, running.account.world
    inventory = running.entry.runtime_data.inventory
    gone = recorder_of(running)
    del world.devices[gone.id]
    await inventory.async_refresh()
    issue = issues_of(running)["device_missing"]
    assert issue.translation_placeholders["device"] == gone.name

    world.devices[gone.id] = gone
    await inventory.async_refresh()
    assert "device_missing" not in issues_of(running)

    del world.devices[gone.id]
    await inventory.async_refresh()
    registry = dr.async_get(hass)
    device = registry.async_get_device_by_identifier(
        (DOMAIN, f"{running.entry.unique_id}_device_{gone.id}"), running.entry.entry_id
    )
    registry.async_remove_device(device.id)
    await hass.async_block_till_done()
    assert "device_missing" not in issues_of(running)


async def test_login_that_was_not_renewed(
    running: Running, freezer: FrozenDateTimeFactory
) -> None:
    """A login that should have been renewed long ago is an issue until it is."""
    login = running.entry.runtime_data.client.session
    login._token.ends = login._clock() + 10 * 3600
    for expected in (True, False):
        freezer.tick(timedelta(hours=1, seconds=5))
        async_fire_time_changed(running.hass)
        await running.hass.async_block_till_done()
        assert ("token_ends" in issues_of(running)) is expected
        await running.entry.runtime_data.status.async_refresh()


async def test_unload_withdraws(running: Running) -> None:
    """An account that does not run has no issues."""
    del running.account.world.devices[recorder_of(running).id]
    await running.entry.runtime_data.inventory.async_refresh()
    assert issues_of(running)
    assert await running.hass.config_entries.async_unload(running.entry.entry_id)
    assert not issues_of(running)
