"""Areas, devices and what hangs on them."""

from dataclasses import dataclass


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
