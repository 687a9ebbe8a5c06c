"""The push of messages."""

from ..dialects.teams import webhook as teams
from ..operation import Service, operation


class Webhooks(Service):
    """Push of messages, one per account; teams only."""

    query = operation(teams=teams.query)
    save = operation(teams=teams.save)
    delete = operation(teams=teams.delete)
