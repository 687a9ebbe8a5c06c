"""Rows for doors (reference "Access Control Services"; guide section 2.6)."""

from custom_components.hikcentral_connect.api.models.doors import DoorAction
from custom_components.hikcentral_connect.api.session import DialectName

from .row import ContractRow

ROWS = (
    ContractRow(
        "Doors.control",
        DialectName.REFERENCE,
        "acs/v1/remote/control",
        sent={"doorId": "door_001", "controlType": "open"},
        arguments={"door_id": "door_001", "action": DoorAction.OPEN},
    ),
    ContractRow(
        "Doors.control",
        DialectName.TEAMS,
        "acs/v1/remote/control",
        sent={
            "remoteControl": {"actionType": 1, "elementlist": ["e1"], "direction": 0}
        },
        arguments={"door_id": "e1", "action": DoorAction.OPEN},
        data={"operationResult": []},
    ),
)
