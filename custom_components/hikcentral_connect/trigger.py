"""Triggers that Home Assistant has none of: accesses of people, kinds of alarms.

Rings, motion and locks are told by entities whose device class Home Assistant's own
triggers know. Imports of the trigger helper are from its package root only: what lies
below moves between versions.
"""

from typing import Any, ClassVar, Final, override

import voluptuous as vol

from homeassistant.const import CONF_METHOD, CONF_OPTIONS, CONF_TARGET
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import (
    config_validation as cv,
    device_registry as dr,
    entity_registry as er,
)
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.target import (
    TargetSelection,
    async_extract_referenced_entity_ids,
)
from homeassistant.helpers.trigger import (
    Trigger,
    TriggerActionRunner,
    TriggerConfig,
    TriggerNotTriggeredReporter,
)
from homeassistant.helpers.typing import ConfigType

from .api.models.events import AccessEvent, AccessMethod
from .api.models.messages import Alarm
from .const import DOMAIN
from .devices import identifier
from .messages.bus import type_of
from .messages.hub import SIGNAL_NOTICE, AnyMessage, MessageHub, Notice
from .runtime import HikConfigEntry

CONF_KIND: Final = "kind"
CONF_PERSON: Final = "person"

_TEXTS: Final = vol.All(cv.ensure_list, [cv.string])


def _schema(options: dict[vol.Marker, Any]) -> vol.Schema:
    return vol.Schema(
        {
            vol.Optional(CONF_TARGET): cv.TARGET_FIELDS,
            vol.Optional(CONF_OPTIONS, default=dict): options,
        }
    )


class HikTrigger(Trigger):
    """Fires when a message begins something, once for each message.

    Without a target it listens to everything of all accounts. Automations find the
    message as `trigger.message`, in the form of the bus event, and the device of the
    camera or door as `trigger.device_id`.
    """

    schema: ClassVar[vol.Schema]

    @override
    @classmethod
    async def async_validate_config(
        cls, hass: HomeAssistant, config: ConfigType
    ) -> ConfigType:
        """Validate target and options."""
        validated: ConfigType = cls.schema(config)
        return validated

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Keep what is to be matched."""
        super().__init__(hass, config)
        self._target = TargetSelection(config.target) if config.target else None
        self.options = config.options or {}

    def matches(self, message: AnyMessage) -> bool:
        """Tell whether the options ask for a message."""
        raise NotImplementedError

    @override
    async def async_attach_runner(
        self,
        run_action: TriggerActionRunner,
        did_not_trigger: TriggerNotTriggeredReporter | None = None,
    ) -> CALLBACK_TYPE:
        """Run the action for each message that matches."""

        @callback
        def on_notice(hub: MessageHub, notice: Notice) -> None:
            if not notice.begins or not self.matches(notice.message):
                return
            devices = self._devices_of(hub, notice.message)
            if not self._is_targeted(devices):
                return
            data = notice.data
            run_action(
                {"message": data, "device_id": next(iter(devices), None)},
                f"{data['category']} {data['type']}",
            )

        return async_dispatcher_connect(self._hass, SIGNAL_NOTICE, on_notice)

    def _devices_of(self, hub: MessageHub, message: AnyMessage) -> list[str]:
        """Return the devices that a message concerns, the nearest first."""
        entry: HikConfigEntry | None = self._hass.config_entries.async_get_entry(
            hub.entry_id
        )
        if entry is None:
            return []
        registry = dr.async_get(self._hass)
        account = identifier(entry, None)
        found = (
            registry.async_get_device_by_identifier(
                (DOMAIN, f"{account}_{topic.replace(':', '_', 1)}"), entry.entry_id
            )
            for topic in hub.topics_of(message)
        )
        return [device.id for device in found if device]

    def _is_targeted(self, devices: list[str]) -> bool:
        """Tell whether a device, or one of its entities, is part of the target.

        Looked up each time, so that what the owner moves or adds later counts.
        """
        if self._target is None:
            return True
        selected = async_extract_referenced_entity_ids(self._hass, self._target)
        registry = er.async_get(self._hass)
        targeted = set(selected.referenced_devices)
        for entity_id in selected.referenced | selected.indirectly_referenced:
            if (entity := registry.async_get(entity_id)) and entity.device_id:
                targeted.add(entity.device_id)
        return not targeted.isdisjoint(devices)


class AccessTrigger(HikTrigger):
    """Somebody tries a door."""

    schema = _schema(
        {
            vol.Optional(CONF_PERSON, default=list): _TEXTS,
            vol.Optional(CONF_METHOD, default=list): vol.All(
                cv.ensure_list, [vol.Coerce(AccessMethod)]
            ),
        }
    )
    granted: ClassVar[bool]

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Keep who is awaited, and with what."""
        super().__init__(hass, config)
        self._people = {one.casefold() for one in self.options[CONF_PERSON]}
        self._methods = set(self.options[CONF_METHOD])

    @override
    def matches(self, message: AnyMessage) -> bool:
        """Compare people by id or name, whichever the owner gave."""
        if not isinstance(message, AccessEvent) or message.granted is not self.granted:
            return False
        if self._methods and message.method not in self._methods:
            return False
        names = (message.person_id or "", message.person_name or "")
        return not self._people or any(one.casefold() in self._people for one in names)


class AccessGrantedTrigger(AccessTrigger):
    """A door lets somebody in."""

    granted = True


class AccessDeniedTrigger(AccessTrigger):
    """A door does not let somebody in."""

    granted = False


class AlarmTrigger(HikTrigger):
    """An alarm begins."""

    schema = _schema({vol.Optional(CONF_KIND, default=list): _TEXTS})

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Keep which kinds are awaited."""
        super().__init__(hass, config)
        self._kinds = set(self.options[CONF_KIND])

    @override
    def matches(self, message: AnyMessage) -> bool:
        """Compare the kind, or the code where the owner gave one."""
        if not isinstance(message, Alarm):
            return False
        return not self._kinds or not self._kinds.isdisjoint(
            (type_of(message), message.event_type)
        )


async def async_get_triggers(hass: HomeAssistant) -> dict[str, type[Trigger]]:
    """Return the triggers of the integration."""
    return {
        "access_granted": AccessGrantedTrigger,
        "access_denied": AccessDeniedTrigger,
        "alarm": AlarmTrigger,
    }
