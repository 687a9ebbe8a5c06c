"""Talks to the demo's Home Assistant through its public interfaces."""

from itertools import count
import secrets
from typing import Any, Self

from aiohttp import ClientError, ClientSession, ClientWebSocketResponse

from .errors import DemoError

type Json = dict[str, Any]


class HomeAssistant:
    """One Home Assistant, logged in as its owner after ``log_in``."""

    def __init__(self, session: ClientSession, url: str) -> None:
        """Remember where it is; ``url`` has no slash at the end."""
        self.url = url
        self._session = session
        self._client_id = f"{url}/"
        self._socket: ClientWebSocketResponse | None = None
        self._numbers = count(1)
        self._headers: dict[str, str] = {}

    async def answers(self) -> bool:
        """Return whether the web pages are served, the last thing a browser needs."""
        try:
            async with self._session.get(f"{self.url}/manifest.json") as response:
                return response.status == 200
        except ClientError:
            return False

    async def is_running(self) -> bool:
        """Return whether everything has been set up."""
        config = await self.request("GET", "/api/config")
        return bool(config["state"] == "RUNNING")

    async def log_in(self) -> Self:
        """Make the owner on the first run, then come in as trusted neighbour."""
        async with self._session.get(f"{self.url}/api/onboarding") as response:
            is_new = response.ok  # afterwards the address is gone
        if is_new:
            await self._make_owner()
        flow = {
            "client_id": self._client_id,
            "handler": ["trusted_networks", None],
            "redirect_uri": self._client_id,
        }
        answer = await self.request("POST", "/auth/login_flow", flow)
        if answer["type"] != "create_entry":
            raise DemoError("Home Assistant asks for a login. Run scripts/demo --reset")
        await self._take_token(answer["result"])
        if is_new:
            # The house stands in Amsterdam, where the day has 24 hours.
            await self.command(
                "frontend/set_user_data", key="language", value={"time_format": "24"}
            )
        return self

    async def request(self, method: str, path: str, body: Json | None = None) -> Any:
        """Send a request and return the JSON answer; raise DemoError on refusal."""
        async with self._session.request(
            method, self.url + path, json=body, headers=self._headers
        ) as response:
            if not response.ok:
                reason = (await response.text())[:500]
                raise DemoError(f"{method} {path}: {response.status} {reason}")
            return await response.json()

    async def command(self, kind: str, **fields: object) -> Any:
        """Send a websocket command and return its result."""
        if not self._socket:
            raise DemoError("not logged in")
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "type": kind, **fields})
        while (answer := await self._socket.receive_json())["id"] != number:
            pass
        if not answer["success"]:
            raise DemoError(f"{kind}: {answer['error']['message']}")
        return answer["result"]

    async def _make_owner(self) -> None:
        owner = {
            "name": "Demo",
            "username": "demo",
            "password": secrets.token_urlsafe(),
            "client_id": self._client_id,
            "language": "en",
        }
        await self.request("POST", "/api/onboarding/users", owner)

    async def _take_token(self, code: str) -> None:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "client_id": self._client_id,
        }
        async with self._session.post(f"{self.url}/auth/token", data=form) as response:
            token = (await response.json())["access_token"]
        self._headers = {"Authorization": f"Bearer {token}"}
        self._socket = await self._session.ws_connect(f"{self.url}/api/websocket")
        await self._socket.receive_json()
        await self._socket.send_json({"type": "auth", "access_token": token})
        await self._socket.receive_json()
