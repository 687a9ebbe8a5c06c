"""Physical resources (guide 5.2.1)."""

import asyncio
from datetime import timedelta
from typing import Any

from simulator.contract import Json, Refusal, Request, Text, group, may, need
from simulator.world import World
from simulator.world.channels import Kind
from simulator.world.places import Camera, Device

from .api import PAGING, api, number, page

CAPTURE_LIFE = timedelta(minutes=15)


@api.post(
    "resource/v1/devices/get",
    *PAGING,
    may("areaId", Text(64)),
    may("deviceCategory", Text(32)),
    may("filter", group(may("matchKey", Text()), may("jobNumber", Text(128)))),
)
def devices(request: Request) -> Json:
    """List devices. ``matchKey`` wants a ``deviceCategory`` (guide.md 2.2)."""
    body = request.body
    key = (body["filter"] or {}).get("matchKey")
    if key and not body["deviceCategory"]:
        raise Refusal("OPEN000010")
    found = (
        one
        for one in request.account.world.devices.values()
        if body["deviceCategory"] in (None, one.category)
        and (not key or _matches(one, key))
    )
    return page("device", found, device_row, body)


@api.post("resource/v1/devicedetail/get", need("deviceSerialNo", Text(16)))
def device_detail(request: Request) -> Json:
    """Describe one device with its channels."""
    world = request.account.world
    device = world.device(request.body["deviceSerialNo"].strip())
    if not device:
        raise Refusal("OPEN000501")
    return {
        "device": {
            "baseInfo": {
                "id": device.id,
                "name": device.name,
                "category": device.category.value,
                "serialNo": device.serial,
                "version": device.version,
                "type": device.model,
                "streamEncryptEnable": str(int(device.encrypted)),
                "availableCameraChannelNum": _free(world, device, Kind.CAMERA),
                "availableAlarmInputChannelNum": _free(world, device, Kind.ALARM_INPUT),
                "availableAlarmOutputChannelNum": _free(
                    world, device, Kind.ALARM_OUTPUT
                ),
            },
            "cameraChannel": _channels(world, device, Kind.CAMERA),
            "alarmInputChannel": _channels(world, device, Kind.ALARM_INPUT),
            "alarmOutputChannel": _channels(world, device, Kind.ALARM_OUTPUT),
            "doorChannel": _channels(world, device, Kind.DOOR),
            "onlineStatus": int(device.online),
            "timeZoneID": device.time_zone,
        }
    }


@api.post(
    "resource/v1/device/capturePic",
    need("deviceSerial", Text(32)),
    need("channelNo", number(1)),
)
async def capture(request: Request) -> Json:
    """Take a picture and tell its URL."""
    camera = _camera(
        request.account.world, request.body["deviceSerial"], request.body["channelNo"]
    )
    await asyncio.sleep(request.services.capture_seconds)
    if not camera.device.online:
        raise Refusal("OPEN000554")
    if not camera.connected:
        raise Refusal("OPEN000556")
    return {
        "captureUrl": request.services.picture(camera, CAPTURE_LIFE),
        "isEncrypted": int(camera.device.encrypted),
    }


def device_row(device: Device) -> dict[str, Any]:
    """Return a Device (A.3.65)."""
    return {
        "id": device.id,
        "name": device.name,
        "category": device.category.value,
        "type": device.model,
        "serialNo": device.serial,
        "version": device.version,
        "timeZone": device.time_zone,
        "onlineStatus": int(device.online),
        "addTime": f"{device.added:%Y-%m-%d %H:%M:%S}",
    }


def _camera(world: World, serial: str, channel: int) -> Camera:
    if not world.device(serial):
        raise Refusal("OPEN000501")
    if not (camera := world.camera_at(serial, channel)):
        raise Refusal("OPEN000503")
    return camera


def _matches(device: Device, key: str) -> bool:
    texts = (device.name, device.serial, device.version)
    return any(key.lower() in text.lower() for text in texts)


def _channels(world: World, device: Device, kind: Kind) -> list[dict[str, Any]]:
    """Return channels; the area of those that are in none is empty (5.2.1)."""
    return [
        {
            "id": one.channel_id,
            "name": one.name,
            "no": str(one.channel_no),
            "online": str(int(one.online)),
            "area": {
                "id": one.area.id if one.area else "",
                "name": one.area.name if one.area else "",
            },
        }
        for one in world.channels.of(device, kind)
    ]


def _free(world: World, device: Device, kind: Kind) -> str:
    return str(len(world.channels.free_of(device, kind)))
