"""Access control services (guide 5.7)."""

from typing import Any

from simulator.account import Account
from simulator.contract import Json, ListOf, Refusal, Request, Text, group, may, need
from simulator.world import World
from simulator.world.doors import Door, DoorAction, DoorNotConfigured, DoorOffline

from .api import api, number
from .resources import ROOT

ACTIONS = {
    1: DoorAction.OPEN,
    2: DoorAction.CLOSE,
    3: DoorAction.REMAIN_OPEN,
    4: DoorAction.REMAIN_CLOSED,
}
UNKNOWN = "VMS000003"
OFFLINE = "VMS022543"
UNSUPPORTED = "VMS022535"


@api.post(
    "acs/v1/remote/control",
    need(
        "remoteControl",
        group(
            need("actionType", number(1, 4)),
            may("elementlist", ListOf(Text())),
            may("direction", number(0, 1), 0),
            may("areaId", Text()),
            may("depthTraversal", number(0, 1), 0),
        ),
    ),
)
def remote_control(request: Request) -> Json:
    """Command doors; what failed becomes a row, the outer code stays "0".

    Without door ids the command goes to every door of ``areaId``, and without
    that (or with -1) to EVERY door of the account (A.3.138).
    """
    control = request.body["remoteControl"]
    action = ACTIONS[control["actionType"]]
    ids = control["elementlist"] or _everything(request.account.world, control)
    failed = (_command(request.account, one, action) for one in ids)
    return {"operationResult": [row for row in failed if row]}


def _everything(world: World, control: dict[str, Any]) -> list[str]:
    area = control["areaId"]
    if area in (None, ROOT):
        return list(world.doors)
    if area not in world.areas:
        raise Refusal("OPEN000031")
    places = world.below(area) if control["depthTraversal"] else {area}
    return [door.id for door in world.doors.values() if door.area.id in places]


def _command(account: Account, door_id: str, action: DoorAction) -> Json:
    if not (door := account.world.doors.get(door_id)):
        return _failure(door_id, None, UNKNOWN)
    try:
        door.command(action, account.key)
    except DoorOffline:
        return _failure(door_id, door, OFFLINE)
    except DoorNotConfigured:
        return _failure(door_id, door, UNSUPPORTED)
    return None


def _failure(door_id: str, door: Door | None, code: str) -> dict[str, Any]:
    """Return a RemoteControlResponse (A.3.139); names are empty if unknown."""
    return {
        "elementId": door_id,
        "elementName": door.name if door else "",
        "areaId": door.area.id if door else "",
        "areaName": door.area.name if door else "",
        "errorCode": code,
    }
