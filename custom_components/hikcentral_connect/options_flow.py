"""Options of an account: a menu, and one page for each topic."""

from typing import Any, Final

import voluptuous as vol

from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.helpers import selector

from .options import (
    DEFAULTS,
    OPT_ALARM_HOLD,
    OPT_CODES,
    OPT_FRESHNESS,
    OPT_PACE_ACTIVE,
    OPT_PACE_IDLE,
    OPT_RELOCK,
)
from .runtime import HikConfigEntry

CONF_DEVICE: Final = "device"
CONF_CODE: Final = "code"
CODE_AT_MOST: Final = 16


def _seconds(name: str, lowest: int, highest: int) -> dict[vol.Marker, Any]:
    return {
        vol.Required(name, default=DEFAULTS[name]): selector.NumberSelector(
            selector.NumberSelectorConfig(
                min=lowest,
                max=highest,
                mode=selector.NumberSelectorMode.BOX,
                unit_of_measurement="s",
            )
        )
    }


MESSAGES_SCHEMA: Final = vol.Schema(
    {
        **_seconds(OPT_PACE_ACTIVE, 1, 10),
        **_seconds(OPT_PACE_IDLE, 1, 60),
        **_seconds(OPT_FRESHNESS, 10, 86_400),
        **_seconds(OPT_ALARM_HOLD, 1, 3_600),
    }
)
DOORS_SCHEMA: Final = vol.Schema(_seconds(OPT_RELOCK, 1, 300))


class HikOptionsFlow(OptionsFlow):
    """What only the owner can know."""

    config_entry: HikConfigEntry

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Offer the topics."""
        return self.async_show_menu(
            step_id="init", menu_options=["messages", "doors", "codes"]
        )

    async def async_step_messages(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask how alarms and other messages are taken."""
        return self._page("messages", MESSAGES_SCHEMA, user_input)

    async def async_step_doors(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask how doors behave."""
        return self._page("doors", DOORS_SCHEMA, user_input)

    async def async_step_codes(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Take the verification code of a device; an empty one forgets it."""
        errors: dict[str, str] = {}
        if user_input is not None:
            code = user_input.get(CONF_CODE, "").strip()
            if len(code) <= CODE_AT_MOST:
                codes = dict(self.config_entry.options.get(OPT_CODES, {}))
                codes.pop(user_input[CONF_DEVICE], None)
                if code:
                    codes[user_input[CONF_DEVICE]] = code
                return self._save({OPT_CODES: codes})
            errors[CONF_CODE] = "code_too_long"
        return self.async_show_form(
            step_id="codes", data_schema=self._codes_schema(), errors=errors
        )

    def _codes_schema(self) -> vol.Schema:
        inventory = self.config_entry.runtime_data.inventory.data
        known = self.config_entry.options.get(OPT_CODES, {})
        devices = [
            selector.SelectOptionDict(
                value=device.serial,
                label=f"{device.name}{' ✓' if device.serial in known else ''}",
            )
            for device in inventory.devices.values()
        ]
        return vol.Schema(
            {
                vol.Required(CONF_DEVICE): selector.SelectSelector(
                    selector.SelectSelectorConfig(
                        options=devices,
                        mode=selector.SelectSelectorMode.DROPDOWN,
                        sort=True,
                    )
                ),
                vol.Optional(CONF_CODE): selector.TextSelector(
                    selector.TextSelectorConfig(
                        type=selector.TextSelectorType.PASSWORD, autocomplete="off"
                    )
                ),
            }
        )

    def _page(
        self, step: str, schema: vol.Schema, user_input: dict[str, Any] | None
    ) -> ConfigFlowResult:
        if user_input is not None:
            return self._save(user_input)
        return self.async_show_form(
            step_id=step,
            data_schema=self.add_suggested_values_to_schema(
                schema, self.config_entry.options
            ),
        )

    def _save(self, changes: dict[str, Any]) -> ConfigFlowResult:
        return self.async_create_entry(data={**self.config_entry.options, **changes})
