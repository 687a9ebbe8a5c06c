"""Every operation sends what its contract shows and reads what it answers."""

from collections.abc import AsyncGenerator
from typing import Any

import aiohttp
import orjson
import pytest
from yarl import URL

from custom_components.hikcentral_connect.api import Account, Client
from custom_components.hikcentral_connect.api.limiter import Limiter
from custom_components.hikcentral_connect.api.row import Row
from custom_components.hikcentral_connect.api.session import DialectName
from scripts.api_table import service_names

from .example import LOGIN, ROOT, TOKEN, Example, Sent
from .row import ContractRow
from .table import OPERATIONS, ROWS

SERVICES = {kind.__name__: name for kind, name in service_names().items()}
PAGE_KEYS = ("pageNo", "pageIndex", "pageNum", "page")
NO_PAGES = {
    ("Resources.areas", DialectName.REFERENCE),
    ("Recordings.search", DialectName.REFERENCE),
    ("Attendance.time_cards", DialectName.REFERENCE),
    ("PersonGroups.groups", DialectName.TEAMS),
}
"""Lists that a contract gives in one piece: there is no page to ask for."""


@pytest.fixture
async def example(socket_enabled: None) -> AsyncGenerator[Example]:
    """Run the service of the examples."""
    async with Example() as service:
        yield service


@pytest.fixture
async def client(
    http: aiohttp.ClientSession, example: Example
) -> AsyncGenerator[Client]:
    """Return a client of the examples."""
    account = Account(URL(example.url), "your_app_key", "your_secret_key")
    client = Client(http, account, Limiter(rate=10_000))
    yield client
    await client.close()


def compact(body: object) -> bytes:
    """Return the bytes of an example, without the blanks that it is shown with."""
    return b"" if body is None else orjson.dumps(body)


def own_headers(sent: Sent) -> dict[str, str]:
    """Return the headers that are ours, and not those of any HTTP client."""
    everybody = {"host", "accept", "accept-encoding", "user-agent", "content-length"}
    return {key: sent.headers[key] for key in sent.headers.keys() - everybody}


def method_of(client: Client, row: ContractRow) -> Any:
    """Return the method of the client that a row is about."""
    service, method = row.operation.split(".")
    return getattr(getattr(client, SERVICES[service]), method)


@pytest.mark.parametrize("row", ROWS, ids=str)
async def test_row(row: ContractRow, client: Client, example: Example) -> None:
    """Asked for by its method, one request goes out, byte for byte the documented one.

    Its answer becomes the model, and nothing of it is skipped.
    """
    example.dialect, example.data = row.dialect, row.data
    assert await method_of(client, row)(**row.arguments) == row.read

    login, sent = example.sent
    assert login.path == ROOT + LOGIN
    assert sent.method == ("GET" if row.sent is None else "POST")
    assert sent.path == ROOT + row.path
    assert sent.body == compact(row.sent)
    kind = {} if row.sent is None else {"content-type": "application/json"}
    assert own_headers(sent) == {"token": TOKEN} | kind
    assert skipped(row) == []


def skipped(row: ContractRow) -> list[str]:
    """Return what the reader of a row cannot read in its answer."""
    pages = () if row.page is None else (row.page,)
    answer = Row(row.data)
    OPERATIONS[row.operation].builder(row.dialect)(*pages, **row.arguments).read(answer)
    return answer.skipped


@pytest.mark.parametrize("dialect", DialectName, ids=str)
async def test_login(dialect: DialectName, client: Client, example: Example) -> None:
    """The login sends the keys and no token, and tells the dialect."""
    example.dialect = dialect
    assert await client.dialect() is dialect
    (sent,) = example.sent
    assert (sent.method, sent.path) == ("POST", ROOT + LOGIN)
    assert sent.body == b'{"appKey":"your_app_key","secretKey":"your_secret_key"}'
    assert own_headers(sent) == {"content-type": "application/json"}


@pytest.mark.parametrize("row", [row for row in ROWS if row.page], ids=str)
def test_later_page(row: ContractRow) -> None:
    """Another page is the same request with another number, where there are pages."""
    build = OPERATIONS[row.operation].builder(row.dialect)
    body = compact(build(7, **row.arguments).body)
    if (row.operation, row.dialect) in NO_PAGES:
        assert body == compact(row.sent)
    else:
        assert body == compact(with_page(row.sent, 7)) != compact(row.sent)


def with_page(body: Any, number: int) -> Any:
    """Return a body that asks for another page."""
    if not isinstance(body, dict):
        return body
    return {
        key: number if key in PAGE_KEYS else with_page(value, number)
        for key, value in body.items()
    }


def test_every_operation_has_a_row() -> None:
    """No operation of either dialect is left unchecked."""
    offered = {
        (name, dialect)
        for name, operation in OPERATIONS.items()
        for dialect in DialectName
        if operation.offered_by(dialect)
    }
    assert offered == {(row.operation, row.dialect) for row in ROWS}
