"""A service that gives one answer to everything and keeps requests as they came."""

from dataclasses import dataclass
from typing import Any, Self

from aiohttp import web
import orjson

from custom_components.hikcentral_connect.api.session import DialectName

ROOT = "/api/hccgw/"
LOGIN = "platform/v1/token/get"
TOKEN = "hcc.0123456789abcdef0123456789abcdef"
EXPIRY: dict[DialectName, Any] = {
    DialectName.REFERENCE: "2030-01-01T00:00:00Z",
    DialectName.TEAMS: 1893456000,
}


@dataclass(frozen=True, slots=True)
class Sent:
    """One request, raw: `headers` with small letters, the body in bytes."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Example:
    """Logs in to a dialect and answers `data` in the envelope to all else."""

    def __init__(self) -> None:
        """Nothing listens yet."""
        self.dialect = DialectName.TEAMS
        self.data: Any = None
        self.sent: list[Sent] = []
        self.url = ""
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        """Listen."""
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _serve(self, request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        content = await request.read()
        self.sent.append(Sent(request.method, request.raw_path, headers, content))
        data = self.data
        if request.raw_path == ROOT + LOGIN:
            data = {"accessToken": TOKEN, "expireTime": EXPIRY[self.dialect]}
        envelope = {"errorCode": "0", "data": data}
        return web.Response(
            body=orjson.dumps(envelope), content_type="application/json"
        )
