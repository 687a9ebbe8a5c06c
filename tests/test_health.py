"""Health of the account and its devices: package, disks, recording, issues."""

from collections.abc import AsyncGenerator
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.hikcentral_connect.api import DialectName, session
from custom_components.hikcentral_connect.const import DOMAIN
from homeassistant.components.repairs import repairs_flow_manager
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import (
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from simulator import Simulator
from simulator.account import Account
from simulator.world.disks import DiskState
from simulator.world.places import Device

from .conftest import Running, make_entry

TEAMS = pytest.mark.parametrize("dialect", [DialectName.TEAMS])
REFERENCE = pytest.mark.parametrize("dialect", [DialectName.REFERENCE])


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Repeat at once: a pause would not end while the time is frozen."""
    monkeypatch.setattr(session, "RETRY_PAUSE", 0)


async def _look(running: Running) -> None:
    """Let the slow clocks read once."""
    health = running.entry.runtime_data.health
    await health.package.async_refresh()
    if running.account.speech == DialectName.TEAMS:
        await health.devices.async_refresh()
    await running.hass.async_block_till_done()


def _state(running: Running, domain: str, unique: str) -> Any:
    entity_id = er.async_get(running.hass).async_get_entity_id(
        domain, DOMAIN, f"{running.entry.unique_id}_{unique}"
    )
    return running.hass.states.get(entity_id) if entity_id else None


def _issues(running: Running) -> dict[str, ir.IssueEntry]:
    issues = ir.async_get(running.hass).issues.values()
    return {one.translation_key: one for one in issues if one.domain == DOMAIN}


def _recorder(running: Running) -> Device:
    devices = running.account.world.devices.values()
    return next(one for one in devices if one.name == "House recorder")


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
    await _look(running)
    cameras = len(running.account.world.cameras)

    def figure(key: str) -> str:
        return _state(running, "sensor", f"package_serviceVideo_{key}").state

    assert figure("used") == str(cameras)
    assert figure("limit") == str(cameras + running.account.package.room)
    assert figure("expires") == "2032-01-01T00:00:00+00:00"
    assert figure("status") == "normal"
    assert _state(running, "sensor", "package_serviceVideo_used").name.endswith(
        "Video used"
    )
    assert not _issues(running)


@REFERENCE
async def test_package_of_the_reference(running: Running) -> None:
    """The package has a name, and limits the devices that there are."""
    await _look(running)
    name = _state(running, "sensor", "package_name")
    assert name.state == "Professional"
    assert "video" in name.attributes["features"]
    used = _state(running, "sensor", "package_devices_used")
    assert used.state == str(len(running.account.world.devices))
    assert _state(running, "sensor", "package_devices_expires") is None


async def test_package_that_cannot_be_read(running: Running) -> None:
    """Without the package its sensors are unavailable and everything else works."""
    await _look(running)
    running.sim.faults.add("http_error", path="*/servicepackage")
    await _look(running)

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
    await _look(running)
    running.sim.record.clear()
    freezer.move_to(dt_util.parse_datetime("2032-01-01T00:00:00Z"))
    freezer.tick(timedelta(days=-days))
    running.entry.runtime_data.client.session._token = None
    listeners = running.entry.runtime_data.health.package._listeners
    for listen, _ in tuple(listeners.values()):
        listen()

    assert set(_issues(running)) == ({kind} if kind else set())
    if kind:
        issue = _issues(running)[kind]
        assert issue.translation_placeholders["service"] == "Video"
        assert issue.translation_placeholders["date"] == "2032-01-01"
    assert len(running.sim.record) == 0


@REFERENCE
async def test_over_the_limit(running: Running) -> None:
    """More devices than the package allows are an issue until they are fewer."""
    await _look(running)
    runtime = running.entry.runtime_data
    limit, world = runtime.health.package.data.limit, running.account.world
    extra = [world.add_device(f"Extra {n}") for n in range(limit)]
    await runtime.inventory.async_refresh()
    issue = _issues(running)["package_exceeded"]
    assert issue.translation_placeholders["limit"] == str(limit)

    for device in extra:
        world.remove_device(device)
    await runtime.inventory.async_refresh()
    assert "package_exceeded" not in _issues(running)


async def test_missing_device_is_deleted_from_the_repairs(running: Running) -> None:
    """The repair deletes the device with what hangs on it, if it is still missing."""
    hass, world = running.hass, running.account.world
    inventory, registry = running.entry.runtime_data.inventory, dr.async_get(hass)
    gone = _recorder(running)
    cameras = [one for one in world.cameras.values() if one.device is gone]
    world.remove_device(gone)
    await inventory.async_refresh()
    before = {one.name for one in registry.devices}
    assert {gone.name, *(one.name for one in cameras)} <= before

    assert await async_setup_component(hass, "repairs", {})
    assert await async_setup_component(hass, DOMAIN, {})
    flows, issue = repairs_flow_manager(hass), _issues(running)["device_missing"]
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
    assert "device_missing" not in _issues(running)


async def test_device_missing(running: Running) -> None:
    """A device that leaves the account is an issue until it is back or deleted."""
    hass, world = running.hass, running.account.world
    inventory = running.entry.runtime_data.inventory
    gone = _recorder(running)
    del world.devices[gone.id]
    await inventory.async_refresh()
    issue = _issues(running)["device_missing"]
    assert issue.translation_placeholders["device"] == gone.name

    world.devices[gone.id] = gone
    await inventory.async_refresh()
    assert "device_missing" not in _issues(running)

    del world.devices[gone.id]
    await inventory.async_refresh()
    registry = dr.async_get(hass)
    device = registry.async_get_device_by_identifier(
        (DOMAIN, f"{running.entry.unique_id}_device_{gone.id}"), running.entry.entry_id
    )
    registry.async_remove_device(device.id)
    await hass.async_block_till_done()
    assert "device_missing" not in _issues(running)


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
        assert ("token_ends" in _issues(running)) is expected
        await running.entry.runtime_data.status.async_refresh()


async def test_unload_withdraws(running: Running) -> None:
    """An account that does not run has no issues."""
    del running.account.world.devices[_recorder(running).id]
    await running.entry.runtime_data.inventory.async_refresh()
    assert _issues(running)
    assert await running.hass.config_entries.async_unload(running.entry.entry_id)
    assert not _issues(running)


@TEAMS
async def test_device_health(running: Running) -> None:
    """One call tells of all devices: disks, free space, recording."""
    running.sim.record.clear()
    await _look(running)
    assert len(running.sim.record.calls("*/maintenance/*")) == 1

    recorder = _recorder(running)
    unique = f"device_{recorder.id}"
    assert _state(running, "sensor", f"{unique}_disk_state").state == "normal"
    assert float(_state(running, "sensor", f"{unique}_disk_free").state) == 31.0
    assert (
        _state(running, "binary_sensor", f"{unique}_recording_problem").state == "off"
    )
    assert _state(running, "sensor", f"{unique}_battery") is None

    running.account.world.disks.of(recorder.id)[0].state = DiskState.ERROR
    camera = next(
        one for one in running.account.world.cameras.values() if one.device is recorder
    )
    camera.connected = False
    await _look(running)
    assert _state(running, "sensor", f"{unique}_disk_state").state == "error"
    problem = _state(running, "binary_sensor", f"{unique}_recording_problem")
    assert problem.state == "on"
    assert problem.attributes["channels"] == [camera.name]


@TEAMS
async def test_device_back_online(running: Running) -> None:
    """A device that comes back may have changed: the inventory is read again."""
    status, recorder = running.entry.runtime_data.status, _recorder(running)
    recorder.online = False
    await status.async_refresh()
    recorder.version = "V9.9.9"
    recorder.online = True
    running.sim.record.clear()
    await status.async_refresh()
    await running.hass.async_block_till_done()

    assert len(running.sim.record.calls("*/areas/doors/get")) == 1
    device = dr.async_get(running.hass).async_get_device_by_identifier(
        (DOMAIN, f"{running.entry.unique_id}_device_{recorder.id}"),
        running.entry.entry_id,
    )
    assert device.sw_version == "V9.9.9"


@pytest.fixture
async def with_all(
    hass: HomeAssistant, sim: Simulator, account: Account
) -> AsyncGenerator[Running]:
    """Set up with the entities of one recorder's disks and one camera enabled."""
    entry = make_entry(sim, account)
    entry.add_to_hass(hass)
    running = Running(hass, sim, account, entry)
    recorder, registry = _recorder(running), er.async_get(hass)
    camera = next(iter(account.world.cameras))
    for unique in (
        f"device_{recorder.id}_drive_1_free",
        f"device_{recorder.id}_drive_1_state",
        f"device_{recorder.id}_drive_2_temperature",
        f"camera_{camera}_recording_schedule",
    ):
        registry.async_get_or_create(
            "sensor", DOMAIN, f"{entry.unique_id}_{unique}", config_entry=entry
        )
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    await _look(running)
    yield running
    assert await hass.config_entries.async_unload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)


@TEAMS
async def test_disks_are_asked_where_shown(with_all: Running) -> None:
    """Only the recorder whose disks are enabled is asked, once for all of them."""
    running, recorder = with_all, _recorder(with_all)
    running.sim.record.clear()
    await running.entry.runtime_data.health.disks.async_refresh()
    await running.hass.async_block_till_done()

    (call,) = running.sim.record.calls("*/isapi/*")
    assert call.body["id"] == recorder.id
    unique = f"device_{recorder.id}_drive"
    free = _state(running, "sensor", f"{unique}_1_free")
    assert (free.state, free.attributes["unit_of_measurement"]) == ("380000", "MB")
    assert _state(running, "sensor", f"{unique}_1_state").state == "ok"
    assert _state(running, "sensor", f"{unique}_2_temperature").state == "38"

    recorder.online = False
    await running.entry.runtime_data.health.disks.async_refresh()
    await running.hass.async_block_till_done()
    assert _state(running, "sensor", f"{unique}_1_free").state == STATE_UNAVAILABLE


@TEAMS
async def test_disks_are_not_asked_unseen(
    running: Running, freezer: FrozenDateTimeFactory
) -> None:
    """As long as no disk and no schedule is enabled, nobody is asked."""
    await _look(running)
    for _ in range(3):
        freezer.tick(timedelta(hours=7))
        async_fire_time_changed(running.hass)
        await running.hass.async_block_till_done(wait_background_tasks=True)
    assert not running.sim.record.calls("*/isapi/*")
    assert not running.sim.record.calls("*/recordsettings/get")


@TEAMS
async def test_recording_schedule(with_all: Running) -> None:
    """The schedule of an enabled camera is read, and of no other."""
    running = with_all
    running.sim.record.clear()
    await running.entry.runtime_data.health.schedules.async_refresh()
    await running.hass.async_block_till_done()

    camera = next(iter(running.account.world.cameras))
    assert len(running.sim.record.calls("*/recordsettings/get")) == 1
    state = _state(running, "sensor", f"camera_{camera}_recording_schedule")
    assert state.state in ("device", "device_and_cloud")
    assert "kept_days" in state.attributes
