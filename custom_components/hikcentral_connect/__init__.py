"""HikCentral Connect: cameras, doors and alarms of a Hikvision cloud account."""

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryAuthFailed, ConfigEntryNotReady
from homeassistant.helpers import config_validation as cv, device_registry as dr
from homeassistant.helpers.typing import ConfigType

from .account import async_make_client
from .api import Client
from .api.errors import HikError, LoginRefused
from .const import DOMAIN
from .coordinator import InventoryCoordinator
from .devices import DeviceRegistrar, identifier
from .exceptions import explain
from .memory import Memory
from .options import shape_of
from .runtime import HikConfigEntry
from .services import async_setup_services
from .setup import make_runtime

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)

PLATFORMS: list[Platform] = [
    Platform.BINARY_SENSOR,
    Platform.BUTTON,
    Platform.CAMERA,
    Platform.EVENT,
    Platform.IMAGE,
    Platform.LOCK,
    Platform.SELECT,
    Platform.SENSOR,
]


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Set up the actions of the integration."""
    async_setup_services(hass)
    return True


async def async_setup_entry(hass: HomeAssistant, entry: HikConfigEntry) -> bool:
    """Set up one account."""
    client = async_make_client(hass, entry.data)
    entry.async_on_unload(client.close)
    await _log_in(client)
    inventory = InventoryCoordinator(hass, entry, client)
    await inventory.async_config_entry_first_refresh()
    runtime = make_runtime(hass, entry, inventory)
    await runtime.memory.async_load()
    entry.runtime_data = runtime
    entry.async_on_unload(runtime.doors.async_close)

    registrar = DeviceRegistrar(hass, entry)
    registrar.async_register_account()
    registrar.async_register(inventory.data)
    # Before the platforms add their own listeners: a new entity needs its device.
    entry.async_on_unload(
        inventory.async_add_listener(lambda: registrar.async_register(inventory.data))
    )
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    _start_clocks(hass, entry)
    entry.async_on_unload(entry.add_update_listener(_async_update_listener))
    return True


def _start_clocks(hass: HomeAssistant, entry: HikConfigEntry) -> None:
    """Poll from now on; the queues at once, because somebody may be at the door."""
    runtime = entry.runtime_data
    runtime.status.async_keep_polling()
    for queue in runtime.queues:
        queue.async_keep_polling()
        entry.async_create_background_task(
            hass, queue.async_refresh(), f"first poll of {queue.name}"
        )


async def async_unload_entry(hass: HomeAssistant, entry: HikConfigEntry) -> bool:
    """Unload one account."""
    return await hass.config_entries.async_unload_platforms(entry, PLATFORMS)


async def async_remove_entry(hass: HomeAssistant, entry: HikConfigEntry) -> None:
    """Remove what was stored of an account."""
    await Memory(hass, entry.entry_id).async_remove()


async def async_remove_config_entry_device(
    hass: HomeAssistant, entry: HikConfigEntry, device: dr.DeviceEntry
) -> bool:
    """Let the owner remove devices that the service no longer lists."""
    inventory = entry.runtime_data.inventory.data
    present = (
        None,
        *inventory.devices.values(),
        *inventory.cameras.values(),
        *inventory.doors.values(),
    )
    identifiers = {(DOMAIN, identifier(entry, thing)) for thing in present}
    return device.identifiers.isdisjoint(identifiers)


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
