"""Options of an account."""

from typing import Any, Final

import voluptuous as vol

from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.helpers import selector

from .const import DEFAULT_ALARM_HOLD, DEFAULT_RELOCK, OPT_ALARM_HOLD, OPT_RELOCK


def _seconds(highest: int) -> selector.NumberSelector:
    return selector.NumberSelector(
        selector.NumberSelectorConfig(
            min=1,
            max=highest,
            mode=selector.NumberSelectorMode.BOX,
            unit_of_measurement="s",
        )
    )


OPTIONS_SCHEMA: Final = vol.Schema(
    {
        vol.Required(OPT_RELOCK, default=DEFAULT_RELOCK): _seconds(300),
        vol.Required(OPT_ALARM_HOLD, default=DEFAULT_ALARM_HOLD): _seconds(3600),
    }
)


class HikOptionsFlow(OptionsFlow):
    """Times that only the owner can know."""

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for them all on one page."""
        if user_input is not None:
            return self.async_create_entry(data=user_input)
        return self.async_show_form(
            step_id="init",
            data_schema=self.add_suggested_values_to_schema(
                OPTIONS_SCHEMA, self.config_entry.options
            ),
        )
