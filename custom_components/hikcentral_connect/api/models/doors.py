"""Commands to doors."""

from enum import Enum


class DoorAction(Enum):
    """What a door can be told to do."""

    OPEN = "open"
    """Release once; the door locks again by itself."""
    CLOSE = "close"
    """Lock, and end a hold."""
    HOLD_OPEN = "hold_open"
    HOLD_CLOSED = "hold_closed"
