"""Doors, visitors and people as an owner works with them, in both dialects."""

from datetime import datetime, timedelta
import json
import re
from typing import Any
from urllib.request import urlopen

from playwright.sync_api import Locator, Page, expect
import pytest

from .cards import call
from .conftest import Demo, keep, open_picker

pytestmark = pytest.mark.browser

WRITES = ("/tempauth/add", "/passes/issue", "/persons/", "/person/", "/residents")
"""Parts of the paths by which people, photos and passes come to be."""


@pytest.fixture(scope="module", params=["teams", "reference"])
def demo_dialect(request: pytest.FixtureRequest) -> str:
    """Run every test in each dialect."""
    return str(request.param)


def _sent(demo: Demo, *parts: str) -> list[str]:
    """Return the paths of the calls that the cloud recorded, if they have a part."""
    with urlopen(f"{demo.cloud}/simulator/record?last=5000", timeout=10) as response:
        calls = json.load(response)["calls"]
    return [one["path"] for one in calls if any(part in one["path"] for part in parts)]


def _opened(demo: Demo, dialect: str) -> dict[str, int]:
    doors = demo.state(dialect)["doors"]
    return {door["name"]: door["opened"] for door in doors if door["opened"]}


def _in(**delta: float) -> str:
    return f"{datetime.now() + timedelta(**delta):%Y-%m-%d %H:%M:%S}"


def _form(page: Page, demo: Demo, action: str, **data: Any) -> Locator:
    """Open an action in the developer tools, some of its fields filled in."""
    address = f"{demo.url}/config/tools/action"
    page.goto(address)
    button = page.get_by_role("button", name="Perform action")
    expect(button).to_be_visible()
    stored = {"action": f"hikcentral_connect.{action}", "data": data, "target": {}}
    page.evaluate(
        "(stored) => localStorage.setItem("
        "'panel-dev-action-state-service-data', JSON.stringify(stored))",
        stored,
    )
    page.goto(address)
    expect(button).to_be_visible()
    expect(page.get_by_text(f"hikcentral_connect.{action}")).to_be_visible()
    return page.locator("ha-service-control")


def _perform(page: Page) -> Any:
    """Perform the action and return its response."""
    page.get_by_role("button", name="Perform action").click()
    expect(page.get_by_role("heading", name="Response")).to_be_visible()
    return page.locator("ha-yaml-editor").last.evaluate(
        "(editor) => editor.value ?? editor.defaultValue"
    )


def _row(form: Locator, heading: str) -> Locator:
    exactly = re.compile(rf"^\s*{heading}\s*$")
    head = form.page.locator("[slot=heading]").filter(has_text=exactly)
    return form.locator("ha-settings-row").filter(has=head)


def _choices(page: Page, form: Locator, heading: str) -> list[str]:
    """Return what a field offers."""
    open_picker(_row(form, heading).locator("ha-generic-picker"))
    options = page.locator("ha-combo-box-item")
    expect(options.first).to_be_visible()
    return [" ".join(one.split()) for one in options.all_inner_texts()]


def _await_choices(page: Page, action: str, field: str) -> None:
    """Wait until the open page is told what the account has, read after the start."""
    page.wait_for_function(
        """([action, field]) => document.querySelector("home-assistant").hass
            .services.hikcentral_connect[action].fields[field]
            ?.selector.select.options.length""",
        arg=[action, field],
    )


def test_fields(demo: Demo, page: Page, demo_dialect: str) -> None:
    """A form offers the account's own things, and only what the account knows."""
    form = _form(page, demo, "quick_add_person")
    _await_choices(page, "quick_add_person", "group_id")
    assert any("Family" in one for one in _choices(page, form, "Group"))
    keep(page, f"quick-add-{demo_dialect}")
    form = _form(page, demo, "assign_access_levels")
    assert "All doors" in _choices(page, form, "Access levels")
    keep(page, f"assign-{demo_dialect}")

    form = _form(page, demo, "issue_visitor_pass")
    expect(_row(form, "Visitor")).to_be_visible()
    teams = demo_dialect == "teams"
    expect(_row(form, "Openings")).to_have_count(int(teams))
    expect(_row(form, "Access levels")).to_have_count(int(teams))
    expect(_row(form, "Resident")).to_have_count(int(not teams))


def test_visitor_pass(demo: Demo, page: Page, demo_dialect: str) -> None:
    """A pass is issued, and shows in the calendar and as a QR code."""
    data: dict[str, Any] = {"visitor": "Kim Lee", "ends": _in(days=1)}
    if demo_dialect == "teams":
        _form(page, demo, "list_access_levels")
        levels = _perform(page)["access_levels"]
        data["access_levels"] = [levels[0]["access_level_id"]]
    else:
        _form(
            page,
            demo,
            "add_resident",
            first_name="Ada",
            phone="5551234",
            building_id="building_001",
            room_number="101",
        )
        data["resident_id"] = _perform(page)["resident_id"]
    _form(page, demo, "issue_visitor_pass", **data)
    issued = _perform(page)
    keep(page, f"pass-{demo_dialect}")
    assert issued["visitor"] == "Kim Lee"
    assert issued["warnings"] == []
    assert issued["code"] and issued["qr_png"]

    page.goto(f"{demo.url}/calendar")
    expect(page.get_by_text("Kim Lee").first).to_be_visible()
    keep(page, f"calendar-{demo_dialect}")
    page.goto(demo.url)
    code = page.locator("hui-image img[src*='image_proxy/image.hikcentral']")
    code.scroll_into_view_if_needed()
    expect(code).to_be_visible()
    page.wait_for_function(
        "(code) => code.naturalWidth > 100", arg=code.element_handle()
    )
    keep(page, f"qr-{demo_dialect}")


BAD: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("issue_visitor_pass", {"ends": {"days": -1}}, "“ends” lies in the past."),
    (
        "issue_visitor_pass",
        {"starts": {"days": 3}, "ends": {"days": 2}},
        "“ends” must be later than the start.",
    ),
    (
        "issue_visitor_pass",
        {"visitor": "x" * 65, "ends": {"days": 1}},
        "“visitor” must have at most",
    ),
    ("update_visitor_pass", {"pass_id": "none"}, "There is no such visitor pass."),
    (
        "set_person_photo",
        {"person_id": "1", "photo": "bm8gcGhvdG8="},
        "“photo” is not a JPEG, PNG or WebP picture.",
    ),
    (
        "set_person_photo",
        {"person_id": "1", "photo_file": "/etc/passwd"},
        "“photo_file” is outside the folders",
    ),
    (
        "set_person_photo",
        {"person_id": "1"},
        "“photo” must be given in one way",
    ),
)


def test_bad_input(demo: Demo, page: Page, demo_dialect: str) -> None:
    """Each mistake has its own message under the form, and nothing is sent."""
    before = _sent(demo, *WRITES)
    for number, (action, data, said) in enumerate(BAD):
        filled = {
            key: _in(**value) if isinstance(value, dict) else value
            for key, value in data.items()
        }
        if action == "issue_visitor_pass":
            filled = {"visitor": "Jane", **filled}
            if demo_dialect == "reference":
                filled["resident_id"] = "somebody"
        _form(page, demo, action, **filled)
        page.get_by_role("button", name="Perform action").click()
        expect(page.locator("ha-alert").get_by_text(said)).to_be_visible()
        keep(page, f"mistake-{number}-{demo_dialect}")
    assert _sent(demo, *WRITES) == before


def _pin_of_front_door(page: Page, demo: Demo, pin: str) -> None:
    """Set a PIN in the options, after one that is none."""
    page.goto(f"{demo.url}/config/integrations/integration/hikcentral_connect")
    page.get_by_role("button", name="Configure").first.click()
    page.get_by_text("Lock or button, relock time, holding, PIN").click()
    expect(
        page.get_by_text("The door whose behaviour you want to set.")
    ).to_be_visible()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("How “Front door” behaves")).to_be_visible()
    field = page.locator("input[type=password]")
    field.fill("12ab")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("A PIN has 4 to 8 digits.")).to_be_visible()
    keep(page, "door-options")
    field.fill(pin)
    page.get_by_role("button", name="Submit").click()
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_role("button", name="Finish")).to_be_hidden()
    # Closing the dialog is a step back in the browser's history, which comes later.
    page.wait_for_timeout(1000)


def _front_door(page: Page, domain: str) -> str:
    registry = call(page, {"type": "config/entity_registry/list"})
    states = {one["entity_id"]: one for one in call(page, {"type": "get_states"})}
    return next(
        one["entity_id"]
        for one in registry
        if one["platform"] == "hikcentral_connect"
        and one["entity_id"].startswith(f"{domain}.")
        and states[one["entity_id"]]["attributes"]["friendly_name"].startswith(
            "Front door"
        )
    )


def test_double_click(demo: Demo, page: Page, demo_dialect: str) -> None:
    """Clicks while the door takes its time open it once."""
    before = _opened(demo, demo_dialect).get("Front door", 0)
    demo.happen("faults", kind="latency", path="*/remote/control", seconds=1.5, times=9)
    page.goto(demo.url)
    press = page.get_by_role("button", name="Press").first
    press.dblclick()
    press.dblclick()
    expect(page.get_by_text("Lock", exact=True).first).to_be_visible()
    page.wait_for_timeout(2000)
    assert _opened(demo, demo_dialect) == {"Front door": before + 1}


def test_lock_with_a_pin(demo: Demo, page: Page, demo_dialect: str) -> None:
    """The lock asks for the PIN; a wrong one opens nothing and says so."""
    before = _opened(demo, demo_dialect).get("Front door", 0)
    _pin_of_front_door(page, demo, "2468")
    page.goto(demo.url)
    expect(page.get_by_role("button", name="Press").first).to_be_visible()
    lock = _front_door(page, "lock")

    for pin, opened in (("1357", before), ("2468", before + 1)):
        page.goto(f"{demo.url}/?more-info-entity-id={lock}")
        page.get_by_role("button", name="Open door").click()
        page.get_by_role("button", name="Really open?").click()
        page.locator("dialog-enter-code input").fill(pin)
        page.get_by_role("button", name="Open", exact=True).click()
        if pin == "1357":
            expect(
                page.get_by_text("The PIN is wrong. Nothing was sent.").first
            ).to_be_visible()
        else:
            expect(page.get_by_text("Unlocked", exact=True)).to_be_visible()
        keep(page, f"lock-{pin}-{demo_dialect}")
        assert _opened(demo, demo_dialect).get("Front door", 0) == opened


def test_hold(demo: Demo, page: Page, demo_dialect: str) -> None:
    """A door is held open from the dashboard, and let go."""
    page.goto(demo.url)
    row = page.locator("hui-select-entity-row").filter(has_text="Workshop door Hold")

    for option, state in (("Held open", "held open"), ("Normal", "locked")):
        row.click()
        page.get_by_role("menuitem", name=option).or_(
            page.get_by_role("option", name=option)
        ).click()
        shown = row.locator("[slot=headline]").filter(has_text=option)
        expect(shown).to_be_visible()
        for _ in range(40):
            doors = {one["name"]: one for one in demo.state(demo_dialect)["doors"]}
            if doors["Workshop door"]["state"] == state:
                break
            page.wait_for_timeout(250)
        assert doors["Workshop door"]["state"] == state
        keep(page, f"hold-{option.partition(' ')[0]}-{demo_dialect}")
