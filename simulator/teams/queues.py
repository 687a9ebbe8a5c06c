"""The alarm queue and the raw message queue (guide 5.3.1, 5.4.1)."""

from typing import Any

from simulator.account import Account
from simulator.contract import (
    Json,
    ListOf,
    Mistake,
    Problem,
    Refusal,
    Request,
    Text,
    Whole,
    may,
    need,
)
from simulator.queues import EMPTY, BatchQueue, NotSubscribed, UnknownBatch

from .api import api, number

SIZES = (100, 200, 300, 400, 500)
RAW_SIZE = 300
"""How many raw messages one poll gets; the guide does not say."""

MESSAGE_SPANS = (
    *((110001, 110013), (110018, 110020), (110022, 110024)),
    *((110501, 110502), (110505, 110507), (110509, 110531), (110533, 110533)),
    *((110545, 110552), (110554, 110557), (110559, 110561), (110564, 110567)),
    (140001, 140001),
    *((330001, 330002), (330101, 330102), (330201, 330205), (330301, 330301)),
    *((330401, 330408), (330501, 330510), (335000, 335001)),
)
MESSAGE_TYPES = frozenset(
    f"Msg{code}" for first, last in MESSAGE_SPANS for code in range(first, last + 1)
)
"""The message types of A.1.6, and Msg330002 of the example in 5.4.1."""


@api.post(
    "alarm/v1/mq/subscribe",
    need("subscribeType", number(0, 1)),
    need("subscribeMode", number(0, 1)),
    may("eventType", ListOf(number())),
)
def subscribe_alarms(request: Request) -> Json:
    """Subscribe to, or unsubscribe from, all alarms (mode 0) or some types."""
    body = request.body
    types = body["eventType"] if body["subscribeMode"] else None
    if body["subscribeMode"] and not types:
        raise Mistake(Problem.MISSING, "eventType")
    return _subscribe(request.account.alarms, body["subscribeType"], types)


@api.post(
    "alarm/v1/mq/messages",
    may(
        "maxNumberPerTime",
        Whole(choices=SIZES, digits=True, problem=Problem.VOLUME),
        300,
    ),
)
def alarms(request: Request) -> Json:
    """Get the batch that is out, or the next one."""
    account, most = request.account, request.body["maxNumberPerTime"]
    return _take(account, account.alarms, most, "alarmMsg")


@api.post("alarm/v1/mq/messages/complete", need("batchId", Text(256)))
def complete_alarms(request: Request) -> Json:
    """Acknowledge a batch of alarms."""
    return _complete(request.account.alarms, request.body["batchId"])


@api.post(
    "rawmsg/v1/mq/subscribe",
    need("subscribeType", number(0, 1)),
    need("msgType", ListOf(Text())),
)
def subscribe_messages(request: Request) -> Json:
    """Subscribe to, or unsubscribe from, message types; an empty list is all."""
    types = request.body["msgType"]
    if not MESSAGE_TYPES.issuperset(types):
        raise Mistake(Problem.RANGE, "msgType")
    queue = request.account.messages
    return _subscribe(queue, request.body["subscribeType"], types or None)


@api.post("rawmsg/v1/mq/messages")
def messages(request: Request) -> Json:
    """Get the batch that is out, or the next one."""
    return _take(request.account, request.account.messages, RAW_SIZE, "event")


@api.post("rawmsg/v1/mq/messages/complete", need("batchId", Text(256)))
def complete_messages(request: Request) -> Json:
    """Acknowledge a batch of raw messages."""
    return _complete(request.account.messages, request.body["batchId"])


def _subscribe(queue: BatchQueue, on: int, types: list[Any] | None) -> Json:
    if on:
        queue.subscribe(types)
    else:
        queue.unsubscribe(types)
    return None


def _take(account: Account, queue: BatchQueue, most: int, name: str) -> Json:
    """Take a batch; a webhook leaves nothing to be polled (guide 4.17)."""
    if account.webhook and queue.subscribed:
        return {"batchId": EMPTY.id, "remainingNumber": 0, name: []}
    try:
        batch = queue.take(most)
    except NotSubscribed:
        raise Refusal("OPEN000016") from None
    return {
        "batchId": batch.id,
        "remainingNumber": batch.remaining,
        name: batch.messages,
    }


def _complete(queue: BatchQueue, batch_id: str) -> Json:
    try:
        queue.complete(batch_id)
    except NotSubscribed:
        raise Refusal("OPEN000016") from None
    except UnknownBatch:
        raise Refusal("OPEN000012") from None
    return None
