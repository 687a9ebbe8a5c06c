"""Live: the health of devices, and their own interface."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from custom_components.hikcentral_connect.api.errors import (
    DeviceOffline,
    NotFound,
    NotSupported,
)
from custom_components.hikcentral_connect.api.models.isapi import (
    IsapiAnswer,
    IsapiMethod,
    IsapiRequest,
)
from custom_components.hikcentral_connect.api.models.maintenance import (
    BatteryState,
    DiskState,
    OfflineOrder,
    OfflineQuery,
    Trouble,
)
from simulator.world import disks

from .live import Stage, live, named


@live("Maintenance.offline")
async def test_offline(stage: Stage) -> None:
    """A device that came back, and the one that never was there, the worst first."""
    koi = named(stage.world.devices, "Koi pond camera")
    shed = named(stage.world.devices, "Shed camera")
    stage.account.happen.connect(koi.id, online=False)
    stage.pass_time(120)
    stage.account.happen.connect(koi.id, online=True)
    query = OfflineQuery(*stage.span(hours=1), order=OfflineOrder.DURATION)
    worst, other = await stage.client.maintenance.offline(query)
    assert (worst.id, worst.times) == (shed.id, 1)
    assert worst.duration > timedelta(minutes=59)
    assert (other.id, other.name, other.device_serial) == (koi.id, koi.name, koi.serial)
    assert (other.area_name, other.type_code, other.times) == ("Pond", "2001", 1)
    assert timedelta(seconds=120) <= other.duration < timedelta(seconds=130)
    logical = OfflineQuery(query.starts, query.ends, logical=True)
    found = await stage.client.maintenance.offline(logical)
    assert {(one.name, one.type_code) for one in found} == {
        ("Koi pond", "1001"),
        ("Shed", "1001"),
    }


@live("Maintenance.devices")
async def test_devices(stage: Stage) -> None:
    """Recorders with their disks; those in trouble, of an area, and by name."""
    house = named(stage.world.devices, "House recorder")
    yard = named(stage.world.devices, "Yard recorder")
    find = stage.client.maintenance.devices
    found = {one.id: one for one in await find()}
    names = {"House recorder", "Yard recorder", "Koi pond camera", "Shed camera"}
    assert {one.name for one in found.values()} == names
    health = found[house.id]
    assert (health.device_serial, health.online) == (house.serial, True)
    assert (health.firmware, health.area_name) == (house.version, "Entrance")
    assert (health.disks.state, health.disks.count) == (DiskState.NORMAL, 2)
    assert (health.disks.free, health.disks.capacity) == (2_480_000, 8_000_000)
    assert [one.number for one in health.drives] == [1, 2]
    assert (health.drives[0].temperature, health.drives[0].days) == (38, 412)
    assert (health.recording_normal, health.silent_channels) == (True, ())

    stage.world.disks.of(yard.id)[0].state = disks.DiskState.ERROR
    (broken,) = await find(troubles=(Trouble.DISK, Trouble.RECORDING))
    assert (broken.id, broken.disks.state) == (yard.id, DiskState.ERROR)
    assert broken.recording_normal is False
    assert broken.silent_channels == ("Garage inside", "Workbench")
    (offline,) = await find(troubles=(Trouble.OFFLINE,))
    assert (offline.name, offline.online) == ("Shed camera", False)
    assert (offline.battery.percent, offline.battery.temperature) == (3, 12)
    assert offline.battery.state is BatteryState.DISCHARGING
    assert offline.battery.asleep is False
    garden = named(stage.world.areas, "Garden").id
    assert {one.name for one in await find(garden)} == {
        "Koi pond camera",
        "Shed camera",
    }
    assert [one.name for one in await find(text="koi")] == ["Koi pond camera"]


type Send = Callable[[IsapiRequest], Awaitable[IsapiAnswer]]


async def ask(send: Send, stage: Stage) -> None:
    """Ask a device for its description, and for what it has not."""
    house = named(stage.world.devices, "House recorder")
    answer = await send(IsapiRequest(house.id, "/ISAPI/System/deviceInfo"))
    assert f"<deviceID>{house.id}</deviceID>" in answer.body
    assert answer.status is None
    with pytest.raises(NotSupported):
        await send(IsapiRequest(house.id, "/ISAPI/Nothing"))
    wrong = IsapiRequest(house.id, "/ISAPI/System/deviceInfo", IsapiMethod.PUT, "<a/>")
    with pytest.raises(NotSupported):
        await send(wrong)
    shed = named(stage.world.devices, "Shed camera")
    with pytest.raises(DeviceOffline):
        await send(IsapiRequest(shed.id, "/ISAPI/System/deviceInfo"))
    with pytest.raises(NotFound):
        await send(IsapiRequest("nothing", "/ISAPI/System/deviceInfo"))


@live("Isapi.send")
async def test_send(stage: Stage) -> None:
    """A device answers, and its refusal is an error."""
    await ask(stage.client.isapi.send, stage)


@live("Isapi.send_by_proxy")
async def test_send_by_proxy(stage: Stage) -> None:
    """The same by way of Hik-Connect."""
    await ask(stage.client.isapi.send_by_proxy, stage)
