"""Alarm inputs and outputs of teams (guide section 2.2)."""

from typing import Final

from ... import checks
from ...call import Call, Kind, Page, page_reader
from ...models.inputs import AlarmPort, PortState
from ...row import JsonObject, Row
from .. import ids
from .inner import code_of, raise_failed
from .platform import PAGE_SIZE

INPUTS_AT_ONCE: Final = 8
"""Inputs whose state one call may ask for."""

_ACTIVE: Final = {"1": True, "2": False}
_SWITCHED_ON: Final = {"1": True, "0": False}


def inputs(page: int) -> Call[Page[AlarmPort]]:
    """List the alarm inputs of all areas, 500 to a page (section 2.2)."""
    # The guide's example answers with the outputs' key.
    return _list("resource/v1/areas/alarminputs/get", page, "alarmInput", "alarmOutput")


def outputs(page: int) -> Call[Page[AlarmPort]]:
    """List the alarm outputs of all areas, 500 to a page (section 2.2)."""
    return _list("resource/v1/areas/alarmoutputs/get", page, "alarmOutput")


def input_states(input_ids: tuple[str, ...]) -> Call[tuple[PortState, ...]]:
    """Read the states of 1 to 8 alarm inputs (section 2.2).

    Unknown inputs are missing in the answer.
    """
    return Call(
        "resource/v1/areas/alarminputs/status/get",
        _read_input_states,
        {"alarmInputID": ids.some("input_ids", input_ids, INPUTS_AT_ONCE)},
    )


def input_states_by_proxy(input_ids: tuple[str, ...]) -> Call[tuple[PortState, ...]]:
    """Read the same as `input_states` by way of Hik-Connect (section 2.2)."""
    return Call(
        "proxy/v1/areas/alarminputs/status/get",
        _read_input_states,
        {"alarmInputId": ids.some("input_ids", input_ids, INPUTS_AT_ONCE)},
    )


def output_states(output_ids: tuple[str, ...]) -> Call[tuple[PortState, ...]]:
    """Read the states of alarm outputs (section 2.2)."""
    return Call(
        "resource/v1/areas/alarmoutputs/status/get",
        _read_output_states,
        {"alarmOutputID": ids.some("output_ids", output_ids)},
    )


def control_output(output_id: str, active: bool) -> Call[None]:
    """Switch one alarm output on or off (section 2.2).

    The outer code is "0" even when the device refused; the error of the row is
    raised: `DeviceOffline`, `DeviceRefused`, `NotFound` or `NotSupported`.
    """
    return Call(
        "resource/v1/areas/alarmoutputs/control",
        _read_control,
        {
            "alarmOutputOperation": [
                {
                    "alarmOutputID": checks.text("output_id", output_id, 32),
                    # The guide's text says -1 for on, its example 1.
                    "operation": 1 if active else 0,
                }
            ]
        },
        Kind.COMMAND,
    )


def _list(path: str, page: int, *keys: str) -> Call[Page[AlarmPort]]:
    body: JsonObject = {
        "pageIndex": page,
        "pageSize": PAGE_SIZE,
        "filter": {"areaID": "-1", "includeSubArea": "1"},
    }
    read = page_reader(_read_port, *keys, "list", size=PAGE_SIZE, total="totalCount")
    return Call(path, read, body)


def _read_port(row: Row) -> AlarmPort:
    identity = row.text("id")
    device = row.row("device").row("devInfo")
    channel = row.row("device").row("channelInfo")
    area = row.row("area")
    return AlarmPort(
        id=identity,
        name=row.text_or_none("name") or identity,
        channel_id=channel.text_or_none("id"),
        number=channel.integer_or_none("no"),
        device_id=device.text_or_none("id"),
        device_serial=device.text_or_none("serialNo", "deviceSerial"),
        area_id=area.text_or_none("id"),
        area_name=area.text_or_none("name"),
        online=row.flag_or_none("online", "onlineStatus"),
    )


def _read_input_states(answer: Row) -> tuple[PortState, ...]:
    def read(row: Row) -> PortState:
        return _read_state(row, _ACTIVE)

    return tuple(answer.list_or_empty(read, "alarmInput", "list"))


def _read_output_states(answer: Row) -> tuple[PortState, ...]:
    def read(row: Row) -> PortState:
        return _read_state(row, _SWITCHED_ON)

    return tuple(answer.list_or_empty(read, "alarmOutput", "list"))


def _read_state(row: Row, meaning: dict[str, bool]) -> PortState:
    code = code_of(row)
    status = row.text_or_none("status", "alarmOutputState") or ""
    return PortState(
        id=row.text("id", "alarmInputID", "alarmInputId", "alarmOutputID"),
        active=None if code else meaning.get(status),
        error_code=code,
    )


def _read_control(answer: Row) -> None:
    for row in answer.list_or_empty(
        lambda row: row, "alarmOutputOperation", "alarmOutput", "list"
    ):
        raise_failed(row)
