"""Who may watch which camera through the player, and for how long.

A browser never gets the account's streaming token, which opens every camera. It gets
the random id of a session, good for one camera and some minutes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
import re
from secrets import token_hex
from time import monotonic
from typing import Final
from urllib.parse import quote

from .vendor import Target

FIRST_USE_SECONDS: Final = 60.0
"""How long an unused session lives."""
IDLE_SECONDS: Final = 900.0
"""How long a session lives without a call; a running stream makes none."""
LIFE_SECONDS: Final = 3600.0
"""How long a session lives at most."""
SESSIONS_AT_MOST: Final = 32
"""Sessions of one user; the oldest makes room."""

_EZOPEN: Final = re.compile(
    r"ezopen://(?:[^@/]*@)?(?P<host>[\w.-]+)/(?P<place>\w+/\d+)"
    r"(?P<hd>\.hd)?(?P<rest>\.(?:live|rec|cloud\.rec)(?:\?.*)?)"
)


class Mode(StrEnum):
    """What is watched."""

    LIVE = "live"
    PLAYBACK = "playback"


@dataclass(slots=True)
class PlayerSession:
    """The right of one user to watch one camera.

    The player takes the clock times in a recording's address for those of the browser.
    Where the device is in another zone, `target.shift` makes up for that.
    """

    id: str
    user_id: str
    entity_id: str
    mode: Mode
    target: Target
    opened: float
    used: float | None = None

    def is_over(self, now: float) -> bool:
        """Tell whether the session has ended by itself."""
        if now - self.opened >= LIFE_SECONDS:
            return True
        if self.used is None:
            return now - self.opened >= FIRST_USE_SECONDS
        return now - self.used >= IDLE_SECONDS


class PlayerSessions:
    """The sessions of one account."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """Start without any session."""
        self._clock = clock
        self._sessions: dict[str, PlayerSession] = {}

    def open(
        self, user_id: str, entity_id: str, mode: Mode, target: Target
    ) -> PlayerSession:
        """Return a new session."""
        self._make_room(user_id)
        session = PlayerSession(
            id=token_hex(16),
            user_id=user_id,
            entity_id=entity_id,
            mode=mode,
            target=target,
            opened=self._clock(),
        )
        self._sessions[session.id] = session
        return session

    def use(self, session_id: str) -> PlayerSession | None:
        """Return a session that has not ended; this counts as a use of it."""
        self._forget_ended()
        session = self._sessions.get(session_id)
        if session is not None:
            session.used = self._clock()
        return session

    def owner(self, session_id: str) -> str | None:
        """Return the id of the user to whom a session belongs."""
        session = self._sessions.get(session_id)
        return session.user_id if session else None

    def close(self, session_id: str) -> None:
        """End a session; one that has ended already is fine."""
        self._sessions.pop(session_id, None)

    def _make_room(self, user_id: str) -> None:
        self._forget_ended()
        own = [one.id for one in self._sessions.values() if one.user_id == user_id]
        for session_id in own[: max(0, len(own) + 1 - SESSIONS_AT_MOST)]:
            self.close(session_id)

    def _forget_ended(self) -> None:
        now = self._clock()
        for session in list(self._sessions.values()):
            if session.is_over(now):
                self.close(session.id)


def player_address(url: str, code: str | None, *, main: bool) -> str:
    """Return an EZOPEN address as the player needs it, or `url` if it has another form.

    The service leaves out the verification code in one dialect, and the mark of the
    main stream in both.
    """
    if (match := _EZOPEN.fullmatch(url)) is None:
        return url
    secret = f"{quote(code, safe='')}@" if code else ""
    hd = ".hd" if match["rest"] == ".live" and (main or match["hd"]) else ""
    return f"ezopen://{secret}{match['host']}/{match['place']}{hd}{match['rest']}"
