"""The typed client of one account."""

import aiohttp

from .limiter import Limiter
from .media import fetch_media
from .services.alarms import Alarms
from .services.doors import Doors
from .services.passes import Passes
from .services.platform import Platform
from .services.resources import Resources
from .services.video import Video
from .session import Account, DialectName, Session


class Client:
    """Everything an account can do, in the dialect that its service speaks."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        account: Account,
        limiter: Limiter | None = None,
    ) -> None:
        """Use `http`, which is not closed here; nothing is sent yet."""
        self.session = Session(http, account, limiter)
        self.platform = Platform(self.session)
        self.resources = Resources(self.session)
        self.alarms = Alarms(self.session)
        self.video = Video(self.session)
        self.doors = Doors(self.session)
        self.passes = Passes(self.session)

    async def dialect(self) -> DialectName:
        """Return the dialect of the account; logs in when that is unknown."""
        return await self.session.dialect()

    async def fetch_media(self, url: str) -> bytes:
        """Return the picture behind an address that the service gave.

        Raises `BadAnswer` for a foreign host, another type or more than 10 MB, and
        `ServiceUnreachable`.
        """
        return await fetch_media(self.session.http, url, self.session.account.url)

    async def close(self) -> None:
        """Stop what is under way."""
        await self.session.close()
