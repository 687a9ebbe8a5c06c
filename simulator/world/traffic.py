"""Vehicles that pass a camera, and the barriers that let them through."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from random import Random
from typing import TYPE_CHECKING

from .places import Camera

if TYPE_CHECKING:
    from . import World


class BarrierAction(IntEnum):
    """What a barrier can be told (guide 5.12.2)."""

    OPEN = 1
    CLOSE = 2
    HOLD_OPEN = 3
    END_HOLD = 4


class HeldOpen(Exception):
    """The barrier is held open and has to be released first."""


@dataclass(slots=True)
class Barrier:
    """The barrier at a camera."""

    commands: list[tuple[datetime, BarrierAction]] = field(default_factory=list)
    held_open: bool = False

    def command(self, at: datetime, action: BarrierAction) -> None:
        """Carry out a command; raise `HeldOpen` if it may not open now."""
        if action is BarrierAction.OPEN and self.held_open:
            raise HeldOpen
        self.held_open = action is BarrierAction.HOLD_OPEN
        self.commands.append((at, action))


@dataclass(frozen=True, slots=True, kw_only=True)
class Passing:
    """A vehicle seen by a camera: the guide's numbers, speed in km/h."""

    id: str
    at: datetime
    camera: Camera
    plate: str
    model: int
    brand: int
    color: int
    speed: int
    direction: int
    country: int = 0
    owner: str = ""
    phone: str = ""


class Traffic:
    """What passed, oldest first, and the barriers by the id of their camera."""

    def __init__(self, world: World) -> None:
        """Start with empty roads."""
        self._world = world
        self.passings: list[Passing] = []
        self.barriers: dict[str, Barrier] = {}

    def add_barrier(self, camera: Camera) -> Barrier:
        """Put a barrier where a camera looks."""
        self.barriers[camera.id] = barrier = Barrier()
        return barrier

    def drive_by(
        self,
        camera: Camera,
        plate: str,
        at: datetime | None = None,
        *,
        owner: str = "",
        phone: str = "",
    ) -> Passing:
        """Let a vehicle pass a camera; how it looks belongs to its plate."""
        looks, moment = Random(plate), at or self._world.clock.now()
        passing = Passing(
            id=self._world.ids.unique("passing"),
            at=moment,
            camera=camera,
            plate=plate,
            model=looks.choice((2, 3, 4, 11)),
            brand=looks.randrange(1, 200),
            color=looks.randrange(1, 16),
            speed=Random(f"{plate}{moment}").randrange(5, 50),
            direction=looks.choice((0, 1)),
            owner=owner,
            phone=phone,
        )
        self.passings.append(passing)
        self.passings.sort(key=lambda one: one.at)
        return passing
