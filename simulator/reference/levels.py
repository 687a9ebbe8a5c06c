"""Access levels and the Bluetooth key, of the reference's Access Control Services.

The contract names no fields of a level but ``name``, in its example;
``accessLevelId`` after the ``accessLevelIds`` of other calls is our assumption. An
assignment adds to the levels somebody has. The key is RSA, as PEM.
"""

from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from simulator.contract import Json, ListOf, Refusal, Request, Text, need
from simulator.world import World
from simulator.world.levels import AccessLevel

from .api import ID, PAGING, api, page
from .rules import NOT_FOUND, rules


@api.get("acs/v1/encryptinfo/get")
def encrypt_info(request: Request) -> Json:
    """Give the account's public key."""
    return {"publicKey": _public_key(request.account.guid), "algorithm": "RSA"}


@api.post("acspm/v1/accesslevel/list", *PAGING)
def levels(request: Request) -> Json:
    """List access levels."""
    return page(request.account.world.levels.values(), level_row, request.body)


@api.post(
    "acspm/v1/personaccess/assign",
    need("personId", ID),
    need("accessLevelIds", ListOf(Text())),
)
def assign(request: Request) -> Json:
    """Give somebody access levels: all that are named, or none."""
    world, body = request.account.world, request.body
    with rules():
        person = world.people.find(body["personId"])
    more = known_levels(world, body["accessLevelIds"])
    both = tuple(dict.fromkeys((*person.levels, *more)))
    world.people.change(person.id, levels=both)
    return None


def known_levels(world: World, ids: list[str]) -> tuple[str, ...]:
    """Return the ids if there are such levels."""
    if not world.levels.keys() >= set(ids):
        raise Refusal(NOT_FOUND)
    return tuple(dict.fromkeys(ids))


def level_row(level: AccessLevel) -> dict[str, str]:
    """Return a row of Get Access Levels."""
    return {"accessLevelId": level.id, "name": level.name}


@lru_cache
def _public_key(_account: str) -> str:
    """Make an account's key once; nobody needs the private half."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
