"""The card of the integration in the system information."""

from collections.abc import Callable
from typing import Any, Final

from homeassistant.components.system_health import (
    SystemHealthRegistration,
    async_check_can_reach_url,
)
from homeassistant.core import HomeAssistant, callback

from .const import CONF_DIALECT, DOMAIN
from .diagnostics import region_of
from .runtime import HikConfigEntry


@callback
def async_register(hass: HomeAssistant, register: SystemHealthRegistration) -> None:
    """Register the card."""
    register.async_register_info(
        system_health_info, f"/config/integrations/integration/{DOMAIN}"
    )


async def system_health_info(hass: HomeAssistant) -> dict[str, Any]:
    """Return what the card shows of all accounts that run."""
    entries: list[HikConfigEntry] = hass.config_entries.async_loaded_entries(DOMAIN)
    return {
        "accounts": len(entries),
        **_reachable(hass, entries),
        **{key: _listed(entries, show) for key, show in FIGURES.items() if entries},
    }


def _reachable(hass: HomeAssistant, entries: list[HikConfigEntry]) -> dict[str, Any]:
    """Return checks that the card waits for, one for each server."""
    urls = {str(one.runtime_data.client.session.account.url) for one in entries}
    if len(urls) == 1:
        return {"can_reach_service": async_check_can_reach_url(hass, *urls)}
    return {
        f"can_reach_service {number}": async_check_can_reach_url(hass, url)
        for number, url in enumerate(sorted(urls), start=1)
    }


def _listed(
    entries: list[HikConfigEntry], show: Callable[[HikConfigEntry], str]
) -> str:
    """Return a figure, with the name of its account where there are several."""
    if len(entries) == 1:
        return show(entries[0])
    return "; ".join(f"{entry.title}: {show(entry)}" for entry in entries)


def _token_age(entry: HikConfigEntry) -> str:
    age = entry.runtime_data.client.session.token_age
    if age is None:
        return "-"
    minutes = age.total_seconds() / 60
    return f"{minutes:.0f} min" if minutes < 100 else f"{minutes / 60:.1f} h"


def _queue_lag(entry: HikConfigEntry) -> str:
    lags = [queue.data.lag for queue in entry.runtime_data.queues]
    known = [lag for lag in lags if lag is not None]
    return f"{max(known):.1f} s" if known else "-"


FIGURES: Final[dict[str, Callable[[HikConfigEntry], str]]] = {
    "dialect": lambda entry: str(entry.data[CONF_DIALECT]),
    "region": lambda entry: region_of(entry.runtime_data),
    "token_age": _token_age,
    "queue_lag": _queue_lag,
    "requests_per_minute": lambda entry: str(
        entry.runtime_data.client.session.limiter.last_minute
    ),
    "rate_limit_share": lambda entry: (
        f"{entry.runtime_data.client.session.limiter.share:.0%}"
    ),
}
