"""Live: vehicles."""

from dataclasses import replace
from datetime import timedelta

import pytest

from custom_components.hikcentral_connect.api.errors import (
    AlreadyExists,
    DeviceOffline,
    LimitReached,
    NotFound,
    RateLimited,
)
from custom_components.hikcentral_connect.api.models.vehicles import (
    Ignition,
    Vehicle,
    VehicleKind,
    VehicleRequest,
)
from simulator.world import fleet
from simulator.world.places import Category

from .live import REFERENCE, TEAMS, Stage, live, named, picture


def vehicle_row(one: fleet.Vehicle, teams: bool) -> Vehicle:
    """Return how the client tells of a vehicle."""
    device = one.device
    return Vehicle(
        id=one.id,
        name=one.name,
        plate=one.plate,
        device_id=device.id if device else None,
        device_serial=device.serial if device and teams else None,
        online=one.online,
        kind_code=str(one.kind) if teams else None,
        speed_limit=one.speed_limit if teams else None,
    )


@live("Vehicles.vehicles")
async def test_vehicles(stage: Stage) -> None:
    """A van with a device, a trailer without."""
    teams = await stage.client.dialect() is TEAMS
    world = stage.world.fleet.vehicles.values()
    expected = [vehicle_row(one, teams) for one in world]
    assert await stage.client.vehicles.vehicles() == expected
    assert [one.online for one in expected] == [True, False]


@live("Vehicles.add", "Vehicles.vehicles", only=REFERENCE)
async def test_add_reference(stage: Stage) -> None:
    """A vehicle with a device is listed; a plate is one vehicle's own."""
    device = named(stage.world.devices, "Koi pond camera")
    wanted = VehicleRequest("B-TX 1", "Taxi", device.id)
    added = await stage.client.vehicles.add(wanted)
    listed = {one.id: one for one in await stage.client.vehicles.vehicles()}
    assert listed[added] == Vehicle(
        added, "Taxi", "B-TX 1", device.id, None, online=True
    )
    with pytest.raises(AlreadyExists):
        await stage.client.vehicles.add(wanted)


@live("Vehicles.picture_upload", "Vehicles.add", "Vehicles.vehicles", only=TEAMS)
async def test_add_teams(stage: Stage) -> None:
    """A vehicle is listed with the picture that was put where it had to be."""
    service, garage = stage.client.vehicles, named(stage.world.areas, "Garage")
    place = await service.picture_upload()
    async with stage.client.session.http.put(place.url, data=picture()) as answer:
        assert answer.status == 200
    device = stage.world.add_device("Tracker", Category.MOBILE)
    wanted = VehicleRequest(
        "B-TX 1",
        area_id=garage.id,
        kind=VehicleKind.BUS,
        driver_first_name="Ann",
        driver_last_name="Lee",
        driver_phone="+49302",
        picture_key=place.key,
        device_serial=device.serial,
        note="yellow",
    )
    added = await service.add(wanted)
    assert stage.world.fleet.vehicles[added].area is garage
    listed = {one.id: one for one in await service.vehicles()}[added]
    assert await stage.client.fetch_media(listed.picture_url) == picture()
    assert replace(listed, picture_url=None) == Vehicle(
        added,
        "B-TX 1",
        "B-TX 1",
        device.id,
        device.serial,
        online=True,
        kind_code="3",
        driver_first_name="Ann",
        driver_last_name="Lee",
        driver_phone="+49302",
        note="yellow",
        speed_limit=80,
    )
    with pytest.raises(AlreadyExists):
        await service.add(wanted)


@live("Vehicles.add", only=TEAMS)
async def test_most_vehicles(stage: Stage) -> None:
    """A free account has ten."""
    for number in range(8):
        await stage.client.vehicles.add(VehicleRequest(f"N {number}", area_id="-1"))
    with pytest.raises(LimitReached):
        await stage.client.vehicles.add(VehicleRequest("N 9", area_id="-1"))


@live("Vehicles.update")
async def test_update(stage: Stage) -> None:
    """A vehicle has another plate and kind; what is not told stays."""
    van = named(stage.world.fleet.vehicles, "Van")
    device = van.device
    wanted = VehicleRequest("B-VN 1", kind=VehicleKind.CAR, driver_phone="+49303")
    await stage.client.vehicles.update(van.id, wanted)
    assert (van.plate, van.kind, van.driver_phone) == ("B-VN 1", 1, "+49303")
    assert van.device is device
    with pytest.raises(NotFound):
        await stage.client.vehicles.update("nothing", wanted)


@live("Vehicles.location")
async def test_location(stage: Stage) -> None:
    """The van is where it drives; a vehicle offline or without device is nowhere."""
    van, trailer = stage.world.fleet.vehicles.values()
    position = await stage.client.vehicles.location(van.id)
    fix = van.fix(position.time)
    assert position.latitude == pytest.approx(fix.latitude, abs=0.01)
    assert position.longitude == pytest.approx(fix.longitude, abs=0.01)
    assert 0 <= position.speed < 200
    assert abs(position.time - stage.now) < timedelta(seconds=5)
    with pytest.raises(NotFound):
        await stage.client.vehicles.location(trailer.id)
    van.device.online = False
    with pytest.raises(DeviceOffline):
        await stage.client.vehicles.location(van.id)


@live("Vehicles.ignition")
async def test_ignition(stage: Stage) -> None:
    """Asked once a minute, by vehicles or by devices; too early is refused."""
    van, trailer = stage.world.fleet.vehicles.values()
    service, now = stage.client.vehicles, stage.world.clock.now()
    running = {fleet.Ignition.ON: True, fleet.Ignition.OFF: False}[van.ignition(now)]
    found = await service.ignition((van.id, trailer.id))
    assert found == (Ignition(van.id, running), Ignition(trailer.id, None))
    with pytest.raises(RateLimited):
        await service.ignition((van.id,))
    stage.pass_time(61)
    serial = van.device.serial
    (state,) = await service.ignition(device_serials=(serial,))
    assert (state.id, state.on is None) == (serial, False)
