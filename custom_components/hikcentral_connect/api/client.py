"""The typed client of one account."""

from datetime import timedelta

import aiohttp

from .limiter import Limiter
from .media import fetch_media
from .services.access import Access
from .services.access_levels import AccessLevels
from .services.access_records import AccessRecords
from .services.alarms import Alarms
from .services.attendance import Attendance
from .services.credentials import Credentials
from .services.doors import Doors
from .services.drivers import Drivers
from .services.inputs import Inputs
from .services.intercom import Intercom
from .services.isapi import Isapi
from .services.maintenance import Maintenance
from .services.messages import Messages
from .services.passes import Passes
from .services.people import People
from .services.person_groups import PersonGroups
from .services.platform import Platform
from .services.recordings import Recordings
from .services.resources import Resources
from .services.rules import AlarmRules
from .services.site import Site
from .services.traffic import Traffic
from .services.vehicles import Vehicles
from .services.video import Video
from .services.webhook import Webhooks
from .session import Account, DialectName, Session
from .transport import Observer


class Client:
    """Everything an account can do, in the dialect that its service speaks."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        account: Account,
        limiter: Limiter | None = None,
        on_exchange: Observer | None = None,
    ) -> None:
        """Use `http`, which is not closed here; nothing is sent yet.

        `on_exchange` is told of everything that is sent, secrets included.
        """
        self.session = Session(http, account, limiter, on_exchange=on_exchange)
        self.access = Access(self.session)
        self.access_levels = AccessLevels(self.session)
        self.access_records = AccessRecords(self.session)
        self.alarms = Alarms(self.session)
        self.attendance = Attendance(self.session)
        self.credentials = Credentials(self.session)
        self.doors = Doors(self.session)
        self.drivers = Drivers(self.session)
        self.inputs = Inputs(self.session)
        self.intercom = Intercom(self.session)
        self.isapi = Isapi(self.session)
        self.maintenance = Maintenance(self.session)
        self.messages = Messages(self.session)
        self.passes = Passes(self.session)
        self.people = People(self.session)
        self.person_groups = PersonGroups(self.session)
        self.platform = Platform(self.session)
        self.recordings = Recordings(self.session)
        self.resources = Resources(self.session)
        self.alarm_rules = AlarmRules(self.session)
        self.site = Site(self.session)
        self.traffic = Traffic(self.session)
        self.vehicles = Vehicles(self.session)
        self.video = Video(self.session)
        self.webhooks = Webhooks(self.session)

    @property
    def clock_offset(self) -> timedelta:
        """How far the service's clock is ahead of ours; zero if about the same."""
        return self.session.clock_offset

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
