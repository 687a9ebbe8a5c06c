"""Persons and their groups."""

from ..dialects.reference import people as reference
from ..dialects.teams import people as teams
from ..operation import Service, operation, paged


class People(Service):
    """Person services. The reference adds and lists persons and no more."""

    groups = paged(reference=reference.groups, teams=teams.groups)
    subgroups = operation(teams=teams.subgroups)
    groups_by_id = operation(teams=teams.groups_by_id)
    add_group = operation(teams=teams.add_group)
    update_group = operation(teams=teams.update_group)
    delete_group = operation(teams=teams.delete_group)

    search = paged(reference=reference.search, teams=teams.search)
    get = operation(teams=teams.get)
    add = operation(reference=reference.add, teams=teams.add)
    quick_add = operation(reference=reference.quick_add, teams=teams.quick_add)
    update = operation(teams=teams.update)
    delete = operation(teams=teams.delete)

    set_photo = operation(reference=reference.set_photo, teams=teams.set_photo)
    set_cards = operation(teams=teams.set_cards)
    set_fingerprints = operation(teams=teams.set_fingerprints)
    set_pin = operation(teams=teams.set_pin)
    qr_code = operation(teams=teams.qr_code)
    collect_card = operation(teams=teams.collect_card)
    collect_fingerprint = operation(teams=teams.collect_fingerprint)
