"""What a running config entry consists of."""

from dataclasses import dataclass

from homeassistant.config_entries import ConfigEntry

from .api import Client
from .api.models.events import Message
from .api.models.messages import Alarm
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
from .options import Options
from .panel.sessions import PlayerSessions
from .people.directory import People
from .people.passes import PassBook
from .stills import Stills
from .vehicles.fleet import Fleet
from .video.exports import Exports
from .video.library import Library
from .video.live import Live
from .wiring.inputs import InputsCoordinator
from .wiring.outputs import OutputsCoordinator


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class HikRuntime:
    """The parts of one account; nothing is shared between accounts."""

    client: Client
    recorder: Recorder
    options: Options
    inventory: InventoryCoordinator
    status: StatusCoordinator
    health: Health
    fleet: Fleet
    attendance: Attendance
    hub: MessageHub
    memory: Memory
    history: History
    alarms: QueueCoordinator[Alarm]
    messages: QueueCoordinator[Message]
    records: RecordsCoordinator
    inputs: InputsCoordinator
    stills: Stills
    live: Live
    library: Library
    exports: Exports
    doors: Doors
    players: PlayerSessions
    outputs: OutputsCoordinator
    passes: PassBook
    people: People
    shape: object
    """What cannot change while the account runs."""

    @property
    def queues(self) -> tuple[QueueCoordinator[Alarm], QueueCoordinator[Message]]:
        """Both queues."""
        return self.alarms, self.messages


type HikConfigEntry = ConfigEntry[HikRuntime]
