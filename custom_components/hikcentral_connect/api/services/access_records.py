"""Access records."""

from ..dialects.teams import access_records as teams
from ..operation import Service, paged


class AccessRecords(Service):
    """Who tried to pass which door; the reference has no such records."""

    records = paged(teams=teams.records)
