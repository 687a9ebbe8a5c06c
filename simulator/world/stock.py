"""Devices that lie in their boxes and wait to be added to an account."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .channels import Kind
from .places import Area, Category, Device

if TYPE_CHECKING:
    from . import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxed:
    """A device with its label: serial number and verification code.

    ``taken`` ones belong to somebody else's account; ``online`` ones are powered
    and can be reached; ``encrypts`` ones need their code to be looked at.
    """

    serial: str
    code: str
    model: str
    category: Category = Category.ENCODING
    cameras: int = 0
    doors: int = 0
    alarm_inputs: int = 0
    alarm_outputs: int = 0
    encrypts: bool = False
    online: bool = True
    taken: bool = False

    @property
    def channels(self) -> dict[Kind, int]:
        """Return how many channels of each kind it has."""
        return {
            Kind.CAMERA: self.cameras,
            Kind.DOOR: self.doors,
            Kind.ALARM_INPUT: self.alarm_inputs,
            Kind.ALARM_OUTPUT: self.alarm_outputs,
        }


_CAMERA, _RECORDER = "DS-2CD2143G2-I", "DS-7604NI-K1"

STOCK = (
    Boxed(serial="Q10000001", code="KITCHN", model=_CAMERA, cameras=1),
    Boxed(
        serial="Q10000002",
        code="CELLAR",
        model=_RECORDER,
        cameras=4,
        alarm_inputs=4,
        alarm_outputs=1,
    ),
    Boxed(serial="Q10000003", code="SECRET", model=_CAMERA, cameras=1, encrypts=True),
    Boxed(
        serial="Q10000004",
        code="GATEWY",
        model="DS-K1T343",
        category=Category.ACCESS,
        doors=1,
    ),
    Boxed(
        serial="Q10000005",
        code="LORRYX",
        model="AE-MD5043-SD",
        category=Category.MOBILE,
        cameras=2,
    ),
    Boxed(serial="Q10000006", code="ELSEWH", model=_CAMERA, cameras=1, taken=True),
    Boxed(serial="Q10000007", code="NOPOWR", model=_CAMERA, cameras=1, online=False),
    Boxed(serial="DS-2CD2143G2-I-ABC123", code="ABCDEF", model=_CAMERA, cameras=1),
)
"""What every world's stock holds; the last one is the reference's example."""


def unpack(world: World, boxed: Boxed, name: str) -> Device:
    """Add a boxed device to a world; its channels are free."""
    code = boxed.code if boxed.encrypts else None
    device = world.add_device(
        name, boxed.category, boxed.model, serial=boxed.serial, code=code
    )
    device.added = world.clock.now()
    for kind, count in boxed.channels.items():
        for number in range(1, count + 1):
            label = name if count == 1 else f"{name} {number}"
            world.channels.add(device, kind, number, label)
    return device


def import_all(world: World, device: Device, area: Area) -> None:
    """Import every free channel of a device into an area."""
    for channel in list(world.channels.free.values()):
        if channel.device is device:
            world.channels.take_in(channel, area, channel.name)
