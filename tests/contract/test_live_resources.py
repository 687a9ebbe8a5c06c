"""Live: devices, areas, cameras and doors."""

import pytest

from custom_components.hikcentral_connect.api.errors import CodeWrong, NotFound
from custom_components.hikcentral_connect.api.models.resources import (
    Area,
    Camera,
    Device,
    Door,
)
from custom_components.hikcentral_connect.api.models.site import (
    DeviceCategory,
    DeviceChange,
    NewDevice,
    NewResource,
    ResourceType,
)
from simulator.world import places

from .live import REFERENCE, TEAMS, Stage, first, live, named


def device(one: places.Device, teams: bool) -> Device:
    """Return how the client tells of a device; the reference knows little."""
    return Device(
        one.id,
        one.name,
        one.serial,
        one.category.value if teams else None,
        one.model if teams else None,
        one.version if teams else None,
        one.online,
    )


def camera(one: places.Camera, teams: bool) -> Camera:
    """Return how the client tells of a camera."""
    return Camera(
        id=one.id,
        name=one.name,
        device_id=one.device.id,
        device_serial=one.device.serial,
        channel=one.channel_no,
        area_id=one.area.id,
        area_name=one.area.name if teams else None,
        online=one.online,
        abilities=frozenset(map(str, one.abilities)) if teams else frozenset(),
    )


@live("Resources.devices")
async def test_devices(stage: Stage) -> None:
    """Every device, the one that is offline too."""
    teams = await stage.client.dialect() is TEAMS
    expected = [device(one, teams) for one in stage.world.devices.values()]
    assert await stage.client.resources.devices() == expected
    assert {one.online for one in expected} == {True, False}


@live("Resources.device_detail")
async def test_device_detail(stage: Stage) -> None:
    """A recorder with its channels; a camera of its own that encrypts."""
    recorder = named(stage.world.devices, "House recorder")
    detail = await stage.client.resources.device_detail(recorder.serial)
    assert (detail.device.id, detail.device.online) == (recorder.id, True)
    assert (detail.encrypted, detail.time_zone_id) == (False, "30")
    cameras = [one for one in stage.world.cameras.values() if one.device is recorder]
    assert [(one.id, one.number, one.area_id) for one in detail.cameras] == [
        (one.channel_id, one.channel_no, one.area.id) for one in cameras
    ]
    assert [one.name for one in detail.inputs] == [
        "Smoke detector",
        "Garden gate contact",
    ]
    assert [one.name for one in detail.outputs] == ["Siren", "Garden lights"]
    koi = named(stage.world.devices, "Koi pond camera")
    assert (await stage.client.resources.device_detail(koi.serial)).encrypted
    terminal = named(stage.world.devices, "Access terminal")
    detail = await stage.client.resources.device_detail(terminal.serial)
    assert [one.name for one in detail.doors] == ["Garage door", "Workshop door"]


@live("Resources.refresh_device")
async def test_refresh_device(stage: Stage) -> None:
    """The state comes from the device itself; an unknown one is an error."""
    recorder = named(stage.world.devices, "House recorder")
    shed = named(stage.world.devices, "Shed camera")
    assert await stage.client.resources.refresh_device(recorder.id) is True
    assert await stage.client.resources.refresh_device(shed.id) is False
    with pytest.raises(NotFound):
        await stage.client.resources.refresh_device("nothing")


@live("Resources.areas")
async def test_areas(stage: Stage) -> None:
    """The whole tree; in teams a vehicle is an area too."""
    teams = await stage.client.dialect() is TEAMS
    root = "-1" if teams else "root_area"
    expected = [
        Area(one.id, one.name, one.parent or root)
        for one in stage.world.areas.values()
        if teams or one.id not in stage.world.fleet.vehicles
    ]
    assert await stage.client.resources.areas() == expected


@live("Resources.area_details")
async def test_area_details(stage: Stage) -> None:
    """The path from the root, and an error for an area that is not there."""
    pond = named(stage.world.areas, "Pond")
    known, unknown = await stage.client.resources.area_details((pond.id, "nothing"))
    assert known.area == Area(pond.id, "Pond", pond.parent)
    assert known.path == ("Garden", "Pond")
    assert (unknown.id, unknown.area, unknown.error_code) == (
        "nothing",
        None,
        "VMS021101",
    )


@live("Resources.cameras")
async def test_cameras(stage: Stage) -> None:
    """Every camera of the account in one list."""
    expected = [camera(one, teams=True) for one in stage.world.cameras.values()]
    assert await stage.client.resources.cameras() == expected
    assert len(expected) == 8


@live("Resources.area_cameras")
async def test_area_cameras(stage: Stage) -> None:
    """The cameras of one area; none of those below it."""
    garden = named(stage.world.areas, "Garden")
    expected = [
        camera(one, teams=False)
        for one in stage.world.cameras.values()
        if one.area is garden
    ]
    assert await stage.client.resources.area_cameras(garden.id) == expected
    assert len(expected) == 3
    with pytest.raises(NotFound):
        await stage.client.resources.area_cameras("nothing")


@live("Resources.doors")
async def test_doors(stage: Stage) -> None:
    """Every door of the account."""
    expected = [
        Door(
            one.id,
            one.name,
            one.device.id,
            one.device.serial,
            one.area.id,
            one.area.name,
            online=True,
        )
        for one in stage.world.doors.values()
    ]
    assert await stage.client.resources.doors() == expected


@live("Resources.time_zones")
async def test_time_zones(stage: Stage) -> None:
    """The zone of the system is one of those that there are."""
    zones = await stage.client.resources.time_zones()
    (system,) = (one for one in zones.zones if one.id == zones.system_id)
    assert system.offset == stage.world.zone.utcoffset(None)


@live("Site.add_device", "Resources.devices")
async def test_add_device(stage: Stage) -> None:
    """A device from its box is listed with its camera in the area asked for."""
    area = first(stage.world.areas)
    new = NewDevice(
        "Kitchen",
        "Q10000001",
        "KITCHN",
        area_id=area.id,
        category=DeviceCategory.ENCODING,
        time_zone_id="30",
    )
    device_id = await stage.client.site.add_device(new)
    added = stage.world.devices[device_id]
    assert (added.name, added.serial) == ("Kitchen", "Q10000001")
    assert named(stage.world.cameras, "Kitchen").area is area
    assert device_id in [one.id for one in await stage.client.resources.devices()]


@live("Site.add_device")
async def test_add_device_with_a_wrong_code(stage: Stage) -> None:
    """What the label says is checked, and nothing is added."""
    new = NewDevice(
        "Kitchen",
        "Q10000001",
        "WRONG",
        category=DeviceCategory.ENCODING,
        time_zone_id="30",
    )
    with pytest.raises(CodeWrong):
        await stage.client.site.add_device(new)
    assert stage.world.device("Q10000001") is None


@live("Site.update_device", only=REFERENCE)
async def test_update_device_reference(stage: Stage) -> None:
    """A device gets a name, and all that hangs on it another area."""
    shed = named(stage.world.devices, "Shed camera")
    garage = named(stage.world.areas, "Garage")
    change = DeviceChange(shed.id, name="Barn camera", area_id=garage.id)
    await stage.client.site.update_device(change)
    assert shed.name == "Barn camera"
    assert named(stage.world.cameras, "Shed").area is garage


@live("Site.update_device", only=TEAMS)
async def test_update_device_teams(stage: Stage) -> None:
    """A device gets a name and a time zone."""
    shed = named(stage.world.devices, "Shed camera")
    change = DeviceChange(shed.id, name="Barn camera", time_zone_id="26")
    await stage.client.site.update_device(change)
    assert (shed.name, shed.time_zone) == ("Barn camera", "26")


@live("Site.delete_devices", "Resources.devices")
async def test_delete_devices(stage: Stage) -> None:
    """A device is gone with its camera."""
    shed = named(stage.world.devices, "Shed camera")
    await stage.client.site.delete_devices((shed.id,), DeviceCategory.ENCODING)
    assert shed.id not in stage.world.devices
    assert "Shed" not in [one.name for one in stage.world.cameras.values()]
    assert shed.id not in [one.id for one in await stage.client.resources.devices()]


@live("Site.add_area", "Resources.areas")
async def test_add_area(stage: Stage) -> None:
    """An area below another one is listed there."""
    garden = named(stage.world.areas, "Garden")
    area_id = await stage.client.site.add_area("Orchard", garden.id)
    assert stage.world.areas[area_id].parent == garden.id
    top_id = await stage.client.site.add_area("Orchard")
    assert stage.world.areas[top_id].parent is None
    areas = {one.id: one for one in await stage.client.resources.areas()}
    assert areas[area_id] == Area(area_id, "Orchard", garden.id)


@live(
    "Site.add_device",
    "Resources.device_detail",
    "Site.add_resources",
    "Resources.cameras",
)
async def test_add_resources(stage: Stage) -> None:
    """A channel of a new device becomes a camera of an area; others fail alone."""
    site, resources = stage.client.site, stage.client.resources
    new = NewDevice(
        "Cellar",
        "Q10000002",
        "CELLAR",
        category=DeviceCategory.ENCODING,
        time_zone_id="30",
        import_channels=False,
    )
    await site.add_device(new)
    channel = (await resources.device_detail("Q10000002")).cameras[0]
    assert channel.area_id is None
    area = first(stage.world.areas)
    wanted = NewResource(channel.id, "Wine", ResourceType.CAMERA)
    unknown = NewResource("nothing", "Beer", ResourceType.CAMERA)
    done, failed = await site.add_resources(area.id, (wanted, unknown))
    assert (done.channel_id, done.name, done.error_code) == (channel.id, "Wine", None)
    assert (failed.id, failed.error_code) == (None, "VMS000003")
    (listed,) = (one for one in await resources.cameras() if one.id == done.id)
    assert (listed.name, listed.area_id) == ("Wine", area.id)


@live("Site.delete_resources", "Resources.cameras")
async def test_delete_resources(stage: Stage) -> None:
    """A camera leaves its area, and its channel is free."""
    shed = named(stage.world.cameras, "Shed")
    await stage.client.site.delete_resources((shed.id,))
    assert shed.channel_id in stage.world.channels.free
    assert shed.id not in [one.id for one in await stage.client.resources.cameras()]
