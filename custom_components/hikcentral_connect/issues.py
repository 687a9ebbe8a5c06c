"""What keeps messages away, told to the owner as issues of the repairs."""

from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
import logging
from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.util import dt as dt_util

from .api import DialectName
from .api.errors import HikError
from .api.hosts import read_url
from .const import DOMAIN
from .placeholders import harmless
from .runtime import HikConfigEntry

_LOGGER = logging.getLogger(__name__)

SUBSCRIPTION_LOST: Final = "subscription_lost"
ANOTHER_READER: Final = "another_reader"
FOREIGN_WEBHOOK: Final = "foreign_webhook"
NO_ALARM_RULES: Final = "no_alarm_rules"
PUSH_FAILED: Final = "push_failed"

WATCH_INTERVAL: Final = timedelta(minutes=1)
ACCOUNT_INTERVAL: Final = timedelta(days=1)
WINDOW: Final = timedelta(hours=1)
TOO_OFTEN: Final = 3
"""Times within the window; once or twice happens to everybody."""


def issue_id(entry: HikConfigEntry, kind: str) -> str:
    """Return the id of an issue of an account."""
    return f"{kind}_{entry.entry_id}"


@callback
def async_raise(
    hass: HomeAssistant,
    entry: HikConfigEntry,
    kind: str,
    *,
    fixable: bool = False,
    text: str | None = None,
    **placeholders: str,
) -> None:
    """Raise an issue of an account, or renew it; its text is that of its kind unless given."""
    ir.async_create_issue(
        hass,
        DOMAIN,
        issue_id(entry, kind),
        data={"entry_id": entry.entry_id, **placeholders},
        is_fixable=fixable,
        severity=ir.IssueSeverity.WARNING,
        translation_key=text or kind,
        translation_placeholders=harmless(account=entry.title, **placeholders),
    )


@callback
def async_withdraw(hass: HomeAssistant, entry: HikConfigEntry, kind: str) -> None:
    """Withdraw an issue that is mended."""
    ir.async_delete_issue(hass, DOMAIN, issue_id(entry, kind))


@dataclass(frozen=True, slots=True)
class _Sample:
    """How often each queue had trouble up to a moment."""

    at: datetime
    lost: tuple[int, ...]
    stolen: tuple[int, ...]


class MessageIssues:
    """Watches what keeps messages of one account away."""

    def __init__(self, hass: HomeAssistant, entry: HikConfigEntry) -> None:
        """Look after `entry`, which runs."""
        self._hass = hass
        self._entry = entry
        self._runtime = entry.runtime_data
        self._samples: deque[_Sample] = deque()

    @callback
    def async_start(self) -> None:
        """Count the trouble of the queues, and from tomorrow ask the service daily."""
        entry, hass = self._entry, self._hass
        self._samples.append(self._sample(dt_util.utcnow()))
        entry.async_on_unload(
            async_track_time_interval(hass, self._on_minute, WATCH_INTERVAL)
        )
        entry.async_on_unload(self._withdraw_all)
        entry.async_on_unload(
            async_track_time_interval(hass, self._on_day, ACCOUNT_INTERVAL)
        )

    @callback
    def _on_minute(self, now: datetime) -> None:
        newest = self._sample(now)
        self._samples.append(newest)
        while newest.at - self._samples[0].at > WINDOW:
            self._samples.popleft()
        oldest = self._samples[0]
        self._set(SUBSCRIPTION_LOST, _too_often(oldest.lost, newest.lost))
        self._set(ANOTHER_READER, _too_often(oldest.stolen, newest.stolen))

    def _sample(self, now: datetime) -> _Sample:
        queues = self._runtime.queues
        return _Sample(
            now,
            tuple(queue.lost for queue in queues),
            tuple(queue.stolen for queue in queues),
        )

    @callback
    def _on_day(self, _now: datetime) -> None:
        self._entry.async_create_background_task(
            self._hass, self.async_ask(), "asking what keeps messages away"
        )

    async def async_ask(self) -> None:
        """Ask the service what it is set to; an answer it refuses raises nothing."""
        client = self._runtime.client
        checks: tuple[Callable[[], Awaitable[None]], ...] = (
            self._check_webhook,
            self._check_rules,
        )
        try:
            if await client.dialect() is not DialectName.TEAMS:
                return
        except HikError as err:
            _LOGGER.debug("The settings of the account cannot be read: %s", err)
            return
        for check in checks:
            try:
                await check()
            except HikError as err:
                _LOGGER.debug("A setting of the account cannot be read: %s", err)

    async def _check_webhook(self) -> None:
        webhook = await self._runtime.client.webhooks.query()
        if webhook is None or self._is_ours(webhook.url):
            async_withdraw(self._hass, self._entry, FOREIGN_WEBHOOK)
            return
        # The path of such an address is its secret.
        try:
            host = read_url(webhook.url).host or "-"
        except ValueError:
            host = "-"
        async_raise(self._hass, self._entry, FOREIGN_WEBHOOK, fixable=True, host=host)

    def _is_ours(self, url: str) -> bool:
        push = self._runtime.memory.push
        return bool(push) and url.endswith(push["id"])

    async def _check_rules(self) -> None:
        runtime = self._runtime
        rules = await runtime.client.alarm_rules.rules()
        can_alarm = any(rule.enabled is not False for rule in rules)
        self._set(
            NO_ALARM_RULES, bool(runtime.inventory.data.cameras) and not can_alarm
        )

    @callback
    def _set(self, kind: str, wrong: bool) -> None:
        if wrong:
            async_raise(self._hass, self._entry, kind)
        else:
            async_withdraw(self._hass, self._entry, kind)

    @callback
    def _withdraw_all(self) -> None:
        for kind in (
            SUBSCRIPTION_LOST,
            ANOTHER_READER,
            FOREIGN_WEBHOOK,
            NO_ALARM_RULES,
            PUSH_FAILED,
        ):
            async_withdraw(self._hass, self._entry, kind)


def _too_often(before: tuple[int, ...], now: tuple[int, ...]) -> bool:
    return any(new - old >= TOO_OFTEN for old, new in zip(before, now, strict=True))
