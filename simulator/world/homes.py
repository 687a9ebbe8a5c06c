"""Rooms to be called from a door station, and who lives in them (teams)."""

from dataclasses import dataclass
from enum import IntEnum

from .ids import Ids
from .passes import Building
from .people import People, Person

MOST_IN_A_ROOM = 10
"""The guide has a code for the limit but no number."""


class Role(IntEnum):
    """What somebody is in a room (A.3.144, accountType)."""

    FAMILY = 0
    HOUSEHOLDER = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A room of a building."""

    id: str
    name: str
    number: int
    building: Building


type Stay = tuple[Person, Role]


class Homes:
    """All rooms by id, and the people who live in them: the residents."""

    def __init__(self, ids: Ids, people: People) -> None:
        """Start without rooms."""
        self.rooms: dict[str, Room] = {}
        self._ids = ids
        self._people = people
        self._roles: dict[str, dict[str, Role]] = {}

    @property
    def residents(self) -> list[Person]:
        """Return everybody who lives in a room."""
        return [one for one in self._people.values() if self.rooms_of(one.id)]

    def add_room(self, number: int, building: Building, name: str = "") -> Room:
        """Add a room; portals do it, no call can."""
        room = Room(
            id=self._ids.derived("room", building.id, str(number)),
            name=name or f"Room {number}",
            number=number,
            building=building,
        )
        self.rooms[room.id] = room
        return room

    def rooms_of(self, person_id: str) -> dict[str, Role]:
        """Return the ids of somebody's rooms with the role in each."""
        return self._roles.get(person_id, {})

    def settle(self, person_id: str, rooms: dict[str, Role]) -> None:
        """Let somebody live in just these rooms; without any, it is no resident."""
        if rooms:
            self._roles[person_id] = dict(rooms)
        else:
            self._roles.pop(person_id, None)

    def living_in(self, room_id: str) -> list[Stay]:
        """Return who lives in a room, and as what."""
        return [
            (one, role)
            for one in self.residents
            if (role := self.rooms_of(one.id).get(room_id)) is not None
        ]

    def householder(self, room_id: str) -> Person | None:
        """Return whose room it is."""
        for person, role in self.living_in(room_id):
            if role is Role.HOUSEHOLDER:
                return person
        return None
