"""Areas, devices, cameras and doors."""

from ..dialects.reference import resources as reference
from ..dialects.teams import resources as teams
from ..operation import Service, operation, paged


class Resources(Service):
    """Resource services.

    Teams lists the cameras and doors of the whole account; the reference lists the
    cameras of one area and no doors.
    """

    devices = paged(reference=reference.devices, teams=teams.devices)
    device_detail = operation(teams=teams.device_detail)
    refresh_device = operation(teams=teams.refresh_device)
    areas = paged(reference=reference.areas, teams=teams.areas)
    area_details = operation(teams=teams.area_details)
    cameras = paged(teams=teams.cameras)
    area_cameras = paged(reference=reference.area_cameras)
    doors = paged(teams=teams.doors)
    time_zones = operation(teams=teams.time_zones)
