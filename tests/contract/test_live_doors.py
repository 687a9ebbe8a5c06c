"""Live: commands to doors and outputs, and the states of inputs."""

import pytest

from custom_components.hikcentral_connect.api.errors import DeviceOffline, NotFound
from custom_components.hikcentral_connect.api.models.doors import DoorAction
from custom_components.hikcentral_connect.api.models.inputs import AlarmPort, PortState
from simulator.world.channels import Resource
from simulator.world.doors import DoorState

from .live import Stage, live, named

STATES = {
    DoorAction.OPEN: DoorState.UNLOCKED,
    DoorAction.CLOSE: DoorState.LOCKED,
    DoorAction.HOLD_OPEN: DoorState.HELD_OPEN,
    DoorAction.HOLD_CLOSED: DoorState.HELD_CLOSED,
}


@live("Doors.control")
@pytest.mark.parametrize("action", DoorAction)
async def test_control(stage: Stage, action: DoorAction) -> None:
    """One door gets one command, and no other door any."""
    door = named(stage.world.doors, "Garage door")
    await stage.client.doors.control(door.id, action)
    assert door.state is STATES[action]
    assert len(door.commands) == 1
    others = (one for one in stage.world.doors.values() if one is not door)
    assert not any(one.commands for one in others)


@live("Doors.control")
async def test_control_what_does_not_obey(stage: Stage) -> None:
    """A door that is offline or unknown raises, inside an outer "0" too."""
    door = named(stage.world.doors, "Garage door")
    door.connected = False
    with pytest.raises(DeviceOffline):
        await stage.client.doors.control(door.id, DoorAction.OPEN)
    with pytest.raises(NotFound):
        await stage.client.doors.control("nothing", DoorAction.OPEN)
    assert len(door.refused) == 1
    assert not any(one.commands for one in stage.world.doors.values())


def port(one: Resource) -> AlarmPort:
    """Return how the client tells of an input or output."""
    return AlarmPort(
        id=one.id,
        name=one.name,
        channel_id=one.channel_id,
        number=one.channel_no,
        device_id=one.device.id,
        device_serial=one.device.serial,
        area_id=one.area.id,
        area_name=one.area.name,
        online=one.online,
    )


@live("Inputs.inputs")
async def test_inputs(stage: Stage) -> None:
    """Every alarm input of the account."""
    expected = [port(one) for one in stage.world.alarm_inputs.values()]
    assert await stage.client.inputs.inputs() == expected


@live("Inputs.outputs")
async def test_outputs(stage: Stage) -> None:
    """Every alarm output of the account."""
    expected = [port(one) for one in stage.world.alarm_outputs.values()]
    assert await stage.client.inputs.outputs() == expected


@live("Inputs.input_states", "Inputs.input_states_by_proxy")
async def test_input_states(stage: Stage) -> None:
    """An input in alarm is active, another one not, and an unknown one is missing."""
    smoke, gate = stage.world.alarm_inputs.values()
    stage.account.happen.alarm(smoke.id, "alarmInput", pictures=0)
    ids = (smoke.id, gate.id, "nothing")
    states = (PortState(smoke.id, active=True), PortState(gate.id, active=False))
    assert await stage.client.inputs.input_states(ids) == states
    assert await stage.client.inputs.input_states_by_proxy(ids) == states


@live("Inputs.control_output", "Inputs.output_states")
async def test_control_output(stage: Stage) -> None:
    """An output of the list is switched by its id; the other one stays as it is."""
    siren, lights = stage.world.alarm_outputs.values()
    service = stage.client.inputs
    await service.control_output(siren.id, True)
    assert [one.on for one in siren.commands] == [True]
    assert await service.output_states((siren.id, lights.id)) == (
        PortState(siren.id, active=True),
        PortState(lights.id, active=False),
    )
    await service.control_output(siren.id, False)
    assert [one.on for one in siren.commands] == [True, False]
    assert lights.commands == []


@live("Inputs.control_output", "Inputs.output_states")
async def test_control_output_by_channel(stage: Stage) -> None:
    """The id of the channel, as in the guide's example, does the same."""
    siren = named(stage.world.alarm_outputs, "Siren")
    await stage.client.inputs.control_output(siren.channel_id, True)
    assert siren.on
    (state,) = await stage.client.inputs.output_states((siren.channel_id,))
    assert state.active is True


@live("Inputs.control_output")
async def test_control_output_that_does_not_obey(stage: Stage) -> None:
    """The error of the row is raised."""
    siren = named(stage.world.alarm_outputs, "Siren")
    siren.device.online = False
    with pytest.raises(DeviceOffline):
        await stage.client.inputs.control_output(siren.id, True)
    with pytest.raises(NotFound):
        await stage.client.inputs.control_output("nothing", True)
    assert siren.commands == []
