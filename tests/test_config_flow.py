"""The dialog that adds an account, and those that mend it."""

from typing import Any
from unittest.mock import patch

import pytest
from yarl import URL

from custom_components.hikcentral_connect.api.hosts import Region
from custom_components.hikcentral_connect.const import (
    CONF_APP_KEY,
    CONF_DIALECT,
    CONF_REGION,
    CONF_SECRET_KEY,
    DOMAIN,
    REGION_CUSTOM,
)
from homeassistant.config_entries import SOURCE_USER, ConfigEntryState, ConfigFlowResult
from homeassistant.const import CONF_URL
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from simulator import Simulator
from simulator.account import Account

from .conftest import Running, account_input, make_entry


async def _submit(hass: HomeAssistant, typed: dict[str, Any]) -> ConfigFlowResult:
    form = await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": SOURCE_USER}
    )
    assert form["type"] is FlowResultType.FORM
    assert form["step_id"] == "user"
    return await hass.config_entries.flow.async_configure(form["flow_id"], typed)


async def _submit_again(
    hass: HomeAssistant, form: ConfigFlowResult, typed: dict[str, Any]
) -> ConfigFlowResult:
    """Finish a flow that showed an error."""
    result = await hass.config_entries.flow.async_configure(form["flow_id"], typed)
    await hass.async_block_till_done(wait_background_tasks=True)
    return result


async def test_add_account(
    hass: HomeAssistant, sim: Simulator, account: Account
) -> None:
    """Keys become a running account that knows its dialect."""
    result = await _submit(hass, account_input(sim, account))

    assert result["type"] is FlowResultType.CREATE_ENTRY
    entry = result["result"]
    assert entry.state is ConfigEntryState.LOADED
    assert entry.data == {
        CONF_REGION: REGION_CUSTOM,
        CONF_URL: sim.url,
        CONF_APP_KEY: account.key,
        CONF_SECRET_KEY: account.secret,
        CONF_DIALECT: account.speech.value,
    }
    guid = account.guid if account.speech == "teams" else None
    assert entry.unique_id == guid or (guid is None and len(entry.unique_id) == 32)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({CONF_APP_KEY: "nobody"}, "wrong_key"),
        ({CONF_SECRET_KEY: "wrong"}, "wrong_secret"),
        ({CONF_URL: "http://127.0.0.1:9"}, "cannot_connect"),
    ],
)
async def test_wrong_input(
    hass: HomeAssistant,
    sim: Simulator,
    account: Account,
    change: dict[str, str],
    error: str,
) -> None:
    """Each mistake has its own message, and can be mended in the same dialog."""
    sim.gateway.stranger = account.speech
    typed = account_input(sim, account)

    result = await _submit(hass, typed | change)

    assert result["type"] is FlowResultType.FORM
    assert result["errors"] == {"base": error}
    result = await _submit_again(hass, result, typed)
    assert result["type"] is FlowResultType.CREATE_ENTRY


@pytest.mark.parametrize("url", ["", "example.com", "ftp://example.com", "http://["])
async def test_address_that_is_none(
    hass: HomeAssistant, sim: Simulator, account: Account, url: str
) -> None:
    """An address that is none is marked at its field and asked for nothing."""
    result = await _submit(hass, account_input(sim, account) | {CONF_URL: url})

    assert result["errors"] == {CONF_URL: "invalid_url"}
    assert len(sim.record) == 0


@pytest.mark.parametrize(
    ("fault", "details", "error"),
    [
        ("html", {}, "not_this_service"),
        ("bad_json", {}, "not_this_service"),
        ("no_data", {}, "not_this_service"),
        ("http_error", {"status": 503}, "cannot_connect"),
        ("reset", {}, "cannot_connect"),
        ("rate_limit", {}, "busy"),
    ],
)
async def test_trouble_while_logging_in(
    hass: HomeAssistant,
    sim: Simulator,
    account: Account,
    *,
    fault: str,
    details: dict[str, Any],
    error: str,
) -> None:
    """Trouble of the service is not blamed on the keys."""
    sim.faults.add(fault, path="*/token/get", **details)

    result = await _submit(hass, account_input(sim, account))

    assert result["errors"] == {"base": error}
    sim.faults.clear()
    result = await _submit_again(hass, result, account_input(sim, account))
    assert result["type"] is FlowResultType.CREATE_ENTRY


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("OPEN000003", "revoked_key"),
        ("OPEN000021", "no_permission"),
        ("XYZ000001", "refused"),
    ],
)
async def test_refusals(
    hass: HomeAssistant, sim: Simulator, code: str, error: str
) -> None:
    """A refusal is told apart by its code."""
    sim.faults.add("refuse", path="*/token/get", code=code)

    result = await _submit(hass, account_input(sim, sim.account("teams")))

    assert result["errors"] == {"base": error}
    if error == "refused":
        assert code in result["description_placeholders"]["error"]


async def test_wrong_region(
    hass: HomeAssistant, sim: Simulator, account: Account, socket_enabled: None
) -> None:
    """A key of another region is told from a wrong key, and the region named."""
    async with Simulator(seed=2, life=False, accounts=()) as elsewhere:
        addresses = dict.fromkeys(Region, URL(elsewhere.url))
        addresses[Region.SOUTH_AMERICA] = URL(sim.url)
        with patch.object(Region, "url", property(addresses.__getitem__)):
            typed = account_input(sim, account) | {CONF_REGION: Region.EUROPE.value}
            result = await _submit(hass, typed)
            assert result["errors"] == {"base": "wrong_region"}
            assert result["description_placeholders"]["region"] == "South America"

            typed[CONF_REGION] = Region.SOUTH_AMERICA.value
            result = await _submit_again(hass, result, typed)
            assert result["type"] is FlowResultType.CREATE_ENTRY
            assert result["result"].data[CONF_URL] == sim.url


async def test_all_regions_are_asked(
    hass: HomeAssistant, sim: Simulator, account: Account, socket_enabled: None
) -> None:
    """Regions that know no key are passed over; a wrong secret is known by its key."""
    async with Simulator(seed=2, life=False, accounts=()) as elsewhere:
        addresses = {one: URL(f"{elsewhere.url}/{one.value}") for one in Region}
        with patch.object(Region, "url", property(addresses.__getitem__)):
            typed = account_input(sim, account) | {CONF_REGION: Region.EUROPE.value}
            typed[CONF_SECRET_KEY] = "quite-another-secret"
            result = await _submit(hass, typed)
            assert result["errors"] == {"base": "wrong_key"}

            addresses[Region.SOUTH_AMERICA] = URL(sim.url)
            result = await _submit_again(hass, result, typed)
            assert result["errors"] == {"base": "wrong_region"}
            assert result["description_placeholders"]["region"] == "South America"


async def test_same_account_twice(running: Running) -> None:
    """The same key is refused before anything is sent."""
    calls = len(running.sim.record.calls("*/token/get"))

    result = await _submit(running.hass, account_input(running.sim, running.account))

    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "already_configured"
    assert len(running.sim.record.calls("*/token/get")) == calls


async def test_same_account_under_new_key(hass: HomeAssistant, sim: Simulator) -> None:
    """Teams names its platform, so that another key of it is the same account."""
    account = sim.account("teams")
    entry = make_entry(sim, account, unique_id=account.guid)
    entry.add_to_hass(hass)
    hass.config_entries.async_update_entry(
        entry, data={**entry.data, CONF_APP_KEY: "an older key"}
    )

    result = await _submit(hass, account_input(sim, account))

    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "already_configured"


async def test_reauth(running: Running) -> None:
    """A changed secret brings the dialog, and the new one mends the account."""
    hass, account = running.hass, running.account
    account.secret = "the new secret"
    account.revoke_tokens()
    await running.entry.runtime_data.inventory.async_refresh()
    await hass.async_block_till_done()

    (flow,) = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    assert flow["step_id"] == "reauth_confirm"
    keys = {CONF_APP_KEY: account.key, CONF_SECRET_KEY: "still wrong"}
    result = await _submit_again(hass, flow, keys)
    assert result["errors"] == {"base": "wrong_secret"}

    keys[CONF_SECRET_KEY] = account.secret
    result = await _submit_again(hass, flow, keys)

    assert result["reason"] == "reauth_successful"
    assert running.entry.data[CONF_SECRET_KEY] == "the new secret"
    assert running.entry.state is ConfigEntryState.LOADED


@pytest.mark.parametrize("step", ["reauth", "reconfigure"])
async def test_new_keys_of_an_account_that_did_not_start(
    running: Running, step: str
) -> None:
    """Keys that changed while Home Assistant was off are replaced, and it starts."""
    hass, account = running.hass, running.account
    await hass.config_entries.async_unload(running.entry.entry_id)
    account.secret = "the new secret"
    await hass.config_entries.async_setup(running.entry.entry_id)
    assert running.entry.state is ConfigEntryState.SETUP_ERROR
    if step == "reauth":
        (flow,) = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    else:
        flow = await running.entry.start_reconfigure_flow(hass)

    typed = account_input(running.sim, account)
    if step == "reauth":
        typed = {CONF_APP_KEY: account.key, CONF_SECRET_KEY: account.secret}
    result = await _submit_again(hass, flow, typed)

    assert result["reason"] == f"{step}_successful"
    assert running.entry.state is ConfigEntryState.LOADED


async def test_reauth_with_unchanged_keys(running: Running) -> None:
    """Keys that work again bring the account back, though nothing changed."""
    hass, account = running.hass, running.account
    running.sim.faults.add("refuse", path="*/token/get", code="OPEN000003")
    account.revoke_tokens()
    await running.entry.runtime_data.inventory.async_refresh()
    await hass.async_block_till_done()
    (flow,) = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    running.sim.faults.clear()

    result = await _submit_again(
        hass, flow, {CONF_APP_KEY: account.key, CONF_SECRET_KEY: account.secret}
    )

    assert result["reason"] == "reauth_successful"
    assert running.entry.state is ConfigEntryState.LOADED
    assert running.entry.runtime_data.inventory.last_update_success


async def test_reauth_of_a_revoked_key(running: Running) -> None:
    """A key that worked and is unknown now was revoked, which the dialog says."""
    running.account.revoke_key()
    flow = await running.entry.start_reauth_flow(running.hass)

    result = await _submit_again(
        running.hass,
        flow,
        {
            CONF_APP_KEY: running.account.key,
            CONF_SECRET_KEY: running.account.secret,
        },
    )

    assert result["errors"] == {"base": "revoked_key"}


async def test_reauth_as_another_account(running: Running) -> None:
    """Keys of another account do not take this one over."""
    other = next(
        one for one in running.sim.accounts.values() if one is not running.account
    )
    flow = await running.entry.start_reauth_flow(running.hass)

    result = await _submit_again(
        running.hass,
        flow,
        {CONF_APP_KEY: other.key, CONF_SECRET_KEY: other.secret},
    )

    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "another_account"


async def test_reconfigure(running: Running) -> None:
    """The form shows what was typed, without the secret, and takes new keys."""
    hass, account = running.hass, running.account
    form = await running.entry.start_reconfigure_flow(hass)
    shown = {
        str(key): key.description["suggested_value"]
        for key in form["data_schema"].schema
        if key.description and "suggested_value" in key.description
    }
    assert shown == {
        CONF_REGION: REGION_CUSTOM,
        CONF_URL: running.sim.url,
        CONF_APP_KEY: account.key,
    }
    typed = account_input(running.sim, account)
    result = await _submit_again(hass, form, typed | {CONF_SECRET_KEY: "wrong"})
    assert result["errors"] == {"base": "wrong_secret"}
    account.secret = "the new secret"

    result = await _submit_again(hass, form, typed | {CONF_SECRET_KEY: account.secret})

    assert result["reason"] == "reconfigure_successful"
    assert running.entry.data[CONF_SECRET_KEY] == account.secret
    assert running.entry.state is ConfigEntryState.LOADED


async def _options_page(running: Running, page: str) -> ConfigFlowResult:
    options = running.hass.config_entries.options
    menu = await options.async_init(running.entry.entry_id)
    assert menu["type"] is FlowResultType.MENU
    return await options.async_configure(menu["flow_id"], {"next_step_id": page})


async def test_options(running: Running) -> None:
    """A page saves its own options, and restarts nothing."""
    messages = {
        "pace_active_seconds": 2,
        "pace_idle_seconds": 5,
        "freshness_seconds": 60,
        "alarm_hold_seconds": 45,
    }
    form = await _options_page(running, "messages")
    assert form["type"] is FlowResultType.FORM
    result = await running.hass.config_entries.options.async_configure(
        form["flow_id"], messages
    )
    await running.hass.async_block_till_done(wait_background_tasks=True)

    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert running.entry.options.items() >= messages.items()
    assert len(running.sim.record.calls("*/token/get")) == 1


async def test_code_is_forgotten(running: Running) -> None:
    """A code too long, or of no device, is refused; an empty one forgets the old."""
    options = running.hass.config_entries.options
    serial = next(iter(running.account.world.devices.values())).serial
    for code, stored in (("ABCDEF", {serial: "ABCDEF"}), ("", {})):
        form = await _options_page(running, "codes")
        form = await options.async_configure(
            form["flow_id"], {"device": serial, "code": "x" * 17}
        )
        assert form["errors"] == {"code": "code_too_long"}
        form = await options.async_configure(form["flow_id"], {"code": "ABCDEF"})
        assert form["errors"] == {"device": "device_missing"}
        await options.async_configure(form["flow_id"], {"device": serial, "code": code})
        assert running.entry.options["codes"] == stored


async def test_names_of_people(running: Running) -> None:
    """Names of people are shown only if the owner wants that, and at once."""
    assert not running.entry.runtime_data.options.personal_data
    page = await _options_page(running, "people")
    result = await running.hass.config_entries.options.async_configure(
        page["flow_id"], {"personal_data": True}
    )
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert running.entry.runtime_data.options.personal_data
