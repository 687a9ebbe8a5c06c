"""What a look at the status costs when nothing changed."""

import json
from time import process_time
from typing import Any

from homeassistant.const import EVENT_STATE_CHANGED, EVENT_STATE_REPORTED
from homeassistant.core import Event, callback
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from simulator.world.sites import Size

from .. import cloud as asked
from ..clocks import side_by_side, times
from ..core import run as run_core
from ..figure import Figure
from ..home import Home, home

WHOLE = Size(devices=45, cameras=150, doors=30)
"""A site of 1,500 entities."""
SHORT = Size(devices=6, cameras=20, doors=4)
LISTS = ("resource/v1/devices/get", "resource/v1/areas/cameras/get")


def run(short: bool) -> list[Figure]:
    """Return the states written, and the work beside fetching and reading the same."""
    return run_core(_measure(SHORT if short else WHOLE, 3 if short else 40))


async def _measure(size: Size, rounds: int) -> list[Figure]:
    async with home(size) as house:
        before = house.entities
        await house.set_up()
        await house.at_rest()
        entities = house.entities - before
        written = count_writes(house)
        status = house.runtime.status
        bare = await bare_reader(house)
        pair = await side_by_side(
            times(5, status.async_refresh), times(5, bare), rounds
        )
        parsing = _parsing(bare.answers)
    if not status.last_update_success:
        raise RuntimeError("the status could not be read")
    name = f"a status tick over {entities:,} entities"
    return [
        Figure.plus(
            f"{name}: states written",
            "",
            len(written),
            0,
            0,
            whose=", ".join(sorted(set(written))) or "none",
        ),
        Figure.times(
            name,
            "ms",
            pair.value / 5 * 1000,
            pair.bound / 5 * 1000,
            5,
            json_loads_alone=f"{parsing * 1000:.2f} ms",
        ),
    ]


def count_writes(house: Home) -> list[str]:
    """Return a list to which each state is added that is written, changed or not."""
    written: list[str] = []
    known = set(house.hass.states.async_entity_ids())

    @callback
    def note(event: Event[Any]) -> None:
        if event.data["entity_id"] in known:
            written.append(event.data["entity_id"])

    house.hass.bus.async_listen(EVENT_STATE_CHANGED, note)
    house.hass.bus.async_listen(
        EVENT_STATE_REPORTED, note, event_filter=callback(lambda data: True)
    )
    return written


class Bare:
    """Fetches the lists of the status with aiohttp and reads their JSON."""

    def __init__(self, house: Home, bodies: list[tuple[str, Any]], token: str) -> None:
        """Send the same bodies under the same token."""
        self._http = async_get_clientsession(house.hass)
        self._requests = [
            (f"{house.cloud.url}/api/hccgw/{path}", body) for path, body in bodies
        ]
        self._headers = {"Token": token}
        self.answers: list[bytes] = []

    async def __call__(self) -> None:
        """Fetch and read all lists."""
        self.answers.clear()
        for url, body in self._requests:
            async with self._http.post(
                url, json=body, headers=self._headers
            ) as response:
                self.answers.append(await response.read())
                await response.json()


async def bare_reader(house: Home) -> Bare:
    """Return a reader of what a status tick reads."""
    await house.cloud.ask(asked.forget_calls)
    await house.runtime.status.async_refresh()
    bodies = [
        (path, body)
        for path, body in await house.cloud.ask(asked.bodies)
        if path in LISTS
    ]
    token = (await house.runtime.client.session._valid_token()).value  # noqa: SLF001
    return Bare(house, bodies, token)


def _parsing(answers: list[bytes]) -> float:
    began = process_time()
    for _ in range(10):
        for answer in answers:
            json.loads(answer)
    return (process_time() - began) / 10
