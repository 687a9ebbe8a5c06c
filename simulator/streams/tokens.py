"""Tokens of streaming: of an account for the maker's API, and of single streams."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import choice
import string

from simulator.world import World
from simulator.world.clock import Clock
from simulator.world.places import Camera

APP_TOKEN_LIFE = timedelta(days=7)
TICKET_LIFE = timedelta(minutes=5)
_ALPHABET = string.ascii_lowercase + string.digits


class AppTokens:
    """The streaming tokens of an account (guide 5.1, streamtoken/get).

    While a token lives, asking again gives the same one with its full life.
    """

    def __init__(self, clock: Clock) -> None:
        """Start without any."""
        self._clock = clock
        self._token: str | None = None
        self._until = clock.now()

    def renew(self) -> tuple[str, datetime]:
        """Return a token that lives for seven days from now."""
        if self._token is None or not self.valid(self._token):
            self._token = "at." + _random(56)
        self._until = self._clock.now() + APP_TOKEN_LIFE
        return self._token, self._until

    def valid(self, token: str) -> bool:
        """Return whether a token may be used now."""
        return token == self._token and self._clock.now() < self._until

    def expire(self) -> None:
        """Let the token's life be over."""
        self._until = self._clock.now()


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a stream's own token (``ssn``) allows, and until when it may be opened."""

    world: World
    camera: Camera
    path: str
    until: datetime


class Tickets:
    """The tokens of single streams. A player may open its stream again with one."""

    def __init__(self, clock: Clock) -> None:
        """Start without any."""
        self._clock = clock
        self._tickets: dict[str, Ticket] = {}

    def issue(self, world: World, camera: Camera, path: str) -> str:
        """Return a token for a stream of a camera."""
        now = self._clock.now()
        self._tickets = {k: v for k, v in self._tickets.items() if v.until > now}
        token = "dv." + _random(40)
        self._tickets[token] = Ticket(world, camera, path, now + TICKET_LIFE)
        return token

    def find(self, token: str) -> Ticket | None:
        """Return what a token allows now."""
        ticket = self._tickets.get(token)
        return ticket if ticket and self._clock.now() < ticket.until else None


def _random(length: int) -> str:
    return "".join(choice(_ALPHABET) for _ in range(length))
