"""Adding an account and mending its keys: each thing that can be wrong is told."""

import re
from typing import Any

from playwright.sync_api import Page, expect
import pytest

from .cards import call
from .conftest import Demo, keep

pytestmark = pytest.mark.browser

NEW_SECRET = "another secret"


@pytest.fixture(scope="module", params=["teams", "reference"])
def demo_dialect(request: pytest.FixtureRequest) -> str:
    """Run every test in each dialect."""
    return str(request.param)


def _fill(page: Page, key: str, secret: str, address: str) -> None:
    page.get_by_role("textbox", name=re.compile("^Address")).fill(address)
    page.get_by_role("textbox", name=re.compile("^AppKey")).fill(key)
    page.locator("input[type=password]").first.fill(secret)
    page.get_by_role("button", name="Submit").click()


def _entries(page: Page) -> list[dict[str, Any]]:
    asked = {"type": "config_entries/get", "domain": "hikcentral_connect"}
    found: list[dict[str, Any]] = call(page, asked)
    return found


def test_what_can_be_wrong(demo: Demo, page: Page, demo_dialect: str) -> None:
    """Each mistake has its own words, in the dialog where it can be mended."""
    other = "reference" if demo_dialect == "teams" else "teams"
    key, secret = f"demo-{other}-key", f"demo-{other}-secret"
    page.goto(f"{demo.url}/config/integrations/dashboard/add?domain=hikcentral_connect")
    page.get_by_role("button", name="OK").click()
    expect(page.get_by_text("Paste the AppKey")).to_be_visible()
    page.get_by_label("Region").first.click()
    page.get_by_text("Custom address", exact=True).click()

    for typed, code, said in (
        ((key, secret, "example.com"), "", "Type a full address"),
        ((key, secret, "http://127.0.0.1:9"), "", "cannot be reached"),
        ((key, secret, demo.url), "", "it is not HikCentral Connect"),
        (("nobody", secret, demo.cloud), "", "No account knows this AppKey"),
        ((key, "wrong", demo.cloud), "", "the SecretKey is not"),
        ((key, secret, demo.cloud), "OPEN000003", "Create new keys in the portal"),
        ((key, secret, demo.cloud), "OPEN000021", "Ask the owner of the account"),
        ((key, secret, demo.cloud), "XYZ000001", "report the message"),
    ):
        if code:
            demo.happen("faults", kind="refuse", path="*/token/get", code=code, times=1)
        _fill(page, *typed)
        expect(page.locator("ha-alert").get_by_text(said)).to_be_visible()
    keep(page, f"account-errors-{demo_dialect}")

    _fill(page, f"demo-{demo_dialect}-key", f"demo-{demo_dialect}-secret", demo.cloud)
    expect(page.get_by_text("This account has been added already.")).to_be_visible()
    assert len(_entries(page)) == 1


def test_new_secret(demo: Demo, page: Page, demo_dialect: str) -> None:
    """A secret that changed is asked for, and the new one starts the account."""
    demo.happen(f"accounts/{demo_dialect}/secret", secret=NEW_SECRET)
    page.goto(f"{demo.url}/config/integrations/integration/hikcentral_connect")
    expect(page.locator("ha-config-entry-row").first).to_be_visible()
    (entry,) = _entries(page)
    reload = f"config/config_entries/entry/{entry['entry_id']}/reload"
    page.evaluate(
        "path => document.querySelector('home-assistant').hass.callApi('POST', path)",
        reload,
    )
    page.get_by_role("button", name="Reconfigure").click()
    expect(page.get_by_text("no longer accepts the keys")).to_be_visible()

    for secret, said in (
        ("wrong", "Copy the SecretKey again"),
        (NEW_SECRET, "Re-authentication was successful"),
    ):
        page.locator("input[type=password]").first.fill(secret)
        page.get_by_role("button", name="Submit").click()
        expect(page.get_by_text(said)).to_be_visible()
        keep(page, f"new-secret-{secret.partition(' ')[0]}-{demo_dialect}")
    page.get_by_role("button", name="Close").last.click()
    page.wait_for_function(
        """() => document.querySelector("home-assistant").hass
            .callWS({type: "config_entries/get", domain: "hikcentral_connect"})
            .then(entries => entries.every(one => one.state === "loaded"))"""
    )
