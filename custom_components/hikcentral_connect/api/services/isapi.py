"""The devices' own interface, ISAPI."""

from ..dialects.teams import isapi as teams
from ..operation import Service, operation


class Isapi(Service):
    """Requests that the service carries to a device; the reference carries none."""

    send = operation(teams=teams.send)
    send_by_proxy = operation(teams=teams.send_by_proxy)
