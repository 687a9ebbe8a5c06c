"""Channels of devices: free ones, and those that are a resource of an area.

A device brings channels. Imported into an area a channel becomes a resource (a
camera, door, alarm input or output) with an id and a name of its own; taken out of
the area it is a free channel again (guide 5.2.2).
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from .doors import Door
from .outputs import AlarmOutput
from .places import AlarmInput, Area, Camera, Device

if TYPE_CHECKING:
    from . import World

type Resource = Camera | Door | AlarmInput | AlarmOutput


class Kind(StrEnum):
    """What a channel can become (guide A.1.2)."""

    CAMERA = "camera"
    DOOR = "door"
    ALARM_INPUT = "alarmInput"
    ALARM_OUTPUT = "alarmOutput"


KINDS: dict[type[Resource], Kind] = {
    Camera: Kind.CAMERA,
    Door: Kind.DOOR,
    AlarmInput: Kind.ALARM_INPUT,
    AlarmOutput: Kind.ALARM_OUTPUT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A channel that is in no area."""

    channel_id: str
    channel_no: int
    kind: Kind
    name: str
    device: Device
    area: None = None

    @property
    def online(self) -> bool:
        """Return whether its device is reachable."""
        return self.device.online


class Channels:
    """The free channels of a world, by id, and their way into areas and back."""

    def __init__(self, world: World) -> None:
        """Start without any."""
        self._world = world
        self.free: dict[str, Channel] = {}

    def add(self, device: Device, kind: Kind, number: int, name: str) -> Channel:
        """Add a free channel to a device."""
        channel = Channel(
            channel_id=self._world.ids.make("channel"),
            channel_no=number,
            kind=kind,
            name=name,
            device=device,
        )
        self.free[channel.channel_id] = channel
        return channel

    def add_output(
        self, name: str, area: Area, device: Device, number: int = 1
    ) -> AlarmOutput:
        """Add a relay to an area."""
        ids = self._world.ids
        relay = AlarmOutput(
            id=ids.make("output"),
            name=name,
            area=area,
            device=device,
            channel_id=ids.make("channel"),
            channel_no=number,
        )
        self._world.alarm_outputs[relay.id] = relay
        return relay

    def of(self, device: Device, kind: Kind) -> list[Resource | Channel]:
        """Return the channels of a device, imported ones first."""
        found: list[Resource | Channel] = [
            one for one in self._all(kind) if one.device is device
        ]
        return found + self.free_of(device, kind)

    def free_of(self, device: Device, kind: Kind) -> list[Resource | Channel]:
        """Return the free channels of a device."""
        return [
            one
            for one in self.free.values()
            if one.device is device and one.kind is kind
        ]

    def drop(self, device: Device) -> None:
        """Remove every channel of a device, free or not."""
        for one in self.resources():
            if one.device is device:
                self._remove(one)
        kept = {k: one for k, one in self.free.items() if one.device is not device}
        self.free = kept

    def resources(self) -> list[Resource]:
        """Return everything that is in an area."""
        return [one for kind in Kind for one in self._all(kind)]

    def imported(self, channel_id: str) -> bool:
        """Return whether a channel is a resource of an area."""
        return any(one.channel_id == channel_id for one in self.resources())

    def take_in(self, channel: Channel, area: Area, name: str) -> Resource:
        """Make a free channel a resource of an area."""
        del self.free[channel.channel_id]
        world, device, number = self._world, channel.device, channel.channel_no
        resource: Resource
        match channel.kind:
            case Kind.CAMERA:
                resource = world.add_camera(name, area, device, channel_no=number)
            case Kind.DOOR:
                resource = world.add_door(name, area, device, number)
            case Kind.ALARM_INPUT:
                resource = world.add_alarm_input(name, area, device, number)
            case Kind.ALARM_OUTPUT:
                resource = self.add_output(name, area, device, number)
        resource.channel_id = channel.channel_id
        return resource

    def take_out(self, resource: Resource) -> None:
        """Take a resource out of its area; its channel is free again."""
        self._remove(resource)
        self.free[resource.channel_id] = Channel(
            channel_id=resource.channel_id,
            channel_no=resource.channel_no,
            kind=KINDS[type(resource)],
            name=resource.name,
            device=resource.device,
        )

    def _remove(self, resource: Resource) -> None:
        world = self._world
        match resource:
            case Camera():
                world.remove_camera(resource)
            case Door():
                del world.doors[resource.id]
                for level in list(world.levels.values()):
                    left = tuple(one for one in level.doors if one != resource.id)
                    world.levels.put(replace(level, doors=left))
            case AlarmInput():
                del world.alarm_inputs[resource.id]
            case AlarmOutput():
                del world.alarm_outputs[resource.id]

    def _all(self, kind: Kind) -> list[Resource]:
        world = self._world
        match kind:
            case Kind.CAMERA:
                return list(world.cameras.values())
            case Kind.DOOR:
                return list(world.doors.values())
            case Kind.ALARM_INPUT:
                return list(world.alarm_inputs.values())
            case Kind.ALARM_OUTPUT:
                return list(world.alarm_outputs.values())
