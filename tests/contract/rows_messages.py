"""Rows for raw messages (reference "Message Services"; guide sections 2.4 and 3)."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from custom_components.hikcentral_connect.api.models.events import (
    AccessEvent,
    AccessMethod,
    Other,
    Position,
    Ring,
    RingDoor,
    RingState,
)
from custom_components.hikcentral_connect.api.models.messages import (
    Batch,
    MessagePicture,
    content_id,
)
from custom_components.hikcentral_connect.api.session import DialectName

from .row import ContractRow

SITE = timezone(timedelta(hours=1))
WHEN = "2026-01-01T10:00:00+01:00"
MOMENT = datetime(2026, 1, 1, 10, tzinfo=SITE)
ACCESS_BASE: dict[str, Any] = {
    "eventType": 110013,
    "elementId": "e1",
    "elementType": 1002,
    "elementName": "Front door",
    "areaName": "Yard",
    "occurTime": WHEN,
    "deviceId": "d2",
    "deviceSerial": "K00000001",
    "deviceName": "Terminal",
    "channelNo": 1,
    "currentEvent": 1,
    "serialNo": 484,
    "cardReaderId": "cr1",
}
POSITION: dict[str, Any] = {
    "basicInfo": {
        "occurrenceTime": "2023-05-08 11:15:26",
        "msgType": "Msg330001",
        "resource": {"id": "v1", "name": "AB 1", "areaName": "Fleet"},
        "device": {"id": "d3", "name": "K70000001", "category": "mobileDevice"},
    },
    "data": {
        "vehicleRelatedInfo": {
            "gpsInfo": {
                "ew": "W",
                "lng": "6.943345",
                "ns": "N",
                "lat": "50.331554",
                "direction": 32759,
                "height": 6090,
                "speed": 5000000,
            },
            "vehicleInfo": {
                "licensePlate": "AB 1",
                "driverName": " ",
                "id": "v1",
                "speedLimit": 8200000,
            },
        }
    },
}


def _basic(kind: str, device: str, serial: str) -> dict[str, Any]:
    return {
        "msgType": kind,
        "occurrenceTime": WHEN,
        "device": {"id": device, "name": "Terminal", "deviceSerial": serial},
    }


ROWS = (
    ContractRow(
        "Messages.subscribe",
        DialectName.REFERENCE,
        "alarm/v1/mq/subscribe",
        sent={"eventTypes": ["doorAccess", "doorAccessDenied", "doorbell"]},
        arguments={"event_types": ()},
        data={"subscriptionId": "queue_001", "mqUrl": "https://queue.example"},
        read="queue_001",
    ),
    ContractRow(
        "Messages.subscribe",
        DialectName.TEAMS,
        "rawmsg/v1/mq/subscribe",
        sent={"subscribeType": 1, "msgType": ["Msg330001", "Msg140001"]},
        arguments={"event_types": ("Msg330001", "Msg140001")},
        read="",
    ),
    ContractRow(
        "Messages.unsubscribe",
        DialectName.TEAMS,
        "rawmsg/v1/mq/subscribe",
        sent={"subscribeType": 0, "msgType": []},
    ),
    ContractRow(
        "Messages.messages",
        DialectName.REFERENCE,
        "message/v1/rawmessage/get",
        sent={"queueId": "queue_001", "maxCount": 100},
        arguments={"subscription": "queue_001"},
        data={
            "messages": [
                {
                    "messageId": "msg_001",
                    "eventType": "doorAccess",
                    "timestamp": "2024-01-15T10:00:00Z",
                    "doorId": "door_001",
                    "doorName": "Front door",
                    "method": "face",
                    "personId": "person_001",
                    "personName": "John Smith",
                },
                {
                    "messageId": "msg_002",
                    "eventType": "doorbell",
                    "timestamp": "2024-01-15T10:00:00Z",
                    "deviceId": "device_001",
                    "doorId": "door_001",
                },
                {"messageId": "msg_003", "eventType": "somethingNew"},
            ]
        },
        read=Batch(
            [
                AccessEvent(
                    id="msg_001",
                    event_type="doorAccess",
                    occurred=datetime(2024, 1, 15, 10, tzinfo=UTC),
                    door_id="door_001",
                    door_name="Front door",
                    granted=True,
                    method=AccessMethod.FACE,
                    person_id="person_001",
                    person_name="John Smith",
                ),
                Ring(
                    id="msg_002",
                    event_type="doorbell",
                    occurred=datetime(2024, 1, 15, 10, tzinfo=UTC),
                    device_id="device_001",
                    call_id="msg_002",
                    state=RingState.RINGING,
                    doors=(RingDoor("door_001", None),),
                ),
                Other(id="msg_003", event_type="somethingNew"),
            ],
            ("msg_001", "msg_002", "msg_003"),
            None,
        ),
    ),
    ContractRow(
        "Messages.messages",
        DialectName.TEAMS,
        "rawmsg/v1/mq/messages",
        sent={},
        arguments={"subscription": ""},
        data={
            "batchId": "b1",
            "remainingNumber": 0,
            "event": [
                {
                    "basicInfo": _basic("Msg110013", "d2", "K00000001"),
                    "data": {
                        "openDoorInfo": {
                            "event": {
                                "basicInfo": ACCESS_BASE,
                                "intelliInfo": {
                                    "personId": "p1",
                                    "firstName": "Ada",
                                    "lastName": "",
                                    "cardNumber": "",
                                    "personPicUrl": "https://people.example/1",
                                    "authResult": 1,
                                    "attendanceStatus": 0,
                                },
                            }
                        }
                    },
                },
                {
                    "basicInfo": _basic("Msg140001", "d4", "K2"),
                    "data": {
                        "deviceTalkInfo": {
                            "userId": "u1",
                            "msgId": "call1",
                            "msgType": 0,
                            "callType": 0,
                            "roomNumber": 101,
                            "deviceSerial": "K2",
                            "deviceName": "Gate",
                            "deviceId": "d4",
                            "doorInfos": [{"doorId": "e1", "doorName": "Front"}],
                        }
                    },
                },
                POSITION,
                {
                    "uuid": "u-1",
                    "update": True,
                    "basicInfo": {
                        "msgType": "Msg330502",
                        "occurrenceTime": WHEN,
                        "resource": {"id": "v1", "name": "AB 1", "areaName": "Fleet"},
                    },
                    "picture": [{"url": "https://files.example/1?encrypt=2"}],
                    "video": [],
                    "data": POSITION["data"],
                },
            ],
        },
        read=Batch(
            [
                AccessEvent(
                    id=content_id([ACCESS_BASE, "p1", None]),
                    event_type="110013",
                    occurred=MOMENT,
                    device_id="d2",
                    device_serial="K00000001",
                    device_name="Terminal",
                    area_name="Yard",
                    door_id="e1",
                    door_name="Front door",
                    granted=True,
                    method=AccessMethod.FACE,
                    element_type="1002",
                    reader_id="cr1",
                    serial=484,
                    person_id="p1",
                    person_name="Ada",
                    person_picture="https://people.example/1",
                    clocking_code="0",
                ),
                Ring(
                    id="call1-0",
                    event_type="140001",
                    occurred=MOMENT,
                    device_id="d4",
                    device_serial="K2",
                    device_name="Gate",
                    call_id="call1",
                    state=RingState.RINGING,
                    room="101",
                    user_id="u1",
                    doors=(RingDoor("e1", "Front"),),
                ),
                Position(
                    id=content_id(POSITION),
                    event_type="330001",
                    device_id="d3",
                    device_name="K70000001",
                    area_name="Fleet",
                    latitude=50.331554,
                    longitude=-6.943345,
                    speed=50.0,
                    direction=359,
                    height=60.9,
                    vehicle_id="v1",
                    vehicle_name="AB 1",
                    speed_limit=82.0,
                ),
                Other(
                    id="u-1",
                    event_type="330502",
                    occurred=MOMENT,
                    area_name="Fleet",
                    source_id="v1",
                    source_name="AB 1",
                    pictures=(
                        MessagePicture("https://files.example/1?encrypt=2", True),
                    ),
                    update=True,
                ),
            ],
            ("b1",),
            0,
        ),
    ),
    ContractRow(
        "Messages.acknowledge",
        DialectName.REFERENCE,
        "message/v1/rawmessage/ack",
        sent={"queueId": "queue_001", "messageIds": ["msg_001", "msg_002", "msg_003"]},
        arguments={
            "subscription": "queue_001",
            "receipts": ("msg_001", "msg_002", "msg_003"),
        },
    ),
    ContractRow(
        "Messages.acknowledge",
        DialectName.TEAMS,
        "rawmsg/v1/mq/messages/complete",
        sent={"batchId": "b1"},
        arguments={"subscription": "", "receipts": ("b1",)},
    ),
)
