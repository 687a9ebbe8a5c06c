"""Pages of the options about what is off until the owner wants it."""

from typing import Any

import voluptuous as vol

from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.helpers import selector

from ..api.errors import HikError
from ..options import OPT_ATTENDANCE, OPT_ATTENDANCE_GROUPS, OPT_VEHICLES, Options
from ..runtime import HikConfigEntry


class FeaturePages(OptionsFlow):
    """Whether vehicles are followed, and whose attendance is counted."""

    config_entry: HikConfigEntry
    _groups: dict[str, str]

    async def async_step_vehicles(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask whether vehicles are followed."""
        if user_input is not None:
            return self._keep(user_input)
        vehicles = Options(self.config_entry).vehicles
        schema = vol.Schema(
            {vol.Required(OPT_VEHICLES, default=vehicles): selector.BooleanSelector()}
        )
        return self.async_show_form(step_id="vehicles", data_schema=schema)

    async def async_step_attendance(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask whether attendance is counted, and of which groups."""
        if user_input is not None:
            chosen = user_input.pop(OPT_ATTENDANCE_GROUPS, [])
            groups = {one: self._groups[one] for one in chosen if one in self._groups}
            return self._keep({**user_input, OPT_ATTENDANCE_GROUPS: groups})
        self._groups = await self._known_groups()
        return self.async_show_form(
            step_id="attendance",
            data_schema=_attendance_schema(Options(self.config_entry), self._groups),
        )

    async def _known_groups(self) -> dict[str, str]:
        """Return the groups of the account; those chosen before if it is silent."""
        chosen = Options(self.config_entry).attendance_groups
        client = self.config_entry.runtime_data.client
        try:
            return {one.id: one.name for one in await client.person_groups.groups()}
        except HikError:
            return chosen

    def _keep(self, changes: dict[str, Any]) -> ConfigFlowResult:
        return self.async_create_entry(data={**self.config_entry.options, **changes})


def _attendance_schema(options: Options, groups: dict[str, str]) -> vol.Schema:
    chosen = [one for one in options.attendance_groups if one in groups]
    return vol.Schema(
        {
            vol.Required(
                OPT_ATTENDANCE, default=options.attendance
            ): selector.BooleanSelector(),
            vol.Optional(OPT_ATTENDANCE_GROUPS, default=chosen): (
                selector.SelectSelector(
                    selector.SelectSelectorConfig(
                        options=[
                            selector.SelectOptionDict(value=value, label=name)
                            for value, name in groups.items()
                        ],
                        mode=selector.SelectSelectorMode.DROPDOWN,
                        multiple=True,
                        sort=True,
                    )
                )
            ),
        }
    )
