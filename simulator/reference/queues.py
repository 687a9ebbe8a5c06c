"""Alarm Services (the subscription) and Message Services of the reference.

A subscription is a queue: its id is the ``queueId`` of the message services.
Messages stay until they are acknowledged, however often they are fetched.
"""

from simulator.contract import Json, ListOf, Refusal, Request, Text, Whole, may, need
from simulator.queues import MessageQueue, UnknownMessage

from .api import ID, api
from .events import EVENT_TYPES

MOST = Whole(1, 1000)


@api.post("alarm/v1/mq/subscribe", need("eventTypes", ListOf(Text())))
def subscribe(request: Request) -> Json:
    """Open a queue for some event types."""
    types = request.body["eventTypes"]
    if not types or not EVENT_TYPES.issuperset(types):
        raise Refusal("0x5001")
    account = request.account
    subscription = account.world.ids.unique("sub")
    account.subscriptions[subscription] = MessageQueue(types, account.world.clock)
    return {
        "subscriptionId": subscription,
        "mqUrl": f"{request.services.url}/api/hccgw/alarm/v1/mq/messages",
    }


@api.post(
    "alarm/v1/mq/messages", need("subscriptionId", ID), may("maxMessages", MOST, 100)
)
def messages(request: Request) -> Json:
    """Get the oldest messages of a subscription."""
    queue = _queue(request, "subscriptionId")
    return {"messages": queue.first(request.body["maxMessages"])}


@api.post("message/v1/rawmessage/get", need("queueId", ID), may("maxCount", MOST, 100))
def raw_messages(request: Request) -> Json:
    """Get the oldest messages of a queue."""
    return {"messages": _queue(request, "queueId").first(request.body["maxCount"])}


@api.post(
    "message/v1/rawmessage/ack",
    need("queueId", ID),
    need("messageIds", ListOf(Text())),
)
def acknowledge(request: Request) -> Json:
    """Remove messages from a queue: all that are named, or none."""
    queue = _queue(request, "queueId")
    try:
        queue.acknowledge(request.body["messageIds"])
    except UnknownMessage:
        raise Refusal("0x5003") from None
    return None


def _queue(request: Request, name: str) -> MessageQueue:
    try:
        return request.account.subscriptions[request.body[name]]
    except KeyError:
        raise Refusal("0x5002") from None
