"""Areas, devices, cameras and doors."""

from ..dialects.reference import resources as reference
from ..dialects.teams import resources as teams
from ..operation import Service, paged


class Resources(Service):
    """Resource services.

    Teams lists the cameras and doors of the whole account; the reference lists the
    cameras of one area and no doors.
    """

    devices = paged(reference=reference.devices, teams=teams.devices)
    areas = paged(reference=reference.areas, teams=teams.areas)
    cameras = paged(teams=teams.cameras)
    area_cameras = paged(reference=reference.area_cameras)
    doors = paged(teams=teams.doors)
