"""A newcomer's first minutes: look, open a door, add an account."""

import re

from playwright.sync_api import Page, expect
import pytest

from .conftest import Demo, keep

pytestmark = pytest.mark.browser


def _first_picture(page: Page) -> str:
    """Return the address of a camera picture that the browser has drawn."""
    image = page.locator("hui-image img").first
    expect(image).to_be_visible()
    page.wait_for_function(
        """() => {
            const find = (root) => [...root.querySelectorAll("*")].flatMap((one) =>
                [...(one.tagName === "IMG" && one.src.includes("camera_proxy") ? [one] : []),
                 ...(one.shadowRoot ? find(one.shadowRoot) : [])]);
            return find(document).some((one) => one.naturalWidth > 100);
        }"""
    )
    return image.get_attribute("src") or ""


def test_dashboard(demo: Demo, page: Page) -> None:
    """The first page shows pictures and doors, without a login."""
    page.goto(demo.url)

    expect(page.get_by_text("Front door Hold")).to_be_visible()
    assert "/api/camera_proxy" in _first_picture(page)
    keep(page, "dashboard")


def test_open_a_door(demo: Demo, page: Page) -> None:
    """The button opens the door of its row, once."""
    before = {door["name"]: door["opened"] for door in demo.state("teams")["doors"]}
    page.goto(demo.url)
    page.get_by_role("button", name="Press").first.click()
    expect(page.get_by_text("Lock", exact=True).first).to_be_visible()
    keep(page, "door-open")

    after = {door["name"]: door["opened"] for door in demo.state("teams")["doors"]}
    assert sum(after.values()) - sum(before.values()) == 1
    assert after["Front door"] - before["Front door"] == 1


def test_add_an_account(demo: Demo, page: Page) -> None:
    """The dialog says what is wrong, and adds the account when it is right."""
    page.goto(f"{demo.url}/config/integrations/dashboard/add?domain=hikcentral_connect")
    page.get_by_role("button", name="OK").click()
    expect(page.get_by_text("Paste the AppKey")).to_be_visible()
    keep(page, "add-account")
    page.get_by_label("Region").first.click()
    page.get_by_text("Custom address", exact=True).click()
    page.get_by_role("textbox", name=re.compile("^Address")).fill(demo.cloud)
    page.get_by_role("textbox", name=re.compile("^AppKey")).fill("demo-reference-key")
    secret = page.locator("input[type=password]").first
    secret.fill("not the secret")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("Copy the SecretKey again")).to_be_visible()
    keep(page, "wrong-secret")

    secret.fill("demo-reference-secret")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("button", name="Finish")).to_be_visible()
    keep(page, "account-added")
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_role("button", name="Finish")).to_be_hidden()
    assert demo.state("reference")["logins"] >= 2
