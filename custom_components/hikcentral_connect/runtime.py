"""What a running config entry consists of."""

from dataclasses import dataclass

from homeassistant.config_entries import ConfigEntry

from .api import Client
from .coordinator import InventoryCoordinator, StatusCoordinator
from .doors import Doors
from .events import AlarmCoordinator
from .stills import Stills


@dataclass(frozen=True, slots=True)
class HikRuntime:
    """The parts of one account; nothing is shared between accounts."""

    client: Client
    inventory: InventoryCoordinator
    status: StatusCoordinator
    alarms: AlarmCoordinator
    stills: Stills
    doors: Doors


type HikConfigEntry = ConfigEntry[HikRuntime]
