"""For how long a session lives, and what it shows of itself."""

import pytest

from custom_components.hikcentral_connect.panel import vendor
from custom_components.hikcentral_connect.panel.sessions import (
    FIRST_USE_SECONDS,
    IDLE_SECONDS,
    LIFE_SECONDS,
    SESSIONS_AT_MOST,
    Mode,
    PlayerSessions,
    player_address,
)
from custom_components.hikcentral_connect.panel.vendor import Target

from .common import EZOPEN


class Clock:
    """A clock that is moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        """Return the seconds."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Return a clock."""
    return Clock()


@pytest.fixture
def players(clock: Clock) -> PlayerSessions:
    """Return sessions that no client is behind."""
    return PlayerSessions(clock)


def open_one(players: PlayerSessions, user_id: str = "user") -> str:
    """Open a session and return its id."""
    target = Target("C1", 1, "ezopen://x")
    return players.open(user_id, "camera.a", Mode.LIVE, target).id


def test_unused_session_ends(players: PlayerSessions, clock: Clock) -> None:
    """A session must be used soon."""
    session = open_one(players)
    clock.now = FIRST_USE_SECONDS
    assert players.use(session) is None


def test_idle_session_ends(players: PlayerSessions, clock: Clock) -> None:
    """A session that is used goes on, and ends when it no longer is."""
    session = open_one(players)
    clock.now = FIRST_USE_SECONDS - 1
    assert players.use(session)
    clock.now += IDLE_SECONDS - 1
    assert players.use(session)
    clock.now += IDLE_SECONDS
    assert players.use(session) is None


def test_session_has_a_longest_life(players: PlayerSessions, clock: Clock) -> None:
    """Use does not keep a session for ever."""
    session = open_one(players)
    while clock.now < LIFE_SECONDS:
        assert players.use(session)
        clock.now += FIRST_USE_SECONDS / 2
    assert players.use(session) is None


def test_sessions_of_a_user_are_limited(players: PlayerSessions) -> None:
    """The oldest of a user's sessions makes room, and nobody else's."""
    foreign = open_one(players, "other")
    mine = [open_one(players) for _ in range(SESSIONS_AT_MOST + 2)]
    assert [players.use(one) is not None for one in mine[:3]] == [False, False, True]
    assert players.use(foreign)


@pytest.mark.parametrize(
    ("url", "code", "main", "wanted"),
    [
        ("ezopen://h/S/1.live", None, True, "ezopen://h/S/1.hd.live"),
        ("ezopen://h/S/1.hd.live", None, False, "ezopen://h/S/1.hd.live"),
        ("ezopen://h/S/1.live", "A/B", False, "ezopen://A%2FB@h/S/1.live"),
        ("ezopen://OLD@h/S/1.live", "NEW", False, "ezopen://NEW@h/S/1.live"),
        (
            "ezopen://h/S/1.cloud.rec?begin=1&end=2",
            "C",
            True,
            "ezopen://C@h/S/1.cloud.rec?begin=1&end=2",
        ),
        ("ezopen://h/token/live", "C", True, "ezopen://h/token/live"),
    ],
)
def test_player_address(url: str, code: str | None, main: bool, wanted: str) -> None:
    """Code and stream are put in; an address of another form is left alone."""
    assert player_address(url, code, main=main) == wanted


def test_secrets_are_not_shown(players: PlayerSessions) -> None:
    """Neither the code in an address nor a token shows in a log."""
    target = Target("C1", 1, "ezopen://CODE@h/C1/1.live")
    session = players.open("user", "camera.a", Mode.LIVE, target)
    assert "CODE" not in repr(session)
    out = vendor.outgoing(vendor.CALLS["POST", EZOPEN], target, "at.real", {})
    assert "at.real" not in repr(out)
