"""A running simulator, and a client that sends just what it is told."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from simulator import Simulator


class Api:
    """One account's raw calls; ``post`` and ``get`` return the JSON body."""

    def __init__(self, simulator: Simulator, session: aiohttp.ClientSession) -> None:
        """Call ``simulator`` without a token until `login`."""
        self.simulator = simulator
        self.session = session
        self.token: str | None = None
        self.status = 0

    async def login(self, dialect: str) -> Api:
        """Log in with the demo key of a dialect."""
        account = self.simulator.account(dialect)
        body = {"appKey": account.key, "secretKey": account.secret}
        answer = await self.post("platform/v1/token/get", body)
        self.token = answer["data"]["accessToken"]
        return self

    async def post(self, path: str, body: object = None) -> Any:
        """Send a POST with a JSON body."""
        return await self._send("POST", path, {} if body is None else body)

    async def get(self, path: str) -> Any:
        """Send a GET without a body."""
        return await self._send("GET", path, None)

    async def data(self, path: str, body: object = None) -> Any:
        """Send a POST that must work and return its data."""
        answer = await self.post(path, body)
        assert answer["errorCode"] == "0", answer
        return answer.get("data")

    async def code(self, path: str, body: object = None) -> str:
        """Send a POST and return the contract's code."""
        answer = await self.post(path, body)
        return str(answer["errorCode"])

    async def fetch(self, url: str) -> bytes:
        """Fetch a picture."""
        async with self.session.get(url) as response:
            self.status = response.status
            return await response.read()

    async def _send(self, method: str, path: str, body: object) -> Any:
        headers = {"Token": self.token} if self.token else {}
        url = f"{self.simulator.url}/api/hccgw/{path}"
        async with self.session.request(
            method, url, json=body, headers=headers
        ) as response:
            self.status = response.status
            return await response.json()


@pytest.fixture
async def sim(socket_enabled: None) -> AsyncIterator[Simulator]:
    """Serve both demo accounts; nothing happens by itself and nothing is too fast."""
    async with Simulator(seed=1, life=False, rate_limit=None) as simulator:
        yield simulator


@pytest.fixture
async def session(socket_enabled: None) -> AsyncIterator[aiohttp.ClientSession]:
    """Open a client session."""
    async with aiohttp.ClientSession() as client:
        yield client


@pytest.fixture
def stranger(sim: Simulator, session: aiohttp.ClientSession) -> Api:
    """Return a client without a token."""
    return Api(sim, session)


@pytest.fixture
async def teams(sim: Simulator, session: aiohttp.ClientSession) -> Api:
    """Return a client logged in to the teams account."""
    return await Api(sim, session).login("teams")


@pytest.fixture
async def reference(sim: Simulator, session: aiohttp.ClientSession) -> Api:
    """Return a client logged in to the reference account."""
    return await Api(sim, session).login("reference")
