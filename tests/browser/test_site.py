"""Options, repairs, system health, actions and several accounts, on the demo."""

import json
import re
from typing import Any

from playwright.sync_api import Page, expect
import pytest

from .conftest import Demo, keep, open_picker

pytestmark = pytest.mark.browser

INTEGRATION = "/config/integrations/integration/hikcentral_connect"
TITLE = "HikCentral Connect"


def ask(page: Page, command: str, **fields: Any) -> Any:
    """Send a websocket command as the open page would."""
    return page.evaluate(
        """message => document.querySelector("home-assistant").hass.callWS(message)""",
        {"type": command, **fields},
    )


def post(page: Page, path: str, body: dict[str, Any]) -> Any:
    """Send what a dialogue of the page would."""
    return page.evaluate(
        """([path, body]) =>
            document.querySelector("home-assistant").hass.callApi("POST", path, body)""",
        [path, body],
    )


def entries(page: Page) -> list[dict[str, Any]]:
    """Return the accounts."""
    found: list[dict[str, Any]] = ask(
        page, "config_entries/get", domain="hikcentral_connect"
    )
    return found


def open_integration(page: Page, demo: Demo) -> None:
    """Open the page of the integration; the first visit logs in and loads twice."""
    page.goto(f"{demo.url}{INTEGRATION}")
    expect(page.locator("ha-config-entry-row").first).to_be_visible()


def open_options(page: Page, demo: Demo, section: str) -> None:
    """Open a section of the options as an owner does: by the cog wheel."""
    open_integration(page, demo)
    row = page.locator("ha-config-entry-row").first
    row.get_by_role("button", name="Configure").click()
    page.get_by_text(section, exact=True).last.click()


def save(page: Page) -> None:
    """Save an open section."""
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("Options successfully saved.")).to_be_visible()
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_role("button", name="Finish")).to_be_hidden()
    # A dialog that closes goes back in the history of the page.
    page.wait_for_timeout(500)


def watch_outages(page: Page) -> None:
    """Note every entity that becomes unavailable from now on."""
    page.evaluate(
        """async () => {
            window.outages = [];
            const {connection} = document.querySelector("home-assistant").hass;
            await connection.subscribeEvents(({data}) => {
                if (data.old_state && data.new_state?.state === "unavailable")
                    window.outages.push(data.entity_id);
            }, "state_changed");
        }"""
    )


def entity_ids(page: Page, pattern: str) -> list[str]:
    """Return the entities whose id matches."""
    known = page.evaluate(
        """() => Object.keys(document.querySelector("home-assistant").hass.states)"""
    )
    return [one for one in known if re.search(pattern, one)]


def until(page: Page, condition: str) -> None:
    """Wait until an expression about `hass` is true."""
    page.wait_for_function(
        f"""() => {{
            const {{hass}} = document.querySelector("home-assistant");
            return {condition};
        }}""",
        timeout=60_000,
    )


def device_page(page: Page, demo: Demo, name: str) -> None:
    """Open the page of a device."""
    devices = ask(page, "config/device_registry/list")
    (found,) = [one["id"] for one in devices if one["name"] == name]
    page.goto(f"{demo.url}/config/devices/device/{found}")


def test_vehicles_without_a_restart(demo: Demo, page: Page) -> None:
    """Vehicles appear on the map when switched on, and nothing else stops for it."""
    open_options(page, demo, "Vehicles")
    watch_outages(page)
    page.locator("ha-switch").last.click()
    keep(page, "options-vehicles")
    save(page)
    until(page, "hass.states['device_tracker.van']?.attributes.latitude > 0")
    assert page.evaluate("window.outages") == []
    device_page(page, demo, "Van")
    expect(page.get_by_text("Speed")).to_be_visible()
    expect(page.get_by_text("Ignition").first).to_be_visible()
    keep(page, "vehicle")

    page.goto(f"{demo.url}/map")
    page.get_by_text("Devices", exact=True).last.click()
    expect(page.get_by_text("Van", exact=True).first).to_be_visible()
    keep(page, "map")


def test_attendance_without_a_restart(demo: Demo, page: Page) -> None:
    """The numbers of the chosen group are there at once; names are a page of its own."""
    open_options(page, demo, "Attendance")
    watch_outages(page)
    expect(page.get_by_text("names", exact=False)).to_have_count(1)
    page.locator("ha-switch").last.click()
    open_picker(page.locator("ha-generic-picker").last)
    page.get_by_text("Family", exact=True).last.click()
    keep(page, "options-attendance")
    save(page)
    until(page, "hass.states['sensor.attendance_family_total']?.state >= 0")
    assert page.evaluate("window.outages") == []
    device_page(page, demo, "Attendance Family")
    expect(page.get_by_text("Present", exact=True)).to_be_visible()
    keep(page, "attendance")


def test_repairs(demo: Demo, page: Page) -> None:
    """What is wrong with the account stands in the repairs, and can be mended there."""
    open_integration(page, demo)
    device = next(
        one for one in demo.state("teams")["devices"] if one["name"] == "Shed camera"
    )
    account = "accounts/teams"
    demo.happen(f"{account}/remove-device", deviceId=device["id"])
    demo.happen(f"{account}/package", room=-2, days=10)
    demo.happen(f"{account}/alarm-rules", enabled=False)
    demo.happen(f"{account}/webhook", url="https://other.example.com/secret")
    (entry,) = entries(page)
    post(page, f"config/config_entries/entry/{entry['entry_id']}/reload", {})

    page.goto(f"{demo.url}/config/repairs")
    for title in (
        "Shed camera is missing",
        f"{TITLE} uses more than its package allows",
        f"Video of {TITLE} ends on",
        f"{TITLE} has no alarm rules",
    ):
        expect(page.get_by_text(title)).to_be_visible(timeout=60_000)
    keep(page, "repairs")

    elsewhere = page.get_by_text(f"Messages of {TITLE} are sent elsewhere")
    elsewhere.click()
    expect(page.get_by_text("other.example.com").first).to_be_visible()
    assert "secret" not in page.content()
    keep(page, "repair-webhook")
    mend(page)
    expect(elsewhere).to_have_count(0)

    missing = page.get_by_text("Shed camera is missing")
    missing.click()
    expect(page.get_by_text("Delete Shed camera?")).to_be_visible()
    keep(page, "repair-device")
    mend(page)
    expect(missing).to_have_count(0)
    devices = ask(page, "config/device_registry/list")
    assert "Shed camera" not in [one["name"] for one in devices]
    assert "Shed" not in [one["name"] for one in devices]


def mend(page: Page) -> None:
    """Agree to a repair."""
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("The issue is repaired!")).to_be_visible()
    page.get_by_role("button", name="Finish").click()


def test_system_health(demo: Demo, page: Page) -> None:
    """The card tells how the account is doing."""
    page.goto(f"{demo.url}/config/repairs?dialog=system-health")
    for text in ("Service reachable", "Age of the login", "Share of the rate limit"):
        expect(page.get_by_text(text)).to_be_visible()
    expect(page.get_by_text("ok", exact=True).first).to_be_visible()
    page.get_by_text("Share of the rate limit").scroll_into_view_if_needed()
    keep(page, "system-health")


def test_diagnostics(demo: Demo, page: Page) -> None:
    """Entry and device can be downloaded, without a secret and without a request."""
    open_integration(page, demo)
    (entry,) = entries(page)
    devices = ask(page, "config/device_registry/list")
    recorder = next(one["id"] for one in devices if one["name"] == "House recorder")
    path = f"/api/diagnostics/config_entry/{entry['entry_id']}"
    for download in (path, f"{path}/device/{recorder}"):
        signed = ask(page, "auth/sign_path", path=download)
        text = page.evaluate("async path => (await fetch(path)).text()", signed["path"])
        report = json.loads(text)["data"]
        assert report["state"]["token_left"] > 0
        assert "demo-teams" not in text
        for one in demo.state("teams")["devices"]:
            assert one["serial"] not in text


def open_action(page: Page, demo: Demo, action: str) -> None:
    """Open an action in the tools of developers."""
    page.goto(f"{demo.url}/config/tools/action?service=hikcentral_connect.{action}")
    expect(page.get_by_role("button", name="Perform action")).to_be_visible()


def test_actions_answer(demo: Demo, page: Page) -> None:
    """Lists come as responses."""
    areas = {one["area"] for one in demo.state("teams")["cameras"]}
    for action, expected in (
        ("list_areas", min(areas)),
        ("list_users", "user_id"),
        ("list_alarm_rules", "rule_id"),
        ("list_vehicles", "plate"),
        ("get_attendance_summary", "present"),
    ):
        open_action(page, demo, action)
        page.get_by_role("button", name="Perform action").click()
        expect(page.get_by_text("Response", exact=True)).to_be_visible()
        expect(page.get_by_text(expected).last).to_be_visible()
        keep(page, f"action-{action}")


def test_delete_device(demo: Demo, page: Page) -> None:
    """A device is deleted only if its serial number was typed."""
    device = next(
        one for one in demo.state("teams")["devices"] if one["name"] == "Yard recorder"
    )
    open_action(page, demo, "delete_device")
    page.get_by_text("Select a device").click()
    page.get_by_text("Yard recorder").last.click()
    serial = page.locator("ha-selector-text input").last
    # The form is drawn again after the choice, and forgets what was typed before.
    while not serial.input_value():
        serial.fill("not this one")
        page.wait_for_timeout(500)
    page.get_by_role("button", name="Perform action").click()
    expect(page.get_by_text("Nothing was deleted")).to_be_visible()
    keep(page, "delete-refused")
    assert device in demo.state("teams")["devices"]

    serial.fill(device["serial"])
    page.get_by_role("button", name="Perform action").click()
    until(
        page,
        "!Object.values(hass.devices).some(one => one.name === 'Yard recorder')",
    )
    keep(page, "delete-done")
    names = [one["name"] for one in demo.state("teams")["devices"]]
    assert "Yard recorder" not in names


def test_two_accounts(demo: Demo, page: Page) -> None:
    """A second account, of the other dialect, shares the panel and nothing else."""
    open_integration(page, demo)
    before = len(entity_ids(page, r"^camera\."))
    flow = "config/config_entries/flow"
    step = post(page, flow, {"handler": "hikcentral_connect"})
    answers: dict[str, str] = {
        "app_key": "demo-reference-key",
        "secret_key": "demo-reference-secret",
        "region": "custom",
        "url": demo.cloud,
    }
    while step["type"] == "form":
        asked = {field["name"] for field in step["data_schema"]}
        known = {key: value for key, value in answers.items() if key in asked}
        step = post(page, f"{flow}/{step['flow_id']}", known)
    assert step["type"] == "create_entry"
    assert step["title"] == f"{TITLE} 2"
    until(
        page,
        "Object.keys(hass.states).filter(one => one.startsWith('camera.')).length"
        f" > {before}",
    )
    page.reload()
    expect(page.locator("ha-config-entry-row")).to_have_count(2)
    keep(page, "two-accounts")
    assert {one["state"] for one in entries(page)} == {"loaded"}

    page.goto(f"{demo.url}/hikcentral/cameras")
    panel = page.locator("hikcentral-panel")
    driveways = panel.get_by_role("article", name="Driveway", exact=True)
    expect(driveways).to_have_count(2)
    for title in (TITLE, f"{TITLE} 2"):
        expect(panel.get_by_role("heading", name=title, exact=True)).to_have_count(1)
    expect(panel.get_by_role("heading", name="Attendance")).to_have_count(0)
    keep(page, "two-accounts-panel")
