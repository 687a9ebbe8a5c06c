"""Everything that an account holds, as one value."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from .api import Client, DialectName
from .api.errors import BadAnswer
from .api.models.messages import Alarm
from .api.models.resources import Camera, Device, Door
from .api.together import together

THINGS_AT_MOST: Final = 20_000
"""Devices, cameras and doors together; each has several entities."""

MANY_CAMERAS: Final = 300
"""Of more cameras, not all have from the start what most of them never need: Home
Assistant takes no more than 10,000 entities of one account, and each takes its time."""


@dataclass(frozen=True)
class Inventory:
    """Devices, cameras and doors by their id."""

    devices: dict[str, Device] = field(default_factory=dict)
    cameras: dict[str, Camera] = field(default_factory=dict)
    doors: dict[str, Door] = field(default_factory=dict)

    @property
    def has_many_cameras(self) -> bool:
        """Tell whether cameras get what is rarely needed only when it is."""
        return len(self.cameras) > MANY_CAMERAS

    @cached_property
    def device_by_serial(self) -> dict[str, Device]:
        """The devices by serial number."""
        return {device.serial: device for device in self.devices.values()}

    @cached_property
    def _camera_by_channel(self) -> dict[tuple[str, int | None], str]:
        return {
            (camera.device_serial, camera.channel): camera.id
            for camera in self.cameras.values()
        }

    def camera_of(self, alarm: Alarm) -> Camera | None:
        """Return the camera that an alarm tells of, if it tells of one."""
        if camera := self.cameras.get(alarm.source_id or ""):
            return camera
        if alarm.device_serial is None or alarm.source_type not in (None, "camera"):
            return None
        # A device with one camera names no channel.
        camera_id = self._camera_by_channel.get((alarm.device_serial, alarm.channel))
        return self.cameras.get(camera_id or "")

    def device_of(self, camera: Camera | Door) -> Device | None:
        """Return the device on which a camera or door hangs."""
        return self.device_named(camera.device_id, camera.device_serial)

    def device_named(self, device_id: str | None, serial: str | None) -> Device | None:
        """Return the device of an id, or else of a serial number."""
        by_id = self.devices.get(device_id or "")
        return by_id or self.device_by_serial.get(serial or "")


def intercoms(inventory: Inventory) -> dict[str, Device]:
    """Return the devices at which one can ring.

    A service that names no categories is asked by the model: door stations and
    villa doors of the maker are called DS-KV, DS-KD or DS-KB.
    """
    return {
        device.id: device
        for device in inventory.devices.values()
        if device.category == "videoIntercomDevice"
        or (device.model or "").startswith(("DS-KV", "DS-KD", "DS-KB"))
    }


async def load_inventory(client: Client) -> Inventory:
    """Read the whole account with the fewest requests its dialect allows."""
    if await client.dialect() is DialectName.TEAMS:
        devices, cameras, doors = await together(
            client.resources.devices(),
            client.resources.cameras(),
            client.resources.doors(),
        )
    else:
        devices, cameras = await together(
            client.resources.devices(), _cameras_of_all_areas(client)
        )
        doors = []
    if len(devices) + len(cameras) + len(doors) > THINGS_AT_MOST:
        raise BadAnswer(f"the account has more than {THINGS_AT_MOST} things")
    return Inventory(
        {device.id: device for device in devices},
        {camera.id: camera for camera in cameras},
        {door.id: door for door in doors},
    )


async def _cameras_of_all_areas(client: Client) -> list[Camera]:
    """Read the cameras area by area, as the reference wants it."""
    areas = await client.resources.areas()
    lists = await together(
        *(client.resources.area_cameras(area_id=area.id) for area in areas)
    )
    return [
        replace(camera, area_name=camera.area_name or area.name)
        for area, cameras in zip(areas, lists, strict=True)
        for camera in cameras
    ]
