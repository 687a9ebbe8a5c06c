"""Putting the parts of an account together."""

from homeassistant.core import HomeAssistant

from .api.dialects.reference.alarms import DOCUMENTED_WORDS
from .api.queue import Queue
from .coordinator import InventoryCoordinator, StatusCoordinator
from .doors import Doors
from .memory import Memory
from .messages import MessageHub
from .options import Options, shape_of
from .queues import QueueCoordinator
from .runtime import HikConfigEntry, HikRuntime
from .stills import Stills


def make_runtime(
    hass: HomeAssistant, entry: HikConfigEntry, inventory: InventoryCoordinator
) -> HikRuntime:
    """Return the parts of an account whose inventory has been read."""
    client = inventory.client
    options = Options(entry)
    hub = MessageHub(hass, entry.entry_id, client, inventory, options)
    memory = Memory(hass, entry.entry_id)
    return HikRuntime(
        client=client,
        options=options,
        inventory=inventory,
        status=StatusCoordinator(hass, entry, client, inventory),
        hub=hub,
        memory=memory,
        alarms=QueueCoordinator(
            hass,
            entry,
            client,
            queue=Queue("alarm", client.alarms, DOCUMENTED_WORDS),
            hub=hub,
            memory=memory,
            options=options,
        ),
        messages=QueueCoordinator(
            hass,
            entry,
            client,
            queue=Queue("message", client.messages),
            hub=hub,
            memory=memory,
            options=options,
        ),
        stills=Stills(hass, entry, client),
        doors=Doors(hass, client, options),
        shape=shape_of(entry),
    )
