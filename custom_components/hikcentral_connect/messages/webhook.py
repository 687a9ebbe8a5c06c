"""Messages pushed by the service instead of polled (teams only, off by default).

The service has one webhook for an account and signs with our secret. While it pushes,
polls bring nothing, to us or to anybody else; so the queues are still looked at, but
slowly, and the log is compared with what came. When the push fails in any way it is
ended, so that polling works again, the owner is told, and it is tried again later.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from http import HTTPStatus
import logging
import secrets
from typing import Any, Final

from aiohttp.web import Request, Response

from homeassistant.components import webhook
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.network import NoURLAvailableError

from ..api import Client
from ..api.errors import BadAnswer, FieldInvalid, HikError
from ..api.models.webhook import Webhook
from ..api.push import Push, is_signed, read_push, sign
from ..const import DOMAIN
from ..issues import FOREIGN_WEBHOOK, PUSH_FAILED, async_raise, async_withdraw
from ..runtime import HikConfigEntry
from .memory import Gap, Memory, read_since

_LOGGER = logging.getLogger(__name__)

LARGEST: Final = 4 * 1024 * 1024
"""Bytes of a request; a message has one or two thousand."""
FRESH: Final = timedelta(minutes=1)
"""How far the time of a request may be from the service's (guide section 2.3)."""
ARRIVES_WITHIN: Final = 4.0
"""Seconds in which a request has to be whole: nobody holds us up drop by drop."""
ANSWER_WITHIN: Final = 4.0
"""Seconds until we answer, done or not: after 5 the service counts it as failed."""
BATCHES_KNOWN: Final = 1000
RETRIES: Final = -1
"""As many as fit into two hours: Home Assistant may be restarting."""
RETRY_DELAY: Final = 10_000
"""Milliseconds."""
CHECK_INTERVAL: Final = timedelta(minutes=10)
UNDERWAY: Final = timedelta(minutes=2)
"""How long a push may take before its messages count as missing."""
AGAIN_FIRST: Final = timedelta(minutes=5)
"""After this a push that failed is tried again; each time after twice as long."""
AGAIN_AT_MOST: Final = timedelta(hours=6)


async def async_remove_webhook(client: Client, memory: Memory) -> None:
    """Remove our webhook from the account, if it is there, and forget it."""
    if not memory.push:
        return
    found = await client.webhooks.query()
    if found is not None and found.url.endswith(memory.push["id"]):
        await client.webhooks.delete()
    memory.push = {}
    await memory.async_save()


class Fault(StrEnum):
    """Why a push cannot be used; what the owner reads of it is translated."""

    NO_ADDRESS = "push_no_address"
    REFUSED = "push_refused"
    TAKEN = "push_taken"
    MISSING = "push_missing"


class PushFailed(Exception):
    """The push cannot be used."""

    def __init__(self, fault: Fault, **placeholders: str) -> None:
        """Fail for a reason; the placeholders fill its text."""
        super().__init__(": ".join((fault, *placeholders.values())))
        self.fault = fault
        self.placeholders = placeholders


class WebhookPush:
    """Sets the push up, takes what comes, and ends it when it fails."""

    def __init__(self, hass: HomeAssistant, entry: HikConfigEntry) -> None:
        """Serve `entry`, which runs."""
        self._hass = hass
        self._entry = entry
        self._runtime = entry.runtime_data
        self._batches: OrderedDict[str, None] = OrderedDict()
        self._verifying = False
        self._checked: datetime | None = None
        self._failures = 0
        self._fault: Fault | None = None
        self._timer: CALLBACK_TYPE | None = None
        self._lock = asyncio.Lock()
        self._wanted = False

    @callback
    def async_start(self) -> None:
        """Do what the owner wants, now and whenever the options change."""
        for stop in (
            self._unregister,
            self._stop_timer,
            self._entry.add_update_listener(self._on_options),
        ):
            self._entry.async_on_unload(stop)
        self._follow_options()

    async def _on_options(self, _hass: HomeAssistant, _entry: HikConfigEntry) -> None:
        if self._runtime.options.push != self._wanted:
            self._follow_options()

    @callback
    def _follow_options(self) -> None:
        self._stop_timer()
        self._wanted = self._runtime.options.push
        self._run(self._begin if self._wanted else self._end)

    @callback
    def _run(self, job: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Do one thing after the other, each only if it is still wanted."""

        async def run() -> None:
            async with self._lock:
                if self._wanted == (job != self._end):
                    await job()

        self._entry.async_create_background_task(
            self._hass, run(), "looking after the push"
        )

    async def _end(self) -> None:
        """Remove what is no longer wanted."""
        self._failures, self._fault = 0, None
        await self._poll_again(logging.WARNING)
        async_withdraw(self._hass, self._entry, PUSH_FAILED)

    async def _begin(self) -> None:
        try:
            await self._register()
        except PushFailed as err:
            await self._fall_back(err)
            return
        async_withdraw(self._hass, self._entry, PUSH_FAILED)
        async_withdraw(self._hass, self._entry, FOREIGN_WEBHOOK)
        self._set_relaxed(True)
        # What was pushed while nobody listened here was answered by nobody of ours.
        now = self._runtime.hub.now()
        if last := self._runtime.memory.bookmark("alarm").read:
            self._runtime.history.async_fill(Gap(read_since(last, now), now))
        self._checked = now
        self._plan(CHECK_INTERVAL, self._check)

    async def _register(self) -> None:
        """Have the service verify and take our address. Raises `PushFailed`."""
        memory, client = self._runtime.memory, self._runtime.client
        if not memory.push:
            memory.push = {
                "id": webhook.async_generate_id(),
                "secret": secrets.token_hex(16),
            }
            await memory.async_save()
        try:
            url = webhook.async_generate_url(
                self._hass, memory.push["id"], allow_internal=False
            )
        except NoURLAvailableError as err:
            raise PushFailed(Fault.NO_ADDRESS) from err
        webhook.async_register(
            self._hass,
            DOMAIN,
            self._entry.title,
            memory.push["id"],
            self._handle,
            allowed_methods=("GET", "POST"),
        )
        self._verifying = True
        try:
            found = await client.webhooks.query()
            if found is not None and not found.url.endswith(memory.push["id"]):
                raise PushFailed(Fault.TAKEN)
            await client.webhooks.save(
                Webhook(url, RETRIES, RETRY_DELAY, memory.push["secret"])
            )
        except FieldInvalid as err:
            raise PushFailed(Fault.NO_ADDRESS) from err
        except HikError as err:
            raise PushFailed(Fault.REFUSED, error=str(err)) from err
        finally:
            self._verifying = False

    async def _fall_back(self, why: PushFailed) -> None:
        """End the push so that polling brings the messages, tell the owner, go on."""
        level = logging.DEBUG if why.fault is self._fault else logging.WARNING
        _LOGGER.log(level, "Messages are polled, because the push failed: %s", why)
        self._fault = why.fault
        again = min(AGAIN_FIRST * 2**self._failures, AGAIN_AT_MOST)
        self._failures = min(self._failures + 1, 10)
        self._plan(again, self._begin)
        await self._poll_again(logging.DEBUG)
        async_raise(
            self._hass,
            self._entry,
            PUSH_FAILED,
            fixable=False,
            text=why.fault,
            **why.placeholders,
        )

    async def _poll_again(self, level: int) -> None:
        """Take no pushes any more; what cannot be removed is logged at `level`."""
        self._unregister()
        self._checked = None
        try:
            await async_remove_webhook(self._runtime.client, self._runtime.memory)
        except HikError as err:
            _LOGGER.log(level, "The webhook could not be removed: %s", err)
        relaxed = [queue for queue in self._runtime.queues if queue.relaxed]
        self._set_relaxed(False)
        for queue in relaxed:
            await queue.async_refresh()

    @callback
    def _unregister(self) -> None:
        if self._runtime.memory.push:
            webhook.async_unregister(self._hass, self._runtime.memory.push["id"])

    def _set_relaxed(self, relaxed: bool) -> None:
        for queue in self._runtime.queues:
            queue.relaxed = relaxed

    def _plan(
        self, delay: timedelta, then: Callable[[], Coroutine[Any, Any, None]]
    ) -> None:
        """Do one thing later: see whether everything came, or try again."""

        @callback
        def begin(_now: datetime) -> None:
            self._timer = None
            self._run(then)

        self._stop_timer()
        self._timer = async_call_later(self._hass, delay, begin)

    @callback
    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer()
            self._timer = None

    async def _check(self) -> None:
        """See whether everything came that should have."""
        if (last := self._checked) is None:
            return
        self._plan(CHECK_INTERVAL, self._check)
        try:
            found = await self._runtime.client.webhooks.query()
            now = self._runtime.hub.now() - UNDERWAY
            missing = await self._runtime.history.async_hand_over(
                Gap(last - UNDERWAY, now)
            )
        except HikError as err:
            _LOGGER.debug("The push cannot be checked now: %s", err)
            return
        self._checked = now
        ident = self._runtime.memory.push.get("id", "-")
        if found is None or not found.url.endswith(ident):
            await self._fall_back(PushFailed(Fault.TAKEN))
        elif missing:
            await self._fall_back(PushFailed(Fault.MISSING, count=str(missing)))
        else:
            self._failures, self._fault = 0, None

    async def _handle(
        self, hass: HomeAssistant, webhook_id: str, request: Request
    ) -> Response:
        """Answer the service within its 5 seconds."""
        batch_id = request.headers.get("X-Hook-Batch-Id", "")
        timestamp = request.headers.get("X-Hook-Timestamp", "")
        if not batch_id or not self._is_fresh(timestamp):
            return Response(status=HTTPStatus.BAD_REQUEST)
        if request.method == "GET":
            return self._verify(timestamp, batch_id)
        secret = self._runtime.memory.push.get("secret", "")
        signature = request.headers.get("X-Hook-Signature", "")
        if not secret or not is_signed(secret, timestamp, batch_id, signature):
            return Response(status=HTTPStatus.UNAUTHORIZED)
        try:
            async with asyncio.timeout(ARRIVES_WITHIN):
                content = await _read_at_most(request, LARGEST)
        except TimeoutError:
            return Response(status=HTTPStatus.REQUEST_TIMEOUT)
        if content is None:
            return Response(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return await self._take(content, batch_id)

    def _verify(self, timestamp: str, batch_id: str) -> Response:
        """Prove that we know the secret, only while we asked the service to look.

        Whoever may have any batch id signed could push in the service's name.
        """
        if not self._verifying:
            return Response(status=HTTPStatus.FORBIDDEN)
        self._note(batch_id)
        secret = self._runtime.memory.push["secret"]
        return Response(headers={"X-Hook-Signature": sign(secret, timestamp, batch_id)})

    async def _take(self, content: bytes, batch_id: str) -> Response:
        if batch_id in self._batches:
            return Response(status=HTTPStatus.OK)
        try:
            push = read_push(content)
        except BadAnswer as err:
            _LOGGER.warning("A push could not be read: %s", err)
            return Response(status=HTTPStatus.BAD_REQUEST)
        if push.batch_id != batch_id:
            return Response(status=HTTPStatus.BAD_REQUEST)
        if push.skipped:
            _LOGGER.warning("Unreadable rows of a push: %s", push.skipped[0])
        self._note(batch_id)
        task = self._entry.async_create_background_task(
            self._hass, self._hand_over(push), "taking a push"
        )
        # Answered after the hand-over if possible: what is lost before comes again.
        await asyncio.wait([task], timeout=ANSWER_WITHIN)
        if task.done() and (error := task.exception()) is not None:
            self._batches.pop(batch_id, None)
            _LOGGER.error("A push could not be handed over", exc_info=error)
            return Response(status=HTTPStatus.INTERNAL_SERVER_ERROR)
        return Response(status=HTTPStatus.OK)

    async def _hand_over(self, push: Push) -> None:
        if push.alarms:
            await self._runtime.alarms.async_take(push.alarms)
        if push.messages:
            await self._runtime.messages.async_take(push.messages)

    def _note(self, batch_id: str) -> None:
        self._batches[batch_id] = None
        if len(self._batches) > BATCHES_KNOWN:
            self._batches.popitem(last=False)

    def _is_fresh(self, timestamp: str) -> bool:
        """Tell whether a time in milliseconds is about now."""
        if not timestamp.isdecimal() or len(timestamp) > 14:
            return False
        sent = datetime.fromtimestamp(int(timestamp) / 1000, UTC)
        return abs(self._runtime.hub.now() - sent) <= FRESH


async def _read_at_most(request: Request, most: int) -> bytes | None:
    """Return the body, or None for one that is too large, without reading it all."""
    if (request.content_length or 0) > most:
        return None
    content = bytearray()
    async for chunk in request.content.iter_chunked(65_536):
        content += chunk
        if len(content) > most:
            return None
    return bytes(content)
