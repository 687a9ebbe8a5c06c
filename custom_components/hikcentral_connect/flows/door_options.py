"""Pages of the options about doors, barriers and people."""

import re
from typing import Any, Final

import voluptuous as vol

from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.helpers import selector

from ..api.models.resources import Door
from ..devices import doors_by_subentry
from ..options import (
    OPT_BARRIERS,
    OPT_CONTROLS,
    OPT_DOORS,
    OPT_HOLD,
    OPT_PERSONAL_DATA,
    OPT_PIN,
    OPT_RELOCK,
    DoorControls,
    DoorOptions,
    Options,
)
from ..placeholders import harmless
from ..runtime import HikConfigEntry

CONF_DOOR: Final = "door"
CONF_NO_PIN: Final = "no_pin"

_PIN: Final = re.compile(r"\d{4,8}", re.ASCII)


class DoorPages(OptionsFlow):
    """How each door behaves, which cameras have a barrier, and whose names show."""

    config_entry: HikConfigEntry
    _door_id: str

    async def async_step_doors(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask which door is meant."""
        if user_input is not None:
            self._door_id = user_input[CONF_DOOR]
            return await self.async_step_door()
        names = {door_id: door.name for door_id, door in self._doors().items()}
        if not names:
            return self.async_abort(reason="no_doors")
        schema = vol.Schema({vol.Required(CONF_DOOR): _choice(names)})
        return self.async_show_form(
            step_id="doors", data_schema=schema, last_step=False
        )

    async def async_step_door(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask how one door behaves."""
        door = Options(self.config_entry).door(self._door_id)
        errors: dict[str, str] = {}
        if user_input is not None:
            pin = user_input.get(OPT_PIN, "").strip()
            if not pin or _PIN.fullmatch(pin):
                return self._save_door(_stored(user_input, pin, door))
            errors[OPT_PIN] = "pin_invalid"
        shown = user_input or {
            OPT_CONTROLS: door.controls,
            OPT_RELOCK: door.relock_seconds,
            OPT_HOLD: door.hold,
        }
        return self.async_show_form(
            step_id="door",
            data_schema=self.add_suggested_values_to_schema(_door_schema(door), shown),
            errors=errors,
            description_placeholders=harmless(door=self._doors()[self._door_id].name),
        )

    async def async_step_barriers(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask which cameras stand at a barrier: no service tells."""
        if user_input is not None:
            return self._save({OPT_BARRIERS: sorted(user_input.get(OPT_BARRIERS, []))})
        cameras = self.config_entry.runtime_data.inventory.data.cameras
        names = {camera_id: camera.name for camera_id, camera in cameras.items()}
        chosen = Options(self.config_entry).barriers & names.keys()
        schema = vol.Schema(
            {
                vol.Optional(OPT_BARRIERS, default=sorted(chosen)): _choice(
                    names, multiple=True
                )
            }
        )
        return self.async_show_form(step_id="barriers", data_schema=schema)

    async def async_step_people(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask whether names of people may be shown."""
        if user_input is not None:
            return self._save(user_input)
        shown = Options(self.config_entry).personal_data
        field = vol.Required(OPT_PERSONAL_DATA, default=shown)
        schema = vol.Schema({field: selector.BooleanSelector()})
        return self.async_show_form(step_id="people", data_schema=schema)

    def _doors(self) -> dict[str, Door]:
        declared = doors_by_subentry(self.hass, self.config_entry).values()
        found = self.config_entry.runtime_data.inventory.data.doors
        return {**found, **{door.id: door for door in declared}}

    def _save_door(self, stored: dict[str, Any]) -> ConfigFlowResult:
        doors = self.config_entry.options.get(OPT_DOORS, {})
        return self._save({OPT_DOORS: {**doors, self._door_id: stored}})

    def _save(self, changes: dict[str, Any]) -> ConfigFlowResult:
        return self.async_create_entry(data={**self.config_entry.options, **changes})


def _door_schema(door: DoorOptions) -> vol.Schema:
    """Return the form of a door. A PIN is never shown, only replaced or removed."""
    fields: dict[vol.Marker, Any] = {
        vol.Required(OPT_CONTROLS): selector.SelectSelector(
            selector.SelectSelectorConfig(
                options=list(DoorControls), translation_key="door_controls"
            )
        ),
        vol.Required(OPT_RELOCK): selector.NumberSelector(
            selector.NumberSelectorConfig(
                min=1,
                max=300,
                mode=selector.NumberSelectorMode.BOX,
                unit_of_measurement="s",
            )
        ),
        vol.Required(OPT_HOLD): selector.BooleanSelector(),
        vol.Optional(OPT_PIN): selector.TextSelector(
            selector.TextSelectorConfig(
                type=selector.TextSelectorType.PASSWORD, autocomplete="off"
            )
        ),
    }
    if door.pin is not None:
        fields[vol.Required(CONF_NO_PIN, default=False)] = selector.BooleanSelector()
    return vol.Schema(fields)


def _stored(user_input: dict[str, Any], pin: str, door: DoorOptions) -> dict[str, Any]:
    kept = None if user_input.get(CONF_NO_PIN) else door.pin
    stored = {key: user_input[key] for key in (OPT_CONTROLS, OPT_RELOCK, OPT_HOLD)}
    if new := pin or kept:
        stored[OPT_PIN] = new
    return stored


def _choice(names: dict[str, str], multiple: bool = False) -> selector.SelectSelector:
    return selector.SelectSelector(
        selector.SelectSelectorConfig(
            options=[
                selector.SelectOptionDict(value=value, label=name)
                for value, name in names.items()
            ],
            mode=selector.SelectSelectorMode.DROPDOWN,
            multiple=multiple,
            sort=True,
        )
    )
