"""The push is switched on and off, and leaves nothing behind."""

from pytest_homeassistant_custom_component.common import async_capture_events

from custom_components.hikcentral_connect.const import EVENT_MESSAGE
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant

from ..conftest import Running
from .conftest import any_camera, issue_of


async def test_off_by_default(running: Running) -> None:
    """Nobody's polling is stopped without having asked for it."""
    assert running.account.webhook is None
    assert not running.sim.record.calls("*/webhook/v1/config/save")


async def test_option_off(pushed: Running) -> None:
    """Switching the push off gives polling back to everybody."""
    hass, entry = pushed.hass, pushed.entry
    hass.config_entries.async_update_entry(entry, options={"push": False})
    await hass.async_block_till_done(wait_background_tasks=True)
    assert pushed.account.webhook is None
    assert entry.runtime_data.memory.push == {}
    bus = async_capture_events(hass, EVENT_MESSAGE)
    pushed.account.happen.alarm(any_camera(pushed), "motion", pictures=0)
    await entry.runtime_data.alarms.async_refresh()
    assert len(bus) == 1


async def test_restart_keeps_it(pushed: Running) -> None:
    """A restart leaves the webhook where it is: what comes meanwhile is sent again."""
    hass, callback = pushed.hass, pushed.account.webhook.callback
    assert await hass.config_entries.async_unload(pushed.entry.entry_id)
    assert pushed.account.webhook.callback is callback
    assert await hass.config_entries.async_setup(pushed.entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert pushed.account.webhook.callback == callback
    assert issue_of(pushed) is None


async def test_account_switched_off(pushed: Running) -> None:
    """An account that is switched off does not keep the messages from others."""
    await pushed.hass.config_entries.async_set_disabled_by(
        pushed.entry.entry_id, ConfigEntryDisabler.USER
    )
    await pushed.hass.async_block_till_done(wait_background_tasks=True)
    assert pushed.account.webhook is None


async def test_account_removed(pushed: Running) -> None:
    """An account that is removed leaves no webhook behind."""
    assert await pushed.hass.config_entries.async_remove(pushed.entry.entry_id)
    await pushed.hass.async_block_till_done(wait_background_tasks=True)
    assert pushed.account.webhook is None


async def test_option_page(hass: HomeAssistant, running: Running) -> None:
    """The option has a page of its own, which says what it does to others."""
    flows = hass.config_entries.options
    menu = await flows.async_init(running.entry.entry_id)
    assert "push" in menu["menu_options"]
    page = await flows.async_configure(menu["flow_id"], {"next_step_id": "push"})
    assert page["step_id"] == "push"
    flows.async_abort(menu["flow_id"])
