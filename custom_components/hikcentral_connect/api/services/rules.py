"""Alarm rules."""

from ..dialects.reference import rules as reference
from ..dialects.teams import rules as teams
from ..operation import Service, operation, paged


class AlarmRules(Service):
    """Rules of alarms. The reference can only add one."""

    add = operation(reference=reference.add, teams=teams.add)
    update = operation(teams=teams.update)
    rules = paged(teams=teams.rules)
    link = operation(teams=teams.link)
    priorities = paged(teams=teams.priorities)
    schedules = paged(teams=teams.schedules)
