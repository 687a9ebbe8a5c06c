"""What the client adds to a request."""

import asyncio

import aiohttp
from yarl import URL

from .. import cloud as asked
from ..clocks import side_by_side, times
from ..cloud import cloud
from ..core import run as run_core
from ..figure import Figure
from ..home import DIALECT, UNLIMITED

PATH = "/api/hccgw/alarm/v1/mq/messages"


def run(short: bool) -> list[Figure]:
    """Return the processor time of a call beside the same with bare aiohttp."""
    return run_core(_measure(3 if short else 40))


async def _measure(rounds: int) -> list[Figure]:
    from custom_components.hikcentral_connect.api import Account, Client
    from custom_components.hikcentral_connect.api.limiter import Limiter

    async with (
        cloud(None, rate_limit=None) as simulator,
        aiohttp.ClientSession() as http,
    ):
        key, secret, _ = await simulator.ask(asked.keys, DIALECT)
        account = Account(URL(simulator.url), key, secret)
        client = Client(http, account, Limiter(rate=UNLIMITED))
        await client.alarms.subscribe(())
        token = (await client.session._valid_token()).value  # noqa: SLF001
        url = URL(simulator.url + PATH)

        async def bare() -> None:
            async with http.post(
                url, json={"maxNumberPerTime": 500}, headers={"Token": token}
            ) as response:
                answer = await response.json()
            if answer["errorCode"] != "0":
                raise RuntimeError(answer["errorCode"])

        async def ours() -> None:
            await client.alarms.messages("")

        await asyncio.sleep(0)
        pair = await side_by_side(times(50, ours), times(50, bare), rounds)
    return [
        Figure.times(
            "client's work per call", "µs", pair.value * 2e4, pair.bound * 2e4, 1.25
        )
    ]
