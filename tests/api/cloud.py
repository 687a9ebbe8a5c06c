"""A service of a few lines that answers as a test tells it, and counts."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Self

from aiohttp import web
import orjson

from custom_components.hikcentral_connect.api.session import DialectName

type Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

ROOT = "/api/hccgw/"
LOGIN = "platform/v1/token/get"
SYSTEM = "platform/v1/systemproperties"
DEVICES = "resource/v1/devices/get"
DOOR = "acs/v1/remote/control"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came; `path` without the root of the API."""

    method: str
    path: str
    token: str | None
    body: bytes

    @property
    def json(self) -> Any:
        """The body, decoded."""
        return orjson.loads(self.body)


class Cloud:
    """Logs everybody in; every other path answers what `on` says, else HTTP 404.

    Of several handlers of a path each answers one request, the last one all that
    follow. `sent` counts the bytes that `endless` could get rid of.
    """

    def __init__(self) -> None:
        """Nothing listens yet."""
        self.asked: list[Asked] = []
        self.sent = 0
        self.login: dict[str, Any] = {"accessToken": "token-1", "expireTime": 0}
        self._handlers: dict[str, list[Handler]] = {}
        self._runner: web.AppRunner | None = None
        self.url = ""

    def speak(self, dialect: DialectName) -> None:
        """Log in as accounts of this dialect are."""
        ends = "2030-01-01T00:00:00Z" if dialect is DialectName.REFERENCE else 0
        self.login["expireTime"] = ends

    def on(self, path: str, *handlers: Handler) -> None:
        """Answer a path with the handlers, one after the other."""
        self._handlers[path] = list(handlers)

    def calls(self, path: str) -> list[Asked]:
        """Return the requests to a path."""
        return [one for one in self.asked if one.path == path]

    async def __aenter__(self) -> Self:
        """Listen."""
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._serve)
        self._runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        path = request.path.removeprefix(ROOT)
        token = request.headers.get("Token")
        self.asked.append(Asked(request.method, path, token, await request.read()))
        if handlers := self._handlers.get(path):
            handler = handlers.pop(0) if len(handlers) > 1 else handlers[0]
            return await handler(request)
        if path == LOGIN:
            return await success(self.login)(request)
        raise web.HTTPNotFound

    def endless(self, start: bytes, size: int, **headers: str) -> Handler:
        """Answer with `start` and then one letter until `size` bytes are out."""

        async def handle(request: web.Request) -> web.StreamResponse:
            response = web.StreamResponse(headers=headers)
            await response.prepare(request)
            await response.write(start)
            while self.sent < size:
                await response.write(b"x" * 65_536)
                self.sent += 65_536
            return response

        return handle


def answer(body: object, status: int = 200, **headers: str) -> Handler:
    """Answer with bytes as they are, or with anything else as JSON."""
    payload = body if isinstance(body, bytes) else orjson.dumps(body)

    async def handle(_: web.Request) -> web.Response:
        return web.Response(body=payload, status=status, headers=headers)

    return handle


def success(data: object) -> Handler:
    """Answer as a call that worked."""
    return answer({"errorCode": "0", "data": data})


def redirect(target: str, status: int = 302) -> Handler:
    """Send the caller elsewhere."""
    return answer(b"", status, Location=target)


def raw(response: bytes) -> Handler:
    """Write a whole HTTP response as it is, true or not, and hang up."""

    async def handle(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.write(response)
        request.transport.close()
        return web.Response()

    return handle
