"""Video intercom."""

from ..dialects.reference import intercom as reference
from ..dialects.teams import intercom as teams
from ..operation import Service, operation, paged


class Intercom(Service):
    """Video intercom services.

    Buildings are added in the reference only. Rooms, changes of residents and calls are
    teams only.
    """

    buildings = paged(reference=reference.buildings, teams=teams.buildings)
    add_building = operation(reference=reference.add_building)
    rooms = paged(teams=teams.rooms)
    residents = paged(teams=teams.residents)
    add_resident = operation(reference=reference.add_resident, teams=teams.add_resident)
    update_resident = operation(teams=teams.update_resident)
    delete_residents = operation(teams=teams.delete_residents)
    respond = operation(teams=teams.respond, urgent=True)
