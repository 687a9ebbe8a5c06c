"""Slow clocks: the service package, the state of devices, their disks, schedules."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
import logging
from typing import Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback

from ..api import Client, DialectName
from ..api.errors import HikError, LoginRefused, ServiceUnreachable
from ..api.models.maintenance import DeviceHealth
from ..api.models.platform import ServicePackage
from ..api.models.records import RecordSettings
from ..api.storage import StoredDisk, read_storage, storage_request
from ..coordinator import SOON, HikCoordinator, InventoryCoordinator

_LOGGER = logging.getLogger(__name__)

FIRST_LOOK: Final = timedelta(seconds=10)
"""After this a slow clock reads first, so that it does not slow the start."""
RETRY: Final = timedelta(minutes=15)
PACKAGE_INTERVAL: Final = timedelta(hours=12)
DEVICES_INTERVAL: Final = timedelta(minutes=30)
DISKS_INTERVAL: Final = timedelta(hours=1)
SCHEDULES_INTERVAL: Final = timedelta(hours=6)


class SlowCoordinator[T](HikCoordinator[T | None]):
    """A clock whose data is None until it has read for the first time."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        client: Client,
        name: str,
        interval: timedelta,
        look: Callable[[], Awaitable[T]],
    ) -> None:
        """Call `look` a while after the start, then every `interval`."""
        super().__init__(hass, entry, client, name, FIRST_LOOK)
        self._slow = interval
        self._look = look

    @override
    async def _read(self) -> T:
        self.update_interval = min(RETRY, self._slow)
        found = await self._look()
        self.update_interval = self._slow
        return found


class AskedCoordinator[T](SlowCoordinator[dict[str, T]]):
    """Asks one thing after another; only those that an enabled entity shows.

    Entities listen with the id of their thing as context. A thing that refuses is
    left out, and the others are asked all the same.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        client: Client,
        name: str,
        interval: timedelta,
        ask: Callable[[str], Awaitable[T]],
    ) -> None:
        """Call `ask` with the id of each thing."""
        super().__init__(hass, entry, client, name, interval, self._ask_all)
        self._ask = ask

    async def _ask_all(self) -> dict[str, T]:
        found: dict[str, T] = {}
        for thing_id in sorted(set(self.async_contexts())):
            try:
                found[thing_id] = await self._ask(thing_id)
            except LoginRefused, ServiceUnreachable:
                raise
            except HikError as err:
                _LOGGER.debug("%s: one is left out: %s", self.name, err)
        return found


class DeviceHealthCoordinator(SlowCoordinator[dict[str, DeviceHealth]]):
    """Reads the state of all devices, sooner while one is left out that was told of."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        client: Client,
        inventory: InventoryCoordinator,
    ) -> None:
        """Miss no device that is not in the `inventory`."""
        super().__init__(
            hass, entry, client, "device health", DEVICES_INTERVAL, self._all
        )
        self._inventory = inventory

    @override
    @callback
    def async_keep_polling(self) -> None:
        """Read from now on, and at once when a device is back."""
        super().async_keep_polling()
        assert self.config_entry is not None
        self.config_entry.async_on_unload(
            self._inventory.async_add_listener(self._on_inventory)
        )

    @override
    async def _read(self) -> dict[str, DeviceHealth]:
        found = await super()._read()
        if self._misses_one_of(found):
            self.update_interval = SOON
        return found

    async def _all(self) -> dict[str, DeviceHealth]:
        return {one.id: one for one in await self.client.maintenance.devices()}

    def _misses_one_of(self, found: dict[str, DeviceHealth]) -> bool:
        gone = self._told - self._inventory.data.devices.keys()
        return self._is_cut(found.keys() | gone)

    @callback
    def _on_inventory(self) -> None:
        if self._misses_one_of(self.data or {}):
            assert self.config_entry is not None
            self.config_entry.async_create_background_task(
                self.hass, self.async_refresh(), f"{self.name}: a device is back"
            )


class Health:
    """The slow clocks of one account."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        client: Client,
        inventory: InventoryCoordinator,
    ) -> None:
        """Read through `client`; nothing is sent yet."""
        self._client = client
        self.package = SlowCoordinator[ServicePackage](
            hass,
            entry,
            client,
            "service package",
            PACKAGE_INTERVAL,
            client.platform.service_package,
        )
        self.devices = DeviceHealthCoordinator(hass, entry, client, inventory)
        self.disks = AskedCoordinator[dict[int, StoredDisk]](
            hass, entry, client, "disks", DISKS_INTERVAL, self._disks
        )
        self.schedules = AskedCoordinator[RecordSettings](
            hass,
            entry,
            client,
            "recording schedules",
            SCHEDULES_INTERVAL,
            client.recordings.settings,
        )

    def async_start(self, dialect: DialectName) -> None:
        """Keep an eye on the package, and in teams on the devices."""
        self.package.async_keep_polling()
        if dialect is DialectName.TEAMS:
            self.devices.async_keep_polling()

    async def _disks(self, device_id: str) -> dict[int, StoredDisk]:
        return read_storage(await self._client.isapi.send(storage_request(device_id)))
