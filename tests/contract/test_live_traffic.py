"""Live: vehicles that pass, barriers, and customers of stores."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from custom_components.hikcentral_connect.api.errors import DeviceRefused, NotSupported
from custom_components.hikcentral_connect.api.models.traffic import (
    BarrierAction,
    FlowInterval,
    FlowQuery,
    FlowSource,
    PassingQuery,
)
from simulator.world.traffic import BarrierAction as Command

from .live import Stage, first, live, named


@live("Traffic.passings")
async def test_passings(stage: Stage) -> None:
    """Who passed in a day, the newest first, and what a search narrows to."""
    world, search = stage.world, stage.client.traffic.passings
    driveway = named(world.cameras, "Driveway")
    guest = world.traffic.drive_by(driveway, "M-GU 1", owner="Gus", phone="+49305")
    query = PassingQuery(*stage.span(days=1))
    page = await search(query)
    ids = [one.id for one in reversed(world.traffic.passings)]
    assert [one.id for one in page.passings] == ids
    assert (page.total, page.next) == (4, ())
    newest = page.passings[0]
    assert (newest.id, newest.plate) == (guest.id, "M-GU 1")
    assert newest.time == stage.at(guest.at)
    assert (newest.camera_id, newest.area_name) == (driveway.id, "Entrance")
    assert (newest.person_name, newest.person_phone) == ("Gus", "+49305")
    assert (newest.speed, newest.color_code) == (guest.speed, str(guest.color))
    for url in (newest.vehicle_picture_url, newest.plate_picture_url):
        assert (await stage.client.fetch_media(url)).startswith(b"\xff\xd8\xff")
    for one in (
        replace(query, plate="gu 1"),
        replace(query, person_name="Gus"),
        replace(query, plate="gu 1", speed_from=1, speed_to=999),
    ):
        assert [found.id for found in (await search(one)).passings] == [guest.id]
    terrace = named(world.cameras, "Terrace")
    assert (await search(replace(query, camera_ids=(terrace.id,)))).passings == ()


@live("Traffic.passings")
async def test_many_passings(stage: Stage) -> None:
    """The next page begins where the last one ended."""
    driveway = named(stage.world.cameras, "Driveway")
    for number in range(120):
        at = stage.world.clock.now() - timedelta(seconds=number)
        stage.world.traffic.drive_by(driveway, f"P {number}", at)
    query = PassingQuery(*stage.span(hours=1))
    head = await stage.client.traffic.passings(query)
    rest = await stage.client.traffic.passings(replace(query, after=head.next))
    plates = [one.plate for one in (*head.passings, *rest.passings)]
    assert plates == [f"P {number}" for number in range(120)]
    assert (len(head.passings), rest.next) == (100, ())


@live("Traffic.control_barrier")
async def test_control_barrier(stage: Stage) -> None:
    """The barrier does what it is told, and does not open while it is held."""
    driveway = named(stage.world.cameras, "Driveway")
    barrier = stage.world.traffic.barriers[driveway.id]
    control = stage.client.traffic.control_barrier
    orders = {
        BarrierAction.OPEN: Command.OPEN,
        BarrierAction.CLOSE: Command.CLOSE,
        BarrierAction.HOLD_OPEN: Command.HOLD_OPEN,
    }
    for order in orders:
        await control(driveway.id, order)
    with pytest.raises(DeviceRefused):
        await control(driveway.id, BarrierAction.OPEN)
    await control(driveway.id, BarrierAction.END_HOLD)
    done = [command for _, command in barrier.commands]
    assert done == [*orders.values(), Command.END_HOLD]
    with pytest.raises(NotSupported):
        await control(named(stage.world.cameras, "Terrace").id, BarrierAction.OPEN)


@live("Traffic.people_flow")
async def test_people_flow(stage: Stage) -> None:
    """The customers of a day by the hour, by the day, and by camera or entrance."""
    store = first(stage.world.stores)
    yesterday = stage.now.date() - timedelta(days=1)
    starts = datetime.combine(yesterday, time(), stage.world.zone)
    query = FlowQuery(starts, starts + timedelta(days=1), (store.area_id,))
    flow = stage.client.traffic.people_flow
    (hours,) = await flow(query)
    assert (hours.store_area_id, hours.camera_id) == (store.area_id, None)
    assert [one.starts for one in hours.counts] == [
        starts + timedelta(hours=hour) for hour in range(24)
    ]
    naive = starts.replace(tzinfo=None)
    counted = store.flow(store.cameras[0], naive, naive + timedelta(days=1))
    (day,) = await flow(replace(query, interval=FlowInterval.DAY))
    (count,) = day.counts
    assert (count.entered, count.left, count.passed) == (
        counted.entered,
        counted.left,
        counted.passed,
    )
    assert sum(one.entered for one in hours.counts) == count.entered > 0
    (camera,) = await flow(replace(query, source=FlowSource.CAMERA))
    assert camera.camera_id == store.cameras[0]
    (entrance,) = await flow(replace(query, source=FlowSource.ENTRANCE))
    assert entrance.entrance_id == store.entrances[0]
