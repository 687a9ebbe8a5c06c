"""Trying a pair of keys, and saying plainly what is wrong with them."""

from dataclasses import dataclass
from typing import Final

from yarl import URL

from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession

from .api import Account, Client, DialectName, errors
from .api.hosts import Region

_PROBLEMS: Final[tuple[tuple[type[errors.HikError], str], ...]] = (
    (errors.SecretWrong, "wrong_secret"),
    (errors.KeyRevoked, "revoked_key"),
    (errors.ServiceUnreachable, "cannot_connect"),
    (errors.BadAnswer, "not_this_service"),
    (errors.RateLimited, "busy"),
    (errors.PermissionDenied, "no_permission"),
)


@dataclass(frozen=True, slots=True)
class LoginCheck:
    """What a login that worked tells of the account."""

    dialect: DialectName
    guid: str | None


@dataclass(frozen=True, slots=True)
class LoginProblem:
    """Why a login did not work: the key of a message, and for which field."""

    key: str
    where: str = "base"
    region: str | None = None
    error: str | None = None

    @property
    def errors(self) -> dict[str, str]:
        """Return the problem as a form shows it."""
        return {self.where: self.key}

    @property
    def placeholders(self) -> dict[str, str]:
        """Return what the message names."""
        return {"region": self.region or "", "error": self.error or ""}


async def check_login(
    hass: HomeAssistant,
    url: URL,
    app_key: str,
    secret_key: str,
    *,
    search_regions: bool,
    was_accepted: bool,
) -> LoginCheck | LoginProblem:
    """Log in once and return what was found or what is wrong.

    A key unknown here may live in another region: with `search_regions` the others
    are asked. A key that `was_accepted` before and is unknown now was revoked.
    """
    try:
        return await _log_in(hass, url, app_key, secret_key)
    except errors.KeyUnknown:
        if search_regions and (
            region := await _region_of(hass, url, app_key, secret_key)
        ):
            return LoginProblem("wrong_region", region=region.value)
        return LoginProblem("revoked_key" if was_accepted else "wrong_key")
    except errors.HikError as err:
        return _problem_of(err)


async def _log_in(
    hass: HomeAssistant, url: URL, app_key: str, secret_key: str
) -> LoginCheck:
    client = Client(async_get_clientsession(hass), Account(url, app_key, secret_key))
    dialect = await client.dialect()
    system = await client.platform.system_properties()
    return LoginCheck(dialect, system.guid)


async def _region_of(
    hass: HomeAssistant, asked: URL, app_key: str, secret_key: str
) -> Region | None:
    """Return the region that knows the key; one that does not answer does not."""
    for region in Region:
        if region.url == asked:
            continue
        try:
            await _log_in(hass, region.url, app_key, secret_key)
        except errors.SecretWrong:
            return region
        except errors.HikError:
            continue
        return region
    return None


def _problem_of(err: errors.HikError) -> LoginProblem:
    for kind, key in _PROBLEMS:
        if isinstance(err, kind):
            return LoginProblem(key)
    return LoginProblem("refused", error=str(err))
