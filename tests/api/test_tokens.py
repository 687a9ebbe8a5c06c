"""One token for all callers, renewed in time and never asked for in a storm."""

import asyncio
from typing import Any

import aiohttp
import pytest
from yarl import URL

from custom_components.hikcentral_connect.api import (
    Account,
    Client,
    DialectName,
    session as session_module,
)
from custom_components.hikcentral_connect.api.errors import (
    HikError,
    KeyUnknown,
    LoginRefused,
    NotConnected,
    SecretWrong,
    ServiceUnreachable,
    TokenRejected,
)
from custom_components.hikcentral_connect.api.limiter import Limiter
from custom_components.hikcentral_connect.api.models.doors import DoorAction
from custom_components.hikcentral_connect.api.services.platform import Platform
from custom_components.hikcentral_connect.api.session import (
    DAY,
    LOGIN_PAUSE,
    Session,
    Token,
)
from simulator import Simulator
from simulator.account import Account as SimulatedAccount

from .clock import HandClock
from .cloud import SYSTEM, Cloud, answer, success
from .conftest import fault_name


@pytest.fixture
async def session(
    http: aiohttp.ClientSession, keys: Account, limiter: Limiter, clock: HandClock
) -> Session:
    """Return a session whose clock the test moves."""
    return Session(http, keys, limiter, clock)


@pytest.fixture
def platform(session: Session) -> Platform:
    """Return calls to send in the session."""
    return Platform(session)


def logins(sim: Simulator) -> int:
    """Return how often the service was asked for a token, with success or not."""
    return len(sim.record.calls("*/token/get"))


async def outcomes(*calls: Any) -> list[Any]:
    """Wait for all calls and return their results and errors."""
    return await asyncio.gather(*calls, return_exceptions=True)


async def test_fifty_callers_wait_for_one_login(
    client: Client, sim: Simulator, account: SimulatedAccount
) -> None:
    """However many calls come first, one of them logs in."""
    sim.faults.add("latency", path="*/token/get", seconds=0.1)
    await asyncio.gather(*(client.platform.system_properties() for _ in range(50)))
    assert account.logins == 1
    assert logins(sim) == 1


async def test_dialect_is_recognised(
    client: Client, sim: Simulator, dialect: DialectName
) -> None:
    """The login tells the dialect; asking again costs nothing."""
    assert await client.dialect() is dialect
    assert await client.dialect() is dialect
    assert len(sim.record) == 1


async def test_renewed_before_it_ends(
    platform: Platform, clock: HandClock, sim: Simulator, dialect: DialectName
) -> None:
    """Half a day before its end a token is renewed, once for all callers."""
    await platform.system_properties()
    clock.pass_days(6.4)
    sim.clock.shift(6.4 * DAY)
    await platform.system_properties()
    assert logins(sim) == 1

    clock.pass_days(0.2)
    sim.clock.shift(0.2 * DAY)
    await asyncio.gather(*(platform.system_properties() for _ in range(20)))
    refreshed = len(sim.record.calls("*/token/refresh", code="0"))
    expected = (1, 1) if dialect is DialectName.REFERENCE else (2, 0)
    assert (logins(sim), refreshed) == expected
    assert {one.code for one in sim.record} == {"0"}


@pytest.mark.parametrize("dialect", [DialectName.REFERENCE])
@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "refuse", "code": "0x2004"},
        {"kind": "http_error", "status": 404},
        {"kind": "html"},
        {"kind": "no_data"},
    ],
    ids=fault_name,
)
async def test_refresh_falls_back_to_login(
    platform: Platform, clock: HandClock, sim: Simulator, fault: dict[str, Any]
) -> None:
    """Where refreshing does not work (live servers have no such call), log in."""
    await platform.system_properties()
    clock.pass_days(6.6)
    sim.faults.add(**fault, path="*/token/refresh")
    await platform.system_properties()
    assert len(sim.record.calls("*/token/refresh")) == 1
    assert logins(sim) == 2


async def test_an_old_token_is_replaced(
    platform: Platform, clock: HandClock, sim: Simulator
) -> None:
    """After more than its whole life there is a new one, without an error."""
    await platform.system_properties()
    clock.pass_days(30)
    sim.clock.shift(30 * DAY)
    await platform.system_properties()
    assert logins(sim) == 2


@pytest.mark.parametrize("kind", ["http_error", "reset", "rate_limit", "html"])
async def test_a_good_token_outlives_a_failed_renewal(
    platform: Platform, clock: HandClock, sim: Simulator, kind: str
) -> None:
    """While the old token is good a service that cannot renew it stops nothing."""
    await platform.system_properties()
    clock.pass_days(6.6)
    sim.faults.add(kind, path="*/token/*")
    await platform.system_properties()
    clock.pass_days(0.5)
    with pytest.raises(HikError):
        await platform.system_properties()


async def test_revoked_token_is_renewed_once(
    client: Client, sim: Simulator, account: SimulatedAccount
) -> None:
    """Refusals that straggle in before, during and after the login cause one."""
    await client.platform.system_properties()
    account.revoke_tokens()
    sim.faults.add("latency", path="*/systemproperties", times=10, seconds=0.2)
    sim.faults.add("latency", path="*/token/get", seconds=0.1)
    await asyncio.gather(*(client.platform.system_properties() for _ in range(40)))
    assert account.logins == 2
    assert len(sim.record.calls("*/systemproperties")) == 1 + 40 + 40


async def test_a_caller_who_comes_just_as_the_login_ends(
    session: Session, sim: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the end of the login and the waking of its waiters nobody logs in."""
    fetch = session._fetch_token
    late: list[asyncio.Task[DialectName]] = []

    def come() -> None:
        if not late:
            late.append(asyncio.create_task(session.dialect()))

    async def fetch_while_somebody_comes() -> Token:
        token = await fetch()
        asyncio.get_running_loop().call_soon(come)
        return token

    monkeypatch.setattr(session, "_fetch_token", fetch_while_somebody_comes)
    await session.dialect()
    await asyncio.gather(*late)
    assert len(sim.record.calls("*/token/*")) == 1


async def test_revoked_twice(client: Client, account: SimulatedAccount) -> None:
    """Every revocation is followed by a login of its own."""
    for _ in range(2):
        await client.platform.system_properties()
        account.revoke_tokens()
    await client.platform.system_properties()
    assert account.logins == 3


async def test_no_login_storm_when_every_token_is_refused(
    platform: Platform, clock: HandClock, sim: Simulator
) -> None:
    """A service that refuses its own tokens is asked for a new one once a minute."""
    sim.faults.add("token_expired", path="*/systemproperties")
    for _ in range(3):
        results = await outcomes(*(platform.system_properties() for _ in range(20)))
        assert {type(result) for result in results} == {TokenRejected}
    assert logins(sim) == 1

    clock.now += LOGIN_PAUSE + 1
    await outcomes(*(platform.system_properties() for _ in range(20)))
    assert logins(sim) == 2


async def test_no_login_storm_when_one_path_refuses_every_token(
    platform: Platform, clock: HandClock, sim: Simulator
) -> None:
    """A path that refuses tokens which the others accept causes few logins."""
    sim.faults.add("http_error", path="*/servicepackage", status=403)
    for _ in range(10):
        await platform.system_properties()
        clock.now += 2
        with pytest.raises(TokenRejected):
            await platform.service_package()
    assert logins(sim) <= 3


async def test_login_failure_is_told_to_all(
    client: Client, sim: Simulator, account: SimulatedAccount
) -> None:
    """All waiters learn of one failure; the next call tries again."""
    sim.faults.add("latency", path="*/token/get", times=1, seconds=0.1)
    sim.faults.add("http_error", path="*/token/get", times=1)
    results = await outcomes(*(client.platform.system_properties() for _ in range(20)))
    assert {type(result) for result in results} == {ServiceUnreachable}
    assert logins(sim) == 1
    await client.platform.system_properties()
    assert account.logins == 1


@pytest.mark.parametrize(
    ("key", "secret", "error"),
    [(None, "wrong", SecretWrong), ("nobody", None, KeyUnknown)],
)
async def test_wrong_keys(
    http: aiohttp.ClientSession,
    sim: Simulator,
    account: SimulatedAccount,
    *,
    key: str | None,
    secret: str | None,
    error: type[LoginRefused],
) -> None:
    """The service's own verdict on the keys reaches the caller."""
    wrong = Account(URL(sim.url), key or account.key, secret or account.secret)
    client = Client(http, wrong)
    with pytest.raises(error):
        await client.platform.system_properties()
    assert logins(sim) == 1


async def test_revoked_keys_are_told(client: Client, account: SimulatedAccount) -> None:
    """A key taken away under a running client ends in a refused login."""
    await client.platform.system_properties()
    account.revoke_key()
    with pytest.raises(LoginRefused):
        await client.platform.system_properties()


async def test_a_cancelled_caller_does_not_take_the_login_along(
    client: Client, sim: Simulator
) -> None:
    """The caller who began the login goes; the others still get the token."""
    sim.faults.add("latency", path="*/token/get", seconds=0.1)
    callers = [
        asyncio.create_task(client.platform.system_properties()) for _ in range(3)
    ]
    await asyncio.sleep(0.03)
    callers[0].cancel()
    results = await outcomes(*callers)
    assert isinstance(results[0], asyncio.CancelledError)
    assert not any(isinstance(result, BaseException) for result in results[1:])
    assert logins(sim) == 1


async def test_a_login_whose_only_caller_left_is_used(
    client: Client, sim: Simulator
) -> None:
    """A token that arrives when nobody waits any more serves the next caller."""
    sim.faults.add("latency", path="*/token/get", seconds=0.1)
    caller = asyncio.create_task(client.platform.system_properties())
    await asyncio.sleep(0.03)
    caller.cancel()
    await asyncio.sleep(0.15)
    await client.platform.system_properties()
    assert logins(sim) == 1


async def test_close_stops_a_login(client: Client, sim: Simulator) -> None:
    """Nothing is left running, and who waits is told that nothing was sent."""
    sim.faults.add("hang", path="*/token/get")
    caller = asyncio.create_task(client.platform.system_properties())
    await asyncio.sleep(0.03)
    await client.close()
    with pytest.raises(NotConnected):
        await caller


async def test_failed_logins_have_pauses(
    client: Client, sim: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While logins fail a crowd asks for few of them; a door asks at once."""
    monkeypatch.setattr(session_module, "FAILED_PAUSE", 30.0)
    sim.faults.add("http_error", path="*/token/get")
    for _ in range(5):
        results = await outcomes(*(client.resources.devices() for _ in range(5)))
        assert {type(result) for result in results} == {ServiceUnreachable}
    assert logins(sim) == 1
    with pytest.raises(ServiceUnreachable):
        await client.doors.control("e1", DoorAction.OPEN)
    assert logins(sim) == 2
    sim.faults.clear()
    with pytest.raises(ServiceUnreachable):
        await client.resources.devices()
    assert await outcomes(client.doors.control("e1", DoorAction.OPEN))
    await client.resources.devices()
    assert logins(sim) == 3


@pytest.mark.parametrize("status", [401, 403])
async def test_token_refused_by_http_status(
    liar: Client, cloud: Cloud, status: int
) -> None:
    """A gateway that refuses a token by status is understood like the service."""
    good = success({})
    cloud.on(SYSTEM, good, answer(b"Unauthorized", status), good)
    await liar.platform.system_properties()
    cloud.login["accessToken"] = "token-2"
    await liar.platform.system_properties()
    tokens = [one.token for one in cloud.calls(SYSTEM)]
    assert tokens == ["token-1", "token-1", "token-2"]
