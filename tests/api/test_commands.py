"""A command is sent once, whatever becomes of its answer; a read may go twice."""

import asyncio
from collections.abc import Callable
import socket
from typing import Any

import aiohttp
import pytest
from yarl import URL

from custom_components.hikcentral_connect.api import Client, DialectName, transport
from custom_components.hikcentral_connect.api.call import Call, Kind, nothing
from custom_components.hikcentral_connect.api.errors import (
    DeviceOffline,
    DoorNotConfigured,
    FieldInvalid,
    HikError,
    NotFound,
    NotSupported,
    OutcomeUnknown,
    RateLimited,
    ServiceUnreachable,
    TokenRejected,
)
from custom_components.hikcentral_connect.api.limiter import Limiter
from custom_components.hikcentral_connect.api.models.doors import DoorAction
from custom_components.hikcentral_connect.api.transport import Transport
from simulator import Simulator
from simulator.account import Account as SimulatedAccount
from simulator.record import Entry
from simulator.world.doors import Door

from .cloud import DOOR, SYSTEM, Cloud, answer, raw, success
from .conftest import fault_name, open_door


def sent(sim: Simulator) -> list[Entry]:
    """Return the door commands that reached the service."""
    return sim.record.calls("*/acs/v1/remote/control")


@pytest.mark.parametrize("action", list(DoorAction), ids=str)
async def test_a_command_reaches_one_door(
    client: Client, sim: Simulator, account: SimulatedAccount, action: DoorAction
) -> None:
    """One request, one command, one door; the others hear nothing."""
    first, *others = account.world.doors.values()
    await client.doors.control(first.id, action)
    assert len(sent(sim)) == 1
    assert len(first.commands) == 1
    assert [door.commands for door in others] == [[] for _ in others]


@pytest.mark.parametrize(
    ("fault", "done"),
    [
        ({"kind": "latency", "seconds": 5}, 0),
        ({"kind": "hang"}, 0),
        ({"kind": "reset"}, 0),
        ({"kind": "lost"}, 1),
        ({"kind": "cut"}, 1),
        ({"kind": "bad_json"}, 1),
        ({"kind": "truncated"}, 1),
        ({"kind": "html"}, 0),
        ({"kind": "huge", "megabytes": 17}, 0),
        ({"kind": "http_error", "status": 500}, 0),
        ({"kind": "http_error", "status": 502}, 0),
        ({"kind": "http_error", "status": 503}, 0),
        ({"kind": "redirect", "to": "https://elsewhere.example"}, 0),
    ],
    ids=fault_name,
)
async def test_lost_answer_to_a_command(
    client: Client,
    sim: Simulator,
    door: Door,
    patience: Callable[[float], None],
    *,
    fault: dict[str, Any],
    done: int,
) -> None:
    """Nobody knows whether the door opened, so nobody tries again."""
    await client.dialect()
    if fault["kind"] in ("latency", "hang"):
        patience(0.2)
    sim.faults.add(**fault, path="*/acs/v1/remote/control")
    with pytest.raises(OutcomeUnknown):
        await open_door(client, door)
    await asyncio.sleep(0.05)
    assert len(sent(sim)) == 1
    assert len(door.commands) == done


@pytest.mark.parametrize("code", ["0x8001", "0x8002", "OPEN000000", "OPEN000009"])
async def test_service_that_fails_amid_a_command(
    liar: Client, cloud: Cloud, code: str
) -> None:
    """An internal error says as little about the door as HTTP 500 does."""
    cloud.on(DOOR, answer({"errorCode": code}))
    with pytest.raises(OutcomeUnknown):
        await liar.doors.control("e1", DoorAction.OPEN)
    assert len(cloud.calls(DOOR)) == 1


async def test_no_connection(client: Client, sim: Simulator, door: Door) -> None:
    """What was never sent was not done: the caller may try again."""
    await client.dialect()
    await sim.stop()
    await asyncio.sleep(0.05)
    with pytest.raises(ServiceUnreachable):
        await open_door(client, door)
    assert door.commands == []


async def test_connection_that_never_comes_about(
    http: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A time-out while connecting is no lost answer: nothing was sent."""
    timeout = aiohttp.ClientTimeout(total=5, sock_connect=0.2)
    monkeypatch.setattr(transport, "TIMEOUT", timeout)
    call = Call(DOOR, nothing, {}, Kind.COMMAND)
    with socket.create_server(("127.0.0.1", 0), backlog=0) as deaf:
        address = deaf.getsockname()
        base = URL(f"http://127.0.0.1:{address[1]}")
        # What fills the backlog; whoever comes next is left waiting.
        fillers = [socket.socket() for _ in range(3)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(address)
        try:
            with pytest.raises(ServiceUnreachable):
                await Transport(http, base, Limiter()).exchange(call, base)
        finally:
            for filler in fillers:
                filler.close()


async def test_revoked_token_before_a_command(
    client: Client, sim: Simulator, account: SimulatedAccount, door: Door
) -> None:
    """A plain refusal of the token did nothing, so the command goes once more."""
    await client.platform.system_properties()
    account.revoke_tokens()
    await open_door(client, door)
    assert account.logins == 2
    assert len(door.commands) == 1
    assert [one.code == "0" for one in sent(sim)] == [False, True]


async def test_many_commands_with_a_revoked_token(
    client: Client, account: SimulatedAccount
) -> None:
    """Each of the commands in flight takes effect once, after one login."""
    await client.platform.system_properties()
    account.revoke_tokens()
    doors = list(account.world.doors.values())
    await asyncio.gather(*(open_door(client, door) for door in doors))
    assert account.logins == 2
    assert [len(door.commands) for door in doors] == [1] * len(doors)


async def test_command_whose_every_token_is_refused(
    client: Client, sim: Simulator, door: Door
) -> None:
    """Two refusals are enough."""
    await client.platform.system_properties()
    sim.faults.add("token_expired", path="*/acs/v1/remote/control")
    with pytest.raises(TokenRejected):
        await open_door(client, door)
    assert len(sent(sim)) == 2
    assert door.commands == []


async def test_answer_lost_after_a_renewal(liar: Client, cloud: Cloud) -> None:
    """The second sending is the last, too."""
    cloud.on(SYSTEM, success({}))
    await liar.platform.system_properties()
    cloud.on(DOOR, answer({"errorCode": "OPEN000006"}), raw(b""))
    with pytest.raises(OutcomeUnknown):
        await liar.doors.control("e1", DoorAction.OPEN)
    assert len(cloud.calls(DOOR)) == 2


async def test_command_above_the_rate(
    client: Client, sim: Simulator, door: Door
) -> None:
    """A command refused as too fast is not repeated behind the caller's back."""
    sim.faults.add("rate_limit", path="*/acs/v1/remote/control", times=1)
    with pytest.raises(RateLimited):
        await open_door(client, door)
    assert len(sent(sim)) == 1
    assert door.commands == []


async def test_door_that_does_not_exist(client: Client, sim: Simulator) -> None:
    """A door the account lacks is refused, also by a row under an outer "0"."""
    with pytest.raises(NotFound):
        await client.doors.control("nowhere", DoorAction.OPEN)
    assert len(sent(sim)) == 1


async def test_door_that_is_offline(client: Client, door: Door) -> None:
    """The reason of a refused command is typed in both dialects."""
    door.connected = False
    with pytest.raises(DeviceOffline):
        await open_door(client, door)


async def test_door_that_is_not_configured(
    client: Client, door: Door, dialect: DialectName
) -> None:
    """The dialects name the same trouble differently."""
    door.configured = False
    teams = dialect is DialectName.TEAMS
    with pytest.raises(NotSupported if teams else DoorNotConfigured):
        await open_door(client, door)


@pytest.mark.parametrize("data", [None, {}, {"operationResult": None}], ids=str)
async def test_success_without_rows(liar: Client, cloud: Cloud, data: object) -> None:
    """No row means that no door refused."""
    cloud.on(DOOR, success(data))
    await liar.doors.control("e1", DoorAction.OPEN)


@pytest.mark.parametrize("code", ["VMS022543", "VMS022531", "news"])
async def test_failed_row_among_good_ones(
    liar: Client, cloud: Cloud, code: str
) -> None:
    """One failed row is a failure, wherever it stands."""
    rows = [{"errorCode": "0"}, {"errorCode": code}, {"errorCode": "0"}]
    cloud.on(DOOR, success({"operationResult": rows}))
    with pytest.raises(HikError, match=code):
        await liar.doors.control("e1", DoorAction.OPEN)


@pytest.mark.parametrize(
    "data",
    [
        "VMS000003",
        [{"errorCode": "VMS000003"}],
        {"operationResult": "VMS000003"},
        {"operationResult": {"errorCode": "VMS000003"}},
        {"operationResult": ["VMS000003"]},
        {"operationResult": [5]},
        {"operationResult": [{"errorCode": {"code": "VMS000003"}}]},
    ],
    ids=str,
)
async def test_unreadable_result_is_no_success(
    liar: Client, cloud: Cloud, data: object
) -> None:
    """What cannot be read is not taken for a door that opened, nor sent again."""
    cloud.on(DOOR, success(data))
    with pytest.raises(OutcomeUnknown):
        await liar.doors.control("e1", DoorAction.OPEN)
    assert len(cloud.calls(DOOR)) == 1


@pytest.mark.parametrize("door_id", ["", " ", "\t\n", "\u3000", "x" * 65])
async def test_no_door_named(client: Client, sim: Simulator, door_id: str) -> None:
    """An empty id never travels: in teams it would open every door."""
    await client.dialect()
    with pytest.raises(FieldInvalid) as caught:
        await client.doors.control(door_id, DoorAction.OPEN)
    assert caught.value.field == "door_id"
    assert sent(sim) == []


async def test_connection_closed_while_idle(liar: Client, cloud: Cloud) -> None:
    """A server that hangs up after each answer disturbs no command."""
    body = b'{"errorCode":"0"}'
    length = str(len(body)).encode()
    head = b"HTTP/1.1 200 OK\r\nContent-Length: " + length
    cloud.on(DOOR, raw(head + b"\r\n\r\n" + body))
    for _ in range(5):
        await liar.doors.control("e1", DoorAction.OPEN)
        await asyncio.sleep(0.02)
    assert len(cloud.calls(DOOR)) == 5


async def test_cancelled_command_is_not_sent_again(
    client: Client, sim: Simulator, door: Door
) -> None:
    """A caller who gives up takes the command along."""
    await client.dialect()
    sim.faults.add("latency", path="*/acs/v1/remote/control", seconds=0.1)
    command = asyncio.create_task(open_door(client, door))
    await asyncio.sleep(0.03)
    command.cancel()
    with pytest.raises(asyncio.CancelledError):
        await command
    await asyncio.sleep(0.2)
    assert len(sent(sim)) <= 1
    assert len(door.commands) <= 1
