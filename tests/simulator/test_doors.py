"""Doors: what opens, what does not, and what is remembered."""

from typing import Any

import pytest

from simulator import Simulator
from simulator.world.doors import Door, DoorAction, DoorState

from .conftest import Api

CONTROL = "acs/v1/remote/control"


def doors(sim: Simulator, dialect: str) -> list[Door]:
    """Return an account's doors."""
    return list(sim.account(dialect).world.doors.values())


def state(door: Door) -> DoorState:
    """Return a door's state; a call, so that it may differ from the last one."""
    return door.state


def control(action: int, ids: list[str], **more: object) -> dict[str, Any]:
    """Return the guide's body."""
    return {"remoteControl": {"actionType": action, "elementlist": ids} | more}


async def test_teams_commands(sim: Simulator, teams: Api) -> None:
    """Each action leaves the door in its state; the history keeps all."""
    door, *others = doors(sim, "teams")
    for number, wanted in (
        (1, DoorState.UNLOCKED),
        (3, DoorState.HELD_OPEN),
        (4, DoorState.HELD_CLOSED),
        (2, DoorState.LOCKED),
    ):
        body = control(number, [door.id], direction=0)
        assert await teams.data(CONTROL, body) == {"operationResult": []}
        assert state(door) is wanted
    assert [one.action for one in door.commands] == [
        DoorAction.OPEN,
        DoorAction.REMAIN_OPEN,
        DoorAction.REMAIN_CLOSED,
        DoorAction.CLOSE,
    ]
    assert {one.by for one in door.commands} == {"demo-teams-key"}
    assert door.opened == 2
    assert not any(other.commands for other in others)


async def test_reference_commands(sim: Simulator, reference: Api) -> None:
    """Each word leaves the door in its state; the answer has no data."""
    door = doors(sim, "reference")[0]
    for word, wanted in (
        ("open", DoorState.UNLOCKED),
        ("remainOpen", DoorState.HELD_OPEN),
        ("remainClose", DoorState.HELD_CLOSED),
        ("close", DoorState.LOCKED),
    ):
        body = {"doorId": door.id, "controlType": word}
        answer = await reference.post(CONTROL, body)
        assert answer == {"errorCode": "0", "message": "success", "data": {}}
        assert state(door) is wanted
    assert len(door.commands) == 4


async def test_relock(sim: Simulator, teams: Api) -> None:
    """An unlocked door locks itself after a while, a held one does not."""
    door = doors(sim, "teams")[0]
    await teams.data(CONTROL, control(1, [door.id]))
    sim.clock.shift(4)
    assert state(door) is DoorState.UNLOCKED
    sim.clock.shift(2)
    assert state(door) is DoorState.LOCKED
    await teams.data(CONTROL, control(3, [door.id]))
    sim.clock.shift(3600)
    assert state(door) is DoorState.HELD_OPEN


@pytest.mark.parametrize(
    "remote",
    [
        {"actionType": 1},
        {"actionType": 1, "elementlist": []},
        {"actionType": 1, "elementlist": [], "areaId": "-1"},
        # The guide's own example, word for word.
        {
            "actionType": 1,
            "elementlist": [],
            "direction": 0,
            "areaId": "",
            "depthTraversal": 0,
        },
    ],
)
async def test_an_empty_list_opens_every_door(
    sim: Simulator, teams: Api, remote: dict[str, Any]
) -> None:
    """Dangerous, but the contract: without ids all doors of the account open."""
    assert await teams.data(CONTROL, {"remoteControl": remote}) == {
        "operationResult": []
    }
    assert [door.opened for door in doors(sim, "teams")] == [1, 1, 1]
    assert [door.opened for door in doors(sim, "reference")] == [0, 0, 0]


async def test_area_of_doors(sim: Simulator, teams: Api) -> None:
    """An area id without ids means the doors there."""
    garage = doors(sim, "teams")[1]
    await teams.data(CONTROL, control(1, [], areaId=garage.area.id))
    assert [door.opened for door in doors(sim, "teams")] == [0, 1, 0]
    assert await teams.code(CONTROL, control(1, [], areaId="no")) == "OPEN000031"


async def test_teams_failed_rows(sim: Simulator, teams: Api) -> None:
    """Unknown and offline doors fail in a row of their own, the rest opens."""
    good, offline, odd = doors(sim, "teams")
    offline.connected, odd.configured = False, False
    ids = [good.id, "nobody", offline.id, odd.id]
    data = await teams.data(CONTROL, control(1, ids))
    assert data["operationResult"] == [
        {
            "elementId": "nobody",
            "elementName": "",
            "areaId": "",
            "areaName": "",
            "errorCode": "VMS000003",
        },
        {
            "elementId": offline.id,
            "elementName": "Garage door",
            "areaId": offline.area.id,
            "areaName": "Garage",
            "errorCode": "VMS022543",
        },
        {
            "elementId": odd.id,
            "elementName": "Workshop door",
            "areaId": odd.area.id,
            "areaName": "Workshop",
            "errorCode": "VMS022535",
        },
    ]
    assert (good.opened, offline.opened, odd.opened) == (1, 0, 0)
    assert len(offline.refused) == 1
    assert state(offline) is DoorState.LOCKED


async def test_reference_failures(sim: Simulator, reference: Api) -> None:
    """Unknown, offline and not configured doors; words that do not exist."""
    door = doors(sim, "reference")[0]
    body = {"doorId": door.id, "controlType": "open"}
    assert await reference.code(CONTROL, body | {"doorId": "door_099"}) == "0x3001"
    for word in ("normal", "OPEN", ""):
        code = await reference.code(CONTROL, body | {"controlType": word})
        assert code == ("0x1003" if word else "0x1001")
    assert await reference.code(CONTROL, {"controlType": "open"}) == "0x1001"
    assert await reference.code(CONTROL, body | {"remoteControl": {}}) == "0x1001"
    door.device.online = False
    assert await reference.code(CONTROL, body) == "0x3004"
    door.configured = False
    assert await reference.code(CONTROL, body) == "0x7002"
    assert door.commands == []
    assert len(door.refused) == 2


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "OPEN000010"),
        ({"remoteControl": {}}, "OPEN000010"),
        (control(0, []), "OPEN000010"),
        (control(5, []), "OPEN000010"),
        (control(1, [], elementList=["x"]), "OPEN000010"),
        ({"doorId": "x", "controlType": "open"}, "OPEN000010"),
        ({"remoteControl": {"actionType": 1, "elementlist": "x"}}, "OPEN000008"),
        ({"remoteControl": {"actionType": 1, "elementlist": [{}]}}, "OPEN000008"),
    ],
)
async def test_teams_bad_bodies_open_nothing(
    sim: Simulator, teams: Api, body: dict[str, Any], code: str
) -> None:
    """A body beyond the contract is refused before any door hears of it."""
    assert await teams.code(CONTROL, body) == code
    assert not any(door.commands or door.refused for door in doors(sim, "teams"))


async def test_people_at_doors(sim: Simulator) -> None:
    """A known person unlocks for a while, unless the door is held closed."""
    account = sim.account("teams")
    door = doors(sim, "teams")[0]
    person = next(iter(account.world.people.values()))
    assert account.happen.access(door.id, person)
    assert state(door) is DoorState.UNLOCKED
    assert not account.happen.access(door.id)
    door.command(DoorAction.REMAIN_CLOSED, "test")
    assert not account.happen.access(door.id, person)
    door.command(DoorAction.REMAIN_OPEN, "test")
    assert account.happen.access(door.id, person)
    assert state(door) is DoorState.HELD_OPEN
