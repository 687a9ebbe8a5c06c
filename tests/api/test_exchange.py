"""What the transport tells of its work: every exchange, and the service's clock."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import aiohttp
import pytest
from yarl import URL

from custom_components.hikcentral_connect.api import Account, Client
from custom_components.hikcentral_connect.api.call import Call, nothing
from custom_components.hikcentral_connect.api.errors import (
    BadAnswer,
    FieldInvalid,
    NotFound,
    ServiceUnreachable,
)
from custom_components.hikcentral_connect.api.limiter import Limiter
from custom_components.hikcentral_connect.api.row import JsonValue
from custom_components.hikcentral_connect.api.transport import Exchange

from .cloud import LOGIN, SYSTEM, Cloud, answer, success


@pytest.fixture
def exchanges() -> list[Exchange]:
    """Return what the observer heard."""
    return []


@pytest.fixture
async def client(
    http: aiohttp.ClientSession, cloud: Cloud, exchanges: list[Exchange]
) -> AsyncGenerator[Client]:
    """Return a client that is observed."""
    account = Account(URL(cloud.url), "key", "secret")
    client = Client(http, account, Limiter(rate=10_000), exchanges.append)
    yield client
    await client.close()


async def test_everything_is_observed(
    client: Client, cloud: Cloud, exchanges: list[Exchange]
) -> None:
    """The login, the answer, the refusal and the failures."""
    refusal = {"errorCode": "0x3001"}
    cloud.on(SYSTEM, success({}), answer(refusal), answer(b"?"), answer(b"", 500))
    await client.platform.system_properties()
    for error in (NotFound, BadAnswer, ServiceUnreachable):
        with pytest.raises(error):
            await client.platform.system_properties()

    login, good, refused, bad, *down = exchanges
    assert login.call.path == LOGIN
    assert (good.envelope, good.error) == ({"errorCode": "0", "data": {}}, None)
    assert (refused.envelope, refused.error) == (refusal, None)
    assert (bad.envelope, type(bad.error)) == (None, BadAnswer)
    assert [type(one.error) for one in down] == [ServiceUnreachable] * 2
    assert all(0 <= one.seconds < 5 for one in exchanges)
    for secret in ("key", "secret", "token-1"):
        assert secret not in repr(exchanges)


@pytest.mark.parametrize("hours", [-30, -1, 0, 1, 24 * 400])
async def test_clock_of_the_service(client: Client, cloud: Cloud, hours: int) -> None:
    """The offset is known from the answers; a small one is none."""
    assert client.clock_offset == timedelta()
    theirs = datetime.now(UTC) + timedelta(hours=hours)
    date = format_datetime(theirs, usegmt=True)
    cloud.on(SYSTEM, answer({"errorCode": "0"}, Date=date))
    await client.platform.system_properties()
    difference = client.clock_offset - timedelta(hours=hours)
    assert abs(difference) < timedelta(seconds=5)
    assert bool(client.clock_offset) is bool(hours)


@pytest.mark.parametrize(
    "date",
    [
        "",
        "yesterday",
        "Thu, 01 Jan 2026 00:00:00 -0000",
        "Thu, 01 Jan 2026 00:00:00",
        "Thu, 01 Jan 2026 00:00:00 +9999",
        "Thu, 01 Jan 99999 00:00:00 GMT",
        "Thu, 31 Feb 2026 00:00:00 GMT",
    ],
)
async def test_strange_date(client: Client, cloud: Cloud, date: str) -> None:
    """A date that cannot be read, or is told without a zone, does no harm."""
    cloud.on(SYSTEM, answer({"errorCode": "0", "data": {"systemGUID": "g"}}, Date=date))
    assert (await client.platform.system_properties()).guid == "g"


@pytest.mark.parametrize("value", [2**64, -(2**63) - 1, ["\ud800"]])
async def test_what_json_cannot_carry(
    client: Client, cloud: Cloud, value: JsonValue
) -> None:
    """A number beyond 64 bits or half a character is refused by the field's name."""
    cloud.on(SYSTEM, success({}))
    call = Call(SYSTEM, nothing, {"fine": 1, "wrong": value})
    with pytest.raises(FieldInvalid) as refusal:
        await client.platform.session.send(call)
    assert refusal.value.field == "wrong"
    assert not cloud.calls(SYSTEM)
