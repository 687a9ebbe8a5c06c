"""Alarm outputs of teams: relays that switch a siren, a light or a gate."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
import logging
from typing import Any, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback

from ..api import Client
from ..api.errors import ServiceRefused
from ..api.models.inputs import AlarmPort
from ..commands import CommandSlot
from ..const import INVENTORY_INTERVAL, STATUS_INTERVAL
from ..coordinator import HikCoordinator
from ..exceptions import told_to_owner

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outputs:
    """The alarm outputs by id, and which of them are on, as far as told."""

    ports: dict[str, AlarmPort] = field(default_factory=dict)
    on: dict[str, bool] = field(default_factory=dict)


class OutputsCoordinator(HikCoordinator[Outputs]):
    """Reads which alarm outputs there are, and the states of those that are watched."""

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry[Any], client: Client
    ) -> None:
        """Read every 15 minutes; every minute while an output is watched."""
        super().__init__(hass, entry, client, "alarm outputs", INVENTORY_INTERVAL)
        self.data = Outputs()
        self._watched: set[str] = set()
        self._look: asyncio.Task[None] | None = None
        self._slots: dict[str, CommandSlot] = {}

    @property
    def in_use(self) -> bool:
        """Whether the owner has enabled any of them."""
        return bool(self._watched)

    @callback
    def async_watch(
        self, output_id: str, listener: Callable[[], None]
    ) -> CALLBACK_TYPE:
        """Call `listener` after each look, in which this output's state is asked.

        The first look is now, one for all outputs that are watched at once.
        """
        self._watched.add(output_id)
        self.update_interval = STATUS_INTERVAL
        stop = self.async_add_listener(listener)
        if self._look is None or self._look.done():
            assert self.config_entry is not None
            self._look = self.config_entry.async_create_background_task(
                self.hass, self.async_refresh(), "look at outputs", eager_start=False
            )

        def unwatch() -> None:
            self._watched.discard(output_id)
            stop()

        return unwatch

    async def async_switch(self, output_id: str, on: bool) -> None:
        """Switch an output, once.

        Raises a translated `HomeAssistantError` when the service or the device
        refuses, or another command is on its way.
        """
        slot = self._slots.setdefault(output_id, CommandSlot(self.hass))

        async def send() -> None:
            with told_to_owner():
                await self.client.inputs.control_output(output_id, on)
            known = {**self.data.on, output_id: on}
            self.async_set_updated_data(replace(self.data, on=known))

        await slot.async_send(on, send)

    @override
    async def _read(self) -> Outputs:
        ports = {port.id: port for port in await self.client.inputs.outputs()}
        return Outputs(ports, await self._on(tuple(self._watched & ports.keys())))

    async def _on(self, output_ids: tuple[str, ...]) -> dict[str, bool]:
        if not output_ids:
            return {}
        try:
            states = await self.client.inputs.output_states(output_ids)
        except ServiceRefused as err:
            # They can be switched all the same.
            _LOGGER.debug("The states of the alarm outputs cannot be read: %s", err)
            return {}
        return {one.id: one.active for one in states if one.active is not None}
