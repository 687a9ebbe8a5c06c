"""The simulated cloud as one object: start it, look into it, stop it."""

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

from aiohttp import web
from yarl import URL

from .account import DEMO, Account, Credentials, Speech, open_account
from .control import add_control
from .faults import Faults
from .gateway import DIALECTS, PREFIX, Gateway
from .record import Record
from .replay import Recording
from .services import Services
from .shelf import Shelf
from .streams.routes import add_streams
from .streams.service import Streams
from .uploads import Uploads
from .world import World
from .world.clock import Clock
from .world.life import Life
from .world.sites import Size, furnish_house, furnish_site


class Simulator:
    """A HikCentral Connect on this machine.

    ``async with Simulator(seed=1, life=False) as sim`` serves at ``sim.url`` and is
    open to inspection: ``sim.account("teams").world.doors[door_id].commands``,
    ``sim.record.max_per_second(key)``, ``sim.faults.add("latency", seconds=2)``.

    ``size`` replaces the demo house by a site of that size. ``foreign`` are keys
    that exist at another address only, with their dialect. ``stranger`` is the
    dialect in which callers without any known key or token are refused.
    ``stream_seconds`` is after how long the cloud cuts an EZOPEN stream. With a
    ``replay`` there is one account only, which answers as the recorded one did.
    """

    def __init__(
        self,
        seed: int = 1,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        life: bool = True,
        speed: float = 1.0,
        size: Size | None = None,
        accounts: Sequence[Credentials] = DEMO,
        foreign: Mapping[str, Speech] | None = None,
        stranger: Speech | str = Speech.TEAMS,
        rate_limit: int | None = 5,
        capture_seconds: float = 0.0,
        stream_seconds: float | None = 600.0,
        replay: Recording | None = None,
    ) -> None:
        """Make the worlds; nothing listens yet."""
        self._replay = replay
        if replay:
            accounts = (replay.credentials,)
        self.clock = Clock(speed)
        self.services = Services(
            clock=self.clock,
            shelf=Shelf(self.clock),
            uploads=Uploads(self.clock),
            streams=Streams(self.clock, stream_seconds),
            capture_seconds=capture_seconds,
        )
        self.accounts = {
            one.key: self._open(one, seed + number, size, life=life)
            for number, one in enumerate(accounts)
        }
        self.gateway = Gateway(
            self.accounts,
            self.services,
            rate_limit=rate_limit,
            stranger=Speech(stranger),
            foreign=foreign or {},
            dialects=replay.over(DIALECTS) if replay else DIALECTS,
        )
        self._where = (host, port)
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """Return the base URL, without a slash at the end."""
        return self.services.url

    @property
    def faults(self) -> Faults:
        """Return the faults on demand."""
        return self.gateway.faults

    @property
    def streams(self) -> Streams:
        """Return who watches which stream."""
        return self.services.streams

    @property
    def record(self) -> Record:
        """Return the log of all calls."""
        return self.gateway.record

    def account(self, name: str) -> Account:
        """Return an account by its key, or the first one of a dialect."""
        if name in self.accounts:
            return self.accounts[name]
        speech = Speech(name)
        return next(one for one in self.accounts.values() if one.speech is speech)

    async def start(self) -> None:
        """Listen."""

        app = web.Application(client_max_size=16 * 2**20)
        app.router.add_route("*", PREFIX + "{path:.*}", self.gateway.serve)
        app.router.add_get("/pictures/{name}", self.gateway.picture)
        app.router.add_put("/uploads/{key:.*}", self.gateway.upload)
        add_control(app, self)
        services, accounts = self.services, self.accounts.values()
        add_streams(app, self.gateway, services.streams, accounts, lambda: self.url)
        self._runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, *self._where).start()
        host, port = self._runner.addresses[0][:2]
        if host in ("0.0.0.0", "::"):
            host = "127.0.0.1"
        self.services.url = str(URL.build(scheme="http", host=host, port=port))
        for account in self.accounts.values():
            if account.webhook:
                account.webhook.start()

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner:
            await self._runner.cleanup()
            self._runner = None
        self.services.streams.films.close()
        for account in self.accounts.values():
            if account.webhook:
                await account.webhook.stop()

    async def __aenter__(self) -> Self:
        """Start."""
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop."""
        await self.stop()

    def _open(
        self, credentials: Credentials, seed: int, size: Size | None, *, life: bool
    ) -> Account:
        readable = credentials.speech is Speech.REFERENCE
        world = World(seed, readable_ids=readable, clock=self.clock)
        if size:
            furnish_site(world, size)
        elif not self._replay:
            furnish_house(world)
        account = open_account(credentials, world)
        dialect = DIALECTS[account.speech]
        world.listeners.append(
            lambda event: dialect.publish(account, self.services, event)
        )
        if life:
            Life(world, account.happen)
        return account
