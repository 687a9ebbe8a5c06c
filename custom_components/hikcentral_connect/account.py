"""The client of an account, within the rate limit of its key."""

from collections.abc import Mapping
from typing import Any, Final

from yarl import URL

from homeassistant.const import CONF_URL
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.util.hass_dict import HassKey

from .api import Account, Client
from .api.limiter import Limiter
from .api.transport import Observer
from .const import CONF_APP_KEY, CONF_SECRET_KEY, DOMAIN

# The service counts requests by key. A dialog, the entry it makes and the entry
# reloaded are clients of one key, so the count must outlive each of them.
_LIMITERS: Final[HassKey[dict[str, Limiter]]] = HassKey(f"{DOMAIN}_limiters")


def async_make_client(
    hass: HomeAssistant, data: Mapping[str, Any], on_exchange: Observer | None = None
) -> Client:
    """Return a client for the address and keys in `data`.

    `on_exchange` is told of everything that is sent, secrets included.
    """
    account = Account(URL(data[CONF_URL]), data[CONF_APP_KEY], data[CONF_SECRET_KEY])
    limiters = hass.data.setdefault(_LIMITERS, {})
    limiter = limiters.setdefault(account.app_key, Limiter())
    return Client(async_get_clientsession(hass), account, limiter, on_exchange)
