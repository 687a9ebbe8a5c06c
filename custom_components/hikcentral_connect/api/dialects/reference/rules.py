"""Alarm rules of the reference ("Alarm Services")."""

from typing import Final

from ... import checks
from ...call import Call, Kind, without_empty
from ...errors import FieldInvalid
from ...models.rules import RuleRequest, WeekHours
from ...row import JsonObject
from .. import ids

_CLOCK: Final = "%H:%M"


def add(request: RuleRequest) -> Call[str]:
    """Make an alarm rule and return its id ("Add Alarm Rule").

    Raises `NotFound` for a device, `AlreadyExists` for the name.
    """
    return Call(
        "alarm/v1/alarmrules/add",
        lambda answer: answer.text("ruleId"),
        without_empty(
            ruleName=checks.text("name", request.name, 255),
            deviceIds=ids.some("device_ids", request.device_ids),
            eventType=checks.text("event_type", request.event_type, 64),
            schedule=_schedule(request.hours),
        ),
        Kind.WRITE,
    )


def _schedule(hours: WeekHours | None) -> JsonObject | None:
    if hours is None:
        return None
    if not hours.weekdays:
        raise FieldInvalid("hours", "must have at least one day")
    return {
        "startTime": hours.starts.strftime(_CLOCK),
        "endTime": hours.ends.strftime(_CLOCK),
        "weekDays": [checks.within("hours", day, 1, 7) for day in hours.weekdays],
    }
