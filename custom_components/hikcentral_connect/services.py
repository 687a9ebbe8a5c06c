"""Actions of the integration."""

from homeassistant.core import HomeAssistant, callback

from .actions import (
    alarm_rules,
    alarms,
    attendance,
    calls,
    doors,
    passes,
    people,
    residents,
    site,
    vehicles,
    video,
)


@callback
def async_setup_services(hass: HomeAssistant) -> None:
    """Register the actions of all topics."""
    for topic in (
        alarm_rules,
        alarms,
        attendance,
        calls,
        doors,
        passes,
        people,
        residents,
        site,
        vehicles,
        video,
    ):
        topic.async_register(hass)
