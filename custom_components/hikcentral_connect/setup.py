"""Putting the parts of an account together."""

from homeassistant.core import HomeAssistant

from .api.dialects.reference.alarms import DOCUMENTED_WORDS
from .api.queue import Queue
from .api.recorder import Recorder
from .attendance.headcount import Attendance
from .coordinator import InventoryCoordinator, StatusCoordinator
from .doors.control import Doors
from .health.clocks import Health
from .messages.history import History
from .messages.hub import MessageHub
from .messages.memory import Memory
from .messages.queues import QueueCoordinator
from .messages.records import RecordsCoordinator
from .options import Options, shape_of
from .panel.sessions import PlayerSessions
from .people.directory import People
from .people.passes import PassBook
from .runtime import HikConfigEntry, HikRuntime
from .stills import Stills
from .vehicles.fleet import Fleet
from .video.exports import Exports
from .video.library import Library
from .video.live import Live
from .wiring.inputs import InputsCoordinator
from .wiring.outputs import OutputsCoordinator


def make_runtime(
    hass: HomeAssistant,
    entry: HikConfigEntry,
    inventory: InventoryCoordinator,
    recorder: Recorder,
) -> HikRuntime:
    """Return the parts of an account whose inventory has been read."""
    client = inventory.client
    options = Options(entry)
    hub = MessageHub(hass, entry.entry_id, client, inventory, options)
    memory = Memory(hass, entry)
    history = History(hass, entry, client=client, hub=hub, memory=memory)
    return HikRuntime(
        client=client,
        recorder=recorder,
        options=options,
        inventory=inventory,
        status=StatusCoordinator(hass, entry, client, inventory),
        health=Health(hass, entry, client, inventory),
        fleet=Fleet(hass, entry, client, hub=hub, options=options),
        attendance=Attendance(hass, entry, client, options),
        hub=hub,
        memory=memory,
        history=history,
        alarms=QueueCoordinator(
            hass,
            entry,
            client,
            queue=Queue("alarm", client.alarms, DOCUMENTED_WORDS),
            hub=hub,
            memory=memory,
            options=options,
            on_gap=history.async_fill,
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
        records=RecordsCoordinator(
            hass,
            entry,
            client,
            inventory=inventory,
            hub=hub,
            memory=memory,
            options=options,
        ),
        inputs=InputsCoordinator(hass, entry, client),
        stills=Stills(hass, entry, client),
        live=Live(hass, entry, client),
        library=Library(client, inventory),
        exports=Exports(hass, entry, client),
        doors=Doors(hass, client, options),
        players=PlayerSessions(),
        outputs=OutputsCoordinator(hass, entry, client),
        passes=PassBook(hass, entry, client),
        people=People(hass, entry, client, options),
        shape=shape_of(entry),
    )
