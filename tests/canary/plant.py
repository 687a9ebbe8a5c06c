"""The canaries: a word of its own for each secret of an account and its people."""

from itertools import count
import re
from typing import Any, Final

from simulator.account import Account, Credentials, Speech

KEYS: Final = (
    Credentials(Speech.TEAMS, "QxTeamsAppKeyCanary", "QxTeamsSecretKeyCanary"),
    Credentials(Speech.REFERENCE, "QxRefAppKeyCanary", "QxRefSecretKeyCanary"),
)
CODE: Final = "QZXVCK"
"""The verification code of every device that encrypts."""
DOOR_PIN: Final = "83610472"
"""What the owner set for the doors."""
PASSWORD: Final = "QxDevicePassword9"

type Canaries = dict[str, str]
"""What each word is."""

_PEOPLE: Final = (
    *("first_name", "last_name", "phone", "email", "description", "pin", "note"),
    *("driver_first_name", "driver_last_name", "driver_phone"),
)


def plant(account: Account) -> Canaries:
    """Put canaries in place of what an account knows of people and devices."""
    world, numbers = account.world, count(1)
    canaries = {
        account.key: "app key",
        account.secret: "secret key",
        CODE: "verification code",
        DOOR_PIN: "door PIN",
    }
    residents = (*world.residents.values(), *world.users.values())
    for one in (*world.people.values(), *world.fleet.vehicles.values(), *residents):
        for field in (*_PEOPLE, *(("name",) if one in residents else ())):
            if hasattr(one, field):
                word = _word(field, next(numbers))
                object.__setattr__(one, field, word)
                canaries[word] = f"person's {field.removeprefix('driver_')}"
    for person in world.people.values():
        for card in person.cards:
            object.__setattr__(card, "number", f"9071{next(numbers):06}")
            canaries[card.number] = "card number"
    for device in world.devices.values():
        if device.code is not None:
            device.code = CODE
    return canaries


def made_since(account: Account, shelf: Any, tickets: Any) -> Canaries:
    """Return the secrets that the cloud made up while it ran."""
    made = dict.fromkeys((*account.tokens, *account.forgotten), "token")
    if account.streaming._token:
        made[account.streaming._token] = "streaming token"
    made |= dict.fromkeys(tickets, "key to one stream")
    made |= dict.fromkeys(shelf, "signed address")
    for one in account.world.passes.values():
        made[one.pin] = "visitor's PIN"
        made[one.qr_text] = "visitor's QR code"
    if account.webhook is not None:
        made[account.webhook.callback.secret] = "webhook secret"
    return made


def finder(canaries: Canaries) -> re.Pattern[str]:
    """Return what finds any of the words; digits count only if they stand alone."""
    words = sorted(canaries, key=len, reverse=True)
    digits = [one for one in words if one.isdigit()]
    others = [re.escape(one) for one in words if not one.isdigit()]
    alone = rf"(?<![\w.+-])(?:{'|'.join(digits)})(?![\w])"
    return re.compile("|".join((*others, alone)))


def _word(field: str, number: int) -> str:
    if field == "pin":
        return f"8361{number:02}"
    if "phone" in field:
        return f"+4930716{number:04}"
    if field == "email":
        return f"qxcanary{number:03}@example.invalid"
    return f"QxCanary{field.title().replace('_', '')}{number:03}"
