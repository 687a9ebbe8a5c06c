"""Names that want to be HTML, links or pictures, wherever a page shows them."""

from typing import Any, Final

from playwright.sync_api import Page, expect
import pytest

from .cards import show_cards
from .conftest import Demo, keep
from .test_site import ask, entries, post
from .traffic import Traffic

pytestmark = pytest.mark.browser

EVIL: Final = (
    '<img src=x onerror="window.evil=1"><script>window.evil=1</script>'
    "[renew](https://evil.example/login) ![](https://evil.example/who.png)"
)
NAMED: Final = ("Terrace", "Garage door", "Shed camera", "Workbench")
VIEWS: Final = ("cameras", "doors", "playback", "events", "passes")

BAD: Final = """() => {
    const found = [];
    const walk = (root) => {
        for (const one of root.querySelectorAll("*")) {
            if (one.shadowRoot) walk(one.shadowRoot);
            const to = `${one.getAttribute("src")} ${one.getAttribute("href")}`;
            if (one.hasAttribute("onerror") || /^x | x$|evil/.test(to)
                || (one.localName === "script" && one.textContent.includes("evil")))
                found.push(one.outerHTML.slice(0, 300));
        }
    };
    walk(document);
    return window.evil ? ["it ran", ...found] : found;
}"""
"""What of a page, down to all shadows, came out of such a name."""


def check(page: Page, shown: str = "onerror=") -> None:
    """Look that a name is shown, and as a text."""
    expect(page.get_by_text(shown).first).to_be_visible(timeout=60_000)
    assert page.evaluate(BAD) == []


def rename(page: Page) -> dict[str, Any]:
    """Give devices such names, as the account may; return them by their true names."""
    devices = ask(page, "config/device_registry/list")
    named = {one["name"]: one for one in devices if one["name"] in NAMED}
    assert named.keys() == set(NAMED)
    for name, device in named.items():
        ask(
            page,
            "config/device_registry/update",
            device_id=device["id"],
            name_by_user=f"{EVIL} {name}",
        )
    return named


def test_names(demo: Demo, page: Page) -> None:
    """Panel, card, Home Assistant's own pages and repairs show them as they are."""
    traffic = Traffic(page)
    page.goto(f"{demo.url}/hikcentral/cameras")
    expect(page.get_by_role("article", name="Terrace", exact=True)).to_be_visible()
    rename(page)
    for view in VIEWS:
        page.goto(f"{demo.url}/hikcentral/{view}")
        expect(page.get_by_role("tab", selected=True)).to_be_visible()
        if view in ("cameras", "doors"):
            check(page)
            keep(page, f"evil-names-{view}")
        assert page.evaluate(BAD) == []
    show_cards(page, demo, {"entity": "camera.garden_terrace"})
    check(page)
    _check_repairs(demo, page)
    assert not [one for one in traffic.hosts if "evil" in one]


def _check_repairs(demo: Demo, page: Page) -> None:
    """Let the account lose a device, and look at what is told of it."""
    state = demo.state("teams")
    gone = next(one for one in state["devices"] if one["name"] == "Shed camera")
    demo.happen("accounts/teams/remove-device", deviceId=gone["id"])
    (entry,) = entries(page)
    post(page, f"config/config_entries/entry/{entry['entry_id']}/reload", {})
    page.goto(f"{demo.url}/config/repairs")
    missing = page.get_by_text("is missing from HikCentral Connect").first
    expect(missing).to_be_visible(timeout=60_000)
    missing.click()
    expect(page.get_by_text("Submit")).to_be_visible()
    check(page, "no longer lists it")
    keep(page, "evil-names-repair")
