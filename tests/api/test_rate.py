"""The rate limit against a service that counts."""

import asyncio
from collections.abc import Coroutine
from itertools import pairwise
from typing import Any

import aiohttp
import pytest
from yarl import URL

from custom_components.hikcentral_connect.api import (
    Account,
    Client,
    DialectName,
    transport,
)
from custom_components.hikcentral_connect.api.call import Call, Kind, nothing
from custom_components.hikcentral_connect.api.limiter import RATE
from simulator import Simulator
from simulator.account import Account as SimulatedAccount
from simulator.world.doors import Door

from .conftest import open_door


class SlowConnector(aiohttp.TCPConnector):
    """Takes a while to connect, as TLS over a long way does."""

    async def _create_connection(self, *args: Any, **kwargs: Any) -> Any:
        await asyncio.sleep(0.3)
        return await super()._create_connection(*args, **kwargs)


@pytest.fixture
def rate_limit() -> int:
    """Allow what both contracts allow."""
    return RATE


async def test_forty_mixed_calls(http: aiohttp.ClientSession, sim: Simulator) -> None:
    """Twenty for each account: none is refused, no second sees a sixth."""

    def calls(client: Client, door: Door) -> list[Coroutine[Any, Any, Any]]:
        some = [
            client.platform.system_properties,
            client.resources.devices,
            client.platform.service_package,
            client.platform.stream_token,
        ]
        reads = [some[number % 4]() for number in range(17)]
        return [*reads, *(open_door(client, door) for _ in range(3))]

    everything = []
    for account in sim.accounts.values():
        keys = Account(URL(sim.url), account.key, account.secret)
        door = next(iter(account.world.doors.values()))
        everything += calls(Client(http, keys), door)
    results = await asyncio.gather(*everything, return_exceptions=True)

    assert [one for one in results if isinstance(one, BaseException)] == []
    for account in sim.accounts.values():
        assert sim.record.max_per_second(account.key) <= RATE
    assert {one.code for one in sim.record} == {"0"}


@pytest.mark.parametrize("dialect", [DialectName.TEAMS])
async def test_slow_handshakes(
    keys: Account, sim: Simulator, account: SimulatedAccount
) -> None:
    """Requests that had to connect first do not bunch with those that follow."""
    async with aiohttp.ClientSession(connector=SlowConnector()) as http:
        client = Client(http, keys)
        await client.dialect()
        calls = (client.platform.system_properties() for _ in range(8))
        await asyncio.gather(*calls, return_exceptions=True)
    assert sim.record.max_per_second(account.key) <= RATE


async def test_broken_connections(client: Client, sim: Simulator) -> None:
    """What aiohttp sends again by itself, when a kept connection breaks, counts too."""
    await client.dialect()
    # So many connections are kept then.
    await asyncio.gather(*(client.resources.devices() for _ in range(RATE - 1)))
    await asyncio.sleep(1.1)
    sim.faults.add("reset", path="*/platform/v1/*")
    asked = (client.platform.service_package() for _ in range(RATE - 1))
    await asyncio.gather(*asked, return_exceptions=True)
    assert sim.record.max_per_second() <= RATE


async def test_a_door_opens_before_two_hundred_others(
    client: Client, door: Door
) -> None:
    """The crowd waits for most of a minute, the door for a fraction of a second."""
    await client.dialect()
    crowd = [
        asyncio.create_task(client.session.send(call))
        for call in pictures_and_polls(100)
    ]
    await asyncio.sleep(0.1)
    async with asyncio.timeout(0.5):
        await open_door(client, door)
    await leave(crowd)


async def test_a_stream_goes_before_pictures(
    client: Client, account: SimulatedAccount
) -> None:
    """Who presses play does not wait for all the pictures on the wall."""
    await client.dialect()
    camera = next(one for one in account.world.cameras.values() if one.online)
    crowd = [
        asyncio.create_task(client.session.send(call))
        for call in pictures_and_polls(100)
    ]
    await asyncio.sleep(0.1)
    address = client.video.live_address(camera.id, camera.device.serial)
    async with asyncio.timeout(3.5):
        await asyncio.gather(client.platform.stream_token(), address)
    await leave(crowd)


async def test_a_login_goes_before_two_hundred_others(
    client: Client, account: SimulatedAccount, door: Door
) -> None:
    """A door whose token was just revoked does not wait for the crowd either."""
    await client.platform.system_properties()
    crowd = [
        asyncio.create_task(client.session.send(call))
        for call in pictures_and_polls(100)
    ]
    await asyncio.sleep(0.1)
    account.revoke_tokens()
    async with asyncio.timeout(3.5):
        await open_door(client, door)
    await leave(crowd)


async def test_back_off_after_a_refusal(
    client: Client, sim: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A refusal as too fast holds up everybody, then the read is repeated."""
    monkeypatch.setattr(transport, "BACK_OFF_SECONDS", 0.6)
    await client.dialect()
    sim.faults.add("rate_limit", path="*/systemproperties", times=1)
    reader = asyncio.create_task(client.platform.system_properties())
    await asyncio.sleep(0.1)
    await client.platform.service_package()
    await reader
    _, *ticks = sorted(one.tick for one in sim.record)
    gaps = [later - earlier for earlier, later in pairwise(ticks)]
    assert gaps[0] >= 0.55


def pictures_and_polls(number: int) -> list[Any]:
    """Return calls of the two kinds that come in crowds, in turns."""
    system = "platform/v1/systemproperties"
    kinds = [kind for _ in range(number) for kind in (Kind.PICTURE, Kind.POLL)]
    return [Call(system, nothing, None, kind, "GET") for kind in kinds]


async def leave(crowd: list[asyncio.Task[Any]]) -> None:
    """Let all give up."""
    for caller in crowd:
        caller.cancel()
    await asyncio.gather(*crowd, return_exceptions=True)
