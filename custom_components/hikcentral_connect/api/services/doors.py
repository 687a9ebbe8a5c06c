"""Doors."""

from ..dialects.reference import doors as reference
from ..dialects.teams import doors as teams
from ..operation import Service, operation


class Doors(Service):
    """Access control services."""

    control = operation(reference=reference.control, teams=teams.control, urgent=True)
