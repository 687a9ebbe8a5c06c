"""Vehicles with on-board devices."""

from ..dialects.reference import vehicles as reference
from ..dialects.teams import vehicles as teams
from ..operation import Service, operation, paged


class Vehicles(Service):
    """On-board monitoring services.

    Only the reference tells where a vehicle is; in teams its place comes with the raw
    messages.
    """

    add = operation(reference=reference.add, teams=teams.add)
    update = operation(teams=teams.update)
    vehicles = paged(reference=reference.vehicles, teams=teams.vehicles)
    location = operation(reference=reference.location)
    picture_upload = operation(teams=teams.picture_upload)
    ignition = operation(teams=teams.ignition)
