"""Persons."""

from ..dialects.reference import people as reference
from ..dialects.teams import people as teams
from ..operation import Service, operation, paged


class People(Service):
    """Person services. The reference adds and lists persons and no more."""

    search = paged(reference=reference.search, teams=teams.search)
    get = operation(teams=teams.get)
    add = operation(reference=reference.add, teams=teams.add)
    quick_add = operation(reference=reference.quick_add, teams=teams.quick_add)
    update = operation(teams=teams.update)
    delete = operation(teams=teams.delete)
