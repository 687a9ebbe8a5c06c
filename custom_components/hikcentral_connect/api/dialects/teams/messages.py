"""Message-related services of teams (guide section 2.4)."""

from ...call import Call, Kind, nothing
from ...models.events import Message
from ...models.messages import Batch
from ...row import Row
from .alarms import batch_of, read_batch
from .raw_messages import read_message


def subscribe(event_types: tuple[str, ...]) -> Call[str]:
    """Subscribe to the raw messages of the key (section 2.4).

    Types look like "Msg140001"; an empty `event_types` asks for every type. Teams has
    no subscription id: the result is empty.
    """
    body = {"subscribeType": 1, "msgType": list(event_types)}
    return Call("rawmsg/v1/mq/subscribe", lambda answer: "", body, Kind.POLL)


def unsubscribe(event_types: tuple[str, ...] = ()) -> Call[None]:
    """End the subscription of the key, or of some types only (section 2.4)."""
    body = {"subscribeType": 0, "msgType": list(event_types)}
    return Call("rawmsg/v1/mq/subscribe", nothing, body, Kind.POLL)


def messages(subscription: str) -> Call[Batch[Message]]:
    """Read waiting messages (section 2.4).

    The same batch comes again until it is acknowledged. Raises `QueueLost` without a
    subscription.
    """
    return Call("rawmsg/v1/mq/messages", _read_batch, kind=Kind.POLL)


def acknowledge(subscription: str, receipts: tuple[str, ...]) -> Call[None]:
    """Remove a batch from the queue (section 2.4). Raises `BatchUnknown`."""
    body = {"batchId": batch_of(receipts)}
    return Call("rawmsg/v1/mq/messages/complete", nothing, body, Kind.POLL)


def _read_batch(answer: Row) -> Batch[Message]:
    return read_batch(answer, read_message, "event", "list")
