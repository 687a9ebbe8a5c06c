"""Each blueprint, made into an automation by clicks, and seen to act on the demo."""

from collections.abc import Generator
import re
from typing import Any

from playwright.sync_api import Locator, Page, expect
import pytest

from .cards import call
from .conftest import Demo, keep

pytestmark = pytest.mark.browser

PHONE = "Pocket phone"


class Phone:
    """A phone with the app of Home Assistant; a page of its own plays it."""

    def __init__(self, page: Page, demo: Demo) -> None:
        """Register it, and show what it gets for as long as the page is open."""
        self._page = page
        page.goto(f"{demo.url}/profile")
        expect(page.locator("ha-panel-profile")).to_be_visible()
        page.evaluate(
            """async name => {
                const { hass } = document.querySelector("home-assistant");
                const app = { app_id: "test", app_name: "Test", app_version: "1",
                    device_name: name, device_id: name, manufacturer: "Test",
                    model: "Test", os_name: "Test", os_version: "1",
                    supports_encryption: false,
                    app_data: { push_websocket_channel: true } };
                const { webhook_id } =
                    await hass.callApi("POST", "mobile_app/registrations", app);
                window.got = [];
                await hass.connection.subscribeMessage(one => window.got.push(one),
                    { type: "mobile_app/push_notification_channel", webhook_id });
            }""",
            PHONE,
        )

    def next(self, text: str) -> dict[str, Any]:
        """Return the next notification whose title or message has a text."""
        handle = self._page.wait_for_function(
            """text => {
                const has = one => `${one.title} ${one.message}`.includes(text);
                const index = window.got.findIndex(has);
                return index < 0 ? null : window.got.splice(0, index + 1).at(-1);
            }""",
            arg=text,
            timeout=120_000,
        )
        got: dict[str, Any] = handle.json_value()
        return got

    def tap(self, notification: dict[str, Any]) -> None:
        """Press the only button of a notification."""
        (button,) = notification["data"]["actions"]
        self._page.evaluate(
            """action => document.querySelector("home-assistant").hass.callApi(
                "POST", "events/mobile_app_notification_action", { action })""",
            button["action"],
        )


@pytest.fixture
def phone(demo: Demo, page: Page) -> Generator[Phone]:
    """Return a phone; it is forgotten afterwards, as are the automations."""
    assert page.context.browser is not None
    yield Phone(page.context.browser.new_page(), demo)
    page.evaluate(
        """async () => {
            const { hass } = document.querySelector("home-assistant");
            for (const one of Object.values(hass.states))
                if (one.entity_id.startsWith("automation."))
                    await hass.callApi("DELETE",
                        `config/automation/config/${one.attributes.id}`);
            const entries = await hass.callWS(
                { type: "config_entries/get", domain: "mobile_app" });
            for (const one of entries)
                await hass.callApi("DELETE",
                    `config/config_entries/entry/${one.entry_id}`);
        }"""
    )


def _open(page: Page, demo: Demo, title: str) -> None:
    page.goto(f"{demo.url}/config/blueprint/dashboard")
    page.get_by_text(f"HikCentral Connect - {title}").click()
    expect(page.locator("ha-settings-row").first).to_be_visible()


def _row(page: Page, name: str) -> Locator:
    heading = page.locator("[slot=heading]").filter(has_text=re.compile(f"^{name}$"))
    return page.locator("ha-settings-row").filter(has=heading)


def _choose(page: Page, name: str, wanted: str) -> None:
    """Choose an entity or a device by what one would type to find it."""
    _row(page, name).locator("ha-picker-field").last.click()
    search = page.get_by_placeholder("Search").last
    expect(search).to_be_visible()
    search.fill(wanted)
    # The list is drawn anew a moment after the last key.
    page.wait_for_timeout(700)
    search.press("Enter")
    expect(search).to_be_hidden()


def _last(page: Page, name: str, seconds: int) -> None:
    """Enter a duration."""
    fields = _row(page, name).locator("ha-base-time-input input")
    for field, value in zip(fields.all(), (0, 0, seconds), strict=True):
        field.fill(str(value))
        field.blur()


def _save(page: Page, name: str) -> None:
    keep(page, f"automation-{name}")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Traces")).to_be_visible()
    page.wait_for_function(
        """() => Object.values(document.querySelector("home-assistant").hass.states)
            .some(one => one.entity_id.startsWith("automation.")
                && one.state === "on")"""
    )


def _act(page: Page, action: str, **data: Any) -> Any:
    """Call an action of Home Assistant, as the open page would."""
    domain, _, service = action.partition(".")
    return page.evaluate(
        """([domain, service, data]) => document.querySelector("home-assistant")
            .hass.callService(domain, service, data)""",
        [domain, service, data],
    )


def _state_of(demo: Demo, kind: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(
        one for one in demo.state("teams")[kind] if one["name"] == name
    )
    return found


def test_ring(demo: Demo, page: Page, phone: Phone) -> None:
    """Somebody rings, the phone shows it, and its button opens the door."""
    _open(page, demo, "somebody rings")
    _choose(page, "Bell", "ring")
    _choose(page, "Camera", "Front door")
    _choose(page, "Door", "Front door")
    _choose(page, "Phone", PHONE)
    _save(page, "ring")
    before = _state_of(demo, "doors", "Front door")["opened"]

    demo.happen("accounts/teams/ring")
    rang = phone.next("Somebody rings")
    assert rang["data"]["image"] == "/api/camera_proxy/camera.entrance_front_door"
    phone.tap(rang)
    phone.next("The door was opened.")
    assert _state_of(demo, "doors", "Front door")["opened"] == before + 1


def test_motion(demo: Demo, page: Page, phone: Phone) -> None:
    """Somebody walks by, and the phone shows the picture of that camera."""
    _open(page, demo, "picture of an alarm")
    _choose(page, "Detectors", "Terrace intrusion")
    _choose(page, "Phone", PHONE)
    _save(page, "motion")

    camera = _state_of(demo, "cameras", "Terrace")["id"]
    demo.happen("accounts/teams/alarm", sourceId=camera, kind="intrusion")
    seen = phone.next("Terrace Intrusion")
    assert seen["data"]["image"] == "/api/camera_proxy/camera.garden_terrace"


def test_door_left_open(demo: Demo, page: Page, phone: Phone) -> None:
    """A door is held open, the phone tells, and its button locks the door."""
    _open(page, demo, "door left open")
    _choose(page, "Doors", "Garage door")
    _choose(page, "Phone", PHONE)
    _last(page, "Open for", 2)
    _save(page, "door-left-open")

    target = {"entity_id": "lock.garage_garage_door"}
    _act(page, "hikcentral_connect.control_door", command="hold_open", **target)
    phone.tap(phone.next("The door has been open for too long."))
    phone.next("clear_notification")
    assert _state_of(demo, "doors", "Garage door")["state"] == "locked"


def test_offline(demo: Demo, page: Page, phone: Phone) -> None:
    """A recorder loses its plug and gets it back; the phone hears of both."""
    _open(page, demo, "recorder or camera offline")
    _choose(page, "Recorders and cameras", "Yard recorder connectivity")
    _choose(page, "Phone", PHONE)
    _last(page, "Offline for", 2)
    _save(page, "offline")

    recorder = _state_of(demo, "devices", "Yard recorder")["id"]
    for online, said in ((False, "Offline since"), (True, "Online again since")):
        demo.happen("accounts/teams/device", deviceId=recorder, online=online)
        assert phone.next(said)["title"] == "Yard recorder"


def test_visitor(demo: Demo, page: Page, phone: Phone) -> None:
    """A press issues a pass; after somebody came in with it there is none."""
    page.goto(demo.url)
    expect(page.locator("hui-view-container").first).to_be_visible()
    made = {"type": "input_button/create", "name": "Visitor comes"}
    button = f"input_button.{call(page, made)['id']}"
    _open(page, demo, "let a visitor in")
    _choose(page, "Button", "Visitor comes")
    _choose(page, "Phone", PHONE)
    _choose(page, "Picture of the QR code", "Newest visitor pass")
    levels = _row(page, "Access levels")
    levels.get_by_role("button", name="Add").click()
    levels.locator("input").last.fill("All doors")
    levels.locator("input").last.blur()
    _save(page, "visitor")

    _act(page, "input_button.press", entity_id=button)
    sent = phone.next("PIN ")
    assert sent["title"] == "Visitor"
    assert "opens no door" not in sent["message"]
    assert sent["data"]["image"].startswith("/api/image_proxy/image.")
    _passes(page, 1)

    door = _state_of(demo, "doors", "Front door")["id"]
    person = demo.state("teams")["people"][0]["id"]
    entered = {"doorId": door, "personId": person, "method": "qr", "granted": True}
    demo.happen("accounts/teams/access", **entered)
    _passes(page, 0)


def _passes(page: Page, count: int) -> None:
    """Wait until so many passes are valid."""
    page.wait_for_function(
        """count => document.querySelector("home-assistant").hass
            .states["sensor.hikcentral_connect_valid_visitor_passes"].state === count""",
        arg=str(count),
        timeout=60_000,
    )


def test_attendance(demo: Demo, page: Page, phone: Phone) -> None:
    """The report of the day reaches whoever is to get it."""
    page.goto(demo.url)
    expect(page.locator("hui-view-container").first).to_be_visible()
    page.evaluate(
        """async () => {
            const { hass } = document.querySelector("home-assistant");
            const [entry] = await hass.callWS(
                { type: "config_entries/get", domain: "hikcentral_connect" });
            const flow = "config/config_entries/options/flow";
            const { flow_id } =
                await hass.callApi("POST", flow, { handler: entry.entry_id });
            const answer = body => hass.callApi("POST", `${flow}/${flow_id}`, body);
            await answer({ next_step_id: "attendance" });
            await answer({ attendance: true, attendance_groups: [] });
        }"""
    )
    _open(page, demo, "attendance report by mail")
    _choose(page, "Recipients", PHONE)
    _save(page, "attendance")

    automation = page.evaluate(
        """() => Object.keys(document.querySelector("home-assistant").hass.states)
            .find(one => one.startsWith("automation."))"""
    )
    _act(page, "automation.trigger", entity_id=automation)
    report = phone.next("Attendance ")
    assert re.search(r"Present: \d+ of \d+", report["message"])
