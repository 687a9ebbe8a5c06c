"""Rows for alarms (reference "Alarm Services"; guide section 2.3)."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from custom_components.hikcentral_connect.api.models.messages import (
    Alarm,
    Batch,
    LogQuery,
    MessagePicture,
    Phase,
)
from custom_components.hikcentral_connect.api.session import DialectName

from .row import ContractRow

SITE = timezone(timedelta(hours=1))
STARTED = datetime(2026, 1, 1, 9, tzinfo=UTC)
RULE: dict[str, Any] = {
    "alarmMainCategory": "alarmCategoryVideo",
    "alarmSubCategory": "alarmSubCategoryCamera",
    "eventSource": {
        "eventType": "10002",
        "sourceType": "camera",
        "sourceID": "c1",
        "sourceName": "Gate cam",
        "areaID": "a1",
        "areaName": "Yard",
        "deviceInfo": {
            "devID": "d1",
            "devName": "NVR",
            "devCategory": "encodingDevice",
            "deviceSerial": "F00000001",
        },
    },
    "alarmRule": {"id": "r", "name": "Motion"},
    "alarmPriority": {"id": "p", "level": "1"},
}
KNOWN: dict[str, Any] = {
    "event_type": "10002",
    "source_type": "camera",
    "source_id": "c1",
    "source_name": "Gate cam",
    "device_id": "d1",
    "device_serial": "F00000001",
    "device_name": "NVR",
    "area_name": "Yard",
    "rule_name": "Motion",
    "priority": "1",
}


def _file(kind: str, name: str, state: str) -> dict[str, Any]:
    url = f"https://files.example/{name}"
    return {"type": kind, "url": url, "saveState": state, "encrypted": "0"}


ROWS = (
    ContractRow(
        "Alarms.subscribe",
        DialectName.REFERENCE,
        "alarm/v1/mq/subscribe",
        sent={"eventTypes": ["motion", "intrusion", "faceDetection"]},
        arguments={"event_types": ("motion", "intrusion", "faceDetection")},
        data={"subscriptionId": "sub_001", "mqUrl": "https://queue.example"},
        read="sub_001",
    ),
    ContractRow(
        "Alarms.subscribe",
        DialectName.TEAMS,
        "alarm/v1/mq/subscribe",
        sent={"subscribeType": 1, "subscribeMode": 1, "eventType": [10002, 10103]},
        arguments={"event_types": ("10002", "10103")},
        read="",
    ),
    ContractRow(
        "Alarms.subscribe",
        DialectName.TEAMS,
        "alarm/v1/mq/subscribe",
        sent={"subscribeType": 1, "subscribeMode": 0},
        arguments={"event_types": ()},
        read="",
    ),
    ContractRow(
        "Alarms.unsubscribe",
        DialectName.TEAMS,
        "alarm/v1/mq/subscribe",
        sent={"subscribeType": 0, "subscribeMode": 1, "eventType": [10002]},
        arguments={"event_types": ("10002",)},
    ),
    ContractRow(
        "Alarms.messages",
        DialectName.REFERENCE,
        "alarm/v1/mq/messages",
        sent={"subscriptionId": "sub_001", "maxMessages": 100},
        arguments={"subscription": "sub_001"},
        data={
            "messages": [
                {
                    "messageId": "msg_001",
                    "eventType": "motion",
                    "timestamp": "2024-01-15T10:00:00Z",
                }
            ]
        },
        read=Batch(
            [
                Alarm(
                    id="msg_001",
                    event_type="motion",
                    phase=Phase.PULSE,
                    occurred=datetime(2024, 1, 15, 10, tzinfo=UTC),
                )
            ],
            ("msg_001",),
            None,
        ),
    ),
    ContractRow(
        "Alarms.messages",
        DialectName.TEAMS,
        "alarm/v1/mq/messages",
        sent={"maxNumberPerTime": 500},
        arguments={"subscription": ""},
        data={
            "batchId": "b1",
            "remainingNumber": 7,
            "alarmMsg": [
                RULE
                | {
                    "guid": "g1",
                    "msgType": "1",
                    "alarmState": "1",
                    "pulseAlarm": "false",
                    "dataRetransmission": 1,
                    "timeInfo": {
                        "startTime": "2026-01-01T09:00:00Z",
                        "startTimeLocal": "2026-01-01T10:00:00+01:00",
                    },
                    "fileInfo": {
                        "fileContent": "1,2",
                        "file": [
                            _file("1", "1$encrypt=2", "0"),
                            _file("1", "2", "4"),
                            _file("2", "3", "0"),
                        ],
                    },
                },
                RULE
                | {
                    "guid": "g1",
                    "msgType": "0",
                    "alarmState": "0",
                    "pulseAlarm": "0",
                    "dataRetransmission": 0,
                    "timeInfo": {
                        "startTime": "2026-01-01T09:00:00Z",
                        "endTime": "2026-01-01T09:00:15Z",
                    },
                    "fileInfo": {},
                },
            ],
        },
        read=Batch(
            [
                Alarm(
                    id="g1",
                    phase=Phase.START,
                    occurred=STARTED,
                    pictures=(
                        MessagePicture("https://files.example/1$encrypt=2", True),
                    ),
                    **KNOWN,
                ),
                Alarm(
                    id="g1",
                    phase=Phase.END,
                    occurred=STARTED + timedelta(seconds=15),
                    ended=STARTED + timedelta(seconds=15),
                    live=False,
                    **KNOWN,
                ),
            ],
            ("b1",),
            7,
        ),
    ),
    ContractRow(
        "Alarms.acknowledge",
        DialectName.REFERENCE,
        "message/v1/rawmessage/ack",
        sent={"queueId": "queue_001", "messageIds": ["msg_001", "msg_002", "msg_003"]},
        arguments={
            "subscription": "queue_001",
            "receipts": ("msg_001", "msg_002", "msg_003"),
        },
    ),
    ContractRow(
        "Alarms.acknowledge",
        DialectName.TEAMS,
        "alarm/v1/mq/messages/complete",
        sent={"batchId": "b1"},
        arguments={"subscription": "", "receipts": ("b1",)},
    ),
    ContractRow(
        "Alarms.log",
        DialectName.REFERENCE,
        "alarm/v1/alarmlogs/get",
        sent={
            "startTime": "2024-01-01T00:00:00Z",
            "endTime": "2024-01-31T23:59:59Z",
            "eventTypes": ["motion", "intrusion"],
            "pageNo": 1,
            "pageSize": 100,
        },
        arguments={
            "query": LogQuery(
                starts=datetime(2024, 1, 1, tzinfo=UTC),
                ends=datetime(2024, 1, 31, 23, 59, 59, tzinfo=UTC),
                event_types=("motion", "intrusion"),
            )
        },
        page=1,
        data={
            "total": 1,
            "list": [
                {
                    "id": "log_001",
                    "eventType": "motion",
                    "timestamp": "2024-01-15T10:00:00Z",
                    "deviceId": "device_001",
                }
            ],
        },
        read=[
            Alarm(
                id="log_001",
                event_type="motion",
                phase=Phase.PULSE,
                occurred=datetime(2024, 1, 15, 10, tzinfo=UTC),
                device_id="device_001",
            )
        ],
    ),
    ContractRow(
        "Alarms.log",
        DialectName.TEAMS,
        "alarm/v1/alarmlog",
        sent={
            "pageIndex": 1,
            "pageSize": 500,
            "timeRange": {
                "beginTime": "2026-01-01 00:00:00",
                "endTime": "2026-01-02 00:00:00",
            },
            "areaID": "a1",
            "eventTypeList": ["10002"],
        },
        arguments={
            "query": LogQuery(
                starts=datetime(2026, 1, 1, tzinfo=SITE),
                ends=datetime(2026, 1, 2, tzinfo=SITE),
                event_types=("10002",),
                area_id="a1",
            )
        },
        page=1,
        data={
            "pageIndex": 1,
            "pageSize": 500,
            "moreData": 0,
            "alarmLogList": [
                RULE
                | {
                    "guid": "g1",
                    "dataRetransmission": 1,
                    "alarmState": "0",
                    "pulseAlarm": "0",
                    "timeInfo": {
                        "startTime": "2026-01-01T09:00:00Z",
                        "endTime": "2026-01-01T09:00:15Z",
                    },
                    "fileInfo": {},
                },
                RULE
                | {
                    "guid": "g2",
                    "alarmState": "0",
                    "pulseAlarm": "1",
                    "timeInfo": {"startTime": "2026-01-01T09:00:00Z"},
                },
            ],
        },
        read=[
            Alarm(
                id="g1",
                phase=Phase.END,
                occurred=STARTED,
                ended=STARTED + timedelta(seconds=15),
                **KNOWN,
            ),
            Alarm(id="g2", phase=Phase.PULSE, occurred=STARTED, **KNOWN),
        ],
    ),
    ContractRow(
        "Alarms.set_low_battery",
        DialectName.TEAMS,
        "alarm/v1/voltagesetting/set",
        sent={"voltageThreshold": 20},
        arguments={"percent": 20},
        data=True,
    ),
)
