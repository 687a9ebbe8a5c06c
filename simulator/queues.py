"""The message queues of both dialects.

Messages are kept for three days (guide 5.3.1). Neither queue forgets a message
because it was fetched: only an acknowledgement removes it.
"""

from collections import deque
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from .world.clock import Clock

KEPT = timedelta(days=3)
UNPOLLED = timedelta(days=2)

type Message = dict[str, Any]


class NotSubscribed(Exception):
    """There is no subscription, or it ended because nobody polled."""


class UnknownBatch(Exception):
    """The acknowledged batch is not the one that is out."""


class UnknownMessage(Exception):
    """An acknowledged message is not in the queue."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What one poll gets. An empty queue has the id "0"."""

    id: str
    messages: list[Message]
    remaining: int


EMPTY = Batch("0", [], 0)


class BatchQueue:
    """A queue of the teams dialect, acknowledged batch by batch.

    The same batch comes again until it is completed. Two days without a poll end
    the subscription (guide 4.2, 4.4).
    """

    def __init__(self, clock: Clock) -> None:
        """Make a queue nobody has subscribed to."""
        self._clock = clock
        self._pending: deque[tuple[datetime, Message]] = deque()
        self._out: Batch | None = None
        self._types: set[Hashable] | None = set()
        self._polled = clock.now()
        self.completed: list[str] = []

    @property
    def subscribed(self) -> bool:
        """Return whether messages are collected."""
        if self._types != set() and self._clock.now() - self._polled > UNPOLLED:
            self.drop()
        return self._types != set()

    @property
    def waiting(self) -> int:
        """Return how many messages are not acknowledged yet."""
        self._forget()
        return len(self._pending) + len(self._out.messages if self._out else ())

    def subscribe(self, types: Iterable[Hashable] | None) -> None:
        """Collect the given types from now on, None for all."""
        if not self.subscribed:
            self._polled = self._clock.now()
        self._types = None if types is None else set(types)

    def unsubscribe(self, types: Iterable[Hashable] | None) -> None:
        """Stop collecting the given types, None for all."""
        if types is None or self._types is None:
            self.drop()
            return
        self._types -= set(types)
        if not self._types:
            self.drop()

    def drop(self) -> None:
        """End the subscription and forget what is queued."""
        self._types, self._out = set(), None
        self._pending.clear()

    def put(self, kind: Hashable, message: Message) -> None:
        """Queue a message if its type is subscribed."""
        if self.subscribed and (self._types is None or kind in self._types):
            self._pending.append((self._clock.now(), message))

    def take(self, most: int) -> Batch:
        """Return the batch that is out, else the next one."""
        if not self.subscribed:
            raise NotSubscribed
        self._polled = self._clock.now()
        self._forget()
        if self._out:
            return Batch(self._out.id, self._out.messages, len(self._pending))
        if not self._pending:
            return EMPTY
        count = min(most, len(self._pending))
        messages = [self._pending.popleft()[1] for _ in range(count)]
        self._out = Batch(token_hex(48), messages, len(self._pending))
        return self._out

    def complete(self, batch_id: str) -> None:
        """Remove the batch that is out."""
        if not self.subscribed:
            raise NotSubscribed
        if not self._out or self._out.id != batch_id:
            raise UnknownBatch
        self._out = None
        self.completed.append(batch_id)

    def _forget(self) -> None:
        while self._pending and self._clock.now() - self._pending[0][0] > KEPT:
            self._pending.popleft()


class MessageQueue:
    """A queue of the reference dialect, acknowledged message by message."""

    def __init__(self, types: Iterable[str], clock: Clock) -> None:
        """Collect the given event types."""
        self.types = frozenset(types)
        self._clock = clock
        self._messages: dict[str, tuple[datetime, Message]] = {}
        self.acknowledged: list[str] = []

    @property
    def waiting(self) -> int:
        """Return how many messages are not acknowledged yet."""
        return len(self._messages)

    def put(self, message: Message) -> None:
        """Queue a message; its ``messageId`` and ``eventType`` must be set."""
        if message["eventType"] in self.types:
            self._messages[message["messageId"]] = (self._clock.now(), message)

    def first(self, most: int) -> list[Message]:
        """Return the oldest messages; they stay."""
        now = self._clock.now()
        self._messages = {
            key: entry for key, entry in self._messages.items() if now - entry[0] < KEPT
        }
        return [message for _, message in list(self._messages.values())[:most]]

    def acknowledge(self, ids: list[str]) -> None:
        """Remove messages: all of them, or none if one is not there."""
        if not all(one in self._messages for one in ids):
            raise UnknownMessage
        for one in dict.fromkeys(ids):
            del self._messages[one]
            self.acknowledged.append(one)
