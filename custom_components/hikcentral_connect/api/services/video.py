"""Pictures and streams."""

from ..dialects.reference import video as reference
from ..dialects.teams import video as teams
from ..operation import Service, operation


class Video(Service):
    """Video services. Thumbnails and solar cameras are teams only."""

    capture = operation(reference=reference.capture, teams=teams.capture)
    live_address = operation(reference=reference.live_address, teams=teams.live_address)
    playback_address = operation(
        reference=reference.playback_address, teams=teams.playback_address
    )
    thumbnail = operation(teams=teams.thumbnail)
    wake_up = operation(teams=teams.wake_up)
