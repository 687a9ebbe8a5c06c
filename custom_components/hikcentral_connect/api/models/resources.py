"""Areas, devices and what hangs on them."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Area:
    """A place in the account's tree of areas."""

    id: str
    name: str
    parent_id: str | None


@dataclass(frozen=True, slots=True)
class Device:
    """A recorder, camera, terminal, intercom or other box with a serial number.

    `online` is None when the service did not say.
    """

    id: str
    name: str
    serial: str
    category: str | None
    model: str | None
    firmware: str | None
    online: bool | None


@dataclass(frozen=True, slots=True)
class Camera:
    """One video channel.

    `id` addresses streams and recordings ("resource id"); `device_serial` and
    `channel` address pictures. `channel` is None when the service leaves it out.
    `abilities` are the codes of guide section 3.1, as sent.
    """

    id: str
    name: str
    device_id: str | None
    device_serial: str
    channel: int | None
    area_id: str | None
    area_name: str | None
    online: bool | None
    abilities: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Door:
    """One door of an access controller or intercom.

    `online` is the link to its device; no service tells whether a door stands open.
    """

    id: str
    name: str
    device_id: str | None
    device_serial: str | None
    area_id: str | None
    area_name: str | None
    online: bool | None


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel of a device: a camera, an input, an output or a door.

    `id` is the channel's, not that of the resource it becomes in an area. `area_id`
    is None for a channel that is in no area yet.
    """

    id: str
    name: str
    number: int | None
    online: bool | None
    area_id: str | None
    area_name: str | None


@dataclass(frozen=True, slots=True)
class DeviceDetail:
    """A device with its channels.

    `encrypted` tells whether streams need the device verification code, before
    anything is played. `vehicle_id` and `plate` are those of the vehicle a device
    rides in. All of them are None when the service did not say.
    """

    device: Device
    encrypted: bool | None
    time_zone_id: str | None
    cameras: tuple[Channel, ...] = ()
    inputs: tuple[Channel, ...] = ()
    outputs: tuple[Channel, ...] = ()
    doors: tuple[Channel, ...] = ()
    vehicle_id: str | None = None
    plate: str | None = None


@dataclass(frozen=True, slots=True)
class AreaDetail:
    """An area asked for by its id, or why it could not be had.

    With `error_code` set there is no `area`. `path` names the areas from the root to
    this one; it is empty when the service left it out.
    """

    id: str
    area: Area | None
    path: tuple[str, ...] = ()
    error_code: str | None = None


@dataclass(frozen=True, slots=True)
class TimeZone:
    """A time zone as the platform numbers it; `offset` is that of its winter."""

    id: str
    name: str
    label: str | None
    offset: timedelta | None
    daylight_saving: bool | None


@dataclass(frozen=True, slots=True)
class TimeZones:
    """All time zones; `system_id` is the one the platform is set to."""

    system_id: str | None
    zones: tuple[TimeZone, ...]
