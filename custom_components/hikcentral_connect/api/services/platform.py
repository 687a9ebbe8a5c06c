"""The account and its service."""

from ..dialects.reference import platform as reference
from ..dialects.teams import platform as teams
from ..operation import Service, operation, paged


class Platform(Service):
    """System services. Logging in (`token/get`) is the session's own."""

    refresh_token = operation(reference=reference.refresh_token)
    system_properties = operation(
        reference=reference.system_properties, teams=teams.system_properties
    )
    service_package = operation(
        reference=reference.service_package, teams=teams.service_package
    )
    stream_token = operation(reference=reference.stream_token, teams=teams.stream_token)
    users = paged(reference=reference.users, teams=teams.users)
