"""The account and its service."""

from dataclasses import dataclass, field
from datetime import datetime

from .codes import Code


@dataclass(frozen=True, slots=True)
class AccessToken:
    """A login to the account; `expires` is None when the service did not say."""

    value: str = field(repr=False)
    expires: datetime | None


@dataclass(frozen=True, slots=True)
class SystemProperties:
    """The platform an account lives on.

    Teams knows only `guid`; the reference knows the others.
    """

    guid: str | None
    version: str | None
    time_zone: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class StreamToken:
    """Key to the streams of every camera of the account: a secret of the server."""

    app_key: str
    app_token: str = field(repr=False)
    domain: str
    expires: datetime | None


class PackageStatus(Code):
    """How a service of the package stands (`packageStatus` of teams)."""

    NORMAL = "0"
    OVER_LIMIT = "1"
    EXPIRING = "2"
    EXPIRED = "3"
    UNKNOWN = "unknown"


class PackageType(Code):
    """How a service of the package was come by (`packageType` of teams)."""

    FREE = "1"
    TRIAL = "2"
    PURCHASED = "3"
    COMPLIMENTARY = "4"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ServiceUsage:
    """One service of the package, counted in channels.

    `name` is the service's own word (`serviceVideo`, `serviceVehicle`,
    `serviceAlarmDetection`). `type_code` and `status_code` are as sent.
    """

    name: str
    type_code: str | None
    used: int | None
    remaining: int | None
    limit: int | None
    expires: datetime | None
    status_code: str | None

    @property
    def type(self) -> PackageType:
        """How the service was come by."""
        return PackageType(self.type_code or "")

    @property
    def status(self) -> PackageStatus:
        """How the service stands."""
        return PackageStatus(self.status_code or "")


@dataclass(frozen=True, slots=True)
class ServiceTerm:
    """A span of time for which one service was obtained; several may overlap."""

    name: str
    type_code: str | None
    starts: datetime | None
    ends: datetime | None


@dataclass(frozen=True, slots=True)
class ServicePackage:
    """What the account may use.

    The reference tells `name`, `limit` (devices) and `features`. Teams tells
    `services` and `terms`; its `features` are the names of the services, and its
    limits are in channels, one for each service.
    """

    name: str | None
    limit: int | None
    features: tuple[str, ...]
    services: tuple[ServiceUsage, ...] = ()
    terms: tuple[ServiceTerm, ...] = ()

    @property
    def expires(self) -> datetime | None:
        """When the first of the services ends, where the service tells."""
        ends = [service.expires for service in self.services if service.expires]
        return min(ends, default=None)

    @property
    def status(self) -> PackageStatus:
        """The worst of what is known about the services."""
        known = {service.status for service in self.services} - {PackageStatus.UNKNOWN}
        return max(known, key=_BADNESS.index, default=PackageStatus.UNKNOWN)


_BADNESS = (
    PackageStatus.NORMAL,
    PackageStatus.EXPIRING,
    PackageStatus.OVER_LIMIT,
    PackageStatus.EXPIRED,
)


@dataclass(frozen=True, slots=True)
class User:
    """A person who may use the platform; `id` answers intercom calls."""

    id: str
    name: str
