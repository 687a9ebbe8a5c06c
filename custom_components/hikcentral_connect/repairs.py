"""Repairs that can be done from here."""

from typing import Any

import voluptuous as vol

from homeassistant.components.repairs import (
    ConfirmRepairFlow,
    RepairsFlow,
    RepairsFlowResult,
)
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant

from .api.errors import HikError
from .issues import FOREIGN_WEBHOOK
from .runtime import HikConfigEntry


class RemoveWebhookFlow(RepairsFlow):
    """Removes the webhook that takes the messages away, if the owner agrees."""

    def __init__(self, entry: HikConfigEntry, host: str) -> None:
        """Remove the webhook of `entry`, which pushes to `host`."""
        self._entry = entry
        self._host = host

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Begin by asking."""
        return await self.async_step_confirm()

    async def async_step_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Remove the webhook when the owner has confirmed."""
        if user_input is None:
            return self.async_show_form(
                step_id="confirm",
                data_schema=vol.Schema({}),
                description_placeholders={
                    "account": self._entry.title,
                    "host": self._host,
                },
            )
        if self._entry.state is not ConfigEntryState.LOADED:
            return self.async_abort(reason="not_running")
        try:
            await self._entry.runtime_data.client.webhooks.delete()
        except HikError as err:
            return self.async_abort(
                reason="refused", description_placeholders={"error": str(err)}
            )
        return self.async_create_entry(data={})


async def async_create_fix_flow(
    hass: HomeAssistant,
    issue_id: str,
    data: dict[str, str | int | float | None] | None,
) -> RepairsFlow:
    """Return the flow that fixes an issue."""
    entry = hass.config_entries.async_get_entry(str((data or {}).get("entry_id")))
    if entry is None or not issue_id.startswith(FOREIGN_WEBHOOK):
        return ConfirmRepairFlow()
    return RemoveWebhookFlow(entry, str((data or {}).get("host")))
