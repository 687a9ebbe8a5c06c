"""The queue of alarms."""

from ..dialects.reference import alarms as reference
from ..dialects.teams import alarms as teams
from ..operation import Service, operation


class Alarms(Service):
    """Alarm services. `subscribe` returns what the other two want first."""

    subscribe = operation(reference=reference.subscribe, teams=teams.subscribe)
    messages = operation(reference=reference.messages, teams=teams.messages)
    acknowledge = operation(reference=reference.acknowledge, teams=teams.acknowledge)
