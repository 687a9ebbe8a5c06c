"""What players of Home Assistant open: addresses on this machine only.

Nobody finds one without its key of 256 bits, which stands in the query as `auth`: so
Home Assistant leaves it out where it logs an address.
"""

import asyncio
from collections.abc import Awaitable, Callable
from secrets import token_urlsafe
from typing import Final

from aiohttp import web

LOOPBACK: Final = "127.0.0.1"
KEY: Final = "auth"

type Serve = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


class Loopback:
    """A small server for one account, which runs from the first address on."""

    def __init__(self) -> None:
        """Serve nothing yet."""
        self._served: dict[str, Serve] = {}
        self._runner: web.ServerRunner | None = None
        self._starting = asyncio.Lock()

    async def async_open(self, name: str, serve: Serve) -> tuple[str, str]:
        """Return an address, and its key, under which `serve` answers to any path."""
        port, key = await self._port(), token_urlsafe(32)
        self._served[key] = serve
        return f"http://{LOOPBACK}:{port}/{name}?{KEY}={key}", key

    def forget(self, key: str) -> None:
        """Answer no more under an address."""
        self._served.pop(key, None)

    async def async_close(self) -> None:
        """End all answers and the server."""
        self._served.clear()
        if self._runner is not None:
            runner, self._runner = self._runner, None
            await runner.cleanup()

    async def _port(self) -> int:
        async with self._starting:
            if self._runner is None:
                server = web.Server(self._serve, access_log=None)
                self._runner = web.ServerRunner(server, shutdown_timeout=1)
                await self._runner.setup()
                await web.TCPSite(self._runner, LOOPBACK, 0).start()
            port: int = self._runner.addresses[0][1]
        return port

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        serve = self._served.get(request.query.get(KEY, ""))
        if serve is None or request.method != "GET":
            return web.Response(status=404)
        return await serve(request)
