"""The queue of raw messages."""

from ..dialects.reference import messages as reference
from ..dialects.teams import messages as teams
from ..operation import Service, operation


class Messages(Service):
    """Raw messages: accesses, rings, vehicles.

    `subscribe` returns what `messages` and `acknowledge` want.
    """

    subscribe = operation(reference=reference.subscribe, teams=teams.subscribe)
    messages = operation(reference=reference.messages, teams=teams.messages)
    acknowledge = operation(reference=reference.acknowledge, teams=teams.acknowledge)
    unsubscribe = operation(teams=teams.unsubscribe)
