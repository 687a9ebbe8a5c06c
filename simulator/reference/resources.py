"""Resource Services and Capture Snapshot of the reference."""

import asyncio
from datetime import timedelta
from typing import Any

from simulator.contract import Json, Refusal, Request, Text, Whole, may, need
from simulator.world.places import Area, Camera, Device

from .api import ID, PAGING, api, page

ROOT = "root_area"
CAPTURE_LIFE = timedelta(minutes=15)


@api.post(
    "resource/v1/devices/get",
    *PAGING,
    may("areaId", ID),
    may("deviceName", Text()),
)
def devices(request: Request) -> Json:
    """List devices; one is in an area if a channel of it is."""
    world, body = request.account.world, request.body
    found = list(world.devices.values())
    if area := body["areaId"]:
        there = {one.device.id for one in world.cameras.values() if one.area.id == area}
        there |= {one.device.id for one in world.doors.values() if one.area.id == area}
        found = [one for one in found if one.id in there]
    name = (body["deviceName"] or "").lower()
    return page((one for one in found if name in one.name.lower()), device_row, body)


@api.post("resource/v1/areas/get", may("parentAreaId", ID))
def areas(request: Request) -> Json:
    """List all areas but vehicles' own, or those directly below one."""
    world, parent = request.account.world, request.body["parentAreaId"]
    vehicles = world.fleet.vehicles
    found = [one for one in world.areas.values() if one.id not in vehicles]
    if parent:
        if parent != ROOT and parent not in world.areas:
            raise Refusal("0x3001")
        found = [one for one in found if (one.parent or ROOT) == parent]
    return {"list": [area_row(one) for one in found]}


@api.post("resource/v1/areas/cameras/get", need("areaId", ID), *PAGING)
def cameras(request: Request) -> Json:
    """List the cameras of one area."""
    world, area = request.account.world, request.body["areaId"]
    if area not in world.areas:
        raise Refusal("0x3001")
    found = (one for one in world.cameras.values() if one.area.id == area)
    return page(found, camera_row, request.body)


@api.post(
    "resource/v1/device/capturePic",
    need("deviceSerial", Text()),
    may("channelNo", Whole(1), 1),
)
async def capture(request: Request) -> Json:
    """Take a picture and tell its URL."""
    serial, channel = request.body["deviceSerial"], request.body["channelNo"]
    if not (camera := request.account.world.camera_at(serial, channel)):
        raise Refusal("0x3001")
    await asyncio.sleep(request.services.capture_seconds)
    if not camera.online:
        raise Refusal("0x3004")
    return {"captureUrl": request.services.picture(camera, CAPTURE_LIFE)}


def device_row(device: Device) -> dict[str, Any]:
    """Return a row of Get Devices."""
    return {
        "deviceId": device.id,
        "deviceName": device.name,
        "deviceSerial": device.serial,
        "status": _status(online=device.online),
    }


def area_row(area: Area) -> dict[str, Any]:
    """Return a row of Get Areas."""
    return {
        "areaId": area.id,
        "areaName": area.name,
        "parentAreaId": area.parent or ROOT,
    }


def camera_row(camera: Camera) -> dict[str, Any]:
    """Return a row of Get Cameras by Area."""
    return {
        "cameraId": camera.id,
        "cameraName": camera.name,
        "deviceId": camera.device.id,
        "deviceSerial": camera.device.serial,
        "channelNo": camera.channel_no,
        "areaId": camera.area.id,
        "status": _status(online=camera.online),
    }


def _status(*, online: bool) -> str:
    return "online" if online else "offline"
