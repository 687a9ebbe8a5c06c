"""Access control services of teams (guide section 2.6)."""

from typing import Final

from ... import checks
from ...call import Call, Kind
from ...errors import SUCCESS, BadAnswer, error_for
from ...models.doors import DoorAction
from ...row import Row

_ACTION_TYPE: Final = {
    DoorAction.OPEN: 1,
    DoorAction.CLOSE: 2,
    DoorAction.HOLD_OPEN: 3,
    DoorAction.HOLD_CLOSED: 4,
}


def control(door_id: str, action: DoorAction) -> Call[None]:
    """Command one door (section 2.6).

    An empty `elementlist` would command every door of the account: this one always
    holds exactly one id. The outer code is "0" even when the door refused; the reason
    is in the row, and its error is raised.
    """
    return Call(
        "acs/v1/remote/control",
        _read_result,
        {
            "remoteControl": {
                "actionType": _ACTION_TYPE[action],
                "elementlist": [checks.text("door_id", door_id, 64)],
                "direction": 0,
            }
        },
        Kind.COMMAND,
    )


def _read_result(answer: Row) -> None:
    for code in answer.list_or_empty(_read_code, "operationResult"):
        if code != SUCCESS:
            raise error_for(code)
    if answer.skipped:
        raise BadAnswer(answer.skipped[0])


def _read_code(row: Row) -> str:
    return row.text_or_none("errorCode") or "unknown"
