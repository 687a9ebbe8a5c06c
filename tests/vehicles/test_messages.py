"""Positions that the queues bring."""

from datetime import timedelta
from typing import Any

import pytest

from simulator.teams.tracking import gps_message
from simulator.world.events import Located

from ..common import TEAMS
from ..conftest import Running
from .conftest import locate, state_of, van_of


@TEAMS
async def test_message_that_names_the_device_only(driving: Running) -> None:
    """A position without a vehicle belongs to the vehicle of its device."""
    van, hub = van_of(driving), driving.entry.runtime_data.hub
    heard: list[Any] = []
    hub.async_listen(None, heard.append)
    await locate(driving)
    message = heard[-1].message
    fields = {
        name: getattr(message, name)
        for name in type(message).__dataclass_fields__
        if name not in ("vehicle_id", "id", "occurred", "latitude")
    }
    anonymous = type(message)(
        **fields,
        vehicle_id=None,
        id="anonymous",
        latitude=1.5,
        occurred=message.occurred + timedelta(seconds=1),
    )
    assert anonymous.device_serial == van.device.serial
    hub.async_hand_over(anonymous, first=True, stored=False)
    await driving.hass.async_block_till_done()

    state = state_of(driving, "device_tracker", "tracker")
    assert state.attributes["latitude"] == 1.5

    stale = type(message)(
        **fields, id="late", vehicle_id=van.id, latitude=2.5, occurred=message.occurred
    )
    hub.async_hand_over(stale, first=True, stored=True)
    await driving.hass.async_block_till_done()
    state = state_of(driving, "device_tracker", "tracker")
    assert state.attributes["latitude"] == 1.5


GPS = {
    "north-east": (("N", "52.5", "E", "13.4"), (52.5, 13.4)),
    "south-east": (("S", "33.9", "E", "151.2"), (-33.9, 151.2)),
    "north-west": (("N", "40.7", "W", "74.0"), (40.7, -74.0)),
    "south-west": (("S", "33.45", "W", "70.6"), (-33.45, -70.6)),
    "signed already": (("s", "-33.45", "w", "-70.6"), (-33.45, -70.6)),
}


@TEAMS
@pytest.mark.parametrize(("told", "place"), GPS.values(), ids=GPS)
async def test_raw_queue(
    driving: Running, told: tuple[str, ...], place: tuple[float, float]
) -> None:
    """Signs, cm/h, centimetres and turns over 360 degrees become what people use."""
    _push(driving, told, speed=3_600_000, height=-1250, direction=32_759)
    await driving.entry.runtime_data.messages.async_refresh()
    await driving.hass.async_block_till_done()

    state = state_of(driving, "device_tracker", "tracker")
    assert (state.attributes["latitude"], state.attributes["longitude"]) == place
    assert state.attributes["heading"] == 359
    assert state.attributes["height"] == -12.5
    assert float(state_of(driving, "sensor", "speed").state) == 36.0
    assert driving.account.messages.waiting == 0


@TEAMS
async def test_raw_queue_names_the_device_only(driving: Running) -> None:
    """A message that knows the name of the device only still moves its vehicle."""
    _push(driving, GPS["south-west"][0], anonymous=True)
    await driving.entry.runtime_data.messages.async_refresh()
    await driving.hass.async_block_till_done()
    state = state_of(driving, "device_tracker", "tracker")
    assert state.attributes["latitude"] == -33.45


@TEAMS
async def test_raw_queue_with_nonsense(driving: Running) -> None:
    """A place that is none on earth moves nothing and holds up nothing."""
    _push(driving, ("N", "152.5", "E", "13.4"))
    _push(driving, GPS["north-east"][0])
    await driving.entry.runtime_data.messages.async_refresh()
    await driving.hass.async_block_till_done()
    state = state_of(driving, "device_tracker", "tracker")
    assert state.attributes["latitude"] == 52.5
    assert driving.account.messages.waiting == 0


def _push(
    running: Running,
    told: tuple[str, ...],
    *,
    anonymous: bool = False,
    **figures: int,
) -> None:
    """Put a GPS message into the raw queue, in the words of the guide."""
    van, now = van_of(running), running.sim.clock.now()
    row = gps_message(
        running.account,
        Located(at=now, vehicle=van, device=van.device, fix=van.fix(now)),
    )
    related = row["data"]["vehicleRelatedInfo"]
    related["gpsInfo"].update(
        dict(zip(("ns", "lat", "ew", "lng"), told, strict=True)), **figures
    )
    if anonymous:
        related["vehicleInfo"] = {}
        row["basicInfo"].pop("resource")
        row["basicInfo"]["device"] = {"name": van.device.name}
    running.account.messages.put("Msg330001", row)
