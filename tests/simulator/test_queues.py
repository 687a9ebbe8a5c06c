"""The queues of both dialects: nothing is lost, nothing goes by itself."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from PIL import Image
import pytest

from simulator import Simulator
from simulator.account import Account
from simulator.world.events import AlarmKind, CallPhase

from .conftest import Api

ALL_ALARMS = {"subscribeType": 1, "subscribeMode": 0}
ALL_MESSAGES: dict[str, Any] = {"subscribeType": 1, "msgType": []}
EMPTY = {"batchId": "0", "remainingNumber": 0}


def cameras(account: Account) -> list[str]:
    """Return the ids of an account's cameras."""
    return list(account.world.cameras)


async def alarms(api: Api, **body: object) -> Any:
    """Poll the alarm queue of the teams dialect."""
    return await api.data("alarm/v1/mq/messages", body)


async def events(api: Api) -> Any:
    """Poll the raw message queue of the teams dialect."""
    return await api.data("rawmsg/v1/mq/messages")


async def complete(api: Api, queue: str, batch: str) -> str:
    """Acknowledge a batch of the teams dialect."""
    return await api.code(f"{queue}/v1/mq/messages/complete", {"batchId": batch})


async def test_not_subscribed(sim: Simulator, teams: Api) -> None:
    """Without a subscription polls are refused and nothing is collected."""
    account = sim.account("teams")
    for queue in ("alarm", "rawmsg"):
        assert await teams.code(f"{queue}/v1/mq/messages") == "OPEN000016"
        assert await complete(teams, queue, "x") == "OPEN000016"
    account.happen.alarm(cameras(account)[0])
    assert await teams.post("alarm/v1/mq/subscribe", ALL_ALARMS) == {"errorCode": "0"}
    assert await alarms(teams) == EMPTY | {"alarmMsg": []}


async def test_a_batch_stays_until_completed(sim: Simulator, teams: Api) -> None:
    """The same batch comes again; new messages wait behind it."""
    account = sim.account("teams")
    await teams.data("alarm/v1/mq/subscribe", ALL_ALARMS)
    first, second = (account.happen.alarm(one) for one in cameras(account)[:2])
    batch = await alarms(teams)
    assert [one["guid"] for one in batch["alarmMsg"]] == [first, second]
    third = account.happen.alarm(cameras(account)[2])
    again = await alarms(teams)
    assert again["batchId"] == batch["batchId"]
    assert again["alarmMsg"] == batch["alarmMsg"]
    assert again["remainingNumber"] == 1
    assert await complete(teams, "alarm", "unknown") == "OPEN000012"
    assert await complete(teams, "alarm", batch["batchId"]) == "0"
    assert await complete(teams, "alarm", batch["batchId"]) == "OPEN000012"
    assert account.alarms.completed == [batch["batchId"]]
    rest = await alarms(teams)
    assert [one["guid"] for one in rest["alarmMsg"]] == [third]
    await complete(teams, "alarm", rest["batchId"])
    assert await alarms(teams) == EMPTY | {"alarmMsg": []}


async def test_batch_sizes(sim: Simulator, teams: Api) -> None:
    """Only the documented sizes are taken, and they limit the batch."""
    account = sim.account("teams")
    await teams.data("alarm/v1/mq/subscribe", ALL_ALARMS)
    for _ in range(350):
        account.happen.alarm(cameras(account)[0], pictures=0, seconds=100)
    for size in (1, 99, 250, 600):
        body = {"maxNumberPerTime": size}
        assert await teams.code("alarm/v1/mq/messages", body) == "OPEN000029"
    batch = await alarms(teams, maxNumberPerTime=100)
    assert len(batch["alarmMsg"]) == 100
    assert batch["remainingNumber"] == 250
    await complete(teams, "alarm", batch["batchId"])
    batch = await alarms(teams)
    assert len(batch["alarmMsg"]) == 250


async def test_alarm_life(sim: Simulator, teams: Api) -> None:
    """Start, then the same guid with a picture, then the end."""
    account = sim.account("teams")
    await teams.data("alarm/v1/mq/subscribe", ALL_ALARMS)
    before = datetime.now(UTC).replace(microsecond=0)
    camera = account.world.cameras[cameras(account)[0]]
    guid = account.happen.alarm(camera.id, AlarmKind.INTRUSION, seconds=10)
    sim.clock.shift(30)
    batch = await alarms(teams)
    start, pictures, end = batch["alarmMsg"]
    assert {start["guid"], pictures["guid"], end["guid"]} == {guid}
    states = [(one["msgType"], one["alarmState"]) for one in batch["alarmMsg"]]
    assert states == [("1", "1"), ("1", "1"), ("0", "0")]
    assert start["eventSource"] == {
        "eventType": "10103",
        "sourceID": camera.id,
        "sourceName": "Driveway",
        "sourceType": "camera",
        "areaID": camera.area.id,
        "areaName": "Entrance",
        "deviceInfo": {
            "devID": camera.device.id,
            "devName": "House recorder",
            "devCategory": "encodingDevice",
            "deviceSerial": camera.device.serial,
        },
    }
    assert start["fileInfo"] == {"file": []}
    assert "endTime" not in start["timeInfo"]
    started = datetime.fromisoformat(end["timeInfo"]["startTime"])
    assert 0 <= (started - before).total_seconds() < 5
    ended = datetime.fromisoformat(end["timeInfo"]["endTime"])
    assert (ended - started).total_seconds() == pytest.approx(10, abs=1)
    local = datetime.fromisoformat(end["timeInfo"]["endTimeLocal"])
    assert local == ended
    assert end["timeInfo"]["endTimeLocal"].endswith("+01:00")
    file = pictures["fileInfo"]["file"][0]
    assert (file["type"], file["saveState"], file["encrypted"]) == ("1", "0", "0")
    assert Image.open(BytesIO(await teams.fetch(file["url"]))).format == "JPEG"


async def test_alarm_types(sim: Simulator, teams: Api) -> None:
    """Mode 1 collects the named types only; types can be given back."""
    account = sim.account("teams")
    path = "alarm/v1/mq/subscribe"
    by_type = {"subscribeType": 1, "subscribeMode": 1}
    assert await teams.code(path, by_type) == "OPEN000010"
    await teams.data(path, by_type | {"eventType": [10002, 50101]})
    account.happen.alarm(cameras(account)[0], AlarmKind.INTRUSION)
    account.happen.alarm(cameras(account)[0], AlarmKind.MOTION)
    device = next(iter(account.world.devices))
    account.happen.connect(device, online=False)
    account.happen.connect(device, online=True)
    types = [
        (one["eventSource"]["eventType"], one["pulseAlarm"])
        for one in (await alarms(teams))["alarmMsg"]
    ]
    assert types == [("10002", "0"), ("50101", "1")]
    gone = {"subscribeType": 0, "subscribeMode": 1, "eventType": [10002, 50101]}
    await teams.data(path, gone)
    assert await teams.code("alarm/v1/mq/messages") == "OPEN000016"


async def test_two_days_without_a_poll(sim: Simulator, teams: Api) -> None:
    """The subscription ends when nobody polls for two days, not when somebody does."""
    await teams.data("alarm/v1/mq/subscribe", ALL_ALARMS)
    for _ in range(3):
        sim.clock.shift(36 * 3600)
        await alarms(teams)
    sim.clock.shift(49 * 3600)
    assert await teams.code("alarm/v1/mq/messages") == "OPEN000016"


async def test_access_messages(sim: Simulator, teams: Api) -> None:
    """Granted and denied accesses with the codes of A.1.6."""
    account = sim.account("teams")
    await teams.data("rawmsg/v1/mq/subscribe", ALL_MESSAGES)
    door = next(iter(account.world.doors.values()))
    person = next(iter(account.world.people.values()))
    account.happen.access(door.id, person, method="face")
    account.happen.access(door.id, person, granted=False)
    account.happen.access(door.id)
    batch = await events(teams)
    kinds = [one["basicInfo"]["msgType"] for one in batch["event"]]
    assert kinds == ["Msg110013", "Msg110514", "Msg110515"]
    event = batch["event"][0]["data"]["openDoorInfo"]["event"]
    assert event["basicInfo"]["eventType"] == 110013
    assert event["basicInfo"]["elementId"] == door.id
    assert event["basicInfo"]["elementType"] == 1002
    assert event["intelliInfo"]["personId"] == person.id
    assert event["intelliInfo"]["authResult"] == 1
    denied = batch["event"][2]["data"]["openDoorInfo"]["event"]["intelliInfo"]
    assert (denied["personId"], denied["authResult"]) == ("", 0)
    assert await complete(teams, "rawmsg", batch["batchId"]) == "0"
    assert await events(teams) == EMPTY | {"event": []}


async def test_ring(sim: Simulator, teams: Api) -> None:
    """A call rings and is cancelled after half a minute; both share their id."""
    account = sim.account("teams")
    await teams.data(
        "rawmsg/v1/mq/subscribe", {"subscribeType": 1, "msgType": ["Msg140001"]}
    )
    call = account.happen.ring(room=7)
    (ring,) = (await events(teams))["event"]
    door = next(iter(account.world.doors.values()))
    talk = ring["data"]["deviceTalkInfo"]
    assert ring["basicInfo"]["msgType"] == "Msg140001"
    assert (talk["msgId"], talk["msgType"], talk["roomNumber"]) == (call, 0, 7)
    assert talk["doorInfos"] == [{"doorId": door.id, "doorName": "Front door"}]
    assert talk["deviceSerial"] == door.device.serial
    await complete(teams, "rawmsg", (await events(teams))["batchId"])
    sim.clock.shift(31)
    (cancelled,) = (await events(teams))["event"]
    talk = cancelled["data"]["deviceTalkInfo"]
    assert (talk["msgId"], talk["msgType"]) == (call, 3)
    assert not account.happen.end_call(call, CallPhase.ANSWERED)


async def test_message_types(sim: Simulator, teams: Api) -> None:
    """A wrong type is refused, the list is required, types filter."""
    path = "rawmsg/v1/mq/subscribe"
    assert await teams.code(path, {"subscribeType": 1}) == "OPEN000010"
    for wrong in ("140001", "Msg1", "Ring"):
        body = {"subscribeType": 1, "msgType": [wrong]}
        assert await teams.code(path, body) == "OPEN000010"
    example = {"subscribeType": 1, "msgType": ["Msg330001", "Msg330002"]}
    assert await teams.code(path, example) == "0"
    sim.account("teams").happen.ring()
    assert await events(teams) == EMPTY | {"event": []}


async def test_reference_queue(sim: Simulator, reference: Api) -> None:
    """Messages stay until acknowledged by id; both ways to fetch show the same."""
    account = sim.account("reference")
    data = await reference.data(
        "alarm/v1/mq/subscribe",
        {"eventTypes": ["motion", "intrusion", "faceDetection"]},
    )
    assert data.keys() == {"subscriptionId", "mqUrl"}
    queue = data["subscriptionId"]
    for camera in cameras(account)[:3]:
        account.happen.alarm(camera, "motion")
    account.happen.ring()

    async def poll(**more: object) -> list[dict[str, Any]]:
        body = {"subscriptionId": queue} | more
        messages = (await reference.data("alarm/v1/mq/messages", body))["messages"]
        assert isinstance(messages, list)
        return messages

    messages = await poll()
    assert [one["eventType"] for one in messages] == ["motion"] * 3
    assert datetime.fromisoformat(messages[0]["timestamp"]).tzinfo
    assert [one["cameraId"] for one in messages] == cameras(account)[:3]
    assert await poll(maxMessages=2) == messages[:2]
    raw = {"queueId": queue, "maxCount": 100}
    data = await reference.data("message/v1/rawmessage/get", raw)
    assert data["messages"] == messages
    ids = [one["messageId"] for one in messages]
    ack = "message/v1/rawmessage/ack"
    assert await reference.code(ack, {"queueId": queue, "messageIds": ["no"]}) == (
        "0x5003"
    )
    bad = {"queueId": queue, "messageIds": [ids[0], "no"]}
    assert await reference.code(ack, bad) == "0x5003"
    assert len(await poll()) == 3
    body = {"queueId": queue, "messageIds": ids[:2]}
    assert await reference.code(ack, body) == "0"
    assert await poll() == messages[2:]
    assert account.subscriptions[queue].acknowledged == ids[:2]
    assert await reference.code(ack, body) == "0x5003"


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("alarm/v1/mq/subscribe", {}, "0x1001"),
        ("alarm/v1/mq/subscribe", {"eventTypes": "motion"}, "0x1002"),
        ("alarm/v1/mq/subscribe", {"eventTypes": []}, "0x5001"),
        ("alarm/v1/mq/subscribe", {"eventTypes": ["nonsense"]}, "0x5001"),
        ("alarm/v1/mq/messages", {"subscriptionId": "sub_9"}, "0x5002"),
        ("alarm/v1/mq/messages", {"subscriptionId": "s", "maxMessages": 0}, "0x1003"),
        ("alarm/v1/mq/messages", {"batchId": "s"}, "0x1001"),
        ("message/v1/rawmessage/get", {"queueId": "sub_9"}, "0x5002"),
        ("message/v1/rawmessage/ack", {"queueId": "q", "messageIds": []}, "0x5002"),
        ("message/v1/rawmessage/ack", {"queueId": "q"}, "0x1001"),
    ],
)
async def test_reference_queue_refusals(
    reference: Api, path: str, body: dict[str, Any], code: str
) -> None:
    """Wrong bodies and unknown queues."""
    assert await reference.code(path, body) == code


async def test_reference_subscriptions_are_apart(
    sim: Simulator, reference: Api
) -> None:
    """Each subscription has its own queue and its own types."""
    account = sim.account("reference")
    path = "alarm/v1/mq/subscribe"
    one = await reference.data(path, {"eventTypes": ["doorbell", "doorAccess"]})
    two = await reference.data(path, {"eventTypes": ["motion"]})
    account.happen.ring()
    account.happen.access(next(iter(account.world.doors)))
    person = next(iter(account.world.people.values()))
    account.happen.access(next(iter(account.world.doors)), person)
    queues = account.subscriptions
    assert queues[two["subscriptionId"]].waiting == 0
    ring, access = queues[one["subscriptionId"]].first(10)
    assert (ring["eventType"], ring["doorName"]) == ("doorbell", "Front door")
    assert (access["eventType"], access["personName"]) == ("doorAccess", person.name)
