"""Options of an account: a menu, and one page for each topic."""

from typing import Any, Final

import voluptuous as vol

from homeassistant.config_entries import ConfigEntryState, ConfigFlowResult
from homeassistant.helpers import selector

from ..api import DialectName
from ..const import CONF_DIALECT
from ..options import (
    DEFAULTS,
    OPT_ALARM_HOLD,
    OPT_CODES,
    OPT_FRESHNESS,
    OPT_PACE_ACTIVE,
    OPT_PACE_IDLE,
    OPT_PUSH,
    OPT_RECORDS,
)
from .door_options import DoorPages
from .feature_options import FeaturePages
from .video_options import VideoPages

CONF_DEVICE: Final = "device"
CONF_CODE: Final = "code"
CODE_AT_MOST: Final = 16
TEAMS_TOPICS: Final = ("barriers", "push")


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
RECORDS_SCHEMA: Final = MESSAGES_SCHEMA.extend(_seconds(OPT_RECORDS, 0, 3_600))
"""Only teams has access records."""

PUSH_SCHEMA: Final = vol.Schema(
    {vol.Required(OPT_PUSH, default=DEFAULTS[OPT_PUSH]): selector.BooleanSelector()}
)


class HikOptionsFlow(DoorPages, FeaturePages, VideoPages):
    """What only the owner can know."""

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Offer the topics; nothing can be chosen from while the account is silent."""
        if self.config_entry.state is not ConfigEntryState.LOADED:
            return self.async_abort(reason="not_running")
        topics = ["codes", "video", "doors", "barriers", "messages", "push"]
        topics += ["people", "attendance", "vehicles"]
        if not self._is_teams:
            topics = [one for one in topics if one not in TEAMS_TOPICS]
        return self.async_show_menu(step_id="init", menu_options=topics)

    @property
    def _is_teams(self) -> bool:
        return bool(self.config_entry.data[CONF_DIALECT] == DialectName.TEAMS)

    async def async_step_messages(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask how alarms and other messages are taken."""
        schema = RECORDS_SCHEMA if self._is_teams else MESSAGES_SCHEMA
        return self._page("messages", schema, user_input)

    async def async_step_push(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask whether the service is to push messages, with what that means."""
        return self._page("push", PUSH_SCHEMA, user_input)

    async def async_step_codes(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Take the verification code of a device; an empty one forgets it."""
        errors: dict[str, str] = {}
        if user_input is not None:
            serial = user_input.get(CONF_DEVICE)
            code = user_input.get(CONF_CODE, "").strip()
            if serial is None:
                errors[CONF_DEVICE] = "device_missing"
            elif len(code) > CODE_AT_MOST:
                errors[CONF_CODE] = "code_too_long"
            else:
                return self._save_code(serial, code)
        schema = self.add_suggested_values_to_schema(self._codes_schema(), user_input)
        return self.async_show_form(step_id="codes", data_schema=schema, errors=errors)

    def _save_code(self, serial: str, code: str) -> ConfigFlowResult:
        codes = dict(self.config_entry.options.get(OPT_CODES, {}))
        codes.pop(serial, None)
        if code:
            codes[serial] = code
        return self._save({OPT_CODES: codes})

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
                # Home Assistant fills in the first choice of a field that is needed,
                # and an empty code would then forget that of the wrong device.
                vol.Optional(CONF_DEVICE): selector.SelectSelector(
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
