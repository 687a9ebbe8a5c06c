"""Pushing messages to a callback instead of letting them be polled (guide 4.17).

The queues stay what they are: a webhook takes their batches, posts them and
completes them. This is the one thing that runs in the background, because nobody
calls while messages are pushed.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
import hashlib
import hmac
from itertools import count
from typing import Any
from uuid import uuid4

import aiohttp

from .queues import BatchQueue, Message, NotSubscribed
from .world.clock import Clock

TIMEOUT = aiohttp.ClientTimeout(total=5)
PAUSE = 0.2
"""How many seconds pass between two looks for something to push."""

MOST = 100
"""How many messages one push holds; the guide does not say."""

UNLIMITED = -1
LONGEST_RETRY = timedelta(hours=2)

type Tag = Callable[[Message], Message]


def sign(secret: str, timestamp: str, batch_id: str) -> str:
    """Return the X-Hook-Signature of a request."""
    text = f"{timestamp}.{batch_id}".encode()
    return f"sha256={hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """Where to push to, and how. ``retry_delay`` is in milliseconds."""

    url: str
    secret: str = field(repr=False)
    retry_times: int = 3
    retry_delay: int = 1000


@dataclass(slots=True)
class Outbox:
    """A queue to push from, and what is added to its messages on the way."""

    queue: BatchQueue
    tag: Tag


async def verify(callback: Callback, clock: Clock) -> bool:
    """Return whether the callback signs an answer to a GET with the secret."""
    batch, stamp = uuid4().hex, _stamp(clock.now())
    headers = {"X-Hook-Batch-Id": batch, "X-Hook-Timestamp": stamp}
    try:
        async with (
            aiohttp.ClientSession(timeout=TIMEOUT) as session,
            session.get(callback.url, headers=headers) as response,
        ):
            answer = response.headers.get("X-Hook-Signature", "")
    except aiohttp.ClientError, TimeoutError:
        return False
    return answer == sign(callback.secret, stamp, batch)


class Webhook:
    """Pushes what comes into some queues to a callback while it runs.

    ``delivered`` and ``discarded`` hold the ids of the pushes that were taken and
    of those that were not, after all attempts.
    """

    def __init__(
        self,
        callback: Callback,
        outboxes: tuple[Outbox, ...],
        clock: Clock,
        settle: Callable[[], None],
    ) -> None:
        """Push nothing yet; ``settle`` lets happen what is due."""
        self.callback = callback
        self.delivered: list[str] = []
        self.discarded: list[str] = []
        self._outboxes = outboxes
        self._clock = clock
        self._settle = settle
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start pushing."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Stop pushing; what was not taken yet stays in its queue."""
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def _run(self) -> None:
        async with aiohttp.ClientSession(timeout=TIMEOUT) as session:
            while True:
                self._settle()
                for outbox in self._outboxes:
                    await self._empty(session, outbox)
                await asyncio.sleep(PAUSE)

    async def _empty(self, session: aiohttp.ClientSession, outbox: Outbox) -> None:
        """Push everything a queue has."""
        while True:
            try:
                batch = outbox.queue.take(MOST)
            except NotSubscribed:
                return
            if not batch.messages:
                return
            push = uuid4().hex
            rows = [outbox.tag(one) for one in batch.messages]
            taken = await self._push(session, {"batchId": push, "list": rows})
            (self.delivered if taken else self.discarded).append(push)
            outbox.queue.complete(batch.id)

    async def _push(self, session: aiohttp.ClientSession, body: dict[str, Any]) -> bool:
        callback, first = self.callback, self._clock.now()
        for attempt in count():
            if await self._post(session, body):
                return True
            if callback.retry_times != UNLIMITED:
                over = attempt >= callback.retry_times
            else:
                over = self._clock.now() - first > LONGEST_RETRY
            if over:
                break
            await asyncio.sleep(callback.retry_delay / 1000)
        return False

    async def _post(self, session: aiohttp.ClientSession, body: dict[str, Any]) -> bool:
        stamp = _stamp(self._clock.now())
        headers = {
            "X-Hook-Batch-Id": body["batchId"],
            "X-Hook-Timestamp": stamp,
            "X-Hook-Signature": sign(self.callback.secret, stamp, body["batchId"]),
        }
        try:
            async with session.post(
                self.callback.url, json=body, headers=headers
            ) as response:
                return response.ok
        except aiohttp.ClientError, TimeoutError:
            return False


def _stamp(moment: datetime) -> str:
    return str(round(moment.timestamp() * 1000))
