"""Locks: a door that lets in and locks itself again."""

from typing import Any, Final, override

from homeassistant.components.lock import LockEntity, LockEntityFeature
from homeassistant.const import ATTR_CODE
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .adding import async_add_doors
from .api.models.doors import DoorAction
from .api.models.resources import Door
from .entity import HikDoorEntity
from .runtime import HikConfigEntry

PARALLEL_UPDATES = 0

CODE_FORMAT: Final = r"^(\d{4,8})?$"
"""A PIN, or none: locking needs none, and opening without it is refused here."""


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HikConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up a lock for each door that its owner wants as one."""
    await async_add_doors(
        hass,
        entry,
        async_add_entities,
        lambda door: HikLock(entry, door),
        "lock",
        lambda options: options.has_lock,
    )


class HikLock(HikDoorEntity, LockEntity):
    """A door as a lock. Its state is assumed: the service reports none."""

    _attr_name = None
    _attr_assumed_state = True
    _attr_supported_features = LockEntityFeature.OPEN

    def __init__(self, entry: HikConfigEntry, door: Door) -> None:
        """Represent a door."""
        super().__init__(entry, door, "lock")
        self._options = entry.runtime_data.options

    @property
    @override
    def code_format(self) -> str | None:
        """Return the form of a PIN if the owner set one for the door."""
        door = self._options.door(self.door_id)
        return CODE_FORMAT if door.pin is not None else None

    @property
    @override
    def is_locked(self) -> bool:
        """Return whether the door should be locked now."""
        return self.doors.state(self.door_id).locked

    @property
    @override
    def is_unlocking(self) -> bool:
        """Return whether a release is on its way."""
        return self.doors.state(self.door_id).pending is DoorAction.OPEN

    @property
    @override
    def is_locking(self) -> bool:
        """Return whether a lock command is on its way."""
        return self.doors.state(self.door_id).pending is DoorAction.CLOSE

    @override
    async def async_unlock(self, **kwargs: Any) -> None:
        """Release the door once."""
        await self._release(kwargs.get(ATTR_CODE))

    @override
    async def async_open(self, **kwargs: Any) -> None:
        """Release the door once."""
        await self._release(kwargs.get(ATTR_CODE))

    @override
    async def async_lock(self, **kwargs: Any) -> None:
        """Lock the door and end a hold."""
        await self.async_command(DoorAction.CLOSE)

    async def _release(self, code: str | None) -> None:
        """Release the door if the PIN is right; core compares only its form."""
        self.doors.check_allowed(self.door_id, DoorAction.OPEN, code)
        await self.async_command(DoorAction.OPEN)
