"""Visitor passes."""

from ..dialects.reference import passes as reference
from ..dialects.teams import passes as teams
from ..operation import Service, operation


class Passes(Service):
    """Temporary passes of visitors."""

    issue = operation(reference=reference.issue, teams=teams.issue)
