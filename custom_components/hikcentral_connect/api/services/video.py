"""Pictures and streams."""

from ..dialects.reference import video as reference
from ..dialects.teams import video as teams
from ..operation import Service, operation


class Video(Service):
    """Video services."""

    capture = operation(reference=reference.capture, teams=teams.capture)
    live_address = operation(reference=reference.live_address, teams=teams.live_address)
