"""Client of the HikCentral Connect cloud. Knows nothing of Home Assistant."""

from .client import Client
from .session import Account, DialectName

__all__ = ["Account", "Client", "DialectName"]
