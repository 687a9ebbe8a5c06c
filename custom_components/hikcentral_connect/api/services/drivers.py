"""Drivers and their groups."""

from ..dialects.reference import drivers as reference
from ..dialects.teams import drivers as teams
from ..operation import Service, operation, paged


class Drivers(Service):
    """Drivers of vehicles; the reference can only add them."""

    drivers = paged(teams=teams.drivers)
    add = operation(reference=reference.add, teams=teams.add)
    update = operation(teams=teams.update)
    delete = operation(teams=teams.delete)
    groups = operation(teams=teams.groups)
    add_group = operation(teams=teams.add_group)
    update_group = operation(teams=teams.update_group)
    delete_groups = operation(teams=teams.delete_groups)
    send_faces = operation(teams=teams.send_faces)
    faces_sent = operation(teams=teams.faces_sent)
