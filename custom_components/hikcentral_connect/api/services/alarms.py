"""The queue and the log of alarms."""

from ..dialects.reference import alarms as reference
from ..dialects.teams import alarms as teams
from ..operation import Service, operation, paged


class Alarms(Service):
    """Alarm services. `subscribe` returns what `messages` and `acknowledge` want."""

    subscribe = operation(reference=reference.subscribe, teams=teams.subscribe)
    messages = operation(reference=reference.messages, teams=teams.messages)
    acknowledge = operation(reference=reference.acknowledge, teams=teams.acknowledge)
    unsubscribe = operation(teams=teams.unsubscribe)
    log = paged(reference=reference.log, teams=teams.log)
    set_low_battery = operation(teams=teams.set_low_battery)
