"""Changes to the devices and areas of an account."""

from ..dialects.reference import site as reference
from ..dialects.teams import site as teams
from ..operation import Service, operation


class Site(Service):
    """Adding, changing and removing devices and areas.

    Neither contract has calls to change or remove an area.
    """

    add_device = operation(reference=reference.add_device, teams=teams.add_device)
    update_device = operation(
        reference=reference.update_device, teams=teams.update_device
    )
    delete_devices = operation(
        reference=reference.delete_devices, teams=teams.delete_devices
    )
    add_area = operation(reference=reference.add_area, teams=teams.add_area)
    add_resources = operation(teams=teams.add_resources)
    delete_resources = operation(teams=teams.delete_resources)
