"""Actions on alarm rules: for administrators."""

from typing import Any, Final

import voluptuous as vol

from homeassistant.const import ATTR_CONFIG_ENTRY_ID, ATTR_NAME
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers import config_validation as cv, service
from homeassistant.helpers.typing import VolDictType

from ..api.dialects.reference.alarms import EVENT_WORDS
from ..api.errors import FieldInvalid
from ..api.models.resources import Camera
from ..api.models.rules import Rule, RuleRequest, WeekHours
from ..const import DOMAIN
from ..exceptions import told_to_owner
from ..issues import NO_ALARM_RULES, async_withdraw
from ..messages.kinds import CAMERA_KINDS, AlarmKind, kind_of
from .common import camera_of, entry_of, is_teams

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
RULE_KINDS: Final = {
    kind.key: kind for kind in CAMERA_KINDS if kind.ability is not None
}
"""What every camera of both services can be told to report."""

_ACCOUNT: Final[VolDictType] = {vol.Optional(ATTR_CONFIG_ENTRY_ID): cv.string}
_ADD: Final[VolDictType] = {
    **_ACCOUNT,
    vol.Required(ATTR_NAME): cv.string,
    vol.Required("kind"): vol.In(RULE_KINDS),
    vol.Required("cameras"): cv.entity_ids,
    vol.Optional("starts"): cv.time,
    vol.Optional("ends"): cv.time,
    vol.Optional("weekdays", default=list(DAYS)): vol.All(
        cv.ensure_list, [vol.In(DAYS)]
    ),
    vol.Optional("schedule_id"): cv.string,
    vol.Optional("priority_id"): cv.string,
    vol.Optional("enabled", default=True): cv.boolean,
}


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register the actions on alarm rules."""
    for name, function, schema, response in (
        ("add_alarm_rule", _async_add, _ADD, SupportsResponse.OPTIONAL),
        ("list_alarm_rules", _async_list, _ACCOUNT, SupportsResponse.ONLY),
    ):
        service.async_register_admin_service(
            hass, DOMAIN, name, function, vol.Schema(schema), response
        )


async def _async_add(call: ServiceCall) -> ServiceResponse:
    """Make a rule for some cameras and return its id; in teams one for each camera."""
    entry, data = entry_of(call), call.data
    cameras = [camera_of(call.hass, entry, one) for one in data["cameras"]]
    client = entry.runtime_data.client
    with told_to_owner():
        requests = (
            [_for_camera(data, camera, len(cameras)) for camera in cameras]
            if is_teams(entry)
            else [_for_devices(data, cameras)]
        )
        ids: list[Any] = [await client.alarm_rules.add(one) for one in requests]
    if data["enabled"]:
        async_withdraw(call.hass, entry, NO_ALARM_RULES)
    return {"rule_ids": ids}


def _for_camera(data: dict[str, Any], camera: Camera, among: int) -> RuleRequest:
    """Return a rule of teams, which knows schedules by their template only."""
    if "starts" in data or "ends" in data:
        raise FieldInvalid("starts", "is not taken by this service; use schedule_id")
    name = data[ATTR_NAME]
    return RuleRequest(
        name=name if among == 1 else f"{name} ({camera.name})",
        event_type=_code(RULE_KINDS[data["kind"]], digits=True),
        source_type="camera",
        source_id=camera.id,
        source_name=camera.name,
        enabled=data["enabled"],
        schedule_id=data.get("schedule_id"),
        priority_id=data.get("priority_id"),
    )


def _for_devices(data: dict[str, Any], cameras: list[Camera]) -> RuleRequest:
    """Return a rule of the reference, which knows devices and hours."""
    return RuleRequest(
        name=data[ATTR_NAME],
        event_type=_code(RULE_KINDS[data["kind"]], digits=False),
        device_ids=tuple(
            dict.fromkeys(one.device_id for one in cameras if one.device_id)
        ),
        hours=_hours(data),
    )


def _hours(data: dict[str, Any]) -> WeekHours | None:
    if "starts" not in data and "ends" not in data:
        return None
    if "starts" not in data or "ends" not in data:
        raise FieldInvalid("ends", "must be given together with starts")
    days = tuple(DAYS.index(day) + 1 for day in data["weekdays"])
    return WeekHours(data["starts"], data["ends"], days)


def _code(kind: AlarmKind, *, digits: bool) -> str:
    """Return the code (teams) or word (reference) of a kind."""
    known = sorted(filter(str.isdigit, kind.codes)) if digits else EVENT_WORDS
    code = next((one for one in known if one in kind.codes), None)
    if code is None:
        raise FieldInvalid("kind", "is not known to this service")
    return code


async def _async_list(call: ServiceCall) -> ServiceResponse:
    """Return the alarm rules; the reference cannot list them."""
    with told_to_owner():
        rules = await entry_of(call).runtime_data.client.alarm_rules.rules()
    return {"rules": [_row(one) for one in rules]}


def _row(rule: Rule) -> dict[str, Any]:
    kind = kind_of(rule.event_type or "")
    return {
        "rule_id": rule.id,
        ATTR_NAME: rule.name,
        "enabled": rule.enabled,
        "faulty": rule.faulty,
        "kind": kind.key if kind else None,
        "event_type": rule.event_type,
        "source_type": rule.source_type,
        "source_id": rule.source_id,
        "source_name": rule.source_name,
        "priority": rule.priority,
        "schedule_id": rule.schedule_id,
    }
