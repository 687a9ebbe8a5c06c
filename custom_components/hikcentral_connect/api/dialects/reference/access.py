"""The rights of persons to pass doors in the reference ("Access Control Services")."""

from ... import checks
from ...call import Call, Kind
from ...errors import FieldInvalid
from ...models.access import EncryptInfo, Failure
from ...row import Row


def assign(person_id: str, level_ids: tuple[str, ...]) -> Call[tuple[Failure, ...]]:
    """Give a person access levels, one or more ("Assign Access to Person").

    The reference tells no failures of single levels: the result is empty. Raises
    `NotFound` for an unknown person or level.
    """
    if not level_ids:
        raise FieldInvalid("level_ids", "must name at least one")
    return Call(
        "acspm/v1/personaccess/assign",
        lambda answer: (),
        {
            "personId": checks.text("person_id", person_id, 64),
            "accessLevelIds": [checks.text("level_ids", one, 64) for one in level_ids],
        },
        Kind.WRITE,
    )


def encryption() -> Call[EncryptInfo]:
    """Read the public key for Bluetooth ("Get Encryption Info")."""
    return Call("acs/v1/encryptinfo/get", _read_encryption, method="GET")


def _read_encryption(answer: Row) -> EncryptInfo:
    return EncryptInfo(
        algorithm=answer.text("algorithm"), public_key=answer.text("publicKey")
    )
