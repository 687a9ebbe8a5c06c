"""Number plates, barriers and people counted."""

from ..dialects.teams import traffic as teams
from ..operation import Service, operation


class Traffic(Service):
    """Business intelligence services; the reference has none."""

    passings = operation(teams=teams.passings)
    control_barrier = operation(teams=teams.control_barrier)
    people_flow = operation(teams=teams.people_flow)
