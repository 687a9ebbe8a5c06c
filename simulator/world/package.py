"""What the owner of an account bought."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum

SOON = timedelta(days=30)


class PackageStatus(IntEnum):
    """How a package is, in the numbers of teams (guide 5.1.4)."""

    NORMAL = 0
    OVER_LIMIT = 1
    EXPIRING = 2
    EXPIRED = 3


@dataclass(slots=True)
class Package:
    """A package that ends.

    Teams tells of the ``room`` for more channels; negative if more are in use than
    were bought. The reference tells of the ``devices`` that were bought.
    """

    room: int = 1000
    devices: int = 1000
    ends: datetime = datetime(2032, 1, 1, tzinfo=UTC)

    def status(self, now: datetime) -> PackageStatus:
        """Tell how the package is."""
        if now >= self.ends:
            return PackageStatus.EXPIRED
        if self.room < 0:
            return PackageStatus.OVER_LIMIT
        if self.ends - now < SOON:
            return PackageStatus.EXPIRING
        return PackageStatus.NORMAL
