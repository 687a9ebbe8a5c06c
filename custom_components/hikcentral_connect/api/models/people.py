"""Persons, their groups and what they are recognised by.

Names, numbers, pictures and codes of people stay out of `repr` and so out of logs.
"""

from base64 import b64encode
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, Self

from ..errors import FieldInvalid
from .access import Failure

PHOTO_AT_MOST: Final = 200 * 1024
_SIGNATURES: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


class Gender(StrEnum):
    """The gender kept with a person; the values are the codes of teams."""

    FEMALE = "0"
    MALE = "1"
    UNKNOWN = "2"

    @classmethod
    def _missing_(cls, value: object) -> Self:
        return cls("2")


@dataclass(frozen=True, slots=True)
class Photo:
    """A face picture: JPEG or PNG, at most 200 KB, better 640 x 480 or more.

    Raises `FieldInvalid` for anything else.
    """

    content: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Check kind and size."""
        if not self.content.startswith(_SIGNATURES):
            raise FieldInvalid("photo", "must be a JPEG or PNG picture")
        if len(self.content) > PHOTO_AT_MOST:
            raise FieldInvalid("photo", "must have at most 200 KB")

    @property
    def base64(self) -> str:
        """The picture as both contracts send it."""
        return b64encode(self.content).decode("ascii")


@dataclass(frozen=True, slots=True)
class PersonGroup:
    """A department. What the service does not tell is None or empty."""

    id: str
    name: str
    parent_id: str | None = None
    description: str | None = None
    path: str | None = None
    has_children: bool | None = None
    permitted: bool | None = None
    area_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """A card of a person.

    With the `id` of a card that the person has, that card gets the new number; without
    one it is a new card.
    """

    number: str = field(repr=False)
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A fingerprint of a person: the finger's name and hexadecimal data.

    `id` says which one is replaced; without it the fingerprint is new.
    """

    name: str
    data: str = field(repr=False)
    id: str | None = None


@dataclass(frozen=True, slots=True)
class FingerprintSample:
    """A fingerprint as a device read it; `quality` 1 to 100, above 80 is good."""

    data: str = field(repr=False)
    quality: int | None


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the account.

    `name` is the whole name, empty if the service sent none. The reference keeps no
    first and last name, code, gender, description or validity: None there. `pin` and
    `fingerprints` come with one person asked for, not with lists.
    """

    id: str
    name: str = field(repr=False)
    group_id: str | None = None
    first_name: str | None = field(default=None, repr=False)
    last_name: str | None = field(default=None, repr=False)
    code: str | None = field(default=None, repr=False)
    gender: Gender = field(default=Gender.UNKNOWN, repr=False)
    phone: str | None = field(default=None, repr=False)
    email: str | None = field(default=None, repr=False)
    description: str | None = field(default=None, repr=False)
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    photo_url: str | None = field(default=None, repr=False)
    cards: tuple[Card, ...] = field(default=(), repr=False)
    fingerprints: tuple[Fingerprint, ...] = field(default=(), repr=False)
    pin: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class PersonRequest:
    """A person as it shall be kept.

    Both want `first_name` and `group_id`. Teams also wants `last_name`, `code` (1 to
    16 letters and digits, never changed later), `valid_from` and `valid_until` (2037 at
    the latest). The reference keeps the name, phone, email and `card` only. A field
    that a service cannot keep is refused, not dropped.
    """

    first_name: str = field(repr=False)
    group_id: str
    last_name: str = field(default="", repr=False)
    code: str | None = field(default=None, repr=False)
    gender: Gender = field(default=Gender.UNKNOWN, repr=False)
    phone: str | None = field(default=None, repr=False)
    email: str | None = field(default=None, repr=False)
    description: str | None = field(default=None, repr=False)
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    card: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class QuickPersonRequest:
    """A person with photo, PIN (teams, 4 to 8 digits) and access levels in one go."""

    person: PersonRequest
    photo: Photo | None = None
    pin: str | None = field(default=None, repr=False)
    level_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AddedPerson:
    """A person just made; `failures` names what else was asked and not done."""

    id: str
    code: str | None = field(default=None, repr=False)
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonSearch:
    """Which persons to list; all filters match parts and none means everybody.

    The reference filters by `name` and `group_id`, teams by `name`, `email` and
    `phone`.
    """

    name: str | None = field(default=None, repr=False)
    group_id: str | None = None
    email: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)
