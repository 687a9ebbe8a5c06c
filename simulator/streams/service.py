"""The streams of a simulator: who may watch what, and who watches."""

from dataclasses import dataclass, field
from datetime import datetime
import hashlib
import hmac
from secrets import token_bytes

from simulator.world.clock import Clock
from simulator.world.places import Camera

from .films import Films
from .hello import Hello
from .tokens import Tickets

KEPT_SESSIONS = 1000


@dataclass(slots=True, kw_only=True)
class Session:
    """One viewer's EZOPEN stream. ``ended`` tells why it is over, None while it runs."""

    camera: Camera
    path: str
    opened: datetime
    messages: int = 0
    ended: str | None = None


@dataclass(slots=True)
class Streams:
    """What the servers of streams share.

    ``seconds`` is after how long the cloud cuts an EZOPEN stream, None for never.
    """

    clock: Clock
    seconds: float | None
    films: Films = field(default_factory=Films)
    hello: Hello = field(default_factory=Hello)
    tickets: Tickets = field(init=False)
    sessions: list[Session] = field(default_factory=list)
    _secret: bytes = field(default_factory=lambda: token_bytes(32))

    def __post_init__(self) -> None:
        """Let tickets live by the clock."""
        self.tickets = Tickets(self.clock)

    @property
    def running(self) -> list[Session]:
        """Return the streams that are being watched."""
        return [one for one in self.sessions if one.ended is None]

    def open(self, camera: Camera, path: str) -> Session:
        """Note a viewer."""
        session = Session(camera=camera, path=path, opened=self.clock.now())
        self.sessions.append(session)
        del self.sessions[:-KEPT_SESSIONS]
        return session

    def seal(self, text: str) -> str:
        """Return what proves that an address was given out here."""
        return hmac.new(self._secret, text.encode(), hashlib.sha256).hexdigest()
