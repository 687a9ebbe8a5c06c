"""What the live tests share: an account to act on, and which test tries what."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from PIL import Image
import pytest

from custom_components.hikcentral_connect.api import Client, DialectName
from simulator import Simulator
from simulator.account import Account
from simulator.world import World

from .table import OPERATIONS

REFERENCE, TEAMS = DialectName.REFERENCE, DialectName.TEAMS

TRIED: dict[object, set[str]] = {}
"""The operations that each live test tries."""
LIVE: set[tuple[str, DialectName]] = set()
"""Every operation with the dialects in which a live test tries it."""


def live[F: Callable[..., Any]](
    *operations: str, only: DialectName | None = None
) -> Callable[[F], F]:
    """Declare a live test: it tries these operations in all dialects that have them."""
    dialects = [
        dialect
        for dialect in DialectName
        if only in (None, dialect)
        and all(OPERATIONS[one].offered_by(dialect) for one in operations)
    ]

    def declare(test: F) -> F:
        TRIED[test] = set(operations)
        LIVE.update((one, dialect) for one in operations for dialect in dialects)
        marked: F = pytest.mark.parametrize("dialect", dialects, ids=str)(test)
        return marked

    return declare


@dataclass(frozen=True, slots=True)
class Stage:
    """A client, the simulated account it speaks to, and the cloud around it."""

    client: Client
    sim: Simulator
    account: Account

    @property
    def world(self) -> World:
        """What the account owns."""
        return self.account.world

    @property
    def now(self) -> datetime:
        """The time on the site, in its zone and to the second."""
        return self.at(self.world.clock.now())

    def at(self, moment: datetime) -> datetime:
        """Return a moment as contracts tell it: in the site's zone, to the second."""
        return moment.astimezone(self.world.zone).replace(microsecond=0)

    def pass_time(self, seconds: float) -> None:
        """Let time pass, and happen what is due in it."""
        self.sim.clock.shift(seconds)
        self.world.settle()

    def span(self, **before: float) -> tuple[datetime, datetime]:
        """Return a span that began so long ago and ends in a minute."""
        return self.now - timedelta(**before), self.now + timedelta(minutes=1)


def first[T](mapping: Mapping[str, T]) -> T:
    """Return one of the things of a world."""
    return next(iter(mapping.values()))


def named[T](mapping: Mapping[str, T], name: str) -> T:
    """Return the thing of a world that has this name."""
    return next(one for one in mapping.values() if one.name == name)  # type: ignore[attr-defined]


def picture(width: int = 640, height: int = 480) -> bytes:
    """Return a JPEG: the face of somebody, or the look of something."""
    out = BytesIO()
    Image.new("RGB", (width, height), "tan").save(out, "JPEG")
    return out.getvalue()
