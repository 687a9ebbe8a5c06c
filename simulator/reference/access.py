"""Access Control Services of the reference."""

from simulator.contract import Json, Refusal, Request, Text, need
from simulator.world.doors import DoorAction, DoorNotConfigured, DoorOffline

from .api import ID, api

ACTIONS = tuple(action.value for action in DoorAction)


@api.post(
    "acs/v1/remote/control",
    need("doorId", ID),
    need("controlType", Text(choices=ACTIONS)),
)
def remote_control(request: Request) -> Json:
    """Command one door."""
    if not (door := request.account.world.doors.get(request.body["doorId"])):
        raise Refusal("0x3001")
    try:
        door.command(DoorAction(request.body["controlType"]), request.account.key)
    except DoorOffline:
        raise Refusal("0x3004") from None
    except DoorNotConfigured:
        raise Refusal("0x7002") from None
    return None
