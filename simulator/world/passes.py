"""Visitor passes, and the buildings and residents that issue them."""

from dataclasses import dataclass, field
from datetime import datetime
from secrets import randbelow

from .places import Area


@dataclass(frozen=True, slots=True, kw_only=True)
class Building:
    """A building with rooms to be called from its door station.

    ``area`` is None for a building directly in the root area.
    """

    id: str
    name: str
    number: str
    address: str = ""
    area: Area | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resident:
    """Somebody who lives in a room of a building."""

    id: str
    name: str
    phone: str
    building: Building
    room: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """A visitor's right to open doors for a while.

    ``pin`` opens by keypad; ``levels`` are access level ids, without which the
    pass opens nothing.
    """

    id: str
    name: str
    starts: datetime
    ends: datetime
    pin: str = field(default_factory=lambda: f"{randbelow(10**6):06d}")
    opens: int = 1
    levels: tuple[str, ...] = ()
    resident: Resident | None = None

    @property
    def qr_text(self) -> str:
        """Return what the pass's QR code says."""
        return f"HCC-PASS:{self.id}:{self.pin}"
