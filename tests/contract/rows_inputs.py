"""Rows for alarm inputs and outputs (guide section 2.2)."""

from custom_components.hikcentral_connect.api.models.inputs import AlarmPort, PortState
from custom_components.hikcentral_connect.api.session import DialectName

from .row import ContractRow

_LISTED = {
    "pageIndex": 1,
    "pageSize": 500,
    "filter": {"areaID": "-1", "includeSubArea": "1"},
}
_PORTS = [
    {
        "id": "r1",
        "name": "A 1",
        "abilitySet": "",
        "online": "1",
        "area": {"id": "a1", "name": "Yard"},
        "device": {
            "devInfo": {"id": "d1", "category": "0", "serialNo": "F00000001"},
            "channelInfo": {"id": "ch1", "no": "1"},
        },
    }
]
_READ = [AlarmPort("r1", "A 1", "ch1", 1, "d1", "F00000001", "a1", "Yard", True)]
_STATES = {
    "alarmInput": [
        {"id": "r1", "status": 2, "errorCode": "0"},
        {"id": "r2", "status": 1, "errorCode": "0"},
        {"id": "r3", "status": 0, "errorCode": "0"},
        {"id": "r4", "status": 1, "errorCode": "VMS021314"},
    ]
}
_READ_STATES = (
    PortState("r1", active=False),
    PortState("r2", active=True),
    PortState("r3", active=None),
    PortState("r4", active=None, error_code="VMS021314"),
)

ROWS = (
    ContractRow(
        "Inputs.inputs",
        DialectName.TEAMS,
        "resource/v1/areas/alarminputs/get",
        page=1,
        sent=_LISTED,
        data={"totalCount": 1, "alarmInput": _PORTS},
        read=_READ,
    ),
    ContractRow(
        "Inputs.inputs",
        DialectName.TEAMS,
        "resource/v1/areas/alarminputs/get",
        page=1,
        sent=_LISTED,
        data={"totalCount": 1, "alarmOutput": _PORTS},
        read=_READ,
    ),
    ContractRow(
        "Inputs.outputs",
        DialectName.TEAMS,
        "resource/v1/areas/alarmoutputs/get",
        page=1,
        sent=_LISTED,
        data={"totalCount": 1, "alarmOutput": _PORTS},
        read=_READ,
    ),
    ContractRow(
        "Inputs.input_states",
        DialectName.TEAMS,
        "resource/v1/areas/alarminputs/status/get",
        arguments={"input_ids": ("r1", "r2", "r3", "r4")},
        sent={"alarmInputID": ["r1", "r2", "r3", "r4"]},
        data=_STATES,
        read=_READ_STATES,
    ),
    ContractRow(
        "Inputs.input_states_by_proxy",
        DialectName.TEAMS,
        "proxy/v1/areas/alarminputs/status/get",
        arguments={"input_ids": ("r1", "r2", "r3", "r4")},
        sent={"alarmInputId": ["r1", "r2", "r3", "r4"]},
        data=_STATES,
        read=_READ_STATES,
    ),
    ContractRow(
        "Inputs.output_states",
        DialectName.TEAMS,
        "resource/v1/areas/alarmoutputs/status/get",
        arguments={"output_ids": ("ch1", "ch2")},
        sent={"alarmOutputID": ["ch1", "ch2"]},
        data={
            "alarmOutput": [
                {"id": "ch1", "status": 1, "errorCode": "0"},
                {"id": "ch2", "status": 0, "errorCode": "0"},
            ]
        },
        read=(PortState("ch1", active=True), PortState("ch2", active=False)),
    ),
    ContractRow(
        "Inputs.control_output",
        DialectName.TEAMS,
        "resource/v1/areas/alarmoutputs/control",
        arguments={"output_id": "ch1", "active": True},
        sent={"alarmOutputOperation": [{"alarmOutputID": "ch1", "operation": 1}]},
        data={
            "alarmOutputOperation": [
                {"alarmOutputID": "ch1", "alarmOutputState": 1, "errorCode": "0"}
            ]
        },
    ),
)
