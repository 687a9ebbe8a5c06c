"""What the entities of visitor passes have in common."""

from typing import override

from ..entity import HikAccountEntity
from ..runtime import HikConfigEntry


class HikPassesEntity(HikAccountEntity):
    """Shows the passes as the book has them."""

    def __init__(self, entry: HikConfigEntry, key: str) -> None:
        """Follow the passes."""
        super().__init__(entry, key)
        self._book = entry.runtime_data.passes

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the passes."""
        await super().async_added_to_hass()
        self.async_on_remove(self._book.async_add_listener(self.async_write_ha_state))

    @property
    @override
    def available(self) -> bool:
        """Return whether the passes could be read."""
        return self._book.last_update_success
