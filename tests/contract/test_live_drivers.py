"""Live: drivers, their groups and faces."""

from dataclasses import replace
from datetime import date

import pytest

from custom_components.hikcentral_connect.api.errors import (
    AlreadyExists,
    DeviceRefused,
    InvalidRequest,
    NotFound,
)
from custom_components.hikcentral_connect.api.models.drivers import (
    DrivenVehicle,
    Driver,
    DriverFilter,
    DriverGroup,
    DriverRequest,
    FaceDelivery,
    FaceFailure,
    FaceState,
    Gender,
    License,
)

from .live import REFERENCE, TEAMS, Stage, first, live, named, picture


@live("Drivers.add", only=REFERENCE)
async def test_add_driver_reference(stage: Stage) -> None:
    """A driver; a licence is one driver's own."""
    wanted = DriverRequest("Mike", "Johnson", license_number="DL1", phone="+49304")
    driver = stage.world.fleet.drivers[await stage.client.drivers.add(wanted)]
    assert (driver.name, driver.phone, driver.licence.number) == (
        "Mike Johnson",
        "+49304",
        "DL1",
    )
    with pytest.raises(AlreadyExists):
        await stage.client.drivers.add(wanted)


def mike(stage: Stage) -> DriverRequest:
    """Return the driver of the van."""
    return DriverRequest(
        "Mike",
        "Johnson",
        code="D1",
        group_id=first(stage.world.fleet.groups).id,
        gender=Gender.MALE,
        phone="+49304",
        email="mike@home.example",
        description="nights",
        vehicle_ids=(named(stage.world.fleet.vehicles, "Van").id,),
        license_number="DL1",
        license_valid_until=date(2030, 5, 31),
        license_picture=picture(),
        photo=picture(),
    )


@live("Drivers.add", "Drivers.drivers", only=TEAMS)
async def test_add_driver_teams(stage: Stage) -> None:
    """A driver comes back with all that was told, by every filter that fits."""
    service, wanted = stage.client.drivers, mike(stage)
    driver_id = await service.add(wanted)
    (listed,) = await service.drivers()
    for url in (listed.face_url, listed.license.picture_url):
        assert await stage.client.fetch_media(url) == picture()
    van = named(stage.world.fleet.vehicles, "Van")
    licence = replace(listed.license, picture_url=None)
    assert licence == License("DL1", date(2030, 5, 31))
    assert replace(listed, face_url=None, license=None) == Driver(
        id=driver_id,
        name="Mike Johnson",
        code="D1",
        group_id=wanted.group_id,
        group_name="Drivers",
        gender_code="1",
        phone="+49304",
        email="mike@home.example",
        description="nights",
        face_state_code="0",
        vehicles=(DrivenVehicle(van.id, van.plate, van.device.serial),),
    )
    fits = DriverFilter(
        wanted.group_id, (driver_id,), FaceState.NOT_SENT, "vn 12", linked=True
    )
    assert [one.id for one in await service.drivers(fits)] == [driver_id]
    assert await service.drivers(DriverFilter(linked=False)) == []
    with pytest.raises(InvalidRequest):
        await service.add(wanted)


@live("Drivers.add", only=TEAMS)
async def test_add_driver_with_little(stage: Stage) -> None:
    """Neither vehicles nor a licence need be told."""
    bare = replace(
        mike(stage),
        last_name="",
        vehicle_ids=(),
        license_number=None,
        license_valid_until=None,
        license_picture=None,
    )
    driver = stage.world.fleet.drivers[await stage.client.drivers.add(bare)]
    assert (driver.name, driver.vehicles) == ("Mike", ())


@live("Drivers.add", "Drivers.update", only=TEAMS)
async def test_update_driver(stage: Stage) -> None:
    """A driver has another name and no vehicle, and the photo stays."""
    driver_id = await stage.client.drivers.add(mike(stage))
    wanted = replace(mike(stage), last_name="Miller", vehicle_ids=(), photo=None)
    await stage.client.drivers.update(driver_id, wanted)
    driver = stage.world.fleet.drivers[driver_id]
    assert (driver.name, driver.vehicles) == ("Mike Miller", ())
    assert driver.photo == picture()
    with pytest.raises(InvalidRequest):
        await stage.client.drivers.update("nothing", wanted)


@live("Drivers.add", "Drivers.delete", "Drivers.drivers", only=TEAMS)
async def test_delete_driver(stage: Stage) -> None:
    """A driver is gone, once."""
    driver_id = await stage.client.drivers.add(mike(stage))
    await stage.client.drivers.delete((driver_id,))
    assert await stage.client.drivers.drivers() == []
    with pytest.raises(NotFound):
        await stage.client.drivers.delete((driver_id,))


@live(
    "Drivers.add_group",
    "Drivers.groups",
    "Drivers.update_group",
    "Drivers.delete_groups",
    "Drivers.add",
)
async def test_driver_groups(stage: Stage) -> None:
    """A group is made, changed and gone; not while it has drivers."""
    service, garage = stage.client.drivers, named(stage.world.areas, "Garage")
    old = first(stage.world.fleet.groups).id
    group_id = await service.add_group("Nights", garage.id)
    made = DriverGroup(group_id, "Nights", garage.id, "Garage", 0)
    assert await service.groups() == (DriverGroup(old, "Drivers", "-1", None, 0), made)
    await service.update_group(group_id, "Days", "-1")
    changed = DriverGroup(group_id, "Days", "-1", None, 0)
    assert await service.groups((group_id,)) == (changed,)
    await service.add(mike(stage))
    with pytest.raises(DeviceRefused):
        await service.delete_groups((old,))
    await service.delete_groups((group_id,))
    assert list(stage.world.fleet.groups) == [old]


@live("Drivers.add", "Drivers.send_faces", "Drivers.faces_sent", "Drivers.drivers")
@pytest.mark.parametrize("online", [True, False])
async def test_faces(stage: Stage, online: bool) -> None:
    """A face gets to the device of the van, or fails there."""
    van = named(stage.world.fleet.vehicles, "Van")
    van.device.online = online
    service = stage.client.drivers
    driver_id = await service.add(mike(stage))
    task = await service.send_faces((driver_id,))
    assert await service.faces_sent(task) == FaceDelivery(1, 0, ())
    stage.pass_time(2)
    failure = FaceFailure("VMS022543", van.device.serial, van.plate)
    failures = () if online else (failure,)
    named_failures = tuple(
        replace(one, driver_id=driver_id, driver_name="Mike Johnson")
        for one in failures
    )
    assert await service.faces_sent(task) == FaceDelivery(
        1, int(online), named_failures
    )
    (driver,) = await service.drivers()
    assert driver.face_state is (FaceState.SENT if online else FaceState.FAILED)
    assert len(driver.face_failures) == len(failures)
