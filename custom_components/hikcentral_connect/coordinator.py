"""Clocks on which the account is read: what it holds, and what is online."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import timedelta
import logging
from typing import Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryAuthFailed
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed

from .api import Client, DialectName
from .api.errors import (
    BadAnswer,
    HikError,
    LoginRefused,
    NotOffered,
    RateLimited,
    ServiceUnreachable,
    TokenRejected,
)
from .const import DOMAIN, INVENTORY_INTERVAL, STATUS_INTERVAL
from .exceptions import explain
from .inventory import Inventory, load_inventory

_LOGGER = logging.getLogger(__name__)

RETRY_SECONDS: Final = 60.0
"""After such a time a slow clock looks again when the service failed it."""
RETRY_AT_MOST: Final = 240.0
DOUBLINGS_AT_MOST: Final = 10
SOON: Final = timedelta(seconds=RETRY_AT_MOST)
"""When to look again for what an answer left out."""

_PASSING: Final = (ServiceUnreachable, RateLimited, BadAnswer, TokenRejected)


class HikCoordinator[T](DataUpdateCoordinator[T]):
    """A clock that turns errors of the service into those of Home Assistant."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        client: Client,
        name: str,
        interval: timedelta,
    ) -> None:
        """Read through `client` every `interval`; unchanged data wakes nobody."""
        super().__init__(
            hass,
            _LOGGER,
            config_entry=entry,
            name=f"{DOMAIN} {name}",
            update_interval=interval,
            always_update=False,
        )
        self.client = client
        self._troubles = 0
        self._told: set[str] = set()

    @callback
    def async_keep_polling(self) -> None:
        """Read from now on, also while no entity listens."""
        assert self.config_entry is not None
        self.config_entry.async_on_unload(self.async_add_listener(lambda: None))

    async def _read(self) -> T:
        raise NotImplementedError

    @override
    async def _async_update_data(self) -> T:
        try:
            found = await self._read()
        except LoginRefused as err:
            raise ConfigEntryAuthFailed(**explain(err)) from err
        except NotOffered:
            # The service will never tell: the clock stops.
            self.update_interval = None
            return self.data
        except HikError as err:
            raise UpdateFailed(retry_after=self._pause(err), **explain(err)) from err
        self._troubles = 0
        return found

    def _pause(self, err: HikError) -> float:
        """Return seconds until the next look: a minute at first, then twice as long.

        What the service refuses for good is asked no more often than usual.
        """
        pause = RETRY_SECONDS * 2.0**self._troubles
        self._troubles = min(self._troubles + 1, DOUBLINGS_AT_MOST)
        if isinstance(err, _PASSING) or self.update_interval is None:
            return min(pause, RETRY_AT_MOST)
        return min(pause, self.update_interval.total_seconds())

    def _is_cut(self, found: AbstractSet[str]) -> bool:
        """Tell whether an answer leaves out what an earlier one told of.

        So does one that could be read in part only.
        """
        self._told |= found
        return self._told != found


class InventoryCoordinator(HikCoordinator[Inventory]):
    """Reads what the account holds."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry, client: Client) -> None:
        """Read every 15 minutes and on demand."""
        super().__init__(hass, entry, client, "inventory", INVENTORY_INTERVAL)

    @override
    async def _read(self) -> Inventory:
        return await load_inventory(self.client)


@dataclass(frozen=True, slots=True)
class Status:
    """What is online, by id; a thing the service said nothing of is missing."""

    devices: dict[str, bool] = field(default_factory=dict)
    cameras: dict[str, bool] = field(default_factory=dict)


class StatusCoordinator(HikCoordinator[Status]):
    """Reads what is online.

    The reference lists cameras only area by area, so there their state comes with the
    inventory.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        client: Client,
        inventory: InventoryCoordinator,
    ) -> None:
        """Read every minute; the inventory is the first state."""
        super().__init__(hass, entry, client, "status", STATUS_INTERVAL)
        self._inventory = inventory
        self.data = _status_of(inventory.data)

    @override
    async def _read(self) -> Status:
        devices = await self.client.resources.devices()
        cameras = list(self._inventory.data.cameras.values())
        if await self.client.dialect() is DialectName.TEAMS:
            cameras = await self.client.resources.cameras()
        status = _status_of(
            Inventory(
                {device.id: device for device in devices},
                {camera.id: camera for camera in cameras},
            )
        )
        known = self._inventory.data
        found = {camera.id for camera in cameras}
        is_new = (
            status.devices.keys() - known.devices.keys() or found - known.cameras.keys()
        )
        is_back = any(
            online and self.data.devices.get(device_id) is False
            for device_id, online in status.devices.items()
        )
        if is_new or is_back:
            await self._inventory.async_request_refresh()
        return status


def _status_of(inventory: Inventory) -> Status:
    return Status(
        {
            device.id: device.online
            for device in inventory.devices.values()
            if device.online is not None
        },
        {
            camera.id: camera.online
            for camera in inventory.cameras.values()
            if camera.online is not None
        },
    )
