"""Writes every message that reaches the bus to a file, at once."""

import json
import os

from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers.typing import ConfigType

EVENT = "hikcentral_connect_event"


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Open the file and listen; a line must outlive a kill of the process."""
    path = hass.config.path("events.jsonl")
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    file = await hass.async_add_executor_job(os.open, path, flags)

    @callback
    def write(event: Event) -> None:
        data = {**event.data, "received": event.time_fired_timestamp}
        os.write(file, (json.dumps(data) + "\n").encode())

    hass.bus.async_listen(EVENT, write)
    return True
