"""People who may pass doors, their credentials and the groups they are in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum, auto
from typing import Any

from .attendance import Timetable
from .ids import Ids

ROOT_NAME = "Home"
CARDS = FINGERS = 2
"""How many cards and how many fingerprints somebody may have (guide A.4)."""


class Rule(Enum):
    """What people and their groups must keep to."""

    NO_GROUP = auto()
    ROOT_STAYS = auto()
    CIRCLE = auto()
    NO_PERSON = auto()
    TOO_MANY = auto()
    CODE_TAKEN = auto()
    CARD_TAKEN = auto()
    PIN_TAKEN = auto()


class Broken(Exception):
    """A change would break a rule; nothing was changed."""

    def __init__(self, rule: Rule) -> None:
        """Name the rule."""
        super().__init__(rule.name)
        self.rule = rule


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonGroup:
    """A department. Only the root has no ``parent``."""

    id: str
    name: str
    parent: str | None
    description: str = ""
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A card to swipe."""

    id: str
    number: str


@dataclass(frozen=True, slots=True)
class Finger:
    """A fingerprint; ``data`` is hexadecimal."""

    id: str
    name: str
    data: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who may pass doors from ``starts`` to ``ends``.

    ``gender`` is 0 female, 1 male, 2 unknown (A.3.125); ``levels`` are ids of access
    levels, ``photo`` is a JPEG. Without ``timetable`` there is no attendance.
    """

    id: str
    group: str
    code: str
    first_name: str
    last_name: str = ""
    gender: int = 2
    phone: str = ""
    email: str = ""
    description: str = ""
    starts: datetime = datetime(2020, 1, 1, tzinfo=UTC)
    ends: datetime = datetime(2037, 12, 31, 23, 59, 59, tzinfo=UTC)
    cards: tuple[Card, ...] = ()
    fingers: tuple[Finger, ...] = ()
    pin: str = ""
    photo: bytes = b""
    levels: tuple[str, ...] = ()
    timetable: Timetable | None = None

    @property
    def name(self) -> str:
        """Return the full name."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def card(self) -> str:
        """Return the number of the first card, if there is one."""
        return self.cards[0].number if self.cards else ""

    @property
    def has_credentials(self) -> bool:
        """Return whether there is anything a door could know the person by."""
        return bool(self.cards or self.fingers or self.pin or self.photo)


class People(Mapping[str, Person]):
    """Everybody by id, in groups below one root."""

    def __init__(self, ids: Ids) -> None:
        """Start with the root group only; ``limit`` may be set at any time."""
        self.limit = 50_000
        self.root = ids.fixed("group", "1")
        self.groups = {
            self.root: PersonGroup(id=self.root, name=ROOT_NAME, parent=None)
        }
        self._ids = ids
        self._people: dict[str, Person] = {}
        self._codes = 1000

    def __getitem__(self, person_id: str) -> Person:
        """Return somebody by id."""
        return self._people[person_id]

    def __iter__(self) -> Iterator[str]:
        """Return the ids, oldest first."""
        return iter(self._people)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._people)

    def find(self, person_id: str) -> Person:
        """Return somebody by id, or raise `Broken`."""
        if person_id not in self._people:
            raise Broken(Rule.NO_PERSON)
        return self._people[person_id]

    def add(
        self, *, code: str = "", cards: tuple[str, ...] = (), **more: Any
    ) -> Person:
        """Add somebody with the fields of `Person`; ``cards`` are numbers.

        Without ``group`` it is the root, without ``code`` the next free number.
        """
        if len(self) >= self.limit:
            raise Broken(Rule.TOO_MANY)
        person = Person(
            id=self._ids.make("person"),
            code=code or self._next_code(),
            cards=tuple(self.new_card(number) for number in cards),
            **{"group": self.root} | more,
        )
        return self._admit(person)

    def change(self, person_id: str, **fields: Any) -> Person:
        """Change somebody's fields."""
        return self._admit(replace(self.find(person_id), **fields))

    def remove(self, person_ids: set[str]) -> None:
        """Remove people: all that are named, or none."""
        for one in person_ids:
            self.find(one)
        for one in person_ids:
            del self._people[one]

    def new_card(self, number: str) -> Card:
        """Return a card that nobody has yet."""
        return Card(self._ids.make("card"), number)

    def new_finger(self, name: str, data: str) -> Finger:
        """Return a fingerprint that nobody has yet."""
        return Finger(self._ids.make("finger"), name, data)

    def others(self, person_id: str) -> list[Person]:
        """Return everybody else."""
        return [one for one in self._people.values() if one.id != person_id]

    def group(self, group_id: str) -> PersonGroup:
        """Return a group by id, or raise `Broken`."""
        if group_id not in self.groups:
            raise Broken(Rule.NO_GROUP)
        return self.groups[group_id]

    def below(self, group_id: str) -> set[str]:
        """Return the ids of a group and all groups below it."""
        found = {group_id}
        return found.union(*(self.below(one.id) for one in self.children(group_id)))

    def children(self, group_id: str) -> list[PersonGroup]:
        """Return the groups directly below one."""
        return [one for one in self.groups.values() if one.parent == group_id]

    def path(self, group_id: str) -> str:
        """Return the names from the root down to a group."""
        group = self.groups[group_id]
        if group.parent is None:
            return group.name
        return f"{self.path(group.parent)}/{group.name}"

    def add_group(self, name: str, **more: Any) -> PersonGroup:
        """Add a group with the fields of `PersonGroup`, below the root."""
        new = PersonGroup(
            id=self._ids.make("group"), name=name, parent=self.root, **more
        )
        self.groups[new.id] = new
        return new

    def change_group(self, group_id: str, **fields: Any) -> None:
        """Change a group's fields."""
        new = replace(self.group(group_id), **fields)
        if new.parent is not None:
            self.group(new.parent)
            if group_id == self.root:
                raise Broken(Rule.ROOT_STAYS)
            if new.parent in self.below(group_id):
                raise Broken(Rule.CIRCLE)
        self.groups[group_id] = new

    def remove_group(self, group_id: str) -> None:
        """Remove a group and those below; their people move to the root."""
        self.group(group_id)
        if group_id == self.root:
            raise Broken(Rule.ROOT_STAYS)
        gone = self.below(group_id)
        for person in list(self._people.values()):
            if person.group in gone:
                self._people[person.id] = replace(person, group=self.root)
        for one in gone:
            del self.groups[one]

    def _next_code(self) -> str:
        taken = {one.code for one in self._people.values()}
        while True:
            self._codes += 1
            if str(self._codes) not in taken:
                return str(self._codes)

    def _admit(self, person: Person) -> Person:
        self.group(person.group)
        others = self.others(person.id)
        if any(one.code == person.code for one in others):
            raise Broken(Rule.CODE_TAKEN)
        numbers = {card.number for card in person.cards}
        if any(card.number in numbers for one in others for card in one.cards):
            raise Broken(Rule.CARD_TAKEN)
        if person.pin and any(one.pin == person.pin for one in others):
            raise Broken(Rule.PIN_TAKEN)
        self._people[person.id] = person
        return person
