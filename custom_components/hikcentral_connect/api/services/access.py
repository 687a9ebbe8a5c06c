"""Who may pass which doors."""

from ..dialects.reference import access as reference
from ..dialects.teams import access as teams
from ..operation import Service, operation


class Access(Service):
    """The rights of persons, and the account's key to doors by Bluetooth."""

    assign = operation(reference=reference.assign, teams=teams.assign)
    remove = operation(teams=teams.remove)
    remove_all = operation(teams=teams.remove_all)
    replace = operation(teams=teams.replace)
    apply_status = operation(teams=teams.apply_status)
    encryption = operation(reference=reference.encryption, teams=teams.encryption)
