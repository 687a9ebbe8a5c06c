"""Maintenance services (guide 5.11).

The text names the device list ``devices`` with ``totalNum``; its example was copied
from the call above it, so the text is followed. ``areaId`` -1 alone is the root, which
has no devices: for all of them ``includeSubArea`` must be "1". A device is in the area
of its first channel. Sorted by count or duration, the worst comes first.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from simulator.contract import (
    Json,
    ListOf,
    Problem,
    Refusal,
    Request,
    Text,
    Whole,
    may,
    need,
)
from simulator.world import World
from simulator.world.channels import Channel, Kind, Resource
from simulator.world.disks import Disk, DiskState
from simulator.world.places import Area, Battery, Category, Device

from .api import api, milliseconds, number
from .resources import ROOT

PAGE_SIZE = Whole(1, 100, digits=True, problem=Problem.PAGE_SIZE)
LAST = 253_402_300_799_999
"""The last millisecond of the year 9999."""

ENCODERS = 2001
ANY, OFFLINE, DISK, RECORDING = range(4)
DEVICE_TYPES = {
    Category.ENCODING: ENCODERS,
    Category.ACCESS: 2002,
    Category.ALARM: 2005,
    Category.INTERCOM: 2008,
    Category.MOBILE: 2021,
}
RESOURCE_TYPES = {Kind.CAMERA: 1001, Kind.DOOR: 1002, Kind.ALARM_INPUT: 1003}
NORMAL, NO_DISK, BAD, FULL = 1, 2, 3, 4


@api.post(
    "maintain/v1/offline/info/list",
    may("areaId", Text(), ROOT),
    need("startTime", number(0, LAST)),
    need("endTime", number(0, LAST)),
    may("orderBy", number(0, 2), 0),
    need("pageSize", PAGE_SIZE),
    need("page", number(1)),
    need("queryType", number(0, 1)),
)
def offline(request: Request) -> Json:
    """List what was offline in a span of time: devices or their resources."""
    world, body = request.account.world, request.body
    start, end = _moment(body["startTime"]), _moment(body["endTime"])
    if start > end:
        raise Refusal("OPEN000030")
    places = _places(world, body["areaId"], deep=True)
    rows = _resources(world) if body["queryType"] else _devices(world)
    rows = [row for row in rows if (row["areaId"] or None) in places]
    found = [row for row in rows if _measure(world, row, start, end)]
    order = ("id", "offlineCount", "offlineDuration")[body["orderBy"]]
    found.sort(key=lambda row: row[order], reverse=body["orderBy"] > 0)
    page, size = body["page"], body["pageSize"]
    return {
        "page": page,
        "pageSize": size,
        "total": len(found),
        "rows": [
            {key: value for key, value in row.items() if key != "from"}
            for row in found[(page - 1) * size : page * size]
        ],
    }


@api.post(
    "maintenance/v1/list/device/detail",
    need("page", number(1)),
    may("pageSize", PAGE_SIZE, 10),
    may("areaId", Text(), ROOT),
    may("includeSubArea", Text(1, ("0", "1"), number=True), "0"),
    may("exceptions", ListOf(number(ANY, RECORDING))),
    may("filterName", Text(), ""),
    need("deviceCategory", Whole(choices=(ENCODERS,), digits=True)),
)
def details(request: Request) -> Json:
    """List recorders and cameras with their state."""
    world, body = request.account.world, request.body
    places = _places(world, body["areaId"], deep=body["includeSubArea"] == "1")
    if body["areaId"] == ROOT and body["includeSubArea"] == "0":
        places = set()
    wanted, text = set(body["exceptions"] or ()), body["filterName"].lower()
    found = []
    for device in world.devices.values():
        area = _area(world, device)
        names = (device.name, device.serial, device.version, area.name if area else "")
        if (
            device.category is Category.ENCODING
            and (area.id if area else None) in places
            and any(text in name.lower() for name in names)
            and (not wanted or wanted & _exceptions(world, device))
        ):
            found.append(device)
    page, size = body["page"], body["pageSize"]
    pages = -(-len(found) // size)
    rows = found[(page - 1) * size : page * size]
    return {
        "page": page,
        "pageSize": size,
        "totalNum": len(found),
        "totalPage": pages,
        "hasNext": page < pages,
        "devices": [_device(world, one) for one in rows],
    }


def _measure(world: World, row: dict[str, Any], start: datetime, end: datetime) -> bool:
    """Add how often and how long to a row; return whether it was offline at all."""
    spans = [world.outages.within(one, start, end) for one in row["from"]]
    length = sum((one for _, one in spans), timedelta())
    row["offlineCount"] = sum(count for count, _ in spans)
    row["offlineDuration"] = length // timedelta(milliseconds=1)
    return bool(row["offlineCount"])


def _devices(world: World) -> list[dict[str, Any]]:
    return [
        _row(one.id, one, _area(world, one), DEVICE_TYPES[one.category])
        for one in world.devices.values()
    ]


def _resources(world: World) -> list[dict[str, Any]]:
    """Return cameras, doors and zones; they are offline when their device is."""
    rows = []
    for kind, number_ in RESOURCE_TYPES.items():
        for device in world.devices.values():
            rows += [
                _row(one.id, one, one.area, number_) | {"from": (one.id, device.id)}
                for one in world.channels.of(device, kind)
                if not isinstance(one, Channel)
            ]
    return rows


def _row(
    key: str, one: Device | Resource, area: Area | None, kind: int
) -> dict[str, Any]:
    """Return a DeviceOfflineInfo (A.3.73) without its figures."""
    device = one if isinstance(one, Device) else one.device
    return {
        "id": key,
        "name": one.name,
        "deviceSerial": device.serial,
        "areaId": area.id if area else "",
        "areaName": area.name if area else "",
        "resourceType": kind,
        "from": (key,),
    }


def _device(world: World, device: Device) -> dict[str, Any]:
    """Return a Device (A.3.66); what the simulated device lacks is left out."""
    area, disks = _area(world, device), world.disks.of(device.id)
    bad = [one.name for one in _unrecorded(world, device)]
    return {
        "baseStatus": {
            "id": device.id,
            "deviceSerial": device.serial,
            "deviceName": device.name,
            "deviceType": "Encoder",
            "status": int(device.online),
            "deviceVersion": device.version,
            "updateTime": milliseconds(world.clock.now()),
            "deviceCategory": ENCODERS,
        },
        "diskStatus": _disk_status(disks),
        "deviceRecordStatus": {
            "overallRecordStatus": (1 if bad else 0) if disks else -1,
            "channelName": bad,
        },
        "area": {"id": area.id if area else "", "name": area.name if area else ""},
        "hddStausList": [
            {
                "temperature": one.temperature,
                "hddNo": one.number,
                "powerOnday": one.days_on,
                "selfEvaluatingStatus": int(one.state is not DiskState.OK),
                "allEvaluatingStatus": int(one.state is not DiskState.OK),
            }
            for one in disks
        ],
        "hddAttributeList": [
            {"hddNo": one.number, "status": int(one.state is not DiskState.OK)}
            for one in disks
        ],
        **_solar(device.battery),
    }


def _solar(battery: Battery | None) -> dict[str, Any]:
    """Return a SolarEnergyRecord, of devices that have a battery."""
    if battery is None:
        return {}
    record = {
        "temperature": battery.temperature,
        "batteryPercentage": battery.percent,
        "state": battery.state,
        "sleepStatus": 2 if battery.asleep else 1,
    }
    return {"solarEnergyRecord": record}


def _disk_status(disks: list[Disk]) -> dict[str, Any]:
    """Return a DiskStatus (A.3.77); sizes are megabytes, as the devices' own."""
    capacity = sum(one.capacity for one in disks)
    free = sum(one.free for one in disks)
    if not disks:
        status = NO_DISK
    elif any(one.state is not DiskState.OK for one in disks):
        status = BAD
    else:
        status = NORMAL if free else FULL
    return {
        "status": status,
        "usage": round(free / capacity, 4) if capacity else 0,
        "num": len(disks),
        "loopEnable": 1,
        "freeCapacity": free if disks else -1,
        "maxCapacity": capacity if disks else -1,
    }


def _exceptions(world: World, device: Device) -> set[int]:
    found = set()
    if not device.online:
        found.add(OFFLINE)
    if any(one.state is not DiskState.OK for one in world.disks.of(device.id)):
        found.add(DISK)
    if world.disks.of(device.id) and _unrecorded(world, device):
        found.add(RECORDING)
    return found | ({ANY} if found else set())


def _unrecorded(world: World, device: Device) -> list[Resource]:
    """Return the cameras a recorder should record and cannot."""
    disks = world.disks.of(device.id)
    works = any(one.state is DiskState.OK for one in disks)
    return [
        one
        for one in world.channels.of(device, Kind.CAMERA)
        if not isinstance(one, Channel) and not (works and one.online)
    ]


def _area(world: World, device: Device) -> Area | None:
    areas = (one.area for kind in Kind for one in world.channels.of(device, kind))
    return next((one for one in areas if one), None)


def _places(world: World, area_id: str, *, deep: bool) -> set[str | None]:
    if area_id == ROOT:
        return {None, *world.below(None)} if deep else {None}
    if area_id not in world.areas:
        raise Refusal("OPEN000031")
    return {*world.below(area_id)} if deep else {area_id}


def _moment(value: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=value)
