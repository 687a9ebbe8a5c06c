"""Trying a pair of keys, and saying plainly what is wrong with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from homeassistant.const import CONF_URL
from homeassistant.core import HomeAssistant
from homeassistant.helpers.translation import async_get_translations

from ..account import async_make_client
from ..api import DialectName, errors
from ..api.hosts import Region
from ..const import DOMAIN
from ..placeholders import harmless

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
        return harmless(region=self.region or "", error=self.error or "")


async def check_login(
    hass: HomeAssistant,
    account: Mapping[str, Any],
    *,
    search_regions: bool,
    was_accepted: bool,
) -> LoginCheck | LoginProblem:
    """Log in once and return what was found or what is wrong.

    `account` holds the address and keys. A key unknown there may live in another
    region: with `search_regions` the others are asked. A key that `was_accepted`
    before and is unknown now was revoked.
    """
    try:
        return await _log_in(hass, account)
    except errors.KeyUnknown:
        if search_regions and (region := await _region_of(hass, account)):
            return LoginProblem("wrong_region", region=await _name_of(hass, region))
        return LoginProblem("revoked_key" if was_accepted else "wrong_key")
    except errors.HikError as err:
        return _problem_of(err)


async def _log_in(hass: HomeAssistant, account: Mapping[str, Any]) -> LoginCheck:
    client = async_make_client(hass, account)
    dialect = await client.dialect()
    system = await client.platform.system_properties()
    return LoginCheck(dialect, system.guid)


async def _region_of(hass: HomeAssistant, account: Mapping[str, Any]) -> Region | None:
    """Return the region that knows the key; one that does not answer does not."""
    for region in Region:
        url = str(region.url)
        if url == account[CONF_URL]:
            continue
        try:
            await _log_in(hass, {**account, CONF_URL: url})
        except errors.SecretWrong:
            return region
        except errors.HikError:
            continue
        return region
    return None


async def _name_of(hass: HomeAssistant, region: Region) -> str:
    """Return a region as the form calls it, in the language of Home Assistant."""
    texts = await async_get_translations(
        hass, hass.config.language, "selector", [DOMAIN]
    )
    return texts[f"component.{DOMAIN}.selector.region.options.{region.value}"]


def _problem_of(err: errors.HikError) -> LoginProblem:
    for kind, key in _PROBLEMS:
        if isinstance(err, kind):
            return LoginProblem(key)
    return LoginProblem("refused", error=str(err))
