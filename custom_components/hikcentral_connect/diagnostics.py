"""Diagnostics: how an account answered, redacted, without asking it anything."""

from collections.abc import Iterator, Mapping
from itertools import groupby
import json
from operator import attrgetter
from secrets import randbelow
from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.loader import async_get_integration

from .api.hosts import Region
from .api.redaction.redactor import HIDDEN, Json, Redactor
from .api.redaction.report import ABOUT, FORMAT, check_for_leaks, exchange_as_json, why
from .api.transport import Exchange
from .const import DOMAIN
from .devices import Thing, identifier, things_of
from .messages.queues import QueueCoordinator
from .options import OPT_CODES
from .runtime import HikConfigEntry, HikRuntime

YEARS_BACK: Final = 20


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, entry: HikConfigEntry
) -> dict[str, Any]:
    """Return what the service said of the account; the simulator can replay it."""
    runtime = entry.runtime_data
    integration = await async_get_integration(hass, DOMAIN)
    exchanges = runtime.recorder.exchanges
    report = {
        "format": FORMAT,
        "about": ABOUT,
        "integration": str(integration.version),
        "region": region_of(runtime),
        "dialect": (await runtime.client.dialect()).value,
        "asked": await hass.async_add_executor_job(_asked, exchanges),
        "unasked": {},
        "options": _shown(entry.options),
        "state": _state(hass, entry),
    }
    _check(entry, report)
    return report


async def async_get_device_diagnostics(
    hass: HomeAssistant, entry: HikConfigEntry, device: dr.DeviceEntry
) -> dict[str, Any]:
    """Return what the service said of one device, camera or door."""
    exchanges = entry.runtime_data.recorder.exchanges
    thing = _thing_of(entry, device)
    report = {
        "kind": type(thing).__name__.lower() if thing else "account",
        "listed": thing is not None,
        "said": await hass.async_add_executor_job(_said, thing.id, exchanges)
        if thing
        else {},
        "entities": _entities(hass, device),
        "state": _state(hass, entry),
    }
    _check(entry, report)
    return report


def region_of(runtime: HikRuntime) -> str:
    """Return the region of the account; an address of the owner's own is hidden."""
    url = runtime.client.session.account.url
    return next((region.value for region in Region if region.url == url), "custom")


def _redactor(exchanges: tuple[Exchange, ...]) -> Redactor:
    """Return a redactor that has seen everything it will be asked to hide."""
    answers = (one.envelope for one in exchanges)
    return Redactor(answers, weeks=52 + randbelow(52 * YEARS_BACK))


def _asked(exchanges: tuple[Exchange, ...]) -> list[Json]:
    """Return the exchanges in the form of the probe's report, one part for a path."""
    redactor, path = _redactor(exchanges), attrgetter("call.path")
    parts = [
        (operation, list(same))
        for operation, same in groupby(sorted(exchanges, key=path), path)
    ]
    return [
        {
            "operation": operation,
            "outcome": _outcome(same),
            "exchanges": [exchange_as_json(one, redactor) for one in same],
        }
        for operation, same in parts
    ]


def _outcome(exchanges: list[Exchange]) -> str:
    failed = [one.error for one in exchanges if one.error is not None]
    return why(failed[-1]) if failed else f"{len(exchanges)} answered"


def _check(entry: HikConfigEntry, report: Json) -> None:
    """Raise `Leak` if a key, the token or a verification code is in it after all."""
    codes: Mapping[str, str] = entry.options.get(OPT_CODES, {})
    secrets = (*entry.runtime_data.client.session.secrets, *codes.values())
    check_for_leaks(json.dumps(report), secrets)


def _shown(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return numbers and switches; of lists their length, of texts nothing."""
    return {
        name: value
        if isinstance(value, bool | int | float | None)
        else HIDDEN
        if isinstance(value, str)
        else len(value)
        for name, value in options.items()
    }


def _state(hass: HomeAssistant, entry: HikConfigEntry) -> dict[str, Any]:
    """Return how the integration is doing; ages are in seconds."""
    runtime = entry.runtime_data
    session = runtime.client.session
    inventory = runtime.inventory.data
    clocks = runtime.inventory, runtime.status, *runtime.queues
    return {
        "token_age": _seconds(session.token_age),
        "token_left": _seconds(session.token_left),
        "clock_offset": session.clock_offset.total_seconds(),
        "requests_last_minute": session.limiter.last_minute,
        "requests_waiting": session.limiter.waiting,
        "troubles": dict(runtime.recorder.troubles),
        "clocks": {
            clock.name: {
                "succeeds": clock.last_update_success,
                "interval": _seconds(clock.update_interval),
            }
            for clock in clocks
        },
        "queues": {queue.name: _queue_state(queue) for queue in runtime.queues},
        "devices": len(inventory.devices),
        "cameras": len(inventory.cameras),
        "doors": len(inventory.doors),
        "declared_doors": len(entry.subentries),
        "entities": len(
            er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
        ),
    }


def _queue_state(queue: QueueCoordinator[Any]) -> dict[str, Any]:
    return {
        "trusted": queue.trusted,
        "lag": queue.data.lag,
        "stolen": queue.stolen,
        "lost": queue.lost,
    }


def _seconds(span: Any) -> float | None:
    return None if span is None else round(span.total_seconds())


def _thing_of(entry: HikConfigEntry, device: dr.DeviceEntry) -> Thing | None:
    return next(
        (
            thing
            for thing in things_of(entry)
            if (DOMAIN, identifier(entry, thing)) in device.identifiers
        ),
        None,
    )


def _said(identity: str, exchanges: tuple[Exchange, ...]) -> dict[str, list[Json]]:
    """Return the rows of all lists that name an id, by the path of the list."""
    redactor = _redactor(exchanges)
    found: dict[str, list[Json]] = {}
    for one in exchanges:
        for row in _rows_with(identity, one.envelope):
            found.setdefault(one.call.path, []).append(redactor.answer(row))
    return found


def _rows_with(identity: str, value: Json) -> Iterator[Json]:
    """Return the outermost rows of lists in which an id stands."""
    # Without recursion: how deep an answer goes is the service's choice.
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += one.values()
        elif isinstance(one, list):
            yield from (row for row in one if _holds(row, identity))


def _holds(row: Json, identity: str) -> bool:
    waiting = [row]
    while waiting:
        one = waiting.pop()
        if one == identity:
            return True
        if isinstance(one, dict):
            waiting += one.values()
    return False


def _entities(hass: HomeAssistant, device: dr.DeviceEntry) -> list[dict[str, Any]]:
    """Return the entities of a device without their names and values."""
    registry = er.async_get(hass)
    entries = er.async_entries_for_device(registry, device.id, True)
    return [
        {
            "platform": entry.domain,
            "kind": entry.translation_key,
            "disabled": entry.disabled_by is not None,
            "available": (state := hass.states.get(entry.entity_id)) is not None
            and state.state != "unavailable",
        }
        for entry in entries
    ]
