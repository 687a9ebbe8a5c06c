"""Actions of the integration."""

from homeassistant.core import HomeAssistant, callback

from .actions import passes


@callback
def async_setup_services(hass: HomeAssistant) -> None:
    """Register the actions of all topics."""
    for topic in (passes,):
        topic.async_register(hass)
