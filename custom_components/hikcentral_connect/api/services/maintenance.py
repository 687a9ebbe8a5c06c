"""Health of devices."""

from ..dialects.teams import maintenance as teams
from ..operation import Service, paged


class Maintenance(Service):
    """Maintenance services; the reference has none."""

    offline = paged(teams=teams.offline)
    devices = paged(teams=teams.devices)
