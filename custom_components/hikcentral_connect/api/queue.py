"""One queue of messages behind its subscription."""

from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from .errors import QueueLost, SubscriptionRefused
from .models.messages import Batch


class QueueService[M](Protocol):
    """The operations that a queue needs; `Alarms` and `Messages` have them."""

    @property
    def subscribe(self) -> Callable[[tuple[str, ...]], Coroutine[Any, Any, str]]:
        """Subscribe to types of events."""

    @property
    def messages(self) -> Callable[[str], Coroutine[Any, Any, Batch[M]]]:
        """Read the next batch."""

    @property
    def acknowledge(
        self,
    ) -> Callable[[str, tuple[str, ...]], Coroutine[Any, Any, None]]:
        """Acknowledge a batch."""


class Queue[M]:
    """Reads one queue; its subscription is made when it is first needed.

    `documented` are the types of events to ask for when the service does not know all
    those that we do.
    """

    def __init__(
        self, name: str, service: QueueService[M], documented: tuple[str, ...] = ()
    ) -> None:
        """Name the queue for the log."""
        self.name = name
        self._service = service
        self._documented = documented
        self._subscription: str | None = None

    @property
    def subscribed(self) -> bool:
        """Tell whether a subscription was made or resumed."""
        return self._subscription is not None

    def resume(self, subscription: str) -> None:
        """Go on with a subscription made earlier, and what waits in its queue."""
        self._subscription = subscription

    async def subscribe(self) -> str:
        """Ask for all types of events, or at least for the documented ones.

        Returns what `resume` takes.
        """
        try:
            self._subscription = await self._service.subscribe(())
        except SubscriptionRefused:
            if not self._documented:
                raise
            self._subscription = await self._service.subscribe(self._documented)
        return self._subscription

    async def messages(self) -> Batch[M]:
        """Read the next batch. Raises `QueueLost` without a subscription."""
        if self._subscription is None:
            raise QueueLost("none", "not subscribed yet")
        return await self._service.messages(self._subscription)

    async def acknowledge(self, receipts: tuple[str, ...]) -> None:
        """Acknowledge a batch. Raises `BatchUnknown` if it does not wait any more."""
        if self._subscription is not None:
            await self._service.acknowledge(self._subscription, receipts)
