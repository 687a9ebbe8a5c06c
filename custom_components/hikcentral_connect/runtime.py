"""What a running config entry consists of."""

from dataclasses import dataclass

from homeassistant.config_entries import ConfigEntry

from .api import Client
from .api.models.events import Message
from .api.models.messages import Alarm
from .coordinator import InventoryCoordinator, StatusCoordinator
from .doors import Doors
from .memory import Memory
from .messages import MessageHub
from .options import Options
from .queues import QueueCoordinator
from .stills import Stills


@dataclass(frozen=True, slots=True)
class HikRuntime:
    """The parts of one account; nothing is shared between accounts."""

    client: Client
    options: Options
    inventory: InventoryCoordinator
    status: StatusCoordinator
    hub: MessageHub
    memory: Memory
    alarms: QueueCoordinator[Alarm]
    messages: QueueCoordinator[Message]
    stills: Stills
    doors: Doors
    shape: object
    """What cannot change while the account runs."""

    @property
    def queues(self) -> tuple[QueueCoordinator[Alarm], QueueCoordinator[Message]]:
        """Both queues."""
        return self.alarms, self.messages


type HikConfigEntry = ConfigEntry[HikRuntime]
