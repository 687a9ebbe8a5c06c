"""Where the streams of a simulator are served."""

from collections.abc import Callable, Iterable

from aiohttp import web

from simulator.account import Account
from simulator.gateway import Gateway

from . import calls  # noqa: F401, declares the calls of the maker's API
from .admission import CLOUD, LIVE, PLAYBACK
from .hls import PATH, Hls
from .service import Streams
from .sockets import Sockets
from .vendor import Vendor


def add_streams(
    app: web.Application,
    gateway: Gateway,
    streams: Streams,
    accounts: Iterable[Account],
    url: Callable[[], str],
) -> None:
    """Serve HLS, the maker's API and EZOPEN."""
    hls = Hls(streams, accounts)
    vendor = Vendor(streams, accounts, url)
    sockets = Sockets(streams, gateway.faults)
    watched, router = gateway.watched, app.router
    router.add_get(f"{PATH}/{{name}}.m3u8", watched(hls.playlist))
    router.add_get(rf"{PATH}/{{name}}/{{number:\d+}}.ts", watched(hls.segment))
    router.add_get(rf"{PATH}/{{name}}/ErrCode/{{_:\d+_0}}.ts", watched(hls.error))
    for family in ("lapp", "service", "v3"):
        router.add_route("*", f"/api/{family}/{{_:.*}}", watched(vendor.serve))
    router.add_get("/", watched(sockets.root))
    for path in (LIVE, PLAYBACK, CLOUD):
        router.add_get(path, watched(sockets.direct))
