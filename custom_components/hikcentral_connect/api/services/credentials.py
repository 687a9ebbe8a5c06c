"""What persons are recognised by."""

from ..dialects.reference import credentials as reference
from ..dialects.teams import credentials as teams
from ..operation import Service, operation


class Credentials(Service):
    """Faces, cards, fingerprints, PINs and QR codes; the reference sets faces only."""

    set_photo = operation(reference=reference.set_photo, teams=teams.set_photo)
    set_cards = operation(teams=teams.set_cards)
    set_fingerprints = operation(teams=teams.set_fingerprints)
    set_pin = operation(teams=teams.set_pin)
    qr_code = operation(teams=teams.qr_code)
    collect_card = operation(teams=teams.collect_card)
    collect_fingerprint = operation(teams=teams.collect_fingerprint)
