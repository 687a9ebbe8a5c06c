"""Access levels and access records."""

from ..dialects.reference import access as reference
from ..dialects.teams import access as teams
from ..operation import Service, operation, paged


class Access(Service):
    """Access control services, beside the commands to doors."""

    levels = paged(reference=reference.levels, teams=teams.levels)
    add_level = operation(teams=teams.add_level)
    update_level = operation(teams=teams.update_level)
    delete_level = operation(teams=teams.delete_level)
    delete_levels = operation(teams=teams.delete_levels)
    add_resources = operation(teams=teams.add_resources)
    remove_resources = operation(teams=teams.remove_resources)
    schedules = paged(teams=teams.schedules)

    assign = operation(reference=reference.assign, teams=teams.assign)
    remove = operation(teams=teams.remove)
    remove_all = operation(teams=teams.remove_all)
    replace = operation(teams=teams.replace)
    apply_status = operation(teams=teams.apply_status)

    records = paged(teams=teams.records)
    encryption = operation(reference=reference.encryption, teams=teams.encryption)
