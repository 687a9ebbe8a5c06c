"""A phone with the app of Home Assistant, as automations see it.

The real app's integration needs packages for speech and for the cloud of its maker that
these tests do without. What stands in for it renders a notification just as it does.
"""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, Final

from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockModule,
    mock_integration,
    mock_platform,
)
import voluptuous as vol

from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import (
    config_validation as cv,
    device_registry as dr,
    template,
)
from homeassistant.helpers.typing import ConfigType, TemplateVarsType

from .common import until

APP: Final = "mobile_app"
_SCHEMA: Final = cv.DEVICE_ACTION_BASE_SCHEMA.extend(
    {
        vol.Required("type"): "notify",
        vol.Required("message"): cv.template,
        vol.Optional("title"): cv.template,
        vol.Optional("data"): cv.template_complex,
    }
)


@dataclass
class Phone:
    """What a phone got, and what its owner taps."""

    hass: HomeAssistant
    device_id: str
    got: list[dict[str, Any]] = field(default_factory=list)

    async def notification(self, number: int = 1) -> dict[str, Any]:
        """Return the notification with a number, which comes soon."""
        await until(lambda: len(self.got) >= number)
        return self.got[number - 1]

    def tap(self, notification: dict[str, Any]) -> None:
        """Press the only button of a notification, as the app tells it."""
        (button,) = notification["data"]["actions"]
        self.hass.bus.async_fire(
            "mobile_app_notification_action", {"action": button["action"]}
        )


def add_phone(hass: HomeAssistant) -> Phone:
    """Let there be a phone that can be notified."""
    entry = MockConfigEntry(domain=APP)
    entry.add_to_hass(hass)
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id, identifiers={(APP, "1")}, name="Ada's phone"
    )
    phone = Phone(hass, device.id)

    async def notify(
        hass: HomeAssistant,
        config: ConfigType,
        variables: TemplateVarsType,
        context: Context | None,
    ) -> None:
        assert config["device_id"] == phone.device_id
        phone.got.append(
            {
                key: template.render_complex(config[key], variables)
                for key in ("title", "message", "data")
                if key in config
            }
        )

    mock_integration(hass, MockModule(APP))
    actions = SimpleNamespace(
        ACTION_SCHEMA=_SCHEMA, async_call_action_from_config=notify
    )
    mock_platform(hass, f"{APP}.device_action", actions)
    return phone
