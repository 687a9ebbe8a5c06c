"""Visitor passes."""

from ..dialects.reference import passes as reference
from ..dialects.teams import passes as teams
from ..operation import Service, operation, paged


class Passes(Service):
    """Temporary passes of visitors; the reference can only issue them."""

    issue = operation(reference=reference.issue, teams=teams.issue)
    find = paged(teams=teams.find)
    get = operation(teams=teams.get)
    update = operation(teams=teams.update)
    delete = operation(teams=teams.delete)
