"""The account and its service."""

from ..dialects.reference import platform as reference
from ..dialects.teams import platform as teams
from ..operation import Service, operation


class Platform(Service):
    """System services."""

    system_properties = operation(
        reference=reference.system_properties, teams=teams.system_properties
    )
    stream_token = operation(
        reference=reference.stream_token, teams=teams.stream_token
    )
