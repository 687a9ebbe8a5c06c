"""Access levels."""

from ..dialects.reference import access_levels as reference
from ..dialects.teams import access_levels as teams
from ..operation import Service, operation, paged


class AccessLevels(Service):
    """Which doors open at which times; the reference lists levels and no more."""

    levels = paged(reference=reference.levels, teams=teams.levels)
    add_level = operation(teams=teams.add_level)
    update_level = operation(teams=teams.update_level)
    delete_level = operation(teams=teams.delete_level)
    delete_levels = operation(teams=teams.delete_levels)
    add_resources = operation(teams=teams.add_resources)
    remove_resources = operation(teams=teams.remove_resources)
    schedules = paged(teams=teams.schedules)
