"""Alarm inputs and outputs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AlarmPort:
    """One alarm input or output of a device.

    `id` is the resource. The guide's own example commands an output by `channel_id`
    (guide section 5, uncertainty 5), so both are kept. `online` is the link to the
    device, not whether the port is active.
    """

    id: str
    name: str
    channel_id: str | None
    number: int | None
    device_id: str | None
    device_serial: str | None
    area_id: str | None
    area_name: str | None
    online: bool | None


@dataclass(frozen=True, slots=True)
class PortState:
    """Whether an input is triggered or an output is switched on.

    `active` is None when the service does not know or `error_code` is set.
    """

    id: str
    active: bool | None
    error_code: str | None = None
