"""Person groups."""

from ..dialects.reference import person_groups as reference
from ..dialects.teams import person_groups as teams
from ..operation import Service, operation, paged


class PersonGroups(Service):
    """Groups of persons; the reference lists them and no more."""

    groups = paged(reference=reference.groups, teams=teams.groups)
    subgroups = operation(teams=teams.subgroups)
    groups_by_id = operation(teams=teams.groups_by_id)
    add_group = operation(teams=teams.add_group)
    update_group = operation(teams=teams.update_group)
    delete_group = operation(teams=teams.delete_group)
