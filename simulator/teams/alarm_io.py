"""Alarm inputs and outputs: lists, states and switching (guide 5.2.2, 5.6.2).

Where the guide contradicts itself, the simulator decides as follows:

* The field is ``alarmInputID`` (example), not ``alarmIntputID`` (table), and
  ``alarmInputId`` in the twin below ``proxy``.
* On is 1 (example) or -1 (table).
* An id may be the resource's or its channel's: the tables say alarm input and output,
  the example has the id of the channel. It comes back as it was sent.
* Eight is the most for alarm inputs; for alarm outputs the guide has no limit.
* The row of an offline device has VMS022543, and state 0 where it must have one.
  Unknown alarm inputs are left out, unknown alarm outputs get VMS000003.
"""

from collections.abc import Iterable
from typing import Any

from simulator.account import Account
from simulator.contract import Json, ListOf, Request, Text, Whole, group, need
from simulator.world import World
from simulator.world.outputs import AlarmOutput
from simulator.world.places import AlarmInput

from .api import PAGING, api, page, resource_filter
from .fields import at_most, some
from .resources import resource_row, within

MOST = 8
UNKNOWN, OFFLINE = "VMS000003", "VMS022543"
NOTHING, ACTIVE, INACTIVE = 0, 1, 2
IDS = ListOf(Text(32))
ON = (1, -1)


@api.post("resource/v1/areas/alarmoutputs/get", *PAGING, resource_filter())
def outputs(request: Request) -> Json:
    """List alarm outputs."""
    world = request.account.world
    found = within(world, world.alarm_outputs.values(), request.body["filter"])
    return page(
        "alarmOutput",
        found,
        lambda one: resource_row(one) | {"abilitySet": ""},
        request.body,
    )


@api.post("resource/v1/areas/alarminputs/status/get", need("alarmInputID", IDS))
def input_states(request: Request) -> Json:
    """Tell the states of up to eight alarm inputs."""
    return _input_states(request, "alarmInputID")


@api.post("proxy/v1/areas/alarminputs/status/get", need("alarmInputId", IDS))
def input_states_by_proxy(request: Request) -> Json:
    """Tell the same, asked through the proxy."""
    return _input_states(request, "alarmInputId")


@api.post("resource/v1/areas/alarmoutputs/status/get", need("alarmOutputID", IDS))
def output_states(request: Request) -> Json:
    """Tell the states of alarm outputs."""
    ids = request.body["alarmOutputID"]
    some("alarmOutputID", ids)
    return {"alarmOutput": [_output_state(request.account.world, one) for one in ids]}


@api.post(
    "resource/v1/areas/alarmoutputs/control",
    need(
        "alarmOutputOperation",
        ListOf(
            group(
                need("alarmOutputID", Text(32)),
                need("operation", Whole(choices=(0, *ON), digits=True)),
            )
        ),
    ),
)
def control(request: Request) -> Json:
    """Switch alarm outputs; a failure is a row without a state."""
    wanted = request.body["alarmOutputOperation"]
    some("alarmOutputOperation", wanted)
    return {"alarmOutputOperation": [_switch(request.account, one) for one in wanted]}


def _input_states(request: Request, name: str) -> Json:
    ids, world = request.body[name], request.account.world
    some(name, ids)
    at_most(MOST, ids)
    found = ((one, _find(one, world.alarm_inputs.values())) for one in ids)
    return {"alarmInput": [_input_state(key, one) for key, one in found if one]}


def _input_state(key: str, contact: AlarmInput) -> dict[str, Any]:
    """Return an AlarmInputInfo (A.3.17)."""
    if not contact.online:
        return {"id": key, "status": NOTHING, "errorCode": OFFLINE}
    status = ACTIVE if contact.active else INACTIVE
    return {"id": key, "status": status, "errorCode": "0"}


def _output_state(world: World, key: str) -> dict[str, Any]:
    """Return an AlarmOutputState (A.3.23)."""
    relay = _find(key, world.alarm_outputs.values())
    if not relay or not relay.online:
        code = OFFLINE if relay else UNKNOWN
        return {"id": key, "status": 0, "errorCode": code}
    return {"id": key, "status": int(relay.on), "errorCode": "0"}


def _switch(account: Account, wanted: dict[str, Any]) -> dict[str, Any]:
    """Switch a relay and return an AlarmOutputOperation (A.3.22)."""
    world, key = account.world, wanted["alarmOutputID"]
    relay = _find(key, world.alarm_outputs.values())
    if not relay or not relay.online:
        return {"alarmOutputID": key, "errorCode": OFFLINE if relay else UNKNOWN}
    relay.switch(world.clock.now(), account.key, on=wanted["operation"] in ON)
    state = int(relay.on)
    return {"alarmOutputID": key, "alarmOutputState": state, "errorCode": "0"}


def _find[R: (AlarmInput, AlarmOutput)](key: str, found: Iterable[R]) -> R | None:
    return next((one for one in found if key in (one.id, one.channel_id)), None)
