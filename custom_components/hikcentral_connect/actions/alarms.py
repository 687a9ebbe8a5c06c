"""The action that reads the log of alarms."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

import voluptuous as vol

from homeassistant.const import ATTR_CONFIG_ENTRY_ID
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util

from ..api.errors import FieldInvalid
from ..api.models.messages import Alarm
from ..const import DOMAIN
from ..exceptions import told_to_owner
from ..messages.bus import event_data, type_of
from ..messages.history import read_log
from ..messages.kinds import KINDS, OTHER
from ..runtime import HikConfigEntry
from .common import camera_of, entry_of
from .rights import async_check_read

SERVICE_GET_ALARM_LOG: Final = "get_alarm_log"

ATTR_STARTS: Final = "starts"
ATTR_ENDS: Final = "ends"
ATTR_KINDS: Final = "kinds"
ATTR_CAMERAS: Final = "cameras"

LONGEST: Final = timedelta(days=31)
"""How much may be asked for at once: in teams every day is a request of its own."""

GET_ALARM_LOG_SCHEMA: Final = vol.Schema(
    {
        vol.Optional(ATTR_CONFIG_ENTRY_ID): cv.string,
        vol.Required(ATTR_STARTS): cv.datetime,
        vol.Optional(ATTR_ENDS): cv.datetime,
        vol.Optional(ATTR_KINDS, default=list): vol.All(
            cv.ensure_list, [vol.In([*(kind.key for kind in KINDS), OTHER])]
        ),
        vol.Optional(ATTR_CAMERAS, default=list): cv.entity_ids,
    }
)

_NOT_OF_A_ROW: Final = ("version", "entry_id", "category", "late")
"""What the bus says of a message, and what says nothing of an alarm of the past."""


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register the action on the log of alarms."""
    hass.services.async_register(
        DOMAIN,
        SERVICE_GET_ALARM_LOG,
        _async_get_alarm_log,
        GET_ALARM_LOG_SCHEMA,
        SupportsResponse.ONLY,
    )


async def _async_get_alarm_log(call: ServiceCall) -> ServiceResponse:
    """Return the alarms of a span of time, the oldest first."""
    await async_check_read(call, call.data.get(ATTR_CAMERAS, ()))
    entry = entry_of(call)
    wanted = _filter(call.hass, entry, call.data)
    with told_to_owner():
        starts, ends = _span(call.data)
        alarms = await read_log(entry.runtime_data.client, starts, ends)
    return {"alarms": [_row(entry, alarm) for alarm in alarms if wanted(alarm)]}


def _span(data: dict[str, Any]) -> tuple[datetime, datetime]:
    starts = dt_util.as_utc(data[ATTR_STARTS])
    ends = dt_util.as_utc(data.get(ATTR_ENDS) or dt_util.utcnow())
    if starts >= ends:
        raise FieldInvalid(ATTR_ENDS, "must be after the start")
    if ends - starts > LONGEST:
        raise FieldInvalid(ATTR_STARTS, "must be at most 31 days before the end")
    return starts, ends


def _filter(
    hass: HomeAssistant, entry: HikConfigEntry, data: dict[str, Any]
) -> Callable[[Alarm], bool]:
    """Return what tells whether an alarm is wanted; empty lists want all."""
    kinds = frozenset(data[ATTR_KINDS])
    cameras = {camera_of(hass, entry, one).id for one in data[ATTR_CAMERAS]}
    inventory = entry.runtime_data.inventory.data

    def wanted(alarm: Alarm) -> bool:
        if kinds and type_of(alarm) not in kinds:
            return False
        camera = inventory.camera_of(alarm)
        return not cameras or (camera is not None and camera.id in cameras)

    return wanted


def _row(entry: HikConfigEntry, alarm: Alarm) -> dict[str, Any]:
    fields = event_data(entry.entry_id, late=True, message=alarm)
    row = {key: value for key, value in fields.items() if key not in _NOT_OF_A_ROW}
    camera = entry.runtime_data.inventory.data.camera_of(alarm)
    return row | {
        "camera_id": camera.id if camera else None,
        "ended": alarm.ended.isoformat() if alarm.ended else None,
    }
