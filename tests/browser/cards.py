"""Dashboards with our card, as a test needs them."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

from .conftest import Demo

DASHBOARD = "cards-of-a-test"
CARD = "hikcentral-camera-card"


def call(page: Page, message: dict[str, Any]) -> Any:
    """Send a websocket command as the page's own user."""
    return page.evaluate(
        "(message) => document.querySelector('home-assistant').hass.callWS(message)",
        message,
    )


def show_cards(page: Page, demo: Demo, *cards: dict[str, Any]) -> Locator:
    """Open a dashboard with these cards and return them."""
    page.goto(demo.url)
    expect(page.locator("hui-view-container").first).to_be_visible()
    known = call(page, {"type": "lovelace/dashboards/list"})
    if not any(one["url_path"] == DASHBOARD for one in known):
        new = {"url_path": DASHBOARD, "title": "Test", "icon": "mdi:cctv"}
        call(page, {"type": "lovelace/dashboards/create", **new})
    rows = [{"type": f"custom:{CARD}", **card} for card in cards]
    config = {"views": [{"title": "Test", "cards": rows}]}
    save = {"type": "lovelace/config/save", "url_path": DASHBOARD, "config": config}
    call(page, save)
    page.goto(f"{demo.url}/{DASHBOARD}/0")
    shown = page.locator(CARD)
    expect(shown).to_have_count(len(cards))
    return shown


def start(card: Locator) -> Locator:
    """Click a card to live and return the player."""
    card.get_by_role("button", name="live").click()
    player = card.locator("hikcentral-player")
    expect(player).to_be_visible()
    return player


def enter_code(demo: Demo, page: Page, code: str) -> None:
    """Enter the code of the pond's camera in the options."""
    devices = demo.state("teams")["devices"]
    serial = next(one["serial"] for one in devices if one["encrypted"])
    page.evaluate(
        """async ([serial, code]) => {
            const { hass } = document.querySelector("home-assistant");
            const [entry] = await hass.callWS({
                type: "config_entries/get", domain: "hikcentral_connect" });
            const flow = "config/config_entries/options/flow";
            const { flow_id } = await hass.callApi("POST", flow, { handler: entry.entry_id });
            await hass.callApi("POST", `${flow}/${flow_id}`, { next_step_id: "codes" });
            await hass.callApi("POST", `${flow}/${flow_id}`, { device: serial, code });
        }""",
        [serial, code],
    )
