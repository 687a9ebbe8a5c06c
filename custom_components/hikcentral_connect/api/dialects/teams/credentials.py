"""What persons of teams are recognised by (guide section 2.7)."""

from base64 import b64decode
from datetime import datetime
import re
from typing import Final

from ... import checks
from ...call import Call, Kind, nothing, without_empty
from ...errors import BadAnswer, FieldInvalid
from ...models.access import Failure
from ...models.people import Card, Fingerprint, FingerprintSample, Photo
from ...row import PICTURE_AT_MOST, JsonObject, Row
from .. import ids
from .inner import raise_failed, read_failures, told

CREDENTIALS_AT_MOST: Final = 2
_PIN: Final = re.compile(r"[0-9]{4,8}")
_HEX: Final = re.compile(r"[0-9A-Fa-f]{1,1024}")


def set_photo(person_id: str, photo: Photo) -> Call[None]:
    """Set the face picture (section 2.7). Raises `PhotoRefused`, `NotFound`."""
    return Call(
        "person/v1/persons/photo",
        nothing,
        {"personId": ids.plain("person_id", person_id), "photoData": photo.base64},
        Kind.WRITE,
    )


def set_cards(person_id: str, cards: tuple[Card, ...]) -> Call[tuple[Failure, ...]]:
    """Let a person have exactly these cards, 2 at most, or none (section 2.7).

    A number has at most 20 characters. Returns the cards that failed; the failure of
    the only one is raised: `AlreadyExists`, `InvalidRequest`.
    """
    checks.within("cards", len(cards), 0, CREDENTIALS_AT_MOST)
    rows = [
        without_empty(id=card.id, cardNo=checks.text("cards", card.number, 20))
        for card in cards
    ]
    return Call(
        "person/v1/persons/updatecards",
        lambda answer: told(_read_failed_cards(answer), len(cards)),
        without_empty(**_person(person_id), cardList=rows),
        Kind.WRITE,
    )


def set_fingerprints(
    person_id: str, fingerprints: tuple[Fingerprint, ...]
) -> Call[tuple[Failure, ...]]:
    """Let a person have exactly these fingerprints, 2 at most, or none (section 2.7).

    A name has at most 32 characters, the data 1024 hexadecimal ones. Returns the
    fingerprints that failed; the failure of the only one is raised.
    """
    checks.within("fingerprints", len(fingerprints), 0, CREDENTIALS_AT_MOST)
    return Call(
        "person/v1/persons/updatefingers",
        lambda answer: told(_read_failed_fingers(answer), len(fingerprints)),
        without_empty(
            **_person(person_id), fingerList=[_finger(one) for one in fingerprints]
        ),
        Kind.WRITE,
    )


def set_pin(person_id: str, pin: str | None) -> Call[None]:
    """Set the PIN that opens doors, 4 to 8 digits, or take it away (section 2.7)."""
    return Call(
        "person/v1/persons/updatepincode",
        nothing,
        without_empty(
            **_person(person_id), pinCode=None if pin is None else pin_code(pin)
        ),
        Kind.WRITE,
    )


def qr_code(person_id: str, now: datetime) -> Call[bytes]:
    """Read the picture of a person's QR code (guide section 2.7).

    `now` is the present in the zone of the site. A dynamic code dies after 60 seconds
    or when the next one is used.
    """
    return Call(
        "person/v1/persons/qrcode",
        _read_qr_code,
        {**_person(person_id), "clientLocalTime": checks.iso("now", now)},
        Kind.PICTURE,
    )


def collect_card(device_serial: str) -> Call[str]:
    """Let a device read a card and return its number (section 2.7).

    Raises `DeviceBusy` when nobody shows a card, `DeviceRefused`, `NotFound`.
    """
    return Call(
        "person/v1/persons/cardcollect",
        lambda answer: answer.text("cardNo"),
        _collector(device_serial),
        Kind.COMMAND,
    )


def collect_fingerprint(device_serial: str) -> Call[FingerprintSample]:
    """Let a device read a fingerprint (section 2.7).

    Raises `DeviceBusy` when nobody shows a finger, `DeviceRefused`, `NotFound`.
    """
    return Call(
        "person/v1/persons/fingercollect",
        lambda answer: FingerprintSample(
            answer.text("fingerData"), answer.integer_or_none("fingerQuality")
        ),
        _collector(device_serial),
        Kind.COMMAND,
    )


def pin_code(pin: str) -> str:
    """Return the PIN if it has 4 to 8 digits."""
    if not _PIN.fullmatch(pin):
        raise FieldInvalid("pin", "must be 4 to 8 digits")
    return pin


def _person(person_id: str) -> JsonObject:
    return {"personId": ids.plain("person_id", person_id)}


def _collector(device_serial: str) -> JsonObject:
    return {"deviceSerial": checks.text("device_serial", device_serial, 64)}


def _finger(finger: Fingerprint) -> JsonObject:
    if not _HEX.fullmatch(finger.data):
        raise FieldInvalid("fingerprints", "must be 1 to 1024 hexadecimal characters")
    return without_empty(
        id=finger.id,
        data=finger.data,
        name=checks.text("fingerprints", finger.name, 32),
    )


def _read_failed_cards(answer: Row) -> tuple[Failure, ...]:
    failed = answer.row("cardFailed")
    rows = read_failures(failed, "card", "cardList", "cardId", "cardNo")
    if not rows:
        raise_failed(failed)
    return rows


def _read_failed_fingers(answer: Row) -> tuple[Failure, ...]:
    failed = answer.row("fingerFailed")
    rows = read_failures(failed, "fingerprint", "fingerList", "id", "failedName")
    if not rows:
        raise_failed(failed)
    return rows


def _read_qr_code(answer: Row) -> bytes:
    encoded = answer.text("qrCodeData", most=PICTURE_AT_MOST)
    try:
        return b64decode(encoded.rpartition(",")[2], validate=True)
    except ValueError:
        raise BadAnswer("qrCodeData is not base64") from None
