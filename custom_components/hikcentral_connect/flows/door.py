"""Doors that the owner declares, because the service has no list of them."""

from typing import Any, Final

import voluptuous as vol

from homeassistant.config_entries import ConfigSubentryFlow, SubentryFlowResult
from homeassistant.const import CONF_NAME
from homeassistant.helpers import selector

from ..const import CONF_AREA, CONF_DOOR_ID

DOOR_SCHEMA: Final = vol.Schema(
    {
        vol.Required(CONF_DOOR_ID): selector.TextSelector(),
        vol.Required(CONF_NAME): selector.TextSelector(),
        vol.Optional(CONF_AREA): selector.AreaSelector(),
    }
)


class DoorSubentryFlow(ConfigSubentryFlow):
    """Add or change one door."""

    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Ask for the id under which the service knows the door, and a name."""
        errors: dict[str, str] = {}
        if user_input is not None:
            door = _door(user_input)
            if door is None:
                errors["base"] = "door_incomplete"
            else:
                return self.async_create_entry(
                    title=door[CONF_NAME],
                    data=_data(door),
                    unique_id=door[CONF_DOOR_ID],
                )
        return self._show("user", user_input or {}, errors)

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Rename a door or point it at another id."""
        subentry = self._get_reconfigure_subentry()
        errors: dict[str, str] = {}
        if user_input is not None:
            door = _door(user_input)
            if door is None:
                errors["base"] = "door_incomplete"
            elif self._is_taken(door[CONF_DOOR_ID], subentry.subentry_id):
                return self.async_abort(reason="already_configured")
            else:
                return self.async_update_and_abort(
                    self._get_entry(),
                    subentry,
                    title=door[CONF_NAME],
                    data=_data(door),
                    unique_id=door[CONF_DOOR_ID],
                )
        shown = user_input or {CONF_NAME: subentry.title, **subentry.data}
        return self._show("reconfigure", shown, errors)

    def _is_taken(self, door_id: str, own_subentry_id: str) -> bool:
        return any(
            other.unique_id == door_id and other.subentry_id != own_subentry_id
            for other in self._get_entry().subentries.values()
        )

    def _show(
        self, step: str, shown: dict[str, Any], errors: dict[str, str]
    ) -> SubentryFlowResult:
        return self.async_show_form(
            step_id=step,
            data_schema=self.add_suggested_values_to_schema(DOOR_SCHEMA, shown),
            errors=errors,
        )


def _door(user_input: dict[str, Any]) -> dict[str, str] | None:
    """Return what was typed, trimmed, or None when the id or name is empty."""
    door = {key: str(value).strip() for key, value in user_input.items()}
    return door if door[CONF_DOOR_ID] and door[CONF_NAME] else None


def _data(door: dict[str, str]) -> dict[str, str]:
    """Return what is stored; the name is the title of the subentry."""
    return {key: value for key, value in door.items() if key != CONF_NAME and value}
