"""Events as the teams dialect tells them (guide 5.3.1, 5.4.1, A.3.20, A.3.91).

The alarm queue has alarms, the raw queue door accesses (Msg1100xx granted,
Msg1105xx denied), intercom calls (Msg140001) and positions (Msg330001).
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from simulator.account import Account
from simulator.services import Services
from simulator.world import World
from simulator.world.events import (
    Access,
    Alarm,
    AlarmKind,
    Event,
    Located,
    Method,
    Phase,
    Ring,
)
from simulator.world.places import AlarmInput, Camera, Device

from .tracking import GPS, gps_message

FILE_LIFE = timedelta(minutes=15)
RING = "Msg140001"
DOOR_ELEMENT = 1002

ALARM_CODES = {
    AlarmKind.MOTION: 10002,
    AlarmKind.INTRUSION: 10103,
    AlarmKind.FACE: 10016,
    AlarmKind.LINE_CROSSING: 10100,
    AlarmKind.REGION_ENTRANCE: 10101,
    AlarmKind.REGION_EXITING: 10102,
    AlarmKind.TAMPERING: 10001,
    AlarmKind.VIDEO_LOSS: 10000,
    AlarmKind.ALARM_INPUT: 50000,
    AlarmKind.DEVICE_OFFLINE: 50101,
    AlarmKind.DEVICE_ONLINE: 50120,
}
GRANTED = {
    Method.CARD: 110003,
    Method.FINGERPRINT: 110005,
    Method.FACE: 110013,
    Method.PASSWORD: 110020,
    Method.BLUETOOTH: 110022,
    Method.QR: 110023,
    Method.KEYFOB: 110024,
}
DENIED = {
    Method.CARD: 110515,
    Method.FINGERPRINT: 110517,
    Method.FACE: 110531,
    Method.PASSWORD: 110555,
    Method.BLUETOOTH: 110564,
    Method.QR: 110565,
    Method.KEYFOB: 110567,
}
NO_LEVEL = 110514


def publish(account: Account, services: Services, event: Event) -> None:
    """Queue an event where it belongs."""
    world = account.world
    match event:
        case Alarm():
            message = alarm_message(account, services, event)
            account.alarms.put(ALARM_CODES[event.kind], message)
        case Access():
            code = access_code(event)
            message = access_message(account, world, event, code)
            account.messages.put(f"Msg{code}", message)
        case Ring():
            account.messages.put(RING, ring_message(account, world, event))
        case Located():
            account.messages.put(GPS, gps_message(account, event))


def alarm_message(account: Account, services: Services, alarm: Alarm) -> dict[str, Any]:
    """Return an AlarmMsg (A.3.20)."""
    category, sub_category, source_type = _categories(alarm)
    pulse = alarm.phase is Phase.PULSE
    ended = alarm.phase is Phase.END
    return {
        "systemId": account.guid,
        "guid": alarm.guid,
        "dataRetransmission": 1,
        "msgType": "0" if ended else "1",
        "alarmState": "0" if ended else "1",
        "pulseAlarm": "1" if pulse else "0",
        "alarmMainCategory": category,
        "alarmSubCategory": sub_category,
        "timeInfo": _times(account.world, alarm),
        "eventSource": {
            "eventType": str(ALARM_CODES[alarm.kind]),
            "sourceID": alarm.source.id,
            "sourceName": alarm.source.name,
            "sourceType": source_type,
            **_area(alarm.source),
            "deviceInfo": _device(alarm.source),
        },
        "alarmRule": _rule(account.world, alarm),
        "alarmPriority": {
            "id": "1",
            "level": "1",
            "levelName": "High",
            "color": "#F40B0B",
        },
        "markState": "0",
        "affirmedState": "0",
        "linkageTypes": [],
        "linkageConfig": {},
        "fileInfo": _files(services, alarm),
    }


def access_code(access: Access) -> int:
    """Return the authentication event's number (A.1.6)."""
    if access.granted:
        return GRANTED[access.method]
    return DENIED[access.method] if access.person is None else NO_LEVEL


def access_message(
    account: Account, world: World, access: Access, code: int
) -> dict[str, Any]:
    """Return an Event (A.3.91) with openDoorInfo (A.3.43, A.3.106)."""
    door, person = access.door, access.person
    when = access.at.astimezone(world.zone).isoformat(timespec="seconds")
    basic = {
        "systemId": account.guid,
        "eventType": code,
        "elementId": door.id,
        "elementType": DOOR_ELEMENT,
        "elementName": door.name,
        "areaId": door.area.id,
        "areaName": door.area.name,
        "occurTime": when,
        "deviceId": door.device.id,
        "deviceSerial": door.device.serial,
        "deviceName": door.device.name,
        "channelNo": door.channel_no,
        "currentEvent": 1,
        "serialNo": access.number,
    }
    who = {
        "personId": person.id if person else "",
        "firstName": person.first_name if person else "",
        "lastName": person.last_name if person else "",
        "fullPath": world.people.path(person.group) if person else "",
        "groupId": person.group if person else "",
        "phoneNum": person.phone if person else "",
        "cardNumber": person.card if person and access.method is Method.CARD else "",
        "authResult": int(access.granted),
        "attendanceStatus": 0,
    }
    return {
        "basicInfo": _basic_info(account, door.device, f"Msg{code}", when),
        "data": {"openDoorInfo": {"event": {"basicInfo": basic, "intelliInfo": who}}},
    }


def ring_message(account: Account, world: World, ring: Ring) -> dict[str, Any]:
    """Return an Event (A.3.91) with deviceTalkInfo (A.3.75)."""
    when = ring.at.astimezone(world.zone).isoformat(timespec="seconds")
    talk = {
        "userId": account.user_id,
        "roomNumber": ring.room,
        "deviceSerial": ring.station.serial,
        "deviceName": ring.station.name,
        "deviceId": ring.station.id,
        "msgId": ring.call,
        "msgType": int(ring.phase),
        "callType": 0,
        "doorInfos": [{"doorId": one.id, "doorName": one.name} for one in ring.doors],
    }
    return {
        "basicInfo": _basic_info(account, ring.station, RING, when),
        "data": {"deviceTalkInfo": talk},
    }


def _basic_info(
    account: Account, device: Device, kind: str, when: str
) -> dict[str, Any]:
    return {
        "occurrenceTime": when,
        "systemId": account.guid,
        "msgType": kind,
        "device": {
            "id": device.id,
            "name": device.name,
            "category": device.category.value,
            "deviceSerial": device.serial,
        },
    }


def _categories(alarm: Alarm) -> tuple[str, str, str]:
    match alarm.source:
        case Camera() if alarm.kind is AlarmKind.VIDEO_LOSS:
            return "alarmCategoryMaintenance", "alarmSubCategoryCamera", "camera"
        case Camera():
            return "alarmCategoryVideo", "alarmSubCategoryCamera", "camera"
        case AlarmInput():
            return (
                "alarmCategoryAlarmDetection",
                "alarmSubCategoryAlarmInput",
                "alarmInput",
            )
        case Device():
            return (
                "alarmCategoryMaintenance",
                "alarmSubCategoryEncodingDevice",
                "encodingDevice",
            )


def _rule(world: World, alarm: Alarm) -> dict[str, str]:
    """Name the rule for the alarm's source; without one, a rule for all sources."""
    rule = world.alarm_rules.covering(alarm.source.id, alarm.kind)
    if rule:
        about = rule.settings.get("description", "")
        return {"id": rule.id, "name": rule.name, "description": about}
    every = f"{ALARM_CODES[alarm.kind]:019d}"
    return {"id": every, "name": alarm.kind.value, "description": ""}


def _times(world: World, alarm: Alarm) -> dict[str, str]:
    times = _time("startTime", alarm.started, world)
    return times | (_time("endTime", alarm.ended, world) if alarm.ended else {})


def _time(name: str, moment: datetime, world: World) -> dict[str, str]:
    local = moment.astimezone(world.zone)
    return {
        name: f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        f"{name}Local": local.isoformat(timespec="seconds"),
    }


def _area(source: Camera | AlarmInput | Device) -> dict[str, str]:
    if isinstance(source, Device):
        return {"areaID": "", "areaName": ""}
    return {"areaID": source.area.id, "areaName": source.area.name}


def _device(source: Camera | AlarmInput | Device) -> dict[str, str]:
    device = source if isinstance(source, Device) else source.device
    return {
        "devID": device.id,
        "devName": device.name,
        "devCategory": device.category.value,
        "deviceSerial": device.serial,
    }


def _files(services: Services, alarm: Alarm) -> dict[str, Any]:
    if not isinstance(alarm.source, Camera) or not alarm.pictured:
        return {"file": []}
    camera = alarm.source
    files = []
    for moment in alarm.pictured:
        render = services.picture_at(camera, moment)
        files.append(
            {
                "type": "1",
                "url": services.publish(render, "jpeg", FILE_LIFE),
                "saveState": "0",
                "generationMode": "1",
                "encrypted": str(int(camera.device.encrypted)),
                "extendInfo": {
                    "sourceID": camera.id,
                    "sourceName": camera.name,
                    "sourceType": "1001",
                    "captureIndex": "2",
                    "fileType": "capture",
                },
            }
        )
    return {"fileContent": "1", "file": files}
