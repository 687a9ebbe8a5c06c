"""What the account may use, in the same form for both dialects."""

from dataclasses import dataclass
from datetime import datetime
import re

from ..api.models.platform import PackageStatus, ServicePackage
from ..inventory import Inventory

DEVICES_KEY = "devices"
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Allowance:
    """One thing that the package limits: devices (reference) or channels (teams).

    `name` is shown to the owner. What the service does not tell is None.
    """

    key: str
    name: str
    used: int | None
    limit: int | None
    expires: datetime | None = None
    status: PackageStatus = PackageStatus.UNKNOWN

    @property
    def is_exceeded(self) -> bool:
        """Tell whether more is used than the package allows."""
        if self.status is PackageStatus.OVER_LIMIT:
            return True
        return (
            self.used is not None
            and self.limit is not None
            and (self.used > self.limit)
        )


def allowances(package: ServicePackage, inventory: Inventory) -> list[Allowance]:
    """Return what a package limits, with what is used of it.

    The reference tells no use: its limit is compared with the devices there are.
    """
    found = [
        Allowance(
            key=service.name,
            name=_readable(service.name),
            used=service.used,
            limit=service.limit,
            expires=service.expires,
            status=service.status,
        )
        for service in package.services
    ]
    if package.limit is not None:
        used = len(inventory.devices)
        found.append(Allowance(DEVICES_KEY, "Devices", used, package.limit))
    return found


def _readable(name: str) -> str:
    """Return "Alarm detection" for "serviceAlarmDetection"."""
    words = _HUMP.sub(" ", name.removeprefix("service"))
    return words[:1].upper() + words[1:].lower() if words else name
