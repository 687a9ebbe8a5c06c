"""Attendance."""

from ..dialects.reference import attendance as reference
from ..dialects.teams import attendance as teams
from ..operation import Service, operation, paged


class Attendance(Service):
    """Attendance services; teams has the time card only."""

    records = paged(reference=reference.records)
    time_cards = paged(reference=reference.time_cards, teams=teams.time_cards)
    summary = operation(reference=reference.summary)
