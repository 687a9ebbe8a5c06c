"""Addresses of the owner's network, where nobody of us may ever go."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import web

HOUSE: Final = (
    "http://127.0.0.1:{port}/",
    "http://localhost:{port}/",
    "http://[::1]:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f.1:{port}/",
    "http://192.168.1.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://supervisor/core/api",
    "http://homeassistant.local:8123/",
    "https://hikcentralconnect.com@127.0.0.1:{port}/",
    "https://127.0.0.1:{port}#.hikcentralconnect.com",
    "https://127.0.0.1:{port}/?.ys7.com",
    "https://hikcentralconnect.com.evil.example/",
    "https://evilhikcentralconnect.com/",
    "https://ys7.com.evil.example/",
    "http://ieu.hikcentralconnect.com/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:{port}/",
    "ws://127.0.0.1:{port}/",
    "//127.0.0.1:{port}/",
    "",
)
"""Addresses that an evil server may hand out; the trap listens at the port."""


@asynccontextmanager
async def listening() -> AsyncGenerator[tuple[int, list[str]]]:
    """Listen in the owner's network; yield the port, and who came."""
    visits: list[str] = []

    async def visit(request: web.Request) -> web.Response:
        visits.append(str(request.url))
        return web.Response(text="secret of the house")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", visit)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield runner.addresses[0][1], visits
    finally:
        await runner.cleanup()
