"""The integration, set up in a real core on a simulated cloud."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant
from simulator.world.sites import Size

from . import cloud as asked
from .cloud import Cloud, cloud
from .core import DOMAIN, core, make_entry
from .loop import WATCH

DIALECT = "teams"
LATER = {"first look at the rest", "entities that can wait"}
"""Names of the tasks that begin some time after the start."""
UNLIMITED = 100_000


@dataclass(frozen=True, slots=True)
class Home:
    """A core, its account and the cloud it is of."""

    hass: HomeAssistant
    cloud: Cloud
    entry: ConfigEntry

    @property
    def runtime(self) -> Any:
        """Return the parts of the account."""
        return self.entry.runtime_data

    async def set_up(self) -> None:
        """Set the account up; the loop is watched from here on."""
        WATCH.on = True
        await self.hass.config_entries.async_add(self.entry)
        if self.entry.state is not ConfigEntryState.LOADED:
            raise RuntimeError(f"the account is not set up: {self.entry.reason}")

    async def until(self, enough: Any, seconds: float = 120) -> None:
        """Wait until `enough()` is true."""
        async with asyncio.timeout(seconds):
            while not enough():
                await asyncio.sleep(0.01)

    async def at_rest(self) -> None:
        """Wait until the first looks are over and only clocks run."""
        async with asyncio.timeout(300):
            while LATER & {task.get_name() for task in asyncio.all_tasks()}:
                await asyncio.sleep(0.05)
        await self.hass.async_block_till_done()
        limiter = self.runtime.client.session.limiter
        quiet = 0
        while quiet < 40:
            await asyncio.sleep(0.05)
            quiet = 0 if limiter.waiting else quiet + 1

    @property
    def entities(self) -> int:
        """Return how many entities the account has."""
        return len(self.hass.states.async_all())


@asynccontextmanager
async def home(
    size: Size | None,
    *,
    delay: float = 0,
    limited: bool = False,
    options: dict[str, Any] | None = None,
) -> AsyncGenerator[Home]:
    """Run a core and a cloud with an account that is not set up yet.

    `delay` is by how many seconds each answer is late; with `limited` the service's
    limit of requests is kept, else there is none on either side.
    """
    from custom_components.hikcentral_connect import account, turns
    from custom_components.hikcentral_connect.api.limiter import Limiter

    if not limited:
        turns.FIRST_LOOKS = 0.5  # type: ignore[misc]
        account.Limiter = partial(Limiter, rate=UNLIMITED)  # type: ignore[assignment, attr-defined]
    async with (
        cloud(size, rate_limit=5 if limited else None) as simulator,
        core() as hass,
    ):
        if delay:
            await simulator.ask(asked.delay, delay)
        key, secret, guid = await simulator.ask(asked.keys, DIALECT)
        data = {
            "region": "custom",
            "url": simulator.url,
            "app_key": key,
            "secret_key": secret,
            "dialect": DIALECT,
        }
        entry = make_entry(DOMAIN, data, unique_id=guid, options=options or {})
        yield Home(hass, simulator, entry)
