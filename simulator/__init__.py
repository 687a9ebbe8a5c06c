"""A local HikCentral Connect that speaks both dialects."""

from .account import Credentials, Speech
from .faults import FaultKind
from .server import Simulator
from .world.sites import Size

__all__ = ["Credentials", "FaultKind", "Simulator", "Size", "Speech"]
