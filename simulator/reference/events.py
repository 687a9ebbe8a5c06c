"""Events as the reference tells them.

The contract shows two fields of a message, ``eventType`` and ``timestamp``, and
three words: motion, intrusion, faceDetection. "Acknowledge Messages" takes message
ids, so there must be one. Everything else is the simulator's assumption:

* ``messageId``; ``deviceId``, ``deviceSerial`` and ``deviceName`` of the device;
* ``cameraId`` and ``cameraName`` of alarms of a camera; ``doorId`` and ``doorName``
  of doors; ``personId``, ``personName`` and ``method`` of door accesses;
* the other words of `EVENT_TYPES`;
* an alarm is one message, at its start: the contract has no end and no picture;
  a call is one message, when it rings.
"""

from datetime import UTC, datetime
from typing import Any

from simulator.account import Account
from simulator.world.events import (
    Access,
    Alarm,
    AlarmKind,
    CallPhase,
    Event,
    Phase,
    Ring,
)
from simulator.world.places import Camera, Device

ACCESS = "doorAccess"
DENIED = "doorAccessDenied"
RING = "doorbell"
EVENT_TYPES = frozenset(kind.value for kind in AlarmKind) | {ACCESS, DENIED, RING}


def publish(account: Account, event: Event) -> None:
    """Give every subscription its own copy of the message, if there is one."""
    if not (message := _message(event)):
        return
    for queue in account.subscriptions.values():
        queue.put({"messageId": account.world.ids.unique("msg")} | message)


def _message(event: Event) -> dict[str, Any] | None:
    match event:
        case Alarm(phase=Phase.START | Phase.PULSE):
            return alarm_message(event)
        case Access():
            return _access(event)
        case Ring(phase=CallPhase.RINGING):
            return _ring(event)
    return None


def alarm_message(alarm: Alarm) -> dict[str, Any]:
    """Return what is told of an alarm."""
    source = alarm.source
    device = source if isinstance(source, Device) else source.device
    message = _about(alarm.kind.value, alarm.started, device)
    if isinstance(source, Camera):
        message |= {"cameraId": source.id, "cameraName": source.name}
    return message


def _access(access: Access) -> dict[str, Any]:
    kind = ACCESS if access.granted else DENIED
    message = _about(kind, access.at, access.door.device)
    message |= {
        "doorId": access.door.id,
        "doorName": access.door.name,
        "method": access.method.value,
    }
    if access.person:
        person = access.person
        message |= {"personId": person.id, "personName": person.name}
    return message


def _ring(ring: Ring) -> dict[str, Any]:
    message = _about(RING, ring.at, ring.station)
    for door in ring.doors[:1]:
        message |= {"doorId": door.id, "doorName": door.name}
    return message


def _about(kind: str, at: datetime, device: Device) -> dict[str, Any]:
    return {
        "eventType": kind,
        "timestamp": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "deviceId": device.id,
        "deviceSerial": device.serial,
        "deviceName": device.name,
    }
