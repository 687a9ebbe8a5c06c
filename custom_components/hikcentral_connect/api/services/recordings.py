"""Recordings."""

from ..dialects.reference import recordings as reference
from ..dialects.teams import recordings as teams
from ..operation import Service, operation, paged


class Recordings(Service):
    """Recorded video. `saved` follows a task that `save` began; both teams only."""

    search = paged(reference=reference.search, teams=teams.search)
    settings = operation(reference=reference.settings, teams=teams.settings)
    save = operation(teams=teams.save)
    saved = operation(teams=teams.saved)
