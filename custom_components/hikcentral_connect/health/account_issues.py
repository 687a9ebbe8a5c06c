"""What the owner should mend before it hurts, as issues of the repairs."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers import (
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)
from homeassistant.helpers.entity_platform import (
    MAX_ENABLED_ENTITIES_PER_CONFIG_ENTRY as ENTITIES_AT_MOST,
)
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..devices import identifier
from ..placeholders import harmless
from ..runtime import HikConfigEntry
from .package import allowances

DEVICE_MISSING: Final = "device_missing"
CHECK_INTERVAL: Final = timedelta(hours=1)
WARN_BEFORE: Final = timedelta(days=30)
TOKEN_OVERDUE: Final = timedelta(hours=11)
"""A login is renewed 12 hours before its end; with less left that has failed."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing to mend; `of` tells issues of the same kind apart.

    What can be mended from here carries the `data` that takes.
    """

    kind: str
    of: str = ""
    data: dict[str, str | int | float | None] | None = None
    severity: ir.IssueSeverity = ir.IssueSeverity.WARNING
    placeholders: dict[str, str] = field(default_factory=dict)


class AccountIssues:
    """Raises and withdraws the issues of one account. Sends nothing."""

    def __init__(self, hass: HomeAssistant, entry: HikConfigEntry) -> None:
        """Look after `entry`, which runs."""
        self._hass = hass
        self._entry = entry
        self._raised: set[str] = set()

    @callback
    def async_start(self) -> None:
        """Check now, when something changes, and every hour."""
        entry, runtime = self._entry, self._entry.runtime_data
        for stop in (
            runtime.inventory.async_add_listener(self.async_check),
            runtime.health.package.async_add_listener(self.async_check),
            async_track_time_interval(self._hass, self._on_hour, CHECK_INTERVAL),
            self._hass.bus.async_listen(
                dr.EVENT_DEVICE_REGISTRY_UPDATED, self._on_device
            ),
            self._withdraw_all,
        ):
            entry.async_on_unload(stop)
        self.async_check()

    @callback
    def async_check(self) -> None:
        """Raise what is wrong now, withdraw what no longer is."""
        issues = {self._id_of(issue): issue for issue in self._issues()}
        for issue_id in self._raised - issues.keys():
            ir.async_delete_issue(self._hass, DOMAIN, issue_id)
        for issue_id, issue in issues.items():
            ir.async_create_issue(
                self._hass,
                DOMAIN,
                issue_id,
                data=issue.data,
                is_fixable=issue.data is not None,
                severity=issue.severity,
                translation_key=issue.kind,
                translation_placeholders=harmless(
                    account=self._entry.title, **issue.placeholders
                ),
            )
        self._raised = set(issues)

    @callback
    def _on_hour(self, _now: datetime) -> None:
        self.async_check()

    @callback
    def _on_device(self, event: Event[Any]) -> None:
        if event.data["action"] == "remove":
            self.async_check()

    @callback
    def _withdraw_all(self) -> None:
        for issue_id in self._raised:
            ir.async_delete_issue(self._hass, DOMAIN, issue_id)
        self._raised.clear()

    def _id_of(self, issue: Issue) -> str:
        return "_".join(filter(None, (issue.kind, self._entry.entry_id, issue.of)))

    def _issues(self) -> Iterator[Issue]:
        yield from self._package_issues()
        yield from self._missing_devices()
        left = self._entry.runtime_data.client.session.token_left
        if left is not None and left < TOKEN_OVERDUE:
            yield Issue("token_ends")
        if self._is_full():
            limit = f"{ENTITIES_AT_MOST:,}"
            yield Issue("too_many_entities", placeholders={"limit": limit})

    def _is_full(self) -> bool:
        """Tell whether core leaves out whatever else the account has."""
        registry = er.async_get(self._hass)
        known = er.async_entries_for_config_entry(registry, self._entry.entry_id)
        return sum(one.disabled_by is None for one in known) >= ENTITIES_AT_MOST

    def _package_issues(self) -> Iterator[Issue]:
        runtime = self._entry.runtime_data
        package, now = runtime.health.package.data, dt_util.utcnow()
        if package is None:
            return
        for one in allowances(package, runtime.inventory.data):
            placeholders = {
                "service": one.name,
                "used": str(one.used),
                "limit": str(one.limit),
                "date": one.expires.date().isoformat() if one.expires else "-",
            }
            if one.is_exceeded:
                yield Issue("package_exceeded", one.key, placeholders=placeholders)
            if one.expires is None:
                continue
            if one.expires <= now:
                yield Issue(
                    "package_ended",
                    one.key,
                    severity=ir.IssueSeverity.ERROR,
                    placeholders=placeholders,
                )
            elif one.expires - now < WARN_BEFORE:
                yield Issue("package_ends", one.key, placeholders=placeholders)

    def _missing_devices(self) -> Iterator[Issue]:
        """Return the devices that are registered here and no longer in the account."""
        entry = self._entry
        prefix = f"{identifier(entry, None)}_device_"
        present = {
            identifier(entry, device)
            for device in entry.runtime_data.inventory.data.devices.values()
        }
        registry = dr.async_get(self._hass)
        for device in dr.async_entries_for_config_entry(registry, entry.entry_id):
            for domain, key in device.identifiers:
                if domain != DOMAIN or not key.startswith(prefix) or key in present:
                    continue
                name = device.name_by_user or device.name or "-"
                yield Issue(
                    DEVICE_MISSING,
                    device.id,
                    data={"entry_id": entry.entry_id, "device_id": device.id},
                    placeholders={"device": name},
                )
