"""Video intercom calls (guide 5.6.5).

Answering ends the ringing, as A.3.75 tells it (msgType 1). Declining is told like a
call that nobody answered (3), hanging up like a call hung up (2): there are no other
words for them. Hanging up a call that was not picked up is VMS022553.
"""

from simulator.contract import Json, Refusal, Request, Text, need
from simulator.world.events import CallPhase

from .api import api, number

ANSWER, DECLINE, HANG_UP = 1, 2, 3
OUTCOMES = {
    (CallPhase.RINGING, ANSWER): CallPhase.ANSWERED,
    (CallPhase.RINGING, DECLINE): CallPhase.CANCELLED,
    (CallPhase.ANSWERED, HANG_UP): CallPhase.HUNG_UP,
}
REFUSALS = {
    CallPhase.RINGING: "VMS022553",
    CallPhase.ANSWERED: "VMS038027",
    CallPhase.HUNG_UP: "VMS038029",
    CallPhase.CANCELLED: "VMS038029",
}
UNKNOWN_CALL = "VMS038019"
UNKNOWN_USER = "VMS003002"


@api.post(
    "devcall/v1/call/receive",
    need("recordId", Text(64)),
    need("status", number(ANSWER, HANG_UP)),
    need("userId", Text()),
)
def receive(request: Request) -> Json:
    """Answer, decline or hang up a call."""
    account, body = request.account, request.body
    call = account.world.history.call(body["recordId"])
    if not call:
        raise Refusal(UNKNOWN_CALL)
    if body["userId"] not in (*account.world.users, account.user_id):
        raise Refusal(UNKNOWN_USER)
    outcome = OUTCOMES.get((call.phase, body["status"]))
    if outcome is None:
        raise Refusal(REFUSALS[call.phase])
    account.happen.carry_on(call.call, outcome)
    return None
