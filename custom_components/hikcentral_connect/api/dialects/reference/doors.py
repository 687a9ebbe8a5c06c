"""Access control services of the reference ("Access Control Services")."""

from typing import Final

from ... import checks
from ...call import Call, Kind, nothing
from ...models.doors import DoorAction

_CONTROL_TYPE: Final = {
    DoorAction.OPEN: "open",
    DoorAction.CLOSE: "close",
    DoorAction.HOLD_OPEN: "remainOpen",
    DoorAction.HOLD_CLOSED: "remainClose",
}


def control(door_id: str, action: DoorAction) -> Call[None]:
    """Command one door ("Remote Door Control").

    Raises `NotFound`, `DeviceOffline`, `DeviceBusy`, `DeviceRefused`,
    `DoorNotConfigured` or `PermissionDenied`.
    """
    return Call(
        "acs/v1/remote/control",
        nothing,
        {
            "doorId": checks.text("door_id", door_id, 64),
            "controlType": _CONTROL_TYPE[action],
        },
        Kind.COMMAND,
    )
