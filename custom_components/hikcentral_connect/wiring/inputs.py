"""Alarm inputs of teams and their states, looked at slowly.

Alarms switch the sensors live; the look gives the first state, and corrects what an
alarm that never came left wrong.
"""

from dataclasses import dataclass, field
import logging
from typing import Any, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant

from ..api import Client
from ..api.errors import ServiceRefused
from ..api.models.inputs import AlarmPort
from ..const import INVENTORY_INTERVAL
from ..coordinator import SOON, HikCoordinator

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Inputs:
    """The alarm inputs by id, and which of them are triggered, as far as told."""

    ports: dict[str, AlarmPort] = field(default_factory=dict)
    active: dict[str, bool] = field(default_factory=dict)


class InputsCoordinator(HikCoordinator[Inputs]):
    """Reads which alarm inputs there are and their states."""

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry[Any], client: Client
    ) -> None:
        """Read every 15 minutes, with one request for eight states."""
        super().__init__(hass, entry, client, "alarm inputs", INVENTORY_INTERVAL)
        self.data = Inputs()

    @override
    async def _read(self) -> Inputs:
        ports = {port.id: port for port in await self.client.inputs.inputs()}
        self.update_interval = (
            SOON if self._is_cut(ports.keys()) else INVENTORY_INTERVAL
        )
        return Inputs(ports, await self._active(ports))

    async def _active(self, ports: dict[str, AlarmPort]) -> dict[str, bool]:
        try:
            states = await self.client.inputs.all_input_states(ports)
        except ServiceRefused as err:
            # The alarms of the inputs come all the same.
            _LOGGER.debug("The states of the alarm inputs cannot be read: %s", err)
            return {}
        return {one.id: one.active for one in states if one.active is not None}
