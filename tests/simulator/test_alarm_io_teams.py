"""Alarm inputs and outputs."""

import pytest

from simulator import Simulator

from .conftest import Api

ALL = {"pageIndex": 1, "pageSize": 500, "filter": {"includeSubArea": "1"}}
INPUTS = "areas/alarminputs/status/get"
OUTPUTS = "resource/v1/areas/alarmoutputs"


async def test_outputs_switch(sim: Simulator, teams: Api) -> None:
    """By resource id and by channel id, with what the world knows of it."""
    data = await teams.data(f"{OUTPUTS}/get", ALL)
    assert [one["name"] for one in data["alarmOutput"]] == ["Siren", "Garden lights"]
    assert data["alarmOutput"][0]["abilitySet"] == ""
    siren = sim.account("teams").world.alarm_outputs[data["alarmOutput"][0]["id"]]
    for key, operation, state in ((siren.id, 1, 1), (siren.channel_id, "0", 0)):
        wanted = {"alarmOutputID": key, "operation": operation}
        body = {"alarmOutputOperation": [wanted]}
        answer = await teams.data(f"{OUTPUTS}/control", body)
        row = {"alarmOutputID": key, "alarmOutputState": state, "errorCode": "0"}
        assert answer["alarmOutputOperation"] == [row]
        answer = await teams.data(f"{OUTPUTS}/status/get", {"alarmOutputID": [key]})
        assert answer["alarmOutput"] == [{"id": key, "status": state, "errorCode": "0"}]
    assert [one.on for one in siren.commands] == [True, False]


async def test_outputs_fail_in_rows(sim: Simulator, teams: Api) -> None:
    """Unknown and offline ones; the others switch all the same."""
    siren, lights = sim.account("teams").world.alarm_outputs.values()
    rows = [{"alarmOutputID": one, "operation": -1} for one in (siren.id, "nothing")]
    answer = await teams.data(f"{OUTPUTS}/control", {"alarmOutputOperation": rows})
    codes = [one["errorCode"] for one in answer["alarmOutputOperation"]]
    assert codes == ["0", "VMS000003"]
    assert siren.on
    siren.device.online = False
    rows = [{"alarmOutputID": lights.id, "operation": 1}]
    answer = await teams.data(f"{OUTPUTS}/control", {"alarmOutputOperation": rows})
    assert answer["alarmOutputOperation"][0]["errorCode"] == "VMS022543"
    assert not lights.commands
    answer = await teams.data(f"{OUTPUTS}/status/get", {"alarmOutputID": [siren.id]})
    assert answer["alarmOutput"][0]["errorCode"] == "VMS022543"


@pytest.mark.parametrize(
    "wanted",
    [
        [],
        [{"alarmOutputID": "x"}],
        [{"alarmOutputID": "x", "operation": 2}],
        [{"alarmOutputID": "x", "operation": 1, "on": True}],
    ],
)
async def test_wrong_operations(teams: Api, wanted: list[object]) -> None:
    """Refused as a whole."""
    body = {"alarmOutputOperation": wanted}
    assert await teams.code(f"{OUTPUTS}/control", body) == "OPEN000010"


@pytest.mark.parametrize(
    ("service", "name"), [("resource", "alarmInputID"), ("proxy", "alarmInputId")]
)
async def test_inputs(sim: Simulator, teams: Api, service: str, name: str) -> None:
    """Active as long as the last of its alarms lasts; both twins."""
    account = sim.account("teams")
    smoke, gate = account.world.alarm_inputs.values()
    path, body = f"{service}/v1/{INPUTS}", {name: [smoke.id, "nothing", gate.id]}

    async def states() -> list[int]:
        rows = (await teams.data(path, body))["alarmInput"]
        assert [one["id"] for one in rows] == [smoke.id, gate.id]
        return [one["status"] for one in rows]

    assert await states() == [2, 2]
    account.happen.alarm(smoke.id, "alarmInput", seconds=10)
    account.happen.alarm(smoke.id, "alarmInput", seconds=30)
    assert await states() == [1, 2]
    sim.clock.shift(20)
    assert await states() == [1, 2]
    sim.clock.shift(20)
    assert await states() == [2, 2]
    smoke.device.online = False
    assert await states() == [0, 0]


async def test_input_limits(teams: Api) -> None:
    """Eight at once, at least one, and each twin its own spelling."""
    path = f"resource/v1/{INPUTS}"
    assert await teams.code(path, {"alarmInputID": ["x"] * 8}) == "0"
    assert await teams.code(path, {"alarmInputID": ["x"] * 9}) == "OPEN000024"
    assert await teams.code(path, {"alarmInputID": []}) == "OPEN000010"
    assert await teams.code(path, {"alarmInputId": ["x"]}) == "OPEN000010"
    twin = f"proxy/v1/{INPUTS}"
    assert await teams.code(twin, {"alarmInputID": ["x"]}) == "OPEN000010"
