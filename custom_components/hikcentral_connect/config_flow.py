"""Config flow: from a pair of keys to an account."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from itertools import chain, count
from typing import Any, Final, override

import voluptuous as vol
from yarl import URL

from homeassistant.config_entries import (
    ConfigEntry,
    ConfigFlow,
    ConfigFlowResult,
    ConfigSubentryFlow,
)
from homeassistant.const import CONF_URL
from homeassistant.core import callback
from homeassistant.helpers import selector
from homeassistant.helpers.typing import VolDictType

from .api import DialectName
from .api.hosts import Region, read_url
from .const import (
    CONF_APP_KEY,
    CONF_DIALECT,
    CONF_REGION,
    CONF_SECRET_KEY,
    DOMAIN,
    REGION_CUSTOM,
    SUBENTRY_DOOR,
)
from .flows.door import DoorSubentryFlow
from .flows.login_check import LoginCheck, LoginProblem, check_login
from .flows.options import HikOptionsFlow

TITLE: Final = "HikCentral Connect"
_SECRET: Final = selector.TextSelector(
    selector.TextSelectorConfig(
        type=selector.TextSelectorType.PASSWORD, autocomplete="off"
    )
)
_KEYS: Final[VolDictType] = {
    vol.Required(CONF_APP_KEY): selector.TextSelector(
        selector.TextSelectorConfig(autocomplete="off")
    ),
    vol.Required(CONF_SECRET_KEY): _SECRET,
}
ACCOUNT_SCHEMA: Final = vol.Schema(
    {
        vol.Required(CONF_REGION, default=Region.EUROPE.value): selector.SelectSelector(
            selector.SelectSelectorConfig(
                options=[*(region.value for region in Region), REGION_CUSTOM],
                mode=selector.SelectSelectorMode.DROPDOWN,
                translation_key="region",
            )
        ),
        **_KEYS,
        vol.Optional(CONF_URL): selector.TextSelector(
            selector.TextSelectorConfig(type=selector.TextSelectorType.URL)
        ),
    }
)


class HikConfigFlow(ConfigFlow, domain=DOMAIN):
    """Add an account, or mend the keys of one."""

    VERSION = 1
    MINOR_VERSION = 1

    @staticmethod
    @callback
    @override
    def async_get_options_flow(config_entry: ConfigEntry) -> HikOptionsFlow:
        """Return the flow behind "Configure"."""
        return HikOptionsFlow()

    @classmethod
    @callback
    @override
    def async_get_supported_subentry_types(
        cls, config_entry: ConfigEntry
    ) -> dict[str, type[ConfigSubentryFlow]]:
        """Let doors be declared where the service does not list them."""
        if config_entry.data[CONF_DIALECT] == DialectName.REFERENCE:
            return {SUBENTRY_DOOR: DoorSubentryFlow}
        return {}

    @override
    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the region and the keys."""
        problem = None
        if user_input is not None:
            self._async_abort_entries_match({CONF_APP_KEY: user_input[CONF_APP_KEY]})
            outcome = await self._check(user_input)
            if isinstance(outcome, LoginCheck):
                await self.async_set_unique_id(_unique_id(user_input, outcome))
                self._abort_if_unique_id_configured()
                return self.async_create_entry(
                    title=_free_title(self._async_current_entries()),
                    data=_entry_data(user_input, outcome),
                )
            problem = outcome
        return self._show_account_form("user", user_input or {}, problem)

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Move the account to another region or other keys."""
        entry = self._get_reconfigure_entry()
        problem = None
        if user_input is not None:
            outcome = await self._check(user_input)
            if isinstance(outcome, LoginCheck):
                await self.async_set_unique_id(_unique_id(user_input, outcome))
                self._abort_if_unique_id_mismatch(reason="another_account")
                return self._finish(entry, _entry_data(user_input, outcome))
            problem = outcome
        shown = user_input or {
            CONF_REGION: entry.data[CONF_REGION],
            CONF_APP_KEY: entry.data[CONF_APP_KEY],
            **_typed_url(entry.data),
        }
        return self._show_account_form("reconfigure", shown, problem)

    async def async_step_reauth(
        self, entry_data: Mapping[str, Any]
    ) -> ConfigFlowResult:
        """Begin after the service refused the keys."""
        return await self.async_step_reauth_confirm()

    async def async_step_reauth_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the keys again."""
        entry = self._get_reauth_entry()
        problem = None
        if user_input is not None:
            account = {**entry.data, **user_input}
            outcome = await self._check(account, known_key=entry.data[CONF_APP_KEY])
            if isinstance(outcome, LoginCheck):
                await self.async_set_unique_id(_unique_id(account, outcome))
                self._abort_if_unique_id_mismatch(reason="another_account")
                return self._finish(entry, _entry_data(account, outcome))
            problem = outcome
        shown = user_input or {CONF_APP_KEY: entry.data[CONF_APP_KEY]}
        return self.async_show_form(
            step_id="reauth_confirm",
            data_schema=self.add_suggested_values_to_schema(
                vol.Schema(_KEYS), _without_secret(shown)
            ),
            errors=problem.errors if problem else {},
            description_placeholders={
                "name": entry.title,
                **(problem.placeholders if problem else {}),
            },
        )

    async def _check(
        self, account: Mapping[str, Any], known_key: str | None = None
    ) -> LoginCheck | LoginProblem:
        """Try the keys where the owner says the account lives."""
        if (url := _url_of(account)) is None:
            return LoginProblem("invalid_url", where=CONF_URL)
        return await check_login(
            self.hass,
            {**account, CONF_URL: str(url)},
            search_regions=account[CONF_REGION] != REGION_CUSTOM,
            was_accepted=account[CONF_APP_KEY] == known_key,
        )

    def _show_account_form(
        self, step: str, shown: Mapping[str, Any], problem: LoginProblem | None
    ) -> ConfigFlowResult:
        return self.async_show_form(
            step_id=step,
            data_schema=self.add_suggested_values_to_schema(
                ACCOUNT_SCHEMA, _without_secret(shown)
            ),
            errors=problem.errors if problem else {},
            description_placeholders=problem.placeholders if problem else {},
        )

    def _finish(self, entry: ConfigEntry, data: dict[str, Any]) -> ConfigFlowResult:
        """Store the keys and start the entry again, also with unchanged keys."""
        unheard = data == dict(entry.data) or not entry.update_listeners
        result = self.async_update_and_abort(entry, data=data)
        # Only now: a reload begins at once, and has to find the new keys.
        if unheard:
            self.hass.config_entries.async_schedule_reload(entry.entry_id)
        return result


def _free_title(entries: Iterable[ConfigEntry]) -> str:
    """Return a name that tells the accounts of a house apart."""
    taken = {entry.title for entry in entries}
    names = chain([TITLE], (f"{TITLE} {number}" for number in count(2)))
    return next(name for name in names if name not in taken)


def _url_of(account: Mapping[str, Any]) -> URL | None:
    if account[CONF_REGION] != REGION_CUSTOM:
        return Region(account[CONF_REGION]).url
    try:
        url = read_url(account.get(CONF_URL, "").strip())
    except ValueError:
        return None
    if url.scheme not in ("http", "https") or not url.host:
        return None
    return url.origin()


def _typed_url(data: Mapping[str, Any]) -> dict[str, str]:
    """Return the address only if the owner typed it."""
    return {CONF_URL: data[CONF_URL]} if data[CONF_REGION] == REGION_CUSTOM else {}


def _entry_data(account: Mapping[str, Any], check: LoginCheck) -> dict[str, Any]:
    return {
        CONF_REGION: account[CONF_REGION],
        CONF_URL: str(_url_of(account)),
        CONF_APP_KEY: account[CONF_APP_KEY],
        CONF_SECRET_KEY: account[CONF_SECRET_KEY],
        CONF_DIALECT: check.dialect.value,
    }


def _unique_id(account: Mapping[str, Any], check: LoginCheck) -> str:
    """Return the platform's GUID, which survives new keys, or a digest of the key."""
    return check.guid or sha256(account[CONF_APP_KEY].encode()).hexdigest()[:32]


def _without_secret(shown: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in shown.items() if key != CONF_SECRET_KEY}
