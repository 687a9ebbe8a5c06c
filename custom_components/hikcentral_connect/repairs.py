"""Repairs that can be done from here."""

from typing import Any, override

import voluptuous as vol

from homeassistant.components.repairs import (
    ConfirmRepairFlow,
    RepairsFlow,
    RepairsFlowResult,
)
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr

from .api.errors import HikError
from .devices import async_forget, identifiers_of
from .health.account_issues import DEVICE_MISSING
from .issues import FOREIGN_WEBHOOK
from .placeholders import harmless
from .runtime import HikConfigEntry


class AskingFlow(RepairsFlow):
    """Does something only after the owner has agreed."""

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Begin by asking."""
        return await self.async_step_confirm()

    async def async_step_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Do it when the owner has confirmed."""
        raise NotImplementedError


class RemoveWebhookFlow(AskingFlow):
    """Removes the webhook that takes the messages away, if the owner agrees."""

    def __init__(self, entry: HikConfigEntry, host: str) -> None:
        """Remove the webhook of `entry`, which pushes to `host`."""
        self._entry = entry
        self._host = host

    @override
    async def async_step_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Remove the webhook when the owner has confirmed."""
        if user_input is None:
            return self.async_show_form(
                step_id="confirm",
                data_schema=vol.Schema({}),
                description_placeholders=harmless(
                    account=self._entry.title, host=self._host
                ),
            )
        if self._entry.state is not ConfigEntryState.LOADED:
            return self.async_abort(reason="not_running")
        try:
            await self._entry.runtime_data.client.webhooks.delete()
        except HikError as err:
            return self.async_abort(
                reason="refused", description_placeholders=harmless(error=str(err))
            )
        return self.async_create_entry(data={})


class RemoveDeviceFlow(AskingFlow):
    """Removes a device that the account no longer lists, if the owner agrees."""

    def __init__(self, entry: HikConfigEntry, device_id: str) -> None:
        """Remove a device of `entry` with the cameras and doors that hang on it."""
        self._entry = entry
        self._device_id = device_id

    @override
    async def async_step_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Remove the device when the owner has confirmed."""
        device = dr.async_get(self.hass).async_get(self._device_id)
        if user_input is None and device is not None:
            return self.async_show_form(
                step_id="confirm",
                data_schema=vol.Schema({}),
                description_placeholders=harmless(
                    account=self._entry.title,
                    device=device.name_by_user or device.name or "-",
                ),
            )
        if device is not None and not self._is_back(device.identifiers):
            async_forget(self.hass, self._entry, device.id)
        return self.async_create_entry(data={})

    def _is_back(self, identifiers: set[tuple[str, str]]) -> bool:
        """Tell whether the account lists the device again."""
        if self._entry.state is not ConfigEntryState.LOADED:
            return False
        return any(name in identifiers_of(self._entry) for _, name in identifiers)


async def async_create_fix_flow(
    hass: HomeAssistant,
    issue_id: str,
    data: dict[str, str | int | float | None] | None,
) -> RepairsFlow:
    """Return the flow that fixes an issue."""
    data = data or {}
    entry = hass.config_entries.async_get_entry(str(data.get("entry_id")))
    if entry is not None and issue_id.startswith(FOREIGN_WEBHOOK):
        return RemoveWebhookFlow(entry, str(data.get("host")))
    if entry is not None and issue_id.startswith(DEVICE_MISSING):
        return RemoveDeviceFlow(entry, str(data.get("device_id")))
    return ConfirmRepairFlow()
