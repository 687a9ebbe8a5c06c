"""HikCentral Connect: cameras, doors and alarms of a Hikvision cloud account."""

from functools import partial
import logging

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryAuthFailed, ConfigEntryNotReady
from homeassistant.helpers import config_validation as cv, device_registry as dr
from homeassistant.helpers.typing import ConfigType

from .account import async_make_client
from .api import Client, DialectName
from .api.errors import HikError, LoginRefused
from .api.recorder import Recorder
from .const import CONF_DIALECT, DOMAIN
from .coordinator import InventoryCoordinator
from .devices import (
    DeviceRegistrar,
    async_remove_switched_off,
    has_to_open,
    identifiers_of,
)
from .exceptions import explain
from .messages.memory import Memory
from .messages.webhook import WebhookPush, async_remove_webhook
from .options import shape_of
from .panel.setup import async_hide, async_remove, async_setup_panel, async_show
from .people.directory import resident_store
from .people.passes import pass_store
from .runtime import HikConfigEntry
from .services import async_setup_services
from .setup import make_runtime
from .start import async_follow_options, async_start_clocks
from .video.budget import Budget
from .video.exports import async_remove_exports
from .video.views import async_register_views

_LOGGER = logging.getLogger(__name__)

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)

PLATFORMS: list[Platform] = [
    Platform.LOCK,
    Platform.BUTTON,
    Platform.SELECT,
    Platform.CAMERA,
    Platform.EVENT,
    Platform.BINARY_SENSOR,
    Platform.SENSOR,
    Platform.IMAGE,
    Platform.CALENDAR,
    Platform.SWITCH,
    Platform.DEVICE_TRACKER,
]
"""What is needed most comes first: if an account has more than Home Assistant takes, the
last ones are left out."""


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Set up the actions of the integration, the panel and the card."""
    async_setup_services(hass)
    async_register_views(hass)
    await async_setup_panel(hass)
    return True


async def async_setup_entry(hass: HomeAssistant, entry: HikConfigEntry) -> bool:
    """Set up one account."""
    recorder = Recorder()
    client = async_make_client(hass, entry.data, recorder.note)
    entry.async_on_unload(client.close)
    inventory = InventoryCoordinator(hass, entry, client)
    await _log_in(client)
    await inventory.async_config_entry_first_refresh()
    runtime = make_runtime(hass, entry, inventory, recorder)
    await runtime.memory.async_load()
    runtime.memory.async_save_at_end(entry)
    await runtime.passes.async_load()
    await runtime.people.async_load()
    await runtime.live.relay.budget.async_load()
    entry.runtime_data = runtime
    # Until now nobody could press anything.
    limiter = client.session.limiter
    entry.async_on_unload(limiter.keep_place(partial(has_to_open, entry)))
    entry.async_on_unload(runtime.doors.async_close)
    entry.async_on_unload(runtime.passes.async_close)
    for queue in runtime.queues:
        entry.async_create_background_task(
            hass, queue.async_subscribe(), f"subscription of {queue.name}"
        )

    registrar = DeviceRegistrar(hass, entry)
    registrar.async_register_account()
    await registrar.async_register_first(inventory.data)
    async_remove_switched_off(hass, entry)
    # Before the platforms add their own listeners: a new entity needs its device.
    entry.async_on_unload(
        inventory.async_add_listener(lambda: registrar.async_register(inventory.data))
    )
    for platform in PLATFORMS:
        await hass.config_entries.async_forward_entry_setups(entry, [platform])
    async_start_clocks(hass, entry)
    if entry.data[CONF_DIALECT] == DialectName.TEAMS:
        WebhookPush(hass, entry).async_start()
    runtime.live.async_start()
    entry.async_on_unload(entry.add_update_listener(_async_update_listener))
    await async_show(hass)
    return True


async def async_unload_entry(hass: HomeAssistant, entry: HikConfigEntry) -> bool:
    """Unload one account."""
    if entry.disabled_by is not None:
        async_hide(hass)
        await _end_push(entry.runtime_data.client, entry.runtime_data.memory)
    return await hass.config_entries.async_unload_platforms(entry, PLATFORMS)


async def async_remove_entry(hass: HomeAssistant, entry: HikConfigEntry) -> None:
    """Remove what was stored of an account."""
    memory = Memory(hass, entry)
    await memory.async_load()
    if memory.push:
        client = async_make_client(hass, entry.data)
        await _end_push(client, memory)
        await client.close()
    await memory.async_remove()
    await Budget(hass, entry).async_remove()
    await async_remove_exports(hass, entry)
    await pass_store(hass, entry).async_remove()
    await resident_store(hass, entry).async_remove()
    await async_remove(hass)


async def async_remove_config_entry_device(
    hass: HomeAssistant, entry: HikConfigEntry, device: dr.DeviceEntry
) -> bool:
    """Let the owner remove devices that the service no longer lists."""
    present = {(DOMAIN, name) for name in identifiers_of(entry)}
    return device.identifiers.isdisjoint(present)


async def _end_push(client: Client, memory: Memory) -> None:
    """Let the service keep the messages again for whoever polls."""
    try:
        await async_remove_webhook(client, memory)
    except HikError as err:
        _LOGGER.warning("The webhook of the account could not be removed: %s", err)


async def _log_in(client: Client) -> None:
    try:
        await client.dialect()
    except LoginRefused as err:
        raise ConfigEntryAuthFailed(**explain(err)) from err
    except HikError as err:
        raise ConfigEntryNotReady(**explain(err)) from err


async def _async_update_listener(hass: HomeAssistant, entry: HikConfigEntry) -> None:
    """Start again if the change decides which entities there are."""
    if entry.runtime_data.shape != shape_of(entry):
        await hass.config_entries.async_reload(entry.entry_id)
    else:
        async_follow_options(hass, entry)
