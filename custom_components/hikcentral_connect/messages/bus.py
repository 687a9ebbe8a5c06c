"""The event `hikcentral_connect_event`: one per message, version 1.

Positions of vehicles come as `hikcentral_connect_position` with the same fields.

Every field below is always there; one that a message says nothing of is None. Signed
addresses, card numbers and pictures never are.
"""

from datetime import datetime
from typing import Any

from ..api.models.events import AccessEvent, Message, Other, Position, Ring
from ..api.models.messages import Alarm
from ..const import EVENT_VERSION
from .kinds import OTHER, kind_of


def event_data(
    entry_id: str, late: bool, message: Alarm | Message, personal: bool = False
) -> dict[str, Any]:
    """Return the whole normalised message, with the service's own id.

    Only with `personal` are persons named.
    """
    return {
        "version": EVENT_VERSION,
        "entry_id": entry_id,
        "category": category_of(message),
        "type": type_of(message),
        "code": message.event_type,
        "message_id": message.id,
        "occurred": _iso(message.occurred),
        "late": late,
        "device_id": message.device_id,
        "device_serial": message.device_serial,
        "device_name": message.device_name,
        "area": message.area_name,
        **_details(message, personal),
    }


def category_of(message: Alarm | Message) -> str:
    """Return "alarm", "access", "ring", "position" or "other"."""
    match message:
        case Alarm():
            return "alarm"
        case AccessEvent():
            return "access"
        case Ring():
            return "ring"
        case Position():
            return "position"
    return "other"


def type_of(message: Alarm | Message) -> str:
    """Return the readable kind of a message; an unknown one is "other"."""
    match message:
        case Alarm() | Other():
            kind = kind_of(message.event_type)
            return kind.key if kind else OTHER
        case AccessEvent(granted=True):
            return "granted"
        case AccessEvent(granted=False):
            return "denied"
        case Ring():
            return message.state.value
        case Position():
            return "position"
    return OTHER


def _details(message: Alarm | Message, personal: bool) -> dict[str, Any]:
    match message:
        case Alarm():
            return {
                "phase": message.phase.value,
                "source_type": message.source_type,
                "source_id": message.source_id,
                "source_name": message.source_name,
                "channel": message.channel,
                "rule": message.rule_name,
                "priority": message.priority,
                "pictures": len(message.pictures),
            }
        case AccessEvent():
            return {
                "door_id": message.door_id,
                "door_name": message.door_name,
                "method": message.method.value,
                "direction": message.direction.value,
                "duress": message.duress,
                "person_id": message.person_id,
                "person_name": message.person_name if personal else None,
            }
        case Ring():
            return {
                "call_id": message.call_id,
                "room": message.room,
                "doors": [door.id for door in message.doors],
            }
        case Position():
            return {"vehicle_id": message.vehicle_id}
        case Other():
            return {
                "source_id": message.source_id,
                "source_name": message.source_name,
                "pictures": len(message.pictures),
            }
    return {}


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
